"""The messages of several processes, in Redis: a sorted set for each box, by the time that a message came in."""

import secrets
import time
from collections.abc import Callable
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.metrics import UNSEALABLE
from app.stores.sealing import Sealer, Unsealable
from connectors.core.concurrency import in_task
from connectors.records.problems import ProblemCode
from resolvers.communication.inbox import KEEP_SECONDS, MOST_MESSAGES
from resolvers.problems import Problem

_log = structlog.get_logger(__name__)
_FAULTS = (RedisError, OSError)
# Members of a set differ: two messages that say the same are two all the same.
_MARK_BYTES = 8


class RedisInbox:
    """Implements `resolvers.communication.inbox.Inbox`. A message that does not open is left out, and counted."""

    def __init__(self, redis: Redis, sealer: Sealer, *, clock: Callable[[], float] = time.time) -> None:
        """Take the client, what seals messages, and the clock that messages end by: seconds since 1970."""
        self._redis = redis
        self._sealer = sealer
        self._clock = clock

    async def put(self, box: str, message: bytes) -> None:
        """Keep a message. Raises Problem if Redis is gone."""
        now, key = self._clock(), _key(box)
        member = secrets.token_bytes(_MARK_BYTES) + self._sealer.seal(message, _place(box))
        try:
            async with self._redis.pipeline(transaction=True) as pipeline:
                pipeline.zadd(key, {member: now})
                pipeline.zremrangebyscore(key, "-inf", now - KEEP_SECONDS)
                pipeline.zremrangebyrank(key, 0, -MOST_MESSAGES - 1)
                pipeline.pexpire(key, int(KEEP_SECONDS * 1000))
                await pipeline.execute()
        except _FAULTS as error:
            raise _unavailable("put", error) from None

    async def read(self, box: str) -> list[bytes]:
        """Return what is in the box. Raises Problem if Redis is gone."""
        # Asked by fields of operations, which may begin outside of any task.
        return await in_task(self._read(box))

    async def _read(self, box: str) -> list[bytes]:
        try:
            kept: Any = await self._redis.zrevrangebyscore(_key(box), "+inf", self._clock() - KEEP_SECONDS)
        except _FAULTS as error:
            raise _unavailable("read", error) from None
        opened = (self._opened(box, member[_MARK_BYTES:]) for member in kept)
        return [message for message in opened if message is not None]

    def _opened(self, box: str, sealed: bytes) -> bytes | None:
        try:
            return self._sealer.open(sealed, _place(box))
        except Unsealable as fault:
            UNSEALABLE.labels("inbox", fault.flaw.value).inc()
            _log.error("message_unsealable", flaw=fault.flaw.value)
            return None


def _key(box: str) -> str:
    return f"patient-graph:inbox:{box}"


def _place(box: str) -> bytes:
    return f"inbox\0{box}".encode()


def _unavailable(what: str, error: Exception) -> Problem:
    _log.error("inbox_unavailable", operation=what, error=type(error).__name__)
    return Problem(ProblemCode.INTERNAL_ERROR, "系统繁忙，请稍后重试", retryable=True)
