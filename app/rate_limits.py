"""How many requests a client may send: counted by the token's subject, without a token by address."""

import math
import time
from collections.abc import Callable, Mapping, Sequence

import structlog
from limits import RateLimitItem, parse, parse_many
from limits.aio.storage import RedisStorage, Storage
from limits.aio.strategies import FixedWindowRateLimiter
from redis.asyncio import Redis
from redis.exceptions import RedisError
from starlette.types import Scope

from app.client_address import Network, origin_of
from app.stores.memory_counters import MemoryCounters
from resolvers.access_control.principal import Principal, Role

_log = structlog.get_logger(__name__)

_PAUSE_SECONDS = 1.0
_PREFIX = "patient-graph:rates"


def sound_rate(written: str) -> str:
    """Accept what `RateLimits` takes; raises ValueError."""
    try:
        (rate,) = parse_many(written)
        sound = rate.amount > 0
    except ValueError:
        sound = False
    if not sound:
        raise ValueError("must be like 600/minute or 20/5 seconds")
    return written


class RateLimits:
    """Counts requests. Keys are keyed digests: neither subjects nor addresses are kept."""

    def __init__(
        self,
        rates: Mapping[Role, str],
        digest: Callable[[str], str],
        proxies: Sequence[Network] = (),
        redis: Redis | None = None,
    ) -> None:
        """Take the rate of every role, such as "600/minute", and the proxies whose word counts for an address."""
        self._rates = {role: _rate(role, rate) for role, rate in rates.items()}
        self._digest = digest
        self._proxies = proxies
        shared = None if redis is None else _shared(redis)
        # Apart from the others, so that a flood from made-up addresses pushes no subject's count out.
        self._addresses = _Counts(shared)
        self._subjects = _Counts(shared)

    async def wait_of(self, principal: Principal, scope: Scope) -> int | None:
        """Count a request; tells how many seconds to wait when it is one too many."""
        if principal.role is Role.ANONYMOUS:
            return await self.wait_of_nobody(scope)
        key = self._digest(f"{principal.issuer}\0{principal.subject}")
        return await self._subjects.wait(self._rates[principal.role], key)

    async def wait_of_nobody(self, scope: Scope) -> int | None:
        """Count a request of an address: one without a token, or with one that is not accepted."""
        key = self._digest(origin_of(scope, self._proxies))
        return await self._addresses.wait(self._rates[Role.ANONYMOUS], key)


class _Counts:
    """Counts in Redis where there is one; while it is gone, and else, in this process."""

    def __init__(self, shared: Storage | None) -> None:
        self._here = FixedWindowRateLimiter(MemoryCounters())
        self._shared = None if shared is None else FixedWindowRateLimiter(shared)
        self._paused_until = 0.0

    async def wait(self, rate: RateLimitItem, key: str) -> int | None:
        if self._shared is not None and time.monotonic() >= self._paused_until:
            try:
                return await _wait(self._shared, rate, key)
            except (RedisError, OSError) as error:
                # Without a pause every request would wait for a Redis that hangs.
                self._paused_until = time.monotonic() + _PAUSE_SECONDS
                _log.warning("rate_limits_unavailable", error=type(error).__name__)
        return await _wait(self._here, rate, key)


async def _wait(limiter: FixedWindowRateLimiter, rate: RateLimitItem, key: str) -> int | None:
    if await limiter.hit(rate, key):
        return None
    ends_at, _ = await limiter.get_window_stats(rate, key)
    return max(1, math.ceil(ends_at - time.time()))


def _rate(role: Role, written: str) -> RateLimitItem:
    rate = parse(written)
    rate.namespace = role.value.lower()
    return rate


def _shared(redis: Redis) -> Storage:
    # The address is that of the client, whose connections it shares.
    return RedisStorage(
        "async+redis://",
        implementation="redispy",
        key_prefix=_PREFIX,
        connection_pool=redis.connection_pool,  # type: ignore[arg-type] # the library hands options on as they are
    )
