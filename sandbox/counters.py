"""How often each interface was called, and on behalf of which requests."""

from collections import Counter, deque
from threading import Lock

_REMEMBERED = 10_000


class Counters:
    """Counts of calls by hospitals (ids joined by commas, as they were asked together) and interface."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._calls: Counter[tuple[str, str]] = Counter()
        self._request_ids: deque[tuple[str, str]] = deque(maxlen=_REMEMBERED)

    def add(self, hospitals: str, interface: str, request_id: str = "") -> None:
        """Count one call; `request_id` is what the caller named in `X-Request-Id`."""
        with self._lock:
            self._calls[hospitals, interface] += 1
            self._request_ids.append((request_id, interface))

    def made_for(self, request_id: str) -> list[str]:
        """The interfaces of the latest calls that named this request, in their order."""
        with self._lock:
            return [interface for known, interface in self._request_ids if known == request_id]

    def count(self, interface: str, hospitals: str | None = None) -> int:
        """Calls of an interface, of all hospitals or of exactly these (`"253"`, or `"253,254"` for a joined call)."""
        with self._lock:
            return sum(n for (h, i), n in self._calls.items() if i == interface and hospitals in (None, h))

    def total(self) -> int:
        """All calls."""
        with self._lock:
            return self._calls.total()

    def snapshot(self) -> dict[str, int]:
        """The counts, each under `"hospitals interface"`."""
        with self._lock:
            return {f"{hospitals} {interface}": n for (hospitals, interface), n in sorted(self._calls.items())}

    def clear(self) -> None:
        """Start at nought."""
        with self._lock:
            self._calls.clear()
            self._request_ids.clear()
