"""The documented request fields, and the check of a request against them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources

from sandbox.palm.failures import Failure

ROOT = "$root"
"""The documented name of a nameless root value: the body itself is the list."""

MAY_BE_BLANK = frozenset(
    {
        # An outpatient has no admission number, an inpatient may have no card; yet both fields are 必须.
        ("/getLisPacsList", "card_no"),
        ("/getLisPacsList", "visit_no"),
        ("/getRecharge", "card_no"),
        ("/getRecharge", "visit_no"),
        # Not everybody has an employer or tells where they live.
        ("/createCard", "unit_name"),
        ("/createCard", "post_addr"),
        # What was not paid has neither.
        ("/appointment/cancel", "receipt_id"),
        ("/appointment/cancel", "his_order_no"),
        # Not everybody has something to say.
        ("/ipAppointmentConfirm", "remark"),
    }
)
"""Required fields that must be there but may say nothing; anywhere else a blank one is a missing one."""


@dataclass(frozen=True, slots=True)
class Field:
    """A request field; `required` is true, false or `conditional`."""

    name: str
    required: bool | str
    kind: str
    children: tuple["Field", ...] = ()


@dataclass(frozen=True, slots=True)
class Interface:
    """An interface as far as the outside of a call goes."""

    path: str
    content_type: str
    envelope: str
    fields: tuple[Field, ...]

    def check(self, body: object) -> None:
        """Refuse a body in which a required field is missing or a field has another type than documented."""
        if self.fields and self.fields[0].name == ROOT:
            self._check_rows(self.fields[0], body)
        elif isinstance(body, dict):
            self._check_object(self.fields, body)
        else:
            raise Failure("参数格式错误")

    def _check_object(self, fields: Sequence[Field], body: Mapping[str, object]) -> None:
        for field in fields:
            value = body.get(field.name)
            if self._missing(field, value):
                if field.required is True:
                    raise Failure(f"缺少参数 {field.name}")
            elif field.kind == "object[]":
                self._check_rows(field, value)
            elif not _is_kind(field.kind, value):
                raise Failure(f"参数类型错误 {field.name}")

    def _check_rows(self, field: Field, rows: object) -> None:
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise Failure("参数格式错误" if field.name == ROOT else f"参数类型错误 {field.name}")
        for row in rows:
            self._check_object(field.children, row)

    def _missing(self, field: Field, value: object) -> bool:
        if value is None or value == []:
            return True
        return isinstance(value, str) and not value.strip() and (self.path, field.name) not in MAY_BE_BLANK


def _is_kind(kind: str, value: object) -> bool:
    if isinstance(value, bool):
        return False
    kinds: dict[str, tuple[type, ...]] = {"string": (str,), "integer": (int,), "number": (int, Decimal)}
    return isinstance(value, kinds[kind])


def _fields(rows: Sequence[Mapping[str, object]]) -> tuple[Field, ...]:
    return tuple(_field(row) for row in rows)


def _field(row: Mapping[str, object]) -> Field:
    children, required = row.get("children", []), row["required"]
    if not isinstance(children, list) or not isinstance(required, bool | str):
        raise TypeError(f"not a field: {row['name']}")
    return Field(str(row["name"]), required, str(row["type"]), _fields(children))


def load() -> dict[str, Interface]:
    """Every documented interface by its path."""
    text = resources.files("sandbox").joinpath("facts/palm-hospital.json").read_text(encoding="utf-8")
    return {
        row["id"]: Interface(row["id"], row["content_type"], row["envelope"], _fields(row["request"]))
        for row in json.loads(text)["interfaces"]
    }


INTERFACES = load()
