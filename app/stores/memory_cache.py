"""The cache of a single process."""

import itertools
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import TypeAdapter

from connectors.core.cache import Found
from connectors.core.kinds import KeyedHash


class _Scope:
    """What is kept of one scope, as long as it is not dropped: values, each with the time it ends at."""

    __slots__ = ("entries", "generation")

    def __init__(self, generation: int) -> None:
        self.generation = generation
        self.entries: dict[str, tuple[Any, float]] = {}


class MemoryCache:
    """Keeps so many entries and scopes; the scopes least recently used go first, with all their entries.

    Implements `connectors.core.cache.Cache`. A scope begins anew when it is dropped or was pushed out, under a
    generation that was never used before, so that a slow read finds that its scope is gone. Entries that have ended
    are cleared away when as many others were put as may be kept.
    """

    def __init__(
        self, entries: int = 20_000, scopes: int = 20_000, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Take the bounds, and the clock that entries end by."""
        self._most_entries = entries
        self._most_scopes = scopes
        self._clock = clock
        self._scopes: OrderedDict[str, _Scope] = OrderedDict()
        self._count = 0
        self._put_since_sweep = 0
        self._numbers = itertools.count(1)

    async def get(self, scope: str, key: str, adapter: TypeAdapter[Any]) -> Found:  # noqa: ARG002 # the protocol's form
        """Look up."""
        kept = self._scopes.get(scope)
        if kept is None:
            return Found(False, None, self._begin(scope).generation)
        self._scopes.move_to_end(scope)
        if key in kept.entries:
            value, ends_at = kept.entries[key]
            if ends_at > self._clock():
                return Found(True, value, kept.generation, ends_at)
        return Found(False, None, kept.generation)

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
        kept = self._scopes.get(scope)
        if kept is None or kept.generation != generation:
            return
        self._count += key not in kept.entries
        kept.entries[key] = (value, self._clock() + seconds)
        self._put_since_sweep += 1
        if self._put_since_sweep >= self._most_entries:
            self._sweep()
        if self._count > self._most_entries:
            self._shrink()

    async def drop(self, scope: str) -> None:
        """Begin a new generation."""
        self._forget(scope)
        self._begin(scope)

    async def hold(self, generations: Mapping[KeyedHash, int]) -> bool:
        """Compare."""
        return all(self._generation(scope) == generation for scope, generation in generations.items())

    def _generation(self, scope: str) -> int | None:
        kept = self._scopes.get(scope)
        return None if kept is None else kept.generation

    def _begin(self, scope: str) -> _Scope:
        begun = self._scopes[scope] = _Scope(next(self._numbers))
        if len(self._scopes) > self._most_scopes:
            self._forget(next(iter(self._scopes)))
        return begun

    def _forget(self, scope: str) -> None:
        gone = self._scopes.pop(scope, None)
        if gone is not None:
            self._count -= len(gone.entries)

    def _shrink(self) -> None:
        while self._count > self._most_entries:
            self._forget(next(iter(self._scopes)))

    def _sweep(self) -> None:
        now = self._clock()
        self._put_since_sweep = 0
        for kept in self._scopes.values():
            ended = [key for key, (_, ends_at) in kept.entries.items() if ends_at <= now]
            self._count -= len(ended)
            for key in ended:
                del kept.entries[key]
