"""Which refresh token of a login counts, for several processes, in Redis."""

from collections.abc import Awaitable
from typing import Any, TypeVar

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.login.families import Standing
from connectors.core.kinds import KeyedHash
from connectors.records.problems import ProblemCode
from resolvers.problems import Problem

T = TypeVar("T")

_log = structlog.get_logger(__name__)

_FAULTS = (RedisError, OSError)

# KEYS: login. ARGV: old, new.
_TURN = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
return 1
"""


class RedisFamilies:
    """Implements `app.login.families.Families`. Without Redis nobody is logged in or renewed."""

    def __init__(self, redis: Redis) -> None:
        """Take the client."""
        self._redis = redis
        self._turn = redis.register_script(_TURN)

    async def begin(self, login: KeyedHash, token: KeyedHash, seconds: float) -> None:
        """Keep the first token."""
        await _done(self._redis.set(_key(login), token, px=max(1, int(seconds * 1000))))

    async def standing(self, login: KeyedHash, token: KeyedHash) -> Standing:
        """Say what the token is."""
        kept = await _done(self._redis.get(_key(login)))
        if kept is None:
            return Standing.OVER
        return Standing.CURRENT if kept == token.encode() else Standing.REPLACED

    async def turn(self, login: KeyedHash, old: KeyedHash, new: KeyedHash) -> bool:
        """Let the new token count."""
        return bool(await _done(self._turn(keys=[_key(login)], args=[old, new])))

    async def end(self, login: KeyedHash) -> None:
        """Let no token count."""
        await _done(self._redis.delete(_key(login)))


async def _done(command: Awaitable[Any]) -> Any:
    try:
        return await command
    except _FAULTS as error:
        _log.error("logins_unavailable", error=type(error).__name__)  # no values
        raise Problem(ProblemCode.INTERNAL_ERROR, "系统繁忙，请稍后重试", retryable=True) from None


def _key(login: KeyedHash) -> str:
    return f"patient-graph:login:{login}"
