"""The business keys of a single process. They do not outlive it."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from cachetools import TLRUCache

from resolvers.writes.ledger import KEEP_SECONDS, LedgerEntry


@dataclass(frozen=True, slots=True)
class _Kept:
    entry: LedgerEntry
    seconds: float
    claimed_until: float = 0.0


def _expiry(_: str, kept: _Kept, now: float) -> float:
    return now + kept.seconds


class MemoryLedger:
    """Implements `resolvers.writes.ledger.Ledger`: atomic, since nothing here waits."""

    def __init__(self, keys: int = 200_000, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the bound, where the least recently used go first, and the clock that claims lapse by."""
        self._clock = clock
        self._kept: TLRUCache[str, _Kept] = TLRUCache(keys, ttu=_expiry, timer=clock)

    async def claim(self, key: str, fingerprint: str, lease_seconds: float) -> LedgerEntry | None:
        """Take the key, or tell what is known of it."""
        now = self._clock()
        known = self._kept.get(key)
        if known is not None and (
            known.entry.fingerprint != fingerprint or known.entry.result is not None or known.claimed_until > now
        ):
            return known.entry
        self._kept[key] = _Kept(LedgerEntry(fingerprint), KEEP_SECONDS, now + lease_seconds)
        return None

    async def peek(self, key: str) -> LedgerEntry | None:
        """Tell what is known of the key."""
        known = self._kept.get(key)
        return None if known is None else known.entry

    async def settle(self, key: str, entry: LedgerEntry, keep_seconds: float) -> None:
        """Keep the result."""
        self._kept[key] = _Kept(entry, keep_seconds)

    async def release(self, key: str, fingerprint: str, keep_seconds: float) -> None:
        """Free the key, unless it was settled meanwhile."""
        known = self._kept.get(key)
        if known is None or known.entry.result is None:
            self._kept[key] = _Kept(LedgerEntry(fingerprint), keep_seconds)
