"""Until when the request that is being served wants its answers: one time for all calls made on its behalf."""

import asyncio
from contextvars import ContextVar

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


def start(seconds: float) -> float:
    """Set the deadline for everything that runs in this context from now on; returns it as event-loop time."""
    when = asyncio.get_running_loop().time() + seconds
    _deadline.set(when)
    return when


def current() -> float | None:
    """Return the deadline as event-loop time; None when nobody waits, such as in background work."""
    return _deadline.get()
