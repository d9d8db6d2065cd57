"""Record mappings: one line per field, checked when the module is imported.

    BILL = Shape(Bill, id="invoiceId", charged_at="time", total="total", items=Many(BILL_ITEM, "details"), card=GIVEN)

A bare name uses the converter that belongs to the field's type; a pair names another one. `GIVEN` fields come
from the caller (the card a row belongs to), not from the hospital.
"""

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from connectors.core import convert

R = TypeVar("R")
Convert = Callable[[Any], Any]
Row = Mapping[str, Any]


class ShapeError(ValueError):
    """A payload is not of the documented shape; names the place, never the value."""


class _Given:
    """Marks a field that the caller supplies."""


GIVEN: Final = _Given()

_BY_TYPE: dict[type, Convert] = {
    str: convert.text,
    Decimal: convert.money,
    int: convert.integer,
    bool: convert.flag,
    dt.datetime: convert.moment,
    dt.date: convert.day,
}


@dataclass(frozen=True)
class _Field:
    """Where one record field comes from: the first name present in the row wins."""

    record_name: str
    names: tuple[str, ...]
    convert: Convert
    keeps_default: bool


@dataclass(frozen=True)
class Whole:
    """A field computed from the whole row: for values that a document splits over several fields."""

    compute: Callable[[Row], Any]


class Shape(Generic[R]):
    """How one kind of vendor row becomes one kind of record."""

    def __init__(self, record: type[R], **lines: Any) -> None:
        """Take a line per field.

        A line is a name, a tuple of names, a pair with a converter, a nested mapping, `Whole` or `GIVEN`.
        Raises TypeError for a line that the record lacks, or a required field without a line.
        """
        self.record = record
        self._annotations = typing.get_type_hints(record)
        fields = {field.name: field for field in dataclasses.fields(record)}  # type: ignore[arg-type]  # R is a dataclass
        self._check(fields, lines)
        self.given = frozenset(name for name, line in lines.items() if line is GIVEN)
        self._whole = {name: line.compute for name, line in lines.items() if isinstance(line, Whole)}
        self._nested = {name: line for name, line in lines.items() if isinstance(line, One | Many)}
        self._fields = [
            self._field(fields[name], line)
            for name, line in lines.items()
            if not isinstance(line, _Given | Whole | One | Many)
        ]
        self.adapter: TypeAdapter[R] = TypeAdapter(record)

    def read(self, row: object, given: Mapping[str, object] | None = None, place: str = "") -> R:
        """Make the record.

        Raises ShapeError with the place of the first fault.
        """
        if not isinstance(row, Mapping):
            raise ShapeError(f"{place or 'payload'}: object expected")
        supplied = self._take_given(given)
        values = dict(supplied)
        for field in self._fields:
            self._convert(field, row, values, place)
        for name, compute in self._whole.items():
            try:
                values[name] = compute(row)
            except (ValueError, KeyError, TypeError):
                raise ShapeError(f"{place}{name}: cannot be read") from None
        for name, nested in self._nested.items():
            found = nested.read(row, _passed_down(supplied, nested), f"{place}{name}.")
            if found is not None:
                values[name] = found
        try:
            return self.adapter.validate_python(values)
        except ValidationError as error:
            where = ", ".join(
                f"{'.'.join(map(str, problem['loc']))} ({problem['type']})"
                for problem in error.errors(include_input=False, include_url=False, include_context=False)
            )
            raise ShapeError(f"{place}{where}") from None

    @staticmethod
    def _convert(field: _Field, row: Row, values: dict[str, object], place: str) -> None:
        name = next((name for name in field.names if name in row), None)
        try:
            value = field.convert(None if name is None else row[name])
        except ValueError as fault:
            raise ShapeError(f"{place}{name}: {fault}") from None
        if value is not None or not field.keeps_default:
            values[field.record_name] = value

    def _take_given(self, given: Mapping[str, object] | None) -> Mapping[str, object]:
        supplied = given or {}
        if self.given != supplied.keys():
            raise TypeError(f"{self.record.__name__} is given {sorted(supplied)}, needs {sorted(self.given)}")
        return supplied

    def _check(self, fields: Mapping[str, "dataclasses.Field[Any]"], lines: Mapping[str, object]) -> None:
        unknown = lines.keys() - fields.keys()
        missing = {
            name
            for name, field in fields.items()
            if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        } - lines.keys()
        if unknown or missing:
            raise TypeError(f"{self.record.__name__}: unknown lines {sorted(unknown)}, missing {sorted(missing)}")

    def _field(self, field: "dataclasses.Field[Any]", line: object) -> _Field:
        names, given_convert = line, None
        if isinstance(line, tuple) and line and not isinstance(line[-1], str):
            names, given_convert = line[:-1], line[-1]
        names = (names,) if isinstance(names, str) else names
        if not isinstance(names, tuple) or not all(isinstance(name, str) for name in names):
            raise TypeError(f"{self.record.__name__}.{field.name}: {line!r} is no mapping line")
        has_default = field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
        chosen = given_convert or self._by_type(field.name)
        return _Field(field.name, names, chosen, keeps_default=has_default)

    def _by_type(self, name: str) -> Convert:
        annotation = self._annotations[name]
        if typing.get_origin(annotation) in {typing.Union, types.UnionType}:
            (annotation,) = [part for part in typing.get_args(annotation) if part is not type(None)]
        if annotation not in _BY_TYPE:
            raise TypeError(f"{self.record.__name__}.{name}: name a converter for {annotation}")
        return _BY_TYPE[annotation]


def _passed_down(given: Mapping[str, object], nested: "One[Any] | Many[Any]") -> Mapping[str, object]:
    """What a nested record is given: what its parent was given, as far as it asks for it."""
    return {name: given[name] for name in nested.shape.given if name in given}


def _dig(payload: object, at: Sequence[str]) -> object:
    for name in at:
        if payload is None:
            return None
        if not isinstance(payload, Mapping):
            raise ShapeError(f"{name}: object expected around it")
        payload = payload.get(name)
    return payload


class One(Generic[R]):
    """Reads one record; null, an empty string, list or object is "nothing" (None). Of a list it takes the first."""

    def __init__(self, shape: Shape[R], *at: str) -> None:
        """Take the record's shape and the path to it."""
        self.shape = shape
        self.at = at

    def read(self, payload: object, given: Mapping[str, object] | None = None, place: str = "") -> R | None:
        """Find and read it."""
        found = _dig(payload, self.at)
        if isinstance(found, list):
            found = found[0] if found else None
        if found in (None, "", {}):
            return None
        return self.shape.read(found, given, place)


class Many(Generic[R]):
    """Reads a list of records; null is an empty list, one object where a list is meant is a list of one."""

    def __init__(self, shape: Shape[R], *at: str) -> None:
        """Take the records' shape and the path to the list."""
        self.shape = shape
        self.at = at

    def read(self, payload: object, given: Mapping[str, object] | None = None, place: str = "") -> list[R]:
        """Find and read them all."""
        return [self.shape.read(row, given, f"{place}[{index}].") for index, row in enumerate(self.rows(payload))]

    def read_each(self, payload: object, given: Callable[[Row], Mapping[str, object] | None]) -> list[R]:
        """Read the rows that `given` supplies something for; None leaves a row out."""
        records = []
        for index, row in enumerate(self.rows(payload)):
            if not isinstance(row, Mapping):
                raise ShapeError(f"[{index}]: object expected")
            try:
                supplied = given(row)
            except ShapeError:
                raise
            except (ValueError, KeyError, TypeError):
                raise ShapeError(f"[{index}]: cannot be read") from None
            if supplied is not None:
                records.append(self.shape.read(row, supplied, f"[{index}]."))
        return records

    def rows(self, payload: object) -> Iterable[object]:
        """Find the raw rows."""
        found = _dig(payload, self.at)
        if found in (None, "", {}):
            return []
        if isinstance(found, Mapping):
            return [found]
        if not isinstance(found, list):
            raise ShapeError(f"{'.'.join(self.at) or 'payload'}: list expected")
        return found
