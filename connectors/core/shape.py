"""Record mappings: one line per field, checked and compiled when the module is imported.

    BILL = Shape(Bill, id="invoiceId", charged_at="time", total="total", items=Many(BILL_ITEM, "details"), card=GIVEN)

A bare name uses the converter that belongs to the field's type; a pair names another one. `GIVEN` fields come
from the caller (the card a row belongs to), not from the hospital.

Rows are read by plain code written for the record (`shape_code`). Only where that fails, the row is read again with
care, to name the place of the fault.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Generic, TypeVar

from connectors.core import convert
from connectors.core.shape_code import FAULTS, RecordField, compiled, fields_of
from connectors.core.shape_lines import GIVEN, Bind, Column, Convert, Line, Row, ShapeError, Whole

__all__ = ["GIVEN", "Many", "One", "Row", "Shape", "ShapeError", "Whole"]

R = TypeVar("R")

_BY_TYPE: dict[type, Convert] = {
    str: convert.text,
    Decimal: convert.money,
    int: convert.integer,
    bool: convert.flag,
    dt.datetime: convert.moment,
    dt.date: convert.day,
}


class Shape(Generic[R]):
    """How one kind of vendor row becomes one kind of record.

    That the converters give what the record's annotations promise is not checked at every row; the tests prove it.
    """

    def __init__(self, record: type[R], **lines: Any) -> None:
        """Take a line per field.

        A line is a name, a tuple of names, a pair with a converter, a nested mapping, `Whole` or `GIVEN`.
        Raises TypeError for a line that the record lacks, a required field without a line, or a nested mapping that
        is to be given what this one is not.
        """
        self.record = record
        # What results are called where a cache has to know; made once, since readers are made per call.
        self.several: Any = list[record]  # type: ignore[valid-type]  # the record class is known at run time
        self.optional: Any = record | None
        self._fields = fields_of(record)
        self._check_names(lines.keys())
        self.given = tuple(sorted(name for name, line in lines.items() if line is GIVEN))
        self.lines: dict[str, Line] = {name: self._line(self._fields[name], line) for name, line in lines.items()}
        self.quick: Callable[..., R] = compiled(record, self._fields.values(), self.lines, self.given)

    def read(self, row: object, given: Mapping[str, object] | None = None, place: str = "") -> R:
        """Make the record.

        Raises ShapeError with the place of the first fault.
        """
        supplied = given or {}
        try:
            return self.quick(row, **supplied)
        except FAULTS:
            pass  # The careful reading must not carry this error along: it could quote the value.
        return self.read_with_care(row, supplied, place)

    def read_with_care(self, row: object, given: Mapping[str, object], place: str) -> R:
        """Do what `read` does, line by line, and find the place of the first fault."""
        if not isinstance(row, Mapping):
            raise ShapeError(f"{place or 'payload'}: object expected")
        if set(self.given) != given.keys():
            raise TypeError(f"{self.record.__name__} is given {sorted(given)}, needs {list(self.given)}")
        values: dict[str, object] = {}
        for name, line in self.lines.items():
            value, field = line.find(name, row, given, place), self._fields[name]
            if value is None and field.needs(line):
                raise ShapeError(f"{place}{name}: missing")
            if value is not None or not field.keeps_default(line):
                values[name] = value
        return self.record(**values)

    def _check_names(self, names: Iterable[str]) -> None:
        unknown = set(names) - self._fields.keys()
        missing = {name for name, field in self._fields.items() if not field.has_default} - set(names)
        if unknown or missing:
            raise TypeError(f"{self.record.__name__}: unknown lines {sorted(unknown)}, missing {sorted(missing)}")

    def _line(self, field: RecordField, line: Any) -> Line:
        if isinstance(line, One | Many):
            if not set(line.shape.given) <= set(self.given):
                raise TypeError(f"{self.record.__name__}.{field.name} needs {list(line.shape.given)} to pass down")
            return line
        if line is GIVEN or isinstance(line, Whole):
            return line
        names, converter = line, None
        if isinstance(line, tuple) and line and not isinstance(line[-1], str):
            names, converter = line[:-1], line[-1]
        names = (names,) if isinstance(names, str) else names
        if not names or not isinstance(names, tuple) or not all(isinstance(name, str) for name in names):
            raise TypeError(f"{self.record.__name__}.{field.name}: {line!r} is no mapping line")
        return Column(names, converter or self._by_type(field))

    def _by_type(self, field: RecordField) -> Convert:
        if field.kind not in _BY_TYPE:
            raise TypeError(f"{self.record.__name__}.{field.name}: name a converter for {field.kind}")
        return _BY_TYPE[field.kind]


def _dig(payload: object, at: Sequence[str]) -> object:
    for name in at:
        if payload is None:
            return None
        if type(payload) is not dict and not isinstance(payload, Mapping):
            raise ShapeError(f"{name}: object expected around it")
        payload = payload.get(name)
    return payload


def _is_nothing(found: object) -> bool:
    return found is None or found in ("", {})


class One(Generic[R]):
    """Reads one record; null, an empty string, list or object is "nothing" (None). Of a list it takes the first."""

    keeps_default = True

    def __init__(self, shape: Shape[R], *at: str) -> None:
        """Take the record's shape and the path to it."""
        self.shape = shape
        self.at = at

    def read(self, payload: object, given: Mapping[str, object] | None = None, place: str = "") -> R | None:
        """Find and read it."""
        row = self.row(payload)
        return None if row is None else self.shape.read(row, given, place)

    def row(self, payload: object) -> object:
        """Find the raw row; None for nothing."""
        found = _dig(payload, self.at)
        if isinstance(found, list):
            found = found[0] if found else None
        return None if _is_nothing(found) else found

    def find(self, name: str, row: Row, given: Mapping[str, object], place: str) -> object:
        """Read it as the field of another record."""
        return self.read(row, _passed_down(given, self.shape), f"{place}{name}.")

    def code(self, name: str, bind: Bind) -> Iterable[str]:
        """Write the search and the call of the record's own function."""
        yield f"_value = {bind(f'_row_{name}', self.row)}(_row)"
        yield f"if _value is not None: _value = {_call(name, bind, self.shape, '_value')}"


class Many(Generic[R]):
    """Reads a list of records; null is an empty list, one object where a list is meant is a list of one."""

    keeps_default = False

    def __init__(self, shape: Shape[R], *at: str) -> None:
        """Take the records' shape and the path to the list."""
        self.shape = shape
        self.at = at

    def read(self, payload: object, given: Mapping[str, object] | None = None, place: str = "") -> list[R]:
        """Find and read them all."""
        rows, quick, supplied = self.rows(payload), self.shape.quick, given or {}
        try:
            return [quick(row, **supplied) for row in rows]
        except FAULTS:
            pass  # As in `Shape.read`.
        return [self.shape.read(row, supplied, f"{place}[{index}].") for index, row in enumerate(rows)]

    def read_each(self, payload: object, given: Callable[[Row], Mapping[str, object] | None]) -> list[R]:
        """Read the rows that `given` supplies something for; None leaves a row out.

        `given` may be asked twice about a row.
        """
        rows, quick, records = self.rows(payload), self.shape.quick, []
        try:
            for row in rows:
                if type(row) is not dict:
                    break
                supplied = given(row)
                if supplied is not None:
                    records.append(quick(row, **supplied))
            else:
                return records
        except FAULTS:
            pass  # As in `Shape.read`.
        return self._read_each_with_care(rows, given)

    def _read_each_with_care(
        self, rows: Iterable[object], given: Callable[[Row], Mapping[str, object] | None]
    ) -> list[R]:
        records = []
        for index, row in enumerate(rows):
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

    def rows(self, payload: object) -> list[Any]:
        """Find the raw rows."""
        found = _dig(payload, self.at)
        if type(found) is list or isinstance(found, list):
            return found
        if _is_nothing(found):
            return []
        if isinstance(found, Mapping):
            return [found]
        raise ShapeError(f"{'.'.join(self.at) or 'payload'}: list expected")

    def find(self, name: str, row: Row, given: Mapping[str, object], place: str) -> object:
        """Read them as the field of another record."""
        return self.read(row, _passed_down(given, self.shape), f"{place}{name}.")

    def code(self, name: str, bind: Bind) -> Iterable[str]:
        """Write the search and the loop over the record's own function."""
        each, rows = _call(name, bind, self.shape, "_each"), f"{bind(f'_rows_{name}', self.rows)}(_row)"
        if len(self.at) == 1:
            yield f"_value = _row[{self.at[0]!r}] if {self.at[0]!r} in _row else None"
            rows = f"(_value if _value.__class__ is {bind('_list', list)} else {rows})"
        yield f"_value = [{each} for _each in {rows}]"


def _passed_down(given: Mapping[str, object], nested: Shape[Any]) -> dict[str, object]:
    """What a nested record is given: what its parent was given, as far as it asks for it."""
    return {name: given[name] for name in nested.given}


def _call(name: str, bind: Bind, nested: Shape[Any], row: str) -> str:
    return f"{bind(f'_read_{name}', nested.quick)}({', '.join((row, *nested.given))})"
