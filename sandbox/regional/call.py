"""One call as a handler sees it: the hospitals it is about, and its fields read or refused."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from sandbox.regional.envelope import INVALID_PARAMETER, WRONG_TYPE, Answer, Refused
from sandbox.town import deeds
from sandbox.town.model import Admission, Card, Hospital, Person, Town

SECOND = "%Y-%m-%d %H:%M:%S"
DAY = "%Y-%m-%d"


@dataclass(frozen=True, slots=True)
class Call:
    """A checked request; `hospitals` are those it names, in its order, `address` is what the system is reached by."""

    town: Town
    hospitals: list[Hospital]
    body: dict[str, Any]
    address: str = ""

    @property
    def hospital(self) -> Hospital:
        """The hospital of a call that is about one."""
        return self.hospitals[0]

    def text(self, field: str) -> str:
        """A field as text, empty where it is absent."""
        value = self.body.get(field)
        return "" if value is None else str(value).strip()

    def choice(self, field: str, *allowed: str) -> str:
        """A field of a closed set."""
        value = self.text(field)
        if value not in allowed:
            raise Refused(INVALID_PARAMETER, f"参数无效 {field}")
        return value

    def moment(self, field: str, pattern: str = SECOND) -> dt.datetime:
        """A time, written exactly as documented."""
        value = self.text(field)
        try:
            moment = dt.datetime.strptime(value, pattern)  # noqa: DTZ007 - hospital time has no zone
        except ValueError:
            moment = None
        # strptime also takes 2018-1-1, which is not what is documented.
        if moment is None or moment.strftime(pattern) != value:
            raise Refused(INVALID_PARAMETER, f"时间格式不正确 {field}")
        return moment

    def day(self, field: str, pattern: str = DAY) -> dt.date:
        """A day, written exactly as documented."""
        return self.moment(field, pattern).date()

    def amount(self, field: str) -> Decimal:
        """An amount in yuan, 0 where it is absent."""
        try:
            amount = Decimal(self.text(field) or "0")
        except InvalidOperation:
            raise Refused(WRONG_TYPE, f"参数类型错误 {field}") from None
        if not amount.is_finite() or amount < 0 or amount != round(amount, 2):
            raise Refused(INVALID_PARAMETER, f"参数无效 {field}")
        return amount

    def span(self) -> Callable[[dt.datetime], bool]:
        """Whether a time lies between `startTime` and `endTime`, both included."""
        start, end = self.moment("startTime"), self.moment("endTime")
        return lambda moment: start <= moment <= end

    def person(self, card: Card) -> Person:
        """Whose card it is."""
        return self.town.people[card.person_id]

    def holder(self, hospital: Hospital, card_number: str) -> Person:
        """Who has the card that something at the hospital is kept under."""
        return next(self.person(card) for card in hospital.cards if card.number == card_number)

    def card(self, field: str = "medicalCardNumber", identity: str = "idCard") -> Card:
        """The card of a call about one hospital; an identity number that comes with it must be its holder's."""
        card = deeds.find_card(self.hospital, number=self.text(field))
        if card is None:
            raise deeds.Refusal("card_unknown")
        self._same_person(card, self.text(identity))
        return card

    def cards(self, *, or_person: bool = False) -> list[tuple[Hospital, Card]]:
        """The cards that a call about several hospitals means.

        With `or_person`, the cards of who has the identity number and the name sent are meant as well.
        """
        number, identity, name = self.text("medicalCardNumber"), self.text("idCard"), self.text("patientName")
        found = []
        for hospital in self.hospitals:
            for card in hospital.cards:
                person = self.person(card)
                if card.number == hospital.relations.links.get(number, number):
                    self._same_person(card, identity)
                    found.append((hospital, card))
                elif or_person and identity and (person.identity_number, person.name) == (identity, name):
                    found.append((hospital, card))
        return found

    def known_cards(self) -> list[tuple[Hospital, Card]]:
        """The cards with the number sent, of which there must be one."""
        found = self.cards()
        if not found:
            raise deeds.Refusal("card_unknown")
        return found

    def stays(self) -> list[tuple[Hospital, Admission]]:
        """The stays that a call means, by card, admission number, or identity number and name; the latest first."""
        number = self.text("admissionNumber")
        holders = {(hospital.id, card.number) for hospital, card in self.cards(or_person=True)}
        meant = [
            (hospital, stay)
            for hospital in self.hospitals
            for stay in hospital.admissions
            if (hospital.id, stay.card_number) in holders or (number and stay.number == number)
        ]
        return sorted(meant, key=lambda found: found[1].admitted_at, reverse=True)

    def _same_person(self, card: Card, identity_number: str) -> None:
        if identity_number and self.person(card).identity_number != identity_number:
            raise deeds.Refusal("identity_mismatch")


@dataclass(frozen=True, slots=True)
class Interface:
    """An interface and what answers it; a `joined` one takes several hospital ids, and means all by none."""

    name: str
    answer: Callable[[Call], Answer]
    joined: bool = False
