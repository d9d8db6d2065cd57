"""The cache of a single process."""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cachetools import LRUCache, TLRUCache
from pydantic import TypeAdapter

from connectors.core.cache import Found


@dataclass(frozen=True, slots=True)
class _Entry:
    value: Any
    generation: int
    seconds: float


def _expiry(_: str, entry: _Entry, now: float) -> float:
    return now + entry.seconds


class MemoryCache:
    """Keeps so many entries, the least recently used go first. Implements `connectors.core.cache.Cache`.

    Generations come from one counter and are never used twice, so one that is pushed out takes its entries along.
    """

    def __init__(
        self, entries: int = 20_000, scopes: int = 20_000, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Take the bounds, and the clock that entries end by."""
        self._entries: TLRUCache[str, _Entry] = TLRUCache(entries, ttu=_expiry, timer=clock)
        self._generations: LRUCache[str, int] = LRUCache(scopes)
        self._numbers = itertools.count(1)

    async def get(self, scope: str, key: str, adapter: TypeAdapter[Any]) -> Found:  # noqa: ARG002 # the protocol's form
        """Look up."""
        generation = self._generations.get(scope)
        if generation is None:
            generation = self._generations[scope] = next(self._numbers)
        entry = self._entries.get(f"{scope}:{key}")
        if entry is None or entry.generation != generation:
            return Found(hit=False, value=None, generation=generation)
        return Found(hit=True, value=entry.value, generation=generation)

    async def put(
        self,
        scope: str,
        key: str,
        value: Any,
        generation: int,
        seconds: float,
        adapter: TypeAdapter[Any],  # noqa: ARG002 # the protocol's form
    ) -> None:
        """Keep, unless the scope was dropped since."""
        if self._generations.get(scope) == generation:
            self._entries[f"{scope}:{key}"] = _Entry(value, generation, seconds)

    async def drop(self, scope: str) -> None:
        """Begin a new generation."""
        self._generations[scope] = next(self._numbers)
