"""JSON that means one thing only: for texts whose readers must not differ."""

import json
from typing import Any, NoReturn


def loads(text: bytes) -> Any:
    """Read JSON. Raises ValueError for a member that is named twice, for NaN and Infinity, and for deep nesting."""
    try:
        return json.loads(text, object_pairs_hook=_members, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member is named twice")
    return members


def _no_constant(_: str) -> NoReturn:
    raise ValueError("not a number")
