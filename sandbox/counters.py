"""How often each interface was called."""

from collections import Counter
from threading import Lock


class Counters:
    """Counts of calls by hospitals (ids joined by commas, as they were asked together) and interface."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._calls: Counter[tuple[str, str]] = Counter()

    def add(self, hospitals: str, interface: str) -> None:
        """Count one call."""
        with self._lock:
            self._calls[hospitals, interface] += 1

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
