"""What the contract says of requests: which fields must be there, and which are lists."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sandbox.regional.envelope import MISSING_PARAMETER, WRONG_TYPE, Refused

FACTS = Path(__file__).parent.parent / "facts" / "regional-wechat.json"

Field = dict[str, Any]


@cache
def interfaces() -> dict[str, dict[str, Any]]:
    """The hospitals' interfaces by name, or by number without one; a variant is an interface of its own."""
    return {
        name: facts
        for facts in _provided_by("hospital")
        for name in facts.get("variants") or [facts.get("name") or facts["id"]]
    }


@cache
def platform_interfaces() -> dict[str, dict[str, Any]]:
    """The platform's interfaces by number."""
    return {facts["id"]: facts for facts in _provided_by("platform")}


@cache
def short_names() -> dict[str, str]:
    """The interfaces that also answer under a short path."""
    return {facts["http_path"]: name for name, facts in interfaces().items() if facts.get("http_path")}


def unnamed(number: str) -> list[Field]:
    """The request of an interface that has no name."""
    fields: list[Field] = next(facts["request"] for facts in _provided_by("hospital") if facts["id"] == number)
    return fields


def _provided_by(provider: str) -> list[dict[str, Any]]:
    listed = json.loads(FACTS.read_text(encoding="utf-8"))["interfaces"]
    return [facts for facts in listed if facts["provider"] == provider]


def check(name: str, body: Mapping[str, Any]) -> None:
    """Refuse a request that lacks something required, or has a list where none is meant and the reverse."""
    check_fields(interfaces()[name]["request"], body)


def given(value: object) -> bool:
    """Whether a field says something: nulls, empty texts and empty lists do not."""
    return value is not None and value not in ("", [], {})


def check_fields(fields: list[Field], body: Mapping[str, Any]) -> None:
    """Refuse as `check` does, by a list of fields."""
    for field in fields:
        names = [field["name"], *field.get("aliases", ())]
        value = next((body[name] for name in names if given(body.get(name))), None)
        if value is None:
            # What is conditionally required is for the handler to say: the conditions are sentences.
            if field["required"] is True:
                raise Refused(MISSING_PARAMETER, f"缺少参数 {field['name']}")
            continue
        _check_type(field, value)


def _check_type(field: Field, value: object) -> None:
    kinds: dict[str | None, tuple[type, ...]] = {"array": (list,), "object": (dict,)}
    if not isinstance(value, kinds.get(field.get("type"), (str, int, float))):
        raise Refused(WRONG_TYPE, f"参数类型错误 {field['name']}")
    children = field.get("children")
    if not children:
        return
    for row in value if isinstance(value, list) else [value]:
        if not isinstance(row, dict):
            raise Refused(WRONG_TYPE, f"参数类型错误 {field['name']}")
        check_fields(children, row)
