"""What turns an opened answer into what an endpoint returns, and says how a cache may store it."""

from collections.abc import Callable, Mapping
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


@dataclass(frozen=True)
class Reader(Generic[T]):
    """Reads an opened answer. `about` tells readers of the same interface apart where rows are given a card."""

    kind: Any
    read: Callable[[Mapping[str, Any]], T]
    nothing: Callable[[], T]
    about: str = ""

    @property
    def adapter(self) -> TypeAdapter[T]:
        """How a cache that stores bytes writes and reads the result."""
        return _adapter(self.kind)


def listing(many: Many[R], card: CardRef | None = None, **given: object) -> Reader[list[R]]:
    """All rows; the rows' records are given the card and whatever else is named."""
    supplied = dict(given) if card is None else {"card": card, **given}
    return Reader(
        list[many.shape.record],  # type: ignore[name-defined]  # the record class is known at run time
        lambda body: many.read(body, supplied),
        list,
        about=_about(supplied),
    )


def listing_each(many: Many[R], given: Callable[[Row], Mapping[str, object] | None], about: str) -> Reader[list[R]]:
    """Rows that each decide what they are given; None leaves a row out. `about` names what `given` depends on."""
    return Reader(
        list[many.shape.record],  # type: ignore[name-defined]  # the record class is known at run time
        lambda body: many.read_each(body, given),
        list,
        about=about,
    )


def listing_by_hospital(many: Many[R], cards: Mapping[str, CardRef], name: str) -> Reader[list[R]]:
    """Rows of several hospitals: each names its hospital, rows of others are left out.

    A row that names none is taken when only one hospital was asked for, else it is a fault.
    """

    def given(row: Row) -> Mapping[str, object] | None:
        hospital = row.get(name)
        if hospital in (None, ""):
            if len(cards) > 1:
                raise ShapeError(f"{name}: missing in an answer for several hospitals")
            return {"card": next(iter(cards.values()))}
        card = cards.get(str(hospital).strip())
        return None if card is None else {"card": card}

    return listing_each(many, given, _about(dict(cards)))


def single(one: One[R], card: CardRef | None = None, **given: object) -> Reader[R | None]:
    """One record, or None."""
    supplied = dict(given) if card is None else {"card": card, **given}
    return Reader(one.shape.record | None, lambda body: one.read(body, supplied), lambda: None, about=_about(supplied))


def done(one: One[R], card: CardRef | None = None, **given: object) -> Reader[R]:
    """One record of a write; where the answer only says that it was done, what is given makes the record."""
    supplied = dict(given) if card is None else {"card": card, **given}

    def read(body: Mapping[str, Any]) -> R:
        return one.read(body, supplied) or nothing()

    def nothing() -> R:
        return one.shape.read({}, supplied)

    return Reader(one.shape.record, read, nothing, about=_about(supplied))


def value(kind: type[T], convert: Callable[[Any], T | None], *at: str) -> Reader[T | None]:
    """A bare value at a path."""

    def read(body: Mapping[str, Any]) -> T | None:
        found: Any = body
        for name in at:
            found = found.get(name) if isinstance(found, Mapping) else None
        try:
            return convert(found)
        except ValueError as fault:
            raise ShapeError(f"{'.'.join(at)}: {fault}") from None

    return Reader(kind | None, read, lambda: None)


DONE: Reader[None] = Reader(None, lambda _: None, lambda: None)
"""For calls whose answer says no more than that it was done."""


def _about(given: Mapping[str, object]) -> str:
    return ";".join(
        f"{name}={item.hospital_id}/{item.number}/{item.patient_id or ''}"
        if isinstance(item, CardRef)
        else f"{name}={item}"
        for name, item in sorted(given.items())
    )
