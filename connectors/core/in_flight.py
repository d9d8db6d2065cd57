"""One call for all who want the same at the same time."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, TypeVar

from connectors.core import deadline

T = TypeVar("T")


class _Flight:
    """A call that somebody makes and others wait for."""

    __slots__ = ("_error", "_value", "_waiting", "over")

    def __init__(self) -> None:
        self.over = False
        self._value: Any = None
        self._error: Exception | None = None
        self._waiting: list[asyncio.Future[None]] | None = None

    def result(self) -> Any:
        if self._error is not None:
            raise self._error
        return self._value

    def end(self, value: Any, error: Exception | None = None) -> None:
        self.over = True
        self._value = value
        self._error = error
        self.wake()

    def wake(self) -> None:
        for waiter in self._waiting or ():
            if not waiter.done():
                waiter.set_result(None)

    def waiter(self) -> asyncio.Future[None]:
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if self._waiting is None:
            self._waiting = []
        self._waiting.append(waiter)
        return waiter


class InFlight:
    """Shares the running call of a key: the first who asks makes it, the others wait for its outcome.

    When the maker leaves before the end, being cancelled or short of time, one of the others makes it anew: so this
    is for calls that may be repeated. Every waiter keeps to its own deadline.
    """

    def __init__(self) -> None:
        """Start with nothing under way."""
        self._flights: dict[Hashable, _Flight] = {}

    async def share(self, key: Hashable, call: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Join the running call of this key, or make it; raises what it raises, and `deadline.Passed`."""
        while (flight := self._flights.get(key)) is not None:
            if not flight.over:
                await self._wait(flight.waiter())
            if flight.over:
                joined: T = flight.result()
                return joined
        return await self._make(key, call)

    def part(self, prefix: str) -> None:
        """Let nobody join the running calls whose key begins so; who waits for them already still gets their result."""
        for key in [key for key in self._flights if isinstance(key, str) and key.startswith(prefix)]:
            del self._flights[key]

    @staticmethod
    async def _wait(waiter: asyncio.Future[None]) -> None:
        await deadline.wait(waiter)

    async def _make(self, key: Hashable, call: Callable[[], Coroutine[Any, Any, T]]) -> T:
        flight = self._flights[key] = _Flight()
        try:
            value = await call()
        except deadline.Passed:
            raise
        except Exception as error:
            self._ended(key, flight, error=error)
            raise
        else:
            self._ended(key, flight, value)
            return value
        finally:
            if not flight.over:
                self._drop(key, flight)
                flight.wake()

    def _ended(self, key: Hashable, flight: _Flight, value: Any = None, error: Exception | None = None) -> None:
        self._drop(key, flight)
        flight.end(value, error)

    def _drop(self, key: Hashable, flight: _Flight) -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]


class Remembered(InFlight):
    """Shares calls under way and also those that have ended: for the time of one request.

    Those who wait have one deadline, which ends the call that they wait for.
    """

    @staticmethod
    async def _wait(waiter: asyncio.Future[None]) -> None:
        await waiter

    def _ended(self, key: Hashable, flight: _Flight, value: Any = None, error: Exception | None = None) -> None:
        del key  # it stays
        flight.end(value, error)
