"""What the connectors need of a cache; the back ends live in `app`.

Entries belong to a scope (one person at one system, or one public topic). Dropping a scope raises its generation;
an entry of an older generation is a miss, also one that a slow read writes after the drop. So a write is never
followed by what was read before it.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from pydantic import TypeAdapter

from connectors.core.kinds import KeyedHash


class Found(NamedTuple):
    """Outcome of a look-up: the value, if it is there, and the scope's generation for a later `put`.

    `ends_at` says until when a value is kept, on the monotonic clock.
    """

    hit: bool
    value: Any
    generation: int
    ends_at: float = 0.0


class Cache(Protocol):
    """A keyed store with a time to live. Nothing can be read in scopes and keys.

    `get` and `put` may be called outside of any task (see concurrency.py).
    """

    async def get(self, scope: KeyedHash, key: KeyedHash, adapter: TypeAdapter[Any]) -> Found:
        """Look up; `adapter` reads the value where the back end stores bytes."""
        ...

    async def put(
        self, scope: KeyedHash, key: KeyedHash, value: Any, generation: int, seconds: float, adapter: TypeAdapter[Any]
    ) -> None:
        """Keep the value for so many seconds, unless the scope was dropped since `generation`."""
        ...

    async def drop(self, scope: KeyedHash) -> None:
        """Make every entry of the scope a miss."""
        ...

    async def hold(self, generations: Mapping[KeyedHash, int]) -> bool:
        """Say whether none of the scopes was dropped since the generation beside it."""
        ...


class NoCache:
    """Keeps nothing. Who keeps nothing need not be asked: callers may spare themselves the keys."""

    async def get(self, scope: str, key: str, adapter: TypeAdapter[Any]) -> Found:  # noqa: ARG002 # the protocol's form
        """Miss."""
        return Found(False, None, 0)

    async def put(
        self,
        scope: str,
        key: str,
        value: Any,
        generation: int,
        seconds: float,
        adapter: TypeAdapter[Any],
    ) -> None:
        """Forget."""

    async def drop(self, scope: str) -> None:
        """Nothing to drop."""

    async def hold(self, generations: Mapping[KeyedHash, int]) -> bool:
        """Nothing is kept that could hold."""
        return not generations
