"""How much the variables of a request hold."""

from typing import Any


def too_large(variables: dict[str, Any] | None, most: int) -> bool:
    """Say whether they hold more than so much: each name and value counts 1, and a text its characters besides."""
    if not variables:
        return False
    left = most
    waiting: list[Any] = [variables]
    while waiting and left >= 0:
        value = waiting.pop()
        left -= 1
        if isinstance(value, str):
            left -= len(value)
        elif isinstance(value, dict):
            left -= sum(map(len, value))
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return left < 0
