"""The recorded calls as the mock's answers."""

from collections import defaultdict
from collections.abc import Sequence

import orjson

from bench.mock import Route
from bench.scene import Call

# What tells calls of one interface apart; card numbers and patient ids do not, since anybody may ask.
_KEYS = ("hospitalId", "prescriptionId", "recipe_id", "report_id", "id")


def routes_of(calls: Sequence[Call]) -> list[Route]:
    """Make a route of each call; an interface that was called once answers to anything."""
    by_path = defaultdict(list)
    for call in calls:
        by_path[call.path].append(call)
    return [
        Route(call.path, call.answer.encode(), _keys(call) if len(same) > 1 else ())
        for same in by_path.values()
        for call in same
    ]


def _keys(call: Call) -> tuple[str, ...]:
    body = orjson.loads(call.body)
    return tuple(f'"{key}":"{body[key]}"' for key in _KEYS if key in body) if isinstance(body, dict) else ()
