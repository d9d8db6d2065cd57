"""How often each key was counted, in a single process."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from limits.aio.storage import Storage


@dataclass(slots=True)
class _Window:
    count: int
    ends_at: float


class MemoryCounters(Storage):
    """A store for the strategies of `limits`, with a bound: those that began the longest ago go first.

    The library's own looks through all of its keys in a task with nearly every count, and has no bound.
    """

    STORAGE_SCHEME = None

    def __init__(self, most: int = 50_000, *, clock: Callable[[], float] = time.time) -> None:
        """Take the bound, and the clock that windows end by: seconds since 1970."""
        super().__init__()
        self._clock = clock
        self._most = most
        self._windows: OrderedDict[str, _Window] = OrderedDict()

    @property
    def base_exceptions(self) -> type[Exception]:
        """What the store itself raises: nothing but faults."""
        return ValueError

    async def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count; a window begins with its first count."""
        window, now = self._windows.get(key), self._clock()
        if window is None or window.ends_at <= now:
            window = self._begin(key, now + expiry)
        window.count += amount
        return window.count

    async def get(self, key: str) -> int:
        """Tell the count."""
        window = self._windows.get(key)
        return window.count if window is not None and window.ends_at > self._clock() else 0

    async def get_expiry(self, key: str) -> float:
        """Tell when the window ends."""
        window = self._windows.get(key)
        return self._clock() if window is None else window.ends_at

    async def check(self) -> bool:
        """Say whether the store works."""
        return True

    async def reset(self) -> int:
        """Forget all; tells how many there were."""
        kept = len(self._windows)
        self._windows.clear()
        return kept

    async def clear(self, key: str) -> None:
        """Forget a key."""
        self._windows.pop(key, None)

    def _begin(self, key: str, ends_at: float) -> _Window:
        self._windows.pop(key, None)
        if len(self._windows) >= self._most:
            self._windows.popitem(last=False)
        window = self._windows[key] = _Window(0, ends_at)
        return window
