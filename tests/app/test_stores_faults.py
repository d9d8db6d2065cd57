"""What the stores do when a clock moves on, and when Redis hangs or loses a drop."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr, TypeAdapter
from redis.asyncio import Redis
from structlog.testing import capture_logs

from app.stores import redis_cache, redis_client
from app.stores.memory_cache import MemoryCache
from app.stores.memory_ledger import MemoryLedger
from app.stores.redis_cache import RedisCache
from app.stores.redis_ledger import RedisLedger
from app.stores.sealing import NoSealer
from connectors.core.cache import Cache
from resolvers.problems import Problem
from resolvers.writes.ledger import KEEP_SECONDS, LedgerEntry
from tests.app.redis_server import RedisServer

TEXT = TypeAdapter(str)


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def keep(cache: Cache, value: str, seconds: float = 60) -> None:
    found = await cache.get("a", "k", TEXT)
    await cache.put("a", "k", value, found.generation, seconds, TEXT)


async def hit(cache: Cache) -> bool:
    return (await cache.get("a", "k", TEXT)).hit


@pytest.fixture
async def hanging() -> AsyncIterator[Redis]:
    """A server that takes connections and never answers."""
    leave = asyncio.Event()

    async def listen(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await leave.wait()
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    client = redis_client.connect(SecretStr(f"redis://127.0.0.1:{port}"))
    yield client
    leave.set()
    await client.aclose()
    server.close()
    await server.wait_closed()


async def test_an_entry_in_memory_ends_by_the_clock() -> None:
    clock = Clock()
    cache = MemoryCache(clock=clock)
    await keep(cache, "value", seconds=60)
    clock.now += 59.9
    assert await hit(cache)
    clock.now += 0.2

    assert not await hit(cache)


async def test_a_claim_in_memory_lapses_by_the_clock_and_its_content_with_the_result() -> None:
    clock = Clock()
    ledger = MemoryLedger(clock=clock)
    assert await ledger.claim("k", "f", 120) is None
    clock.now += 119
    assert await ledger.claim("k", "f", 120) == LedgerEntry("f")
    clock.now += 2
    assert await ledger.claim("k", "other", 120) == LedgerEntry("f")
    clock.now += KEEP_SECONDS

    assert await ledger.peek("k") is None


async def test_a_lost_drop_is_an_error_in_the_log(mortal_redis: RedisServer) -> None:
    client = redis_client.connect(SecretStr(mortal_redis.url))
    mortal_redis.kill()
    with capture_logs() as logs:
        await RedisCache(client, NoSealer()).drop("a")

    assert [(line["log_level"], line["operation"]) for line in logs] == [("error", "drop")]
    assert set(logs[0]) == {"event", "log_level", "operation", "error"}
    await client.aclose()


async def test_a_drop_that_was_cancelled_is_made_good(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = RedisCache(redis, NoSealer())
    await keep(cache, "before the write")
    with monkeypatch.context() as patch:
        patch.setattr(redis, "set", lambda *_, **__: asyncio.sleep(60))
        drop = asyncio.create_task(cache.drop("a"))
        await asyncio.sleep(0)
        drop.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await drop

    assert not await hit(cache)
    assert not await hit(RedisCache(redis, NoSealer()))


async def test_an_earlier_drop_does_not_vouch_for_a_later_one(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_cache, "_PAUSE_SECONDS", 0.0)
    cache = RedisCache(redis, NoSealer())
    answered = asyncio.Event()
    calls = 0

    async def first_late_second_lost(*_: object, **__: object) -> None:
        nonlocal calls
        calls += 1
        if calls > 1:
            raise ConnectionError
        await answered.wait()

    with monkeypatch.context() as patch:
        patch.setattr(redis, "set", first_late_second_lost)
        earlier = asyncio.create_task(cache.drop("a"))
        await asyncio.sleep(0)
        await cache.drop("a")
        answered.set()
        await earlier
    await keep(RedisCache(redis, NoSealer()), "between the two")

    assert not await hit(cache)


async def test_a_made_good_scope_is_cached_again(mortal_redis: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_cache, "_PAUSE_SECONDS", 0.0)
    client = redis_client.connect(SecretStr(mortal_redis.url))
    cache = RedisCache(client, NoSealer())
    mortal_redis.kill()
    await cache.drop("a")
    mortal_redis.start()
    await keep(cache, "after the write")

    assert await hit(cache)
    await client.aclose()


async def test_nothing_holds_that_a_lost_drop_or_a_lost_redis_may_have_made_stale(
    mortal_redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_cache, "_PAUSE_SECONDS", 0.0)
    client = redis_client.connect(SecretStr(mortal_redis.url))
    cache, other = RedisCache(client, NoSealer()), RedisCache(client, NoSealer())
    await keep(cache, "before the write")
    generations = {"a": (await cache.get("a", "k", TEXT)).generation}
    assert await cache.hold(generations)

    mortal_redis.kill()
    await cache.drop("a")
    assert not await other.hold(generations)
    mortal_redis.start()
    assert not await cache.hold(generations)
    await client.aclose()


async def test_a_redis_that_hangs_delays_one_read_and_not_the_next(hanging: Redis) -> None:
    cache = RedisCache(hanging, NoSealer())
    began = time.monotonic()
    assert not await hit(cache)
    waited = time.monotonic() - began
    began = time.monotonic()
    for _ in range(50):
        await keep(cache, "value")

    assert waited < 5
    assert time.monotonic() - began < 0.2


async def test_a_redis_that_hangs_refuses_a_claim(hanging: Redis) -> None:
    with pytest.raises(Problem) as caught:
        await RedisLedger(hanging, NoSealer()).claim("k", "f", 60)

    assert caught.value.retryable


async def test_the_fingerprint_stays_longer_than_the_lease_in_redis(redis: Redis) -> None:
    await RedisLedger(redis, NoSealer()).claim("k", "f", 60)
    left = {name: await redis.pttl(name) for name in await redis.keys()}

    lease = next(name for name in left if name.endswith(b":lease"))
    assert 0 < left.pop(lease) <= 60_000
    [entry] = left.values()
    assert entry > 29 * 24 * 3600 * 1000
