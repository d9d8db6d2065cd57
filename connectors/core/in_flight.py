"""One call for all who want the same at the same time."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, TypeVar

from connectors.core import deadline

T = TypeVar("T")


class _Flight:
    """A call that somebody makes and others wait for."""

    # Set in the class: most are made, end and are gone without a second look.
    over = False
    _value: Any = None
    _error: Exception | None = None
    _waiting: list[asyncio.Future[None]] | None = None

    def result(self) -> Any:
        if self._error is not None:
            raise self._error
        return self._value

    def end(self, value: Any, error: Exception | None = None) -> None:
        self.over = True
        self._value = value
        self._error = error
        if self._waiting is not None:
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

    _remembers = False

    def __init__(self) -> None:
        """Start with nothing under way."""
        self._flights: dict[Hashable, _Flight] = {}

    async def share(self, key: Hashable, call: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Join the running call of this key, or make it; raises what it raises, and `deadline.Passed`."""
        while (flight := self._flights.get(key)) is not None:
            if flight.over or await self._ends(flight):
                joined: T = flight.result()
                return joined
        flight = self._flights[key] = _Flight()
        try:
            value = await call()
        except deadline.Passed:
            raise
        except Exception as error:
            flight.end(None, error)
            raise
        else:
            flight.end(value)
            return value
        finally:
            if not (flight.over and self._remembers) and self._flights.get(key) is flight:
                del self._flights[key]
            if not flight.over:
                flight.wake()

    def forget(self, key: Hashable) -> None:
        """Let the call of this key be made again by who asks next."""
        self._flights.pop(key, None)

    def part(self, first: Hashable) -> None:
        """Let nobody join the running calls whose keys are tuples that begin with this.

        Who waits for them already still gets their result.
        """
        for key in [key for key in self._flights if isinstance(key, tuple) and key[0] == first]:
            del self._flights[key]

    @staticmethod
    async def _ends(flight: _Flight) -> bool:
        """Wait for it; it is not over where its maker has left."""
        await deadline.wait(flight.waiter())
        return flight.over


class Joined(InFlight):
    """Shares calls under way that end by a deadline of their own: that of who makes it is the first to pass."""

    @staticmethod
    async def _ends(flight: _Flight) -> bool:
        await flight.waiter()
        return flight.over


class Remembered(Joined):
    """Shares calls under way and also those that have ended: for the time of one request, which has one deadline."""

    _remembers = True
