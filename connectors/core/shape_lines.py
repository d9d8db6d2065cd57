"""Where a record's field comes from: the kinds of lines that a `Shape` takes.

Each kind says the same twice. `find` reads one value with care and knows the place of a fault; `code` writes the
statements that leave the value in `_value` and fail in whatever way is quickest.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Protocol

from connectors.core import convert

Convert = Callable[[Any], Any]
Row = Mapping[str, Any]
Bind = Callable[[str, object], str]
"""Makes an object known to the written code under a name, and gives the name back."""


class ShapeError(ValueError):
    """A payload is not of the documented shape; names the place, never the value."""


class Line(Protocol):
    """One kind of line. `keeps_default`: where it finds nothing, the record's own default stands, if it has one."""

    keeps_default: bool

    def find(self, name: str, row: Row, given: Mapping[str, object], place: str) -> object:
        """Read the value of the field `name`.

        Raises ShapeError with the place of the fault.
        """

    def code(self, name: str, bind: Bind) -> Iterable[str]:
        """Write what leaves that value in `_value`, of `_row` and of what is given, by name."""


class _Given:
    """Marks a field that the caller supplies."""

    keeps_default = False

    def find(self, name: str, row: Row, given: Mapping[str, object], place: str) -> object:  # noqa: ARG002 # the protocol's form
        return given[name]

    def code(self, name: str, bind: Bind) -> Iterable[str]:  # noqa: ARG002 # the protocol's form
        return (f"_value = {name}",)


GIVEN: Final = _Given()


@dataclass(frozen=True)
class Whole:
    """A field computed from the whole row: for values that a document splits over several fields."""

    compute: Callable[[Row], Any]
    keeps_default = False

    def find(self, name: str, row: Row, given: Mapping[str, object], place: str) -> object:  # noqa: ARG002 # the protocol's form
        """Compute it; what the row lacks or cannot be read is a fault of the row."""
        try:
            return self.compute(row)
        except (ValueError, KeyError, TypeError):
            raise ShapeError(f"{place}{name}: cannot be read") from None

    def code(self, name: str, bind: Bind) -> Iterable[str]:
        """Write the call."""
        return (f"_value = {bind(f'_compute_{name}', self.compute)}(_row)",)


# A plain number of ordinary size; a pattern would cost three times as much, and amounts are half of what is read.
_DIGITS = f" and len(_value) <= {convert.MOST_DIGITS} and _value.isascii() and _value.replace('.', '', 1).isdigit()"
# They make nothing of nothing: no call is needed for it.
_PLAIN = frozenset({convert.integer, convert.flag, convert.day})
# So do these, and they need none for a text in the usual notation either: how it is told, how it is read, and the names
# that both use.
_IN_PLACE: Mapping[Convert, tuple[str, str, Mapping[str, object]]] = {
    convert.text: ("", "_value.strip() or None", {}),
    convert.decimal: (_DIGITS, "_decimal(_value)", {"_decimal": Decimal}),
    convert.money: (f" and _value[-3:-2] == '.'{_DIGITS}", "_decimal(_value)", {"_decimal": Decimal}),
    convert.moment: (
        " and _usual_moment(_value)",
        "_midnight + (_written(_value) - _beginning)",
        {
            "_usual_moment": convert.usual_moment,
            "_written": dt.datetime.fromisoformat,
            "_beginning": convert.BEGINNING,
            "_midnight": convert.BEGINNING_IN_SHANGHAI,
        },
    ),
}


@dataclass(frozen=True)
class Column:
    """A field of the row and its converter; of several names the first that is present wins."""

    names: tuple[str, ...]
    convert: Convert
    keeps_default = True

    def find(self, name: str, row: Row, given: Mapping[str, object], place: str) -> object:  # noqa: ARG002 # the protocol's form
        """Convert the value."""
        present = next((known for known in self.names if known in row), self.names[0])
        try:
            return self.convert(row.get(present))
        except ValueError as fault:
            raise ShapeError(f"{place}{present}: {fault}") from None

    def code(self, name: str, bind: Bind) -> Iterable[str]:
        """Write the look-up and the conversion, in place where the usual notation allows it."""
        yield "_value = " + "".join(f"_row[{one!r}] if {one!r} in _row else " for one in self.names) + "None"
        converted = f"_value = {bind(f'_convert_{name}', self.convert)}(_value)"
        if self.convert in _IN_PLACE:
            told, read, names = _IN_PLACE[self.convert]
            for used, known in names.items():
                bind(used, known)
            yield f"if _value.__class__ is _str{told}: _value = {read}"
            yield f"elif _value is not None: {converted}"
        elif isinstance(self.convert, convert.OneOf):
            yield f"_listed = {bind(f'_listed_{name}', self.convert.usual)}(_value)"
            yield "if _listed is not None: _value = _listed"
            yield f"else: {converted}"
        elif self.convert in _PLAIN:
            yield f"if _value is not None: {converted}"
        else:
            yield converted
