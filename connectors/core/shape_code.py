"""Writes a mapping out as one plain function: a row is read without a loop over fields and without a call per text.

It looks like this, field after field; `card` is given, `_value` is what was last read:

    def _read(_row, card):
        if _row.__class__ is not _dict: raise TypeError
        _made = _new(_record)
        _value = _row['total'] if 'total' in _row else None
        if _value.__class__ is _str and _value[-3:-2] == '.' and …: _value = _decimal(_value)
        elif _value is not None: _value = _convert_total(_value)
        if _value is None: raise ValueError
        _made.total = _value
        return _made

All names of its own begin with an underscore, so that no field's name meets them.
"""

import dataclasses
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from connectors.core.shape_lines import Bind, Line


@dataclass(frozen=True)
class RecordField:
    """A field of a record as a mapping sees it. `kind` is its type without None."""

    name: str
    kind: Any
    admits_nothing: bool
    default: Any
    factory: Any

    @property
    def has_default(self) -> bool:
        """Whether a record can be made without it."""
        return self.default is not dataclasses.MISSING or self.factory is not dataclasses.MISSING

    def keeps_default(self, line: Line) -> bool:
        """Whether the record's default stands where the line finds nothing."""
        return line.keeps_default and self.has_default

    def needs(self, line: Line) -> bool:
        """Whether it is a fault that the line finds nothing."""
        return not self.admits_nothing and not self.keeps_default(line)


def fields_of(record: type) -> dict[str, RecordField]:
    """List the fields of a dataclass.

    Raises TypeError for a record that does more when it is made than take its fields.
    """
    if hasattr(record, "__post_init__"):
        raise TypeError(f"{record.__name__}: a mapping does not call __post_init__")
    annotations = typing.get_type_hints(record)
    return {field.name: _field(field, annotations[field.name]) for field in dataclasses.fields(record)}


def _field(field: "dataclasses.Field[Any]", kind: Any) -> RecordField:
    admits_nothing = False
    if typing.get_origin(kind) in {typing.Union, types.UnionType}:
        parts = [part for part in typing.get_args(kind) if part is not type(None)]
        admits_nothing = len(parts) < len(typing.get_args(kind))
        kind = parts[0] if len(parts) == 1 else kind
    return RecordField(field.name, kind, admits_nothing, field.default, field.default_factory)


def compiled(record: type, fields: Iterable[RecordField], lines: Mapping[str, Line], given: Iterable[str]) -> Any:
    """Make the function: it takes a row and, in order, what is given.

    It fails with any of FAULTS where the row is not of the shape; the error says nothing of use.
    """
    known: dict[str, Any] = {"_new": object.__new__, "_record": record, "_str": str, "_dict": dict}

    def bind(name: str, value: object) -> str:
        known[name] = value
        return name

    setting = _setting(record, bind)
    body = [
        statement
        for field in fields
        for statement in (*_valued(field, lines.get(field.name), bind), setting.format(name=field.name))
    ]
    # Any other object than a dictionary is left to the careful reading: in a text, too, something can be looked for.
    source = [
        f"def _read({', '.join(('_row', *given))}):",
        *("if _row.__class__ is not _dict: raise TypeError", "_made = _new(_record)", *body, "return _made"),
    ]
    exec(compile("\n ".join(source), f"<mapping of {record.__name__}>", "exec"), known)  # noqa: S102 # made of names that this module checks or quotes
    return known["_read"]


FAULTS = (ValueError, TypeError, LookupError, AttributeError)
"""What the written code fails with where a row is not of the shape."""


def _setting(record: type, bind: Bind) -> str:
    """Set the fields one by one, as a dataclass's own constructor does: keyword arguments would cost the double."""
    if record.__dataclass_params__.frozen:  # type: ignore[attr-defined]  # every dataclass has them
        bind("_set", object.__setattr__)
        return "_set(_made, '{name}', _value)"
    return "_made.{name} = _value"


def _valued(field: RecordField, line: Line | None, bind: Bind) -> Iterator[str]:
    if line is None:
        yield f"_value = {_default(field, bind)}"
        return
    yield from line.code(field.name, bind)
    if field.needs(line):
        yield "if _value is None: raise ValueError"
    elif field.keeps_default(line) and field.default is not None:
        yield f"if _value is None: _value = {_default(field, bind)}"


def _default(field: RecordField, bind: Bind) -> str:
    if field.default is None:
        return "None"
    if field.factory is not dataclasses.MISSING:
        return f"{bind(f'_default_{field.name}', field.factory)}()"
    return bind(f"_default_{field.name}", field.default)
