"""The cache of several processes, in Redis. Redis being gone makes everything a miss, never an error."""

import secrets
import time
from collections.abc import Mapping
from typing import Any

import structlog
from cachetools import TTLCache
from pydantic import TypeAdapter, ValidationError
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.metrics import UNSEALABLE
from app.stores.sealing import Sealer, Unsealable
from connectors.core.cache import Found
from connectors.core.concurrency import in_task
from connectors.core.kinds import KeyedHash

_log = structlog.get_logger(__name__)

_GENERATION_SECONDS = 24 * 3600
_PAUSE_SECONDS = 1.0
_GENERATION_BITS = 62
_FAULTS = (RedisError, OSError)


class RedisCache:
    """Implements `connectors.core.cache.Cache`.

    A scope's generation is a random number under a key of its own, and stands in front of every value, with the time
    (milliseconds since 1970) until when that is kept. It is drawn anew by a drop and when Redis has lost it, so that no
    older entry can match again. A drop that Redis did not take is remembered here and made good before this process
    reads the scope again.

    Values are sealed for their scope, key, generation and time; one that does not open there is a miss.
    """

    def __init__(self, redis: Redis, sealer: Sealer) -> None:
        """Take the client, and what seals the values."""
        self._redis = redis
        self._sealer = sealer
        self._paused_until = 0.0
        self._undropped: TTLCache[str, object] = TTLCache(100_000, ttl=_GENERATION_SECONDS)

    async def get(self, scope: str, key: str, adapter: TypeAdapter[Any]) -> Found:
        """Look up, in one round trip for scopes that are known."""
        return await in_task(self._get(scope, key, adapter))

    async def put(
        self, scope: str, key: str, value: Any, generation: int, seconds: float, adapter: TypeAdapter[Any]
    ) -> None:
        """Keep under the generation that was read: after a drop it no longer matches."""
        await in_task(self._put(scope, key, value, generation, seconds, adapter))

    async def _get(self, scope: str, key: str, adapter: TypeAdapter[Any]) -> Found:
        if self._paused() or not await self._made_good(scope):
            return _miss()
        try:
            stored, entry = await self._redis.mget(_generation_key(scope), _entry_key(scope, key))
            generation = int(stored) if stored else await self._begin(scope)
        except (*_FAULTS, ValueError) as error:
            self._broken("get", error)
            return _miss()
        if entry is None:
            return _miss(generation)
        written: bytes = entry  # type: ignore[assignment]  # the client does not decode
        head, _, sealed = written.partition(b"\n")
        return self._read(sealed, _place(scope, key, head), _ends_at(head, generation), generation, adapter)

    async def _put(
        self, scope: str, key: str, value: Any, generation: int, seconds: float, adapter: TypeAdapter[Any]
    ) -> None:
        if self._paused() or not generation:
            return
        milliseconds = max(1, int(seconds * 1000))
        head = b"%d %d" % (generation, int(time.time() * 1000) + milliseconds)
        sealed = self._sealer.seal(adapter.dump_json(value), _place(scope, key, head))
        try:
            await self._redis.set(_entry_key(scope, key), b"%b\n%b" % (head, sealed), px=milliseconds)
        except _FAULTS as error:
            self._broken("put", error)

    async def drop(self, scope: str) -> None:
        """Begin a new generation."""
        # Marked first, so that a drop that is cancelled half-way is made good too. The mark is this drop's own:
        # one that began earlier must not take it away, since it may have reached Redis before the later write.
        mark = self._undropped[scope] = object()
        # Tried even in a pause: a lost drop would leave what the other replicas still see.
        try:
            await self._redis.set(_generation_key(scope), _draw(), ex=_GENERATION_SECONDS)
        except _FAULTS as error:
            # Louder than a lost read: until it is made good, other replicas may answer what was before the write.
            _log.error("cache_unavailable", operation="drop", error=type(error).__name__)
            self._pause()
            return
        if self._undropped.get(scope) is mark:
            del self._undropped[scope]

    def _read(
        self, sealed: bytes, place: bytes, ends_at: float | None, generation: int, adapter: TypeAdapter[Any]
    ) -> Found:
        if ends_at is None:
            return _miss(generation)
        try:
            value = adapter.validate_json(self._sealer.open(sealed, place))
        except Unsealable as fault:
            UNSEALABLE.labels("cache", fault.flaw.value).inc()
            _log.warning("cache_entry_unsealable", flaw=fault.flaw.value)
            return _miss(generation)
        except ValidationError:
            # Written by another version of this server; its text would hold the value.
            _log.warning("cache_entry_unreadable")
            return _miss(generation)
        return Found(hit=True, value=value, generation=generation, ends_at=ends_at)

    async def hold(self, generations: Mapping[KeyedHash, int]) -> bool:
        """Compare, in one round trip."""
        return await in_task(self._hold(generations))

    async def _hold(self, generations: Mapping[KeyedHash, int]) -> bool:
        if self._paused() or any(scope in self._undropped for scope in generations):
            return False
        try:
            async with self._redis.pipeline(transaction=False) as pipeline:
                for scope in generations:
                    pipeline.get(_generation_key(scope))
                stored = await pipeline.execute()
        except _FAULTS as error:
            self._broken("get", error)
            return False
        return [b"%d" % generation for generation in generations.values()] == stored

    async def _made_good(self, scope: str) -> bool:
        if scope in self._undropped:
            await self.drop(scope)
        return scope not in self._undropped

    async def _begin(self, scope: str) -> int:
        """Give a scope its generation; of several who try at once, one wins and the others take its number."""
        drawn = _draw()
        earlier = await self._redis.set(_generation_key(scope), drawn, ex=_GENERATION_SECONDS, nx=True, get=True)
        return int(earlier) if earlier else drawn

    def _paused(self) -> bool:
        return time.monotonic() < self._paused_until

    def _pause(self) -> None:
        # Without a pause every call would wait for a Redis that hangs.
        self._paused_until = time.monotonic() + _PAUSE_SECONDS

    def _broken(self, what: str, error: Exception) -> None:
        self._pause()
        _log.warning("cache_unavailable", operation=what, error=type(error).__name__)


def _draw() -> int:
    return secrets.randbits(_GENERATION_BITS) + 1


def _miss(generation: int = 0) -> Found:
    return Found(hit=False, value=None, generation=generation)


def _ends_at(head: bytes, generation: int) -> float | None:
    """Read until when an entry of the generation is kept; None for one of another."""
    of, _, until = head.partition(b" ")
    if of != b"%d" % generation or not until.isdigit():
        return None
    return time.monotonic() + int(until) / 1000 - time.time()


def _place(scope: str, key: str, head: bytes) -> bytes:
    return f"cache\0{scope}\0{key}\0".encode() + head


# The braces make a scope's keys share a slot of a Redis cluster, which MGET asks for.
def _generation_key(scope: str) -> str:
    return f"patient-graph:cache:{{{scope}}}"


def _entry_key(scope: str, key: str) -> str:
    return f"patient-graph:cache:{{{scope}}}:{key}"
