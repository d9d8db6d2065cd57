"""The business keys of several processes, in Redis.

A key is a hash with its fingerprint and its result, which is sealed for that key and fingerprint; the claim is a key of
its own beside it that lapses by itself.
"""

from collections.abc import Sequence
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.metrics import UNSEALABLE
from app.stores.sealing import Sealer, Unsealable
from connectors.core.concurrency import in_task
from connectors.records.problems import ProblemCode
from resolvers.problems import Problem
from resolvers.writes.ledger import KEEP_SECONDS, LedgerEntry

_log = structlog.get_logger(__name__)
_FAULTS = (RedisError, OSError)

# KEYS: entry, lease. ARGV: fingerprint, lease ms, keep ms. Answers nil when the key is ours now.
_CLAIM = """
local known = redis.call('HMGET', KEYS[1], 'fingerprint', 'result')
if known[1] and (known[1] ~= ARGV[1] or known[2]) then return known end
if not redis.call('SET', KEYS[2], '1', 'NX', 'PX', ARGV[2]) then return {known[1] or ARGV[1], false} end
redis.call('HSET', KEYS[1], 'fingerprint', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return nil
"""

# KEYS: entry, lease. ARGV: keep ms, fingerprint, and the result where there is one.
_KEEP = """
if ARGV[3] then
  redis.call('HSET', KEYS[1], 'fingerprint', ARGV[2], 'result', ARGV[3])
elseif redis.call('HEXISTS', KEYS[1], 'result') == 0 then
  redis.call('HSET', KEYS[1], 'fingerprint', ARGV[2])
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
redis.call('DEL', KEYS[2])
return nil
"""


class RedisLedger:
    """Implements `resolvers.writes.ledger.Ledger`.

    Without Redis nothing is claimed, so that nothing is done twice; a result that cannot be kept is still answered,
    since the hospital has done it, and the claim lapses. A result that does not open is one all the same: its key is
    never free again, and who asks is told that the state is unknown.
    """

    def __init__(self, redis: Redis, sealer: Sealer) -> None:
        """Take the client, and what seals the results."""
        self._redis = redis
        self._sealer = sealer
        self._claim = redis.register_script(_CLAIM)
        self._keep = redis.register_script(_KEEP)

    async def claim(self, key: str, fingerprint: str, lease_seconds: float) -> LedgerEntry | None:
        """Take the key, or tell what is known of it. Raises Problem if Redis is gone or the result does not open."""
        try:
            known = await self._claim(
                keys=_keys(key), args=[fingerprint, _milliseconds(lease_seconds), _milliseconds(KEEP_SECONDS)]
            )
        except _FAULTS as error:
            raise _unavailable("claim", error) from None
        return self._entry(key, known)

    async def peek(self, key: str) -> LedgerEntry | None:
        """Tell what is known of the key. Raises Problem if Redis is gone or the result does not open."""
        # Asked by lists too, which may begin outside of any task.
        return await in_task(self._peek(key))

    async def _peek(self, key: str) -> LedgerEntry | None:
        try:
            known = await self._redis.hmget(_keys(key)[0], ["fingerprint", "result"])
        except _FAULTS as error:
            raise _unavailable("peek", error) from None
        return self._entry(key, known)

    async def settle(self, key: str, entry: LedgerEntry, keep_seconds: float) -> None:
        """Keep the result."""
        result = [] if entry.result is None else [self._sealer.seal(entry.result, _place(key, entry.fingerprint))]
        await self._write("settle", key, [_milliseconds(keep_seconds), entry.fingerprint, *result])

    async def release(self, key: str, fingerprint: str, keep_seconds: float) -> None:
        """Free the key, unless it was settled meanwhile."""
        await self._write("release", key, [_milliseconds(keep_seconds), fingerprint])

    async def _write(self, what: str, key: str, arguments: list[Any]) -> None:
        try:
            await self._keep(keys=_keys(key), args=arguments)
        except _FAULTS as error:
            _log.error("ledger_unavailable", operation=what, error=type(error).__name__)  # no values

    def _entry(self, key: str, known: Sequence[Any] | None) -> LedgerEntry | None:
        if not known or known[0] is None:
            return None
        fingerprint, sealed = known[0].decode(), known[1]
        if sealed is None:
            return LedgerEntry(fingerprint)
        try:
            return LedgerEntry(fingerprint, self._sealer.open(sealed, _place(key, fingerprint)))
        except Unsealable as fault:
            raise _unreadable(fault) from None


def _keys(key: str) -> list[str]:
    # The braces make both keys share a slot of a Redis cluster.
    return [f"patient-graph:ledger:{{{key}}}", f"patient-graph:ledger:{{{key}}}:lease"]


def _milliseconds(seconds: float) -> int:
    return max(1, int(seconds * 1000))


def _place(key: str, fingerprint: str) -> bytes:
    return f"ledger\0{key}\0{fingerprint}".encode()


def _unreadable(fault: Unsealable) -> Problem:
    UNSEALABLE.labels("ledger", fault.flaw.value).inc()
    _log.error("ledger_entry_unsealable", flaw=fault.flaw.value)
    return Problem(ProblemCode.STATE_UNKNOWN, "处理结果未知，请勿重复操作，请联系医院核实")


def _unavailable(what: str, error: Exception) -> Problem:
    _log.error("ledger_unavailable", operation=what, error=type(error).__name__)
    return Problem(ProblemCode.INTERNAL_ERROR, "系统繁忙，请稍后重试", retryable=True)
