"""Until when the request that is being served wants its answers: one time for all calls made on its behalf.

Times are the event loop's. Who waits for something ends the wait by itself when the time has come.
"""

import asyncio
from contextvars import ContextVar, Token
from typing import TypeVar

T = TypeVar("T")

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


class Passed(TimeoutError):
    """The time has come before the answer."""


def start(seconds: float) -> float:
    """Set the deadline for everything that runs in this context from now on; returns it."""
    when = asyncio.get_running_loop().time() + seconds
    _deadline.set(when)
    return when


def current() -> float | None:
    """Return the deadline; None when nobody waits, such as in background work."""
    return _deadline.get()


def half() -> float | None:
    """Return how many seconds half of what is left are: for a step that others wait for."""
    deadline = _deadline.get()
    return None if deadline is None else max(deadline - asyncio.get_running_loop().time(), 0.0) / 2


class within:  # noqa: N801 # reads as a statement: `with deadline.within(3)`
    """Want the answers of what is awaited inside within so many seconds, if not earlier; None: no earlier."""

    __slots__ = ("_seconds", "_token")

    def __init__(self, seconds: float | None) -> None:
        """Take the seconds."""
        self._seconds = seconds
        self._token: Token[float | None] | None = None

    def __enter__(self) -> None:
        """Set the nearer deadline."""
        if self._seconds is not None:
            before, nearer = _deadline.get(), asyncio.get_running_loop().time() + self._seconds
            self._token = _deadline.set(nearer if before is None else min(before, nearer))

    def __exit__(self, *_: object) -> None:
        """Go back to the deadline of before."""
        if self._token is not None:
            _deadline.reset(self._token)


async def wait(future: "asyncio.Future[T]") -> T:
    """Await a future that is this waiter's own; raises Passed, and the future with it, when the time has come."""
    when = _deadline.get()
    if when is None:
        return await future
    timer = future.get_loop().call_at(when, _pass, future)
    try:
        return await future
    finally:
        timer.cancel()


def _pass(future: "asyncio.Future[T]") -> None:
    if not future.done():
        future.set_exception(Passed())
