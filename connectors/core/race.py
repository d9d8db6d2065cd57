"""Several ways to the same, begun one after the other; what comes first counts."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

from connectors.core.concurrency import Branch, Suspended, begin

T = TypeVar("T")


class Race(Generic[T]):
    """Coroutines side by side whose results are taken as they come; those that nobody waits for any more go on."""

    def __init__(self) -> None:
        """Start with nobody."""
        self._loop = asyncio.get_running_loop()
        self._running = 0
        self._ended: deque[Callable[[], T]] = deque()
        self._news: asyncio.Future[None] | None = None

    def begin(self, work: Coroutine[Any, Any, T]) -> None:
        """Begin one more; raises what it raises before it first waits."""
        result = begin(work, self._loop)
        if result.__class__ is Suspended:
            self._running += 1
            Branch(result, self._end)
        else:
            self._ended.append(lambda: result)

    async def next(self, seconds: float | None) -> T | None:
        """Return the result of the next that ends, or raise its error; None: no other one, or not within the time."""
        if not self._ended and self._running:
            self._news = self._loop.create_future()
            timer = None if seconds is None else self._loop.call_later(seconds, self._wake)
            try:
                await self._news
            finally:
                if timer is not None:
                    timer.cancel()
        if not self._ended:
            return None
        return self._ended.popleft()()

    def _end(self, branch: Branch) -> None:
        self._running -= 1
        self._ended.append(branch.result)
        self._wake()

    def _wake(self) -> None:
        if self._news is not None and not self._news.done():
            self._news.set_result(None)
