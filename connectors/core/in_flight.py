"""One upstream call for identical reads that are under way at the same time, whoever asks."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _Flight:
    """A running call and how many wait for it."""

    __slots__ = ("task", "waiting")

    def __init__(self, task: "asyncio.Task[Any]") -> None:
        self.task = task
        self.waiting = 0


class InFlight:
    """Shares the running call of a key. A caller that leaves does not stop the others; the last one stops the call."""

    def __init__(self) -> None:
        """Start with nothing under way."""
        self._flights: dict[str, _Flight] = {}

    async def share(self, key: str, call: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Join the running call of this key, or start it."""
        flight = self._flights.get(key)
        if flight is None:
            flight = _Flight(asyncio.get_running_loop().create_task(call()))
            self._flights[key] = flight
            flight.task.add_done_callback(lambda _: self._ended(key, flight))
        flight.waiting += 1
        try:
            result: T = await asyncio.shield(flight.task)
            return result
        finally:
            flight.waiting -= 1
            if not flight.waiting and not flight.task.done():
                self._drop(key, flight)
                flight.task.cancel()

    def part(self, prefix: str) -> None:
        """Let nobody join the running calls whose key begins so; who waits for them already still gets their result."""
        for key in [key for key in self._flights if key.startswith(prefix)]:
            del self._flights[key]

    def _ended(self, key: str, flight: _Flight) -> None:
        self._drop(key, flight)
        if not flight.task.cancelled():
            flight.task.exception()  # fetched, since every waiter may have left and asyncio would complain

    def _drop(self, key: str, flight: _Flight) -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]
