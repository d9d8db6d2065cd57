"""What paying has in common, whatever is paid: which order a payment has, and notices that change nothing."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from cachetools import TTLCache

from connectors.core import deadline
from connectors.errors import ConnectorError

T = TypeVar("T")

_MOST_ORDERS = 10_000
_ORDER_SECONDS = 24 * 3600
# A notice is a courtesy: it must not use up the time that the payment needs.
_NOTICE_SECONDS = 3.0


class OrderBook(TTLCache[tuple[str, ...], T]):
    """What was opened for each payment, by a key that begins with the hospital: told again, it must name the same."""

    def __init__(self) -> None:
        """Start empty; entries stay for a day, in this process."""
        super().__init__(_MOST_ORDERS, _ORDER_SECONDS)

    async def opened(self, key: tuple[str, ...], make: Callable[[], Awaitable[T]]) -> T:
        """Find what was opened, or open it; of two that come at once the first one's stands, and both tell the same."""
        known: T | None = self.get(key)
        return self.setdefault(key, await make()) if known is None else known


async def notify(notice: Awaitable[None]) -> None:
    """Tell of something; that it fails or takes long changes nothing."""
    with suppress(ConnectorError), deadline.within(_NOTICE_SECONDS):
        await notice
