"""Two hospitals of two vendors where the same happened: each tells of it in its own words."""

import copy
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from sandbox.town.model import Hospital, Town

REGIONAL, PALM = "253", "501"
# What a hospital keeps by card; the rest (departments, doctors, their sessions) belongs to the house.
_OF_CARDS = ("visits", "admissions", "charges", "bills", "reports", "prescriptions", "appointments")
_OF_HOUSE = ("departments", "doctors", "sessions")


class _OfCard(Protocol):
    card_number: str


R = TypeVar("R", bound=_OfCard)


def make_twins(town: Town) -> None:
    """Let everything that happened at the regional hospital have happened at the palm hospital, and nothing else.

    Cards keep their numbers, which differ; ids of what happened are those of the regional hospital, at both. What the
    palm hospital's document has no word for did not happen at either: reports that are sensitive.
    """
    origin, twin = town.hospitals[REGIONAL], town.hospitals[PALM]
    origin.reports = [report for report in origin.reports if not report.sensitive]
    numbers = _numbers(origin, twin)
    for name in _OF_HOUSE:
        setattr(twin, name, copy.deepcopy(getattr(origin, name)))
    for name in _OF_CARDS:
        setattr(twin, name, _moved(getattr(origin, name), numbers))
    twin.stay_files = copy.deepcopy(origin.stay_files)
    twin.special_reports.checkups = _moved(origin.special_reports.checkups, numbers)
    twin.special_reports.nucleic_acid = copy.deepcopy(origin.special_reports.nucleic_acid)
    balances = {card.person_id: card.balance for card in origin.cards}
    for card in twin.cards:
        card.balance = balances.get(card.person_id, card.balance)


def _numbers(origin: Hospital, twin: Hospital) -> dict[str, str]:
    """The number that the holder of each card has at the other hospital, if there is one."""
    there = {card.person_id: card.number for card in twin.cards}
    return {card.number: there[card.person_id] for card in origin.cards if card.person_id in there}


def _moved(rows: list[Any], numbers: dict[str, str]) -> list[Any]:
    """Copies of what belongs to people with cards at both."""
    return [
        replace(copy.deepcopy(row), card_number=numbers[row.card_number]) for row in rows if row.card_number in numbers
    ]
