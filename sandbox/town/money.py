"""Money: decimals in yuan with two places."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def money(value: Decimal | str | int) -> Decimal:
    """The value, rounded to whole cents."""
    return Decimal(value).quantize(CENT, ROUND_HALF_UP)


def total_of(amounts: Iterable[Decimal]) -> Decimal:
    """The sum of amounts, each rounded first: so that a total is always the sum of what is shown."""
    return sum((money(amount) for amount in amounts), money(0))
