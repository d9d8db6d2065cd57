"""Both caches keep the same promises."""

import asyncio
import time
from dataclasses import dataclass

import pytest
from pydantic import SecretStr, TypeAdapter
from redis.asyncio import Redis
from structlog.testing import capture_logs

from app.stores import redis_cache as redis_cache_module
from app.stores import redis_client
from app.stores.memory_cache import MemoryCache
from app.stores.redis_cache import RedisCache
from app.stores.sealing import KeyRing, NoSealer
from connectors.core.cache import Cache
from tests.app.redis_server import RedisServer

TEXT = TypeAdapter(str)


@dataclass
class Bill:
    number: str
    total: int


@pytest.fixture(params=["memory", "redis", "sealed"])
async def cache(request: pytest.FixtureRequest, redis: Redis) -> Cache:
    if request.param == "memory":
        return MemoryCache()
    return RedisCache(redis, NoSealer() if request.param == "redis" else KeyRing([SecretStr("k" * 32)]))


async def keep(cache: Cache, scope: str, key: str, value: str, seconds: float = 60) -> None:
    found = await cache.get(scope, key, TEXT)
    await cache.put(scope, key, value, found.generation, seconds, TEXT)


async def hit(cache: Cache, scope: str, key: str) -> bool:
    return (await cache.get(scope, key, TEXT)).hit


async def test_what_was_put_is_found_and_nothing_else(cache: Cache) -> None:
    await keep(cache, "a", "k", "value")

    assert (await cache.get("a", "k", TEXT)).value == "value"
    assert not await hit(cache, "a", "other")
    assert not await hit(cache, "b", "k")


async def test_a_record_comes_back_as_it_was(cache: Cache) -> None:
    adapter = TypeAdapter(list[Bill] | None)
    found = await cache.get("a", "k", adapter)
    await cache.put("a", "k", [Bill("一", 2)], found.generation, 60, adapter)
    await cache.put("a", "nothing", None, found.generation, 60, adapter)

    assert (await cache.get("a", "k", adapter)).value == [Bill("一", 2)]
    nothing = await cache.get("a", "nothing", adapter)
    assert nothing.hit
    assert nothing.value is None


async def test_an_entry_ends_after_its_seconds(cache: Cache) -> None:
    await keep(cache, "a", "k", "value", seconds=0.05)
    await asyncio.sleep(0.1)

    assert not await hit(cache, "a", "k")


async def test_a_found_entry_says_until_when_it_is_kept(cache: Cache) -> None:
    before = time.monotonic()
    await keep(cache, "a", "k", "value", seconds=30)

    assert before + 29 < (await cache.get("a", "k", TEXT)).ends_at < time.monotonic() + 31


async def test_generations_hold_until_one_of_their_scopes_is_dropped(cache: Cache) -> None:
    generations = {scope: (await cache.get(scope, "k", TEXT)).generation for scope in ("a", "b")}
    assert await cache.hold(generations)
    assert await cache.hold({})

    await cache.drop("c")
    assert await cache.hold(generations)
    await cache.drop("b")
    assert not await cache.hold(generations)
    assert await cache.hold({"a": generations["a"]})
    assert not await cache.hold({"never seen": 1})


async def test_a_drop_makes_its_scope_a_miss_and_no_other(cache: Cache) -> None:
    await keep(cache, "a", "k", "value")
    await keep(cache, "b", "k", "value")
    await cache.drop("a")

    assert not await hit(cache, "a", "k")
    assert await hit(cache, "b", "k")


async def test_what_was_read_before_a_drop_is_not_kept_after_it(cache: Cache) -> None:
    slow_read = await cache.get("a", "k", TEXT)
    await cache.drop("a")
    await cache.put("a", "k", "stale", slow_read.generation, 60, TEXT)

    assert not await hit(cache, "a", "k")


async def test_readers_of_a_new_scope_agree_on_its_generation(cache: Cache) -> None:
    found = await asyncio.gather(*(cache.get("a", "k", TEXT) for _ in range(20)))

    assert len({one.generation for one in found}) == 1


async def test_the_memory_cache_is_bounded() -> None:
    cache = MemoryCache(entries=10, scopes=5)
    for number in range(100):
        await keep(cache, f"s{number}", "k", "value")

    assert sum([await hit(cache, f"s{number}", "k") for number in range(100)]) <= 5


async def test_a_generation_that_was_pushed_out_is_never_used_again() -> None:
    cache = MemoryCache(scopes=1)
    slow_read = await cache.get("a", "k", TEXT)
    await cache.drop("a")
    await cache.get("b", "k", TEXT)
    await cache.put("a", "k", "stale", slow_read.generation, 60, TEXT)

    assert not await hit(cache, "a", "k")


async def test_two_processes_see_one_cache(redis: Redis) -> None:
    one, other = RedisCache(redis, NoSealer()), RedisCache(redis, NoSealer())
    await keep(one, "a", "k", "value")
    assert await hit(other, "a", "k")
    await other.drop("a")

    assert not await hit(one, "a", "k")


async def test_a_generation_that_redis_lost_brings_nothing_back(redis: Redis) -> None:
    cache = RedisCache(redis, NoSealer())
    await keep(cache, "a", "k", "old")
    await cache.drop("a")
    await redis.delete("patient-graph:cache:{a}")

    assert not await hit(cache, "a", "k")


async def test_an_unreadable_entry_is_a_miss_and_is_not_quoted_in_the_log(redis: Redis) -> None:
    cache = RedisCache(redis, NoSealer())
    found = await cache.get("a", "k", TEXT)
    await redis.set("patient-graph:cache:{a}:k", b"%d\n{broken 370123" % found.generation)
    with capture_logs() as logs:
        assert not await hit(cache, "a", "k")

    assert "370123" not in str(logs)


async def test_a_killed_redis_is_a_miss_and_a_log_line(mortal_redis: RedisServer) -> None:
    client = redis_client.connect(SecretStr(mortal_redis.url))
    cache = RedisCache(client, NoSealer())
    await keep(cache, "a", "k", "value")
    mortal_redis.kill()
    with capture_logs() as logs:
        assert not await hit(cache, "a", "k")
        await cache.put("a", "k", "value", 7, 60, TEXT)
        await cache.drop("a")

    assert {line["event"] for line in logs} == {"cache_unavailable"}
    await client.aclose()


async def test_a_drop_that_redis_missed_is_made_good(
    mortal_redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_cache_module, "_PAUSE_SECONDS", 0.0)
    client = redis_client.connect(SecretStr(mortal_redis.url))
    cache, replica = RedisCache(client, NoSealer()), RedisCache(client, NoSealer())
    mortal_redis.kill()
    await cache.drop("a")
    mortal_redis.start()
    await keep(replica, "a", "k", "older than the drop")

    assert not await hit(cache, "a", "k")
    assert not await hit(replica, "a", "k")
    await client.aclose()
