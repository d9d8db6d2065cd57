"""The log of revocations of several processes, as a stream in Redis."""

import math
import time
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.revocation.deny_list import Revocation
from app.revocation.revocations import RevocationsUnavailable

_log = structlog.get_logger(__name__)

_STREAM = "patient-graph:revocations"
_AT_ONCE = 1000
# Clocks differ: nothing is let go of before it has lapsed by all of them.
_SLACK_SECONDS = 3600.0
_FAULTS = (RedisError, OSError)


class RedisRevocationLog:
    """Implements `RevocationLog`. What has lapsed is let go of with the next that is written."""

    def __init__(self, redis: Redis, kept_seconds: float, clock: Callable[[], float] = time.time) -> None:
        """Take the client, for how long a revocation is kept at most, and the clock: seconds since 1970."""
        self._redis = redis
        self._kept_seconds = kept_seconds
        self._clock = clock

    async def append(self, revocation: Revocation) -> None:
        """Write one."""
        lapsed = self._clock() - self._kept_seconds - _SLACK_SECONDS
        members: dict[Any, Any] = {
            "mark": revocation.mark,
            "issued_until": repr(revocation.issued_until),
            "kept_until": repr(revocation.kept_until),
        }
        try:
            await self._redis.xadd(_STREAM, members, minid=max(0, int(lapsed * 1000)), approximate=True)
        except _FAULTS as error:
            raise RevocationsUnavailable from error

    async def read(self, after: str | None) -> tuple[list[Revocation], str | None]:
        """Return the later ones."""
        found: list[Revocation] = []
        try:
            while True:
                entries: Any = await self._redis.xrange(_STREAM, min=f"({after}" if after else "-", count=_AT_ONCE)
                found += _readable([members for _, members in entries])
                after = entries[-1][0].decode() if entries else after
                if len(entries) < _AT_ONCE:
                    return found, after
        except _FAULTS as error:
            raise RevocationsUnavailable from error


def _readable(entries: list[Mapping[bytes, bytes]]) -> list[Revocation]:
    """Read what can be read: one that somebody else wrote must not keep the others from being heard of."""
    revocations = []
    for members in entries:
        try:
            revocations.append(_revocation(members))
        except (ValueError, KeyError):
            _log.error("revocation_unreadable")
    return revocations


def _revocation(members: Mapping[bytes, bytes]) -> Revocation:
    issued_until, kept_until = float(members[b"issued_until"]), float(members[b"kept_until"])
    if math.isnan(issued_until) or math.isnan(kept_until):
        raise ValueError("not a time")
    return Revocation(members[b"mark"].decode(), issued_until, kept_until)
