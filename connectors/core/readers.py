"""What turns an opened answer into what an endpoint returns, and says how a cache may store it."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

from connectors.core.shape import Many, One, Row, ShapeError
from connectors.records.base import CardRef

R = TypeVar("R")
T = TypeVar("T")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """Make the adapter of a type once: readers are made per call, and an adapter costs a millisecond."""
    return TypeAdapter(kind)


@cache
def _or_none(kind: Any) -> Any:
    return kind | None


@dataclass(slots=True)
class Reader(Generic[T]):
    """Reads an opened answer. `about` tells readers of the same interface apart where rows are given something.

    It is made of plain values: its `repr` tells them all, and it is quick to compare. Not frozen, which would cost
    more than all else about making one.
    """

    kind: Any
    read: Callable[[Mapping[str, Any]], T]
    nothing: Callable[[], T]
    about: Hashable = ()

    @property
    def adapter(self) -> TypeAdapter[T]:
        """How a cache that stores bytes writes and reads the result."""
        return _adapter(self.kind)


def listing(many: Many[R], card: CardRef | None = None, **given: object) -> Reader[list[R]]:
    """All rows; the rows' records are given the card and whatever else is named."""
    supplied = given if card is None else {"card": card, **given}
    return Reader(many.shape.several, lambda body: many.read(body, supplied), list, _about(card, given))


def listing_each(
    many: Many[R], given: Callable[[Row], Mapping[str, object] | None], about: Hashable
) -> Reader[list[R]]:
    """Rows that each decide what they are given; None leaves a row out. `about` names what `given` depends on."""
    return Reader(many.shape.several, lambda body: many.read_each(body, given), list, about)


def listing_by_hospital(many: Many[R], cards: Mapping[str, CardRef], name: str) -> Reader[list[R]]:
    """Rows of several hospitals: each names its hospital, rows of others are left out.

    A row that names none is taken when only one hospital was asked for, else it is a fault.
    """
    supplied = {hospital: {"card": card} for hospital, card in cards.items()}

    def given(row: Row) -> Mapping[str, object] | None:
        hospital = row.get(name)
        if hospital is None or hospital == "":
            if len(supplied) > 1:
                raise ShapeError(f"{name}: missing in an answer for several hospitals")
            return next(iter(supplied.values()))
        if type(hospital) is str and hospital in supplied:
            return supplied[hospital]
        return supplied.get(str(hospital).strip())

    about = [(hospital, card.hospital_id, card.number, card.patient_id) for hospital, card in cards.items()]
    return listing_each(many, given, tuple(about))


def single(one: One[R], card: CardRef | None = None, **given: object) -> Reader[R | None]:
    """One record, or None."""
    supplied = given if card is None else {"card": card, **given}
    return Reader(one.shape.optional, lambda body: one.read(body, supplied), _nothing, _about(card, given))


def done(one: One[R], card: CardRef | None = None, **given: object) -> Reader[R]:
    """One record of a write; where the answer only says that it was done, what is given makes the record."""
    supplied = given if card is None else {"card": card, **given}

    def read(body: Mapping[str, Any]) -> R:
        return one.read(body, supplied) or nothing()

    def nothing() -> R:
        return one.shape.read({}, supplied)

    return Reader(one.shape.record, read, nothing, _about(card, given))


def value(kind: type[T], convert: Callable[[Any], T | None], *at: str) -> Reader[T | None]:
    """A bare value at a path."""

    def read(body: Mapping[str, Any]) -> T | None:
        found: Any = body
        for name in at:
            found = found.get(name) if type(found) is dict or isinstance(found, Mapping) else None
        try:
            return convert(found)
        except ValueError as fault:
            raise ShapeError(f"{'.'.join(at)}: {fault}") from None

    return Reader(_or_none(kind), read, _nothing)  # type: ignore[arg-type]  # types are hashable


def _nothing() -> None:
    return None


DONE: Reader[None] = Reader(None, lambda _: None, _nothing)
"""For calls whose answer says no more than that it was done."""


def _about(card: CardRef | None, given: Mapping[str, object]) -> Hashable:
    """Take the card apart: it does not write itself out whole."""
    if card is None:
        return tuple(given.items())
    whose = (card.hospital_id, card.number, card.patient_id)
    return (whose, *given.items()) if given else whose
