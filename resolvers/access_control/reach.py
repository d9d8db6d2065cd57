"""How much a principal reaches: what the calls of an operation are counted by before it is run."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from connectors.records.base import CardRef


class Reach(NamedTuple):
    """People and cards in all, and the most cards at one hospital, of one person, and of one person at one hospital."""

    people: int
    cards: int
    at_hospital: int
    of_person: int
    of_person_at_hospital: int


# Who is not bound to anybody looks at one person at a time, by one card.
ONE_CARD = Reach(1, 1, 1, 1, 1)
# Who is not known yet: a large family.
A_FAMILY = Reach(people=8, cards=24, at_hospital=8, of_person=5, of_person_at_hospital=2)


def reach_of(people: Iterable[Sequence[CardRef]]) -> Reach:
    """Count the cards of the people bound to an account."""
    cards = [tuple(card.hospital_id for card in person) for person in people]
    return Reach(
        people=len(cards),
        cards=sum(map(len, cards)),
        at_hospital=_most(hospital for person in cards for hospital in person),
        of_person=max(map(len, cards), default=0),
        of_person_at_hospital=max(map(_most, cards), default=0),
    )


def _most(hospitals: Iterable[str]) -> int:
    return max(Counter(hospitals).values(), default=0)
