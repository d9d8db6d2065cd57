"""What the interfaces of special reports have in common: whose reports are meant, and their flags."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from sandbox.regional.call import Call
from sandbox.regional.envelope import NOTHING_FOUND, Refused
from sandbox.town import deeds
from sandbox.town.model import Hospital


class OfCard(Protocol):
    """A report of somebody."""

    id: str
    card_number: str


R = TypeVar("R", bound=OfCard)


def report_status(audited: bool) -> str:
    """Audited or not."""
    return "2" if audited else "1"


def positive(sensitive: bool) -> str:
    """Sensitive or ordinary."""
    return "1" if sensitive else "0"


def meant(call: Call, reports: Callable[[Hospital], Sequence[R]]) -> list[tuple[Hospital, R]]:
    """Reports of the card, or of who has the identity number and the name: each is enough."""
    cards = call.cards(or_person=True)
    if not cards:
        raise deeds.Refusal("card_unknown")
    holders = {(hospital.id, card.number) for hospital, card in cards}
    return [
        (hospital, report)
        for hospital in call.hospitals
        for report in reports(hospital)
        if (hospital.id, report.card_number) in holders
    ]


def found_by_id(call: Call, reports: Sequence[R], field: str = "id") -> R:
    """The report with the id sent; a card that comes with it must be its holder's."""
    card = call.card() if call.text("medicalCardNumber") else None
    for report in reports:
        if report.id == call.text(field) and (card is None or report.card_number == card.number):
            return report
    raise Refused(NOTHING_FOUND)
