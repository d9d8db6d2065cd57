"""Holds a record to its annotations, field by field: what is no more checked at every row is proven by the tests."""

import dataclasses
from functools import cache
from typing import Any, get_type_hints

from pydantic import TypeAdapter


@cache
def _adapters(record: type) -> dict[str, TypeAdapter[Any]]:
    hints = get_type_hints(record)
    return {field.name: TypeAdapter(hints[field.name]) for field in dataclasses.fields(record)}


def assert_conforms(found: object) -> None:
    """Fail where a field of a record, at any depth, is not of its annotated type; nothing is converted."""
    if isinstance(found, list):
        for each in found:
            assert_conforms(each)
    elif dataclasses.is_dataclass(found) and not isinstance(found, type):
        for name, adapter in _adapters(type(found)).items():
            value = getattr(found, name)
            adapter.validate_python(value, strict=True)
            assert_conforms(value)
