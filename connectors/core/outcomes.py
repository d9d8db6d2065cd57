"""Outcomes: a result, or the ConnectorError that stands in its place."""

from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

from connectors.core.concurrency import together
from connectors.errors import ConnectorError

T = TypeVar("T")


async def outcome(call: Coroutine[Any, Any, T]) -> T | ConnectorError:
    """Await a call; anything else than a ConnectorError is raised."""
    try:
        return await call
    except ConnectorError as error:
        # As a value it needs no traceback, whose frames would hold on to it.
        return error.with_traceback(None)


async def outcomes(*calls: Coroutine[Any, Any, T]) -> list[T | ConnectorError]:
    """Await all side by side."""
    try:
        return await together(*map(outcome, calls))
    finally:
        # After a fault of ours some may not have begun, and would be missed.
        for call in calls:
            call.close()


def merged(*answers: Sequence[list[T] | ConnectorError]) -> list[list[T] | ConnectorError]:
    """Join the lists place by place. An error in any answer is that place's outcome: never half a list."""
    return [_joined(parts) for parts in zip(*answers, strict=True)]


def _joined(parts: Sequence[list[T] | ConnectorError]) -> list[T] | ConnectorError:
    rows: list[T] = []
    for part in parts:
        if isinstance(part, ConnectorError):
            return part
        rows += part
    return rows
