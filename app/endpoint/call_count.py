"""Counts calls to hospitals: in all, and the most of them that one hospital may get."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from resolvers.access_control.reach import A_FAMILY, Reach
from schema.cost import Cost, Size


class Calls(NamedTuple):
    """Calls in all, and at the hospital that gets the most."""

    total: int
    at_hospital: int


class Page(NamedTuple):
    """A `first`: the variable that it is given by, if it is, and else its value."""

    variable: str | None
    default: int

    def size(self, variables: Mapping[str, Any] | None) -> int:
        """Say how many rows it lets through. A value that is no whole number is refused before anything is run."""
        given = variables.get(self.variable, self.default) if variables and self.variable else self.default
        return int(given) if isinstance(given, int | float) and abs(given) < float("inf") else self.default


class Step(NamedTuple):
    """A field: its cost, the number of the page that it asks for, and what is below, for each kind of object."""

    cost: Cost
    page: int | None
    choices: tuple[tuple["Step", ...], ...]


class Place(NamedTuple):
    """Where a step stands: how many objects and cards of theirs are there, in all and at one hospital.

    `page` is how many rows the list has. `shared` says that the objects are of people, who share what is known of
    their cards, and `known` that it is.
    """

    objects: int
    objects_at: int
    cards: int
    cards_at: int
    page: int = 1
    shared: bool = True
    known: bool = False


def at_root(reach: Reach) -> Place:
    """Make the place of the root: each of its fields is about a person of its own."""
    return Place(1, 1, reach.of_person, reach.of_person_at_hospital, shared=False)


def calls_of(steps: tuple[Step, ...], place: Place, reach: Reach, hospitals: int, pages: tuple[int, ...]) -> Calls:
    """Count the calls of the steps at a place; `pages` are the sizes of the pages by their numbers."""
    total = at_hospital = 0
    if place.shared and not place.known and any(step.cost.holder for step in steps):
        total, at_hospital = place.cards, place.cards_at
        place = place._replace(known=True)
    for step in steps:
        cost = step.cost
        times = cost.card_calls + (cost.holder and not place.shared)
        total += cost.calls * place.objects + times * place.cards
        at_hospital += cost.calls * place.objects_at + times * place.cards_at
        if step.choices:
            below = _below(place, cost.size, reach, hospitals)
            if step.page is not None:
                below = below._replace(page=max(pages[step.page], 1))
            theirs = A_FAMILY if cost.size is Size.LOGIN else reach
            found = [calls_of(inner, below, theirs, hospitals, pages) for inner in step.choices]
            total += max(calls.total for calls in found)
            at_hospital += max(calls.at_hospital for calls in found)
    return Calls(total, at_hospital)


def _below(place: Place, size: int | Size, reach: Reach, hospitals: int) -> Place:
    """Make the place below a field."""
    if size == 1 or size is Size.LOGIN:
        return place
    if isinstance(size, int):
        rows, rows_at = place.objects * size, place.objects_at * size
        return place._replace(objects=rows, objects_at=rows_at, cards=rows, cards_at=rows_at)
    if size is Size.PEOPLE or size is Size.PERSON or size is Size.HOSPITALS:
        return _elsewhere(place.objects, size, reach, hospitals)
    if size is Size.CARDS:
        return place._replace(objects=place.cards, objects_at=place.cards_at)
    # Rows of a page may all be of one hospital.
    rows = place.objects * place.page
    return place._replace(objects=rows, objects_at=rows, cards=rows, cards_at=rows)


def _elsewhere(objects: int, size: Size, reach: Reach, hospitals: int) -> Place:
    """Make the place of people or hospitals, who are other ones than those of the objects above."""
    match size:
        case Size.PEOPLE:
            people = objects * reach.people
            return Place(people, people, objects * reach.cards, objects * reach.at_hospital)
        case Size.PERSON:
            cards, cards_at = objects * reach.of_person, objects * reach.of_person_at_hospital
            return Place(objects, objects, cards, cards_at)
    return Place(objects * hospitals, objects, objects * hospitals, objects)
