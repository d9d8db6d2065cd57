"""Adding up answers that each hold one outcome per element."""

from collections.abc import Sequence
from typing import TypeVar

from connectors.errors import ConnectorError

T = TypeVar("T")


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
