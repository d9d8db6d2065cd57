"""Until when the request that is being served wants its answers: one time for all calls made on its behalf."""

import asyncio
from contextvars import ContextVar

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


def start(seconds: float) -> float:
    """Set the deadline for everything that runs in this context from now on; returns it as event-loop time."""
    when = asyncio.get_running_loop().time() + seconds
    _deadline.set(when)
    return when


def half() -> float | None:
    """Return the time at which half of what is left will have passed: for a step that others wait for."""
    deadline = _deadline.get()
    if deadline is None:
        return None
    now = asyncio.get_running_loop().time()
    return now + max(deadline - now, 0.0) / 2


def current() -> float | None:
    """Return the deadline as event-loop time; None when nobody waits, such as in background work."""
    return _deadline.get()
