"""Telling a hospital of money that was paid: what no answer means."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from connectors.errors import Malformed, Refused, Unavailable
from connectors.records.billing import PaymentStatus
from connectors.records.problems import ProblemCode

T = TypeVar("T")


async def settled(notice: Awaitable[T], undecided: Callable[[PaymentStatus], T]) -> T:
    """Await the notice of a payment; no answer, or "still in work", is not a failure but `undecided`."""
    try:
        return await notice
    except (Unavailable, Malformed):
        return undecided(PaymentStatus.UNKNOWN)
    except Refused as error:
        if error.code is not ProblemCode.IN_PROGRESS:
            raise
        return undecided(PaymentStatus.PROCESSING)
