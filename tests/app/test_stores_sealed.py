"""The stores in Redis with encryption: nothing readable, nothing movable, and a lost key is no second payment."""

from typing import Any

import pytest
from prometheus_client import REGISTRY
from pydantic import SecretStr, TypeAdapter
from redis.asyncio import Redis
from structlog.testing import capture_logs

from app.stores.redis_cache import RedisCache
from app.stores.redis_ledger import RedisLedger
from app.stores.sealing import KeyRing, NoSealer, Sealer
from connectors.records.problems import ProblemCode
from resolvers.problems import Problem
from resolvers.writes.ledger import LedgerEntry, once

TEXT = TypeAdapter(str)
OLD, NEW = SecretStr("the-older-key-of-thirty-two-characters"), SecretStr("the-newer-key-of-thirty-two-characters")
FIRST, ROTATED, LATER = KeyRing([OLD]), KeyRing([NEW, OLD]), KeyRing([NEW])
VALUE = "样例甲 370102199001015236"


async def keep(cache: RedisCache, key: str = "k") -> None:
    found = await cache.get("a", key, TEXT)
    await cache.put("a", key, VALUE, found.generation, 60, TEXT)


async def value(redis: Redis, sealer: Sealer, key: str = "k") -> Any:
    return (await RedisCache(redis, sealer).get("a", key, TEXT)).value


def counted(store: str, flaw: str) -> float:
    return REGISTRY.get_sample_value("patient_graph_unsealable_total", {"store": store, "flaw": flaw}) or 0.0


async def test_the_cache_keeps_nothing_that_can_be_read(redis: Redis) -> None:
    await keep(RedisCache(redis, FIRST))
    kept = await redis.get("patient-graph:cache:{a}:k")

    assert b"370102" not in kept
    assert "样例".encode() not in kept
    assert await value(redis, FIRST) == VALUE


async def test_a_cached_value_does_not_open_under_another_key_of_its_scope(redis: Redis) -> None:
    await keep(RedisCache(redis, FIRST))
    await redis.rename("patient-graph:cache:{a}:k", "patient-graph:cache:{a}:other")

    assert await value(redis, FIRST, "other") is None


async def test_a_cached_value_does_not_open_in_another_scope(redis: Redis) -> None:
    await keep(RedisCache(redis, FIRST))
    await redis.rename("patient-graph:cache:{a}:k", "patient-graph:cache:{b}:k")
    await redis.rename("patient-graph:cache:{a}", "patient-graph:cache:{b}")

    assert (await RedisCache(redis, FIRST).get("b", "k", TEXT)).value is None


async def test_a_dropped_value_does_not_come_back_by_writing_the_new_generation_before_it(redis: Redis) -> None:
    cache = RedisCache(redis, FIRST)
    await keep(cache)
    _, _, sealed = (await redis.get("patient-graph:cache:{a}:k")).partition(b"\n")
    await cache.drop("a")
    generation = await redis.get("patient-graph:cache:{a}")
    await redis.set("patient-graph:cache:{a}:k", generation + b"\n" + sealed)

    assert await value(redis, FIRST) is None


async def test_cached_values_outlive_a_change_of_keys(redis: Redis) -> None:
    await keep(RedisCache(redis, FIRST))
    assert await value(redis, ROTATED) == VALUE
    await keep(RedisCache(redis, ROTATED))

    assert await value(redis, LATER) == VALUE
    assert await value(redis, FIRST) is None


async def test_a_cached_value_under_a_lost_key_is_a_miss_that_is_counted_and_logged_without_values(
    redis: Redis,
) -> None:
    await keep(RedisCache(redis, FIRST))
    before = counted("cache", "unknown_key")
    with capture_logs() as logs:
        found = await RedisCache(redis, LATER).get("a", "k", TEXT)

    assert (found.hit, found.value) == (False, None)
    assert logs == [{"event": "cache_entry_unsealable", "log_level": "warning", "flaw": "unknown_key"}]
    assert counted("cache", "unknown_key") == before + 1
    # And the next read may be kept again.
    await keep(RedisCache(redis, LATER))
    assert await value(redis, LATER) == VALUE


async def test_the_ledger_keeps_no_result_that_can_be_read(redis: Redis) -> None:
    await RedisLedger(redis, FIRST).settle("k", LedgerEntry("f", VALUE.encode()), 60)
    kept = await redis.hgetall("patient-graph:ledger:{k}")

    assert b"370102" not in kept[b"result"]
    assert await RedisLedger(redis, FIRST).peek("k") == LedgerEntry("f", VALUE.encode())


async def test_results_outlive_a_change_of_keys(redis: Redis) -> None:
    await RedisLedger(redis, FIRST).settle("k", LedgerEntry("f", b"paid"), 60)

    assert await RedisLedger(redis, ROTATED).claim("k", "f", 60) == LedgerEntry("f", b"paid")


async def changed(redis: Redis) -> Sealer:
    await redis.hset("patient-graph:ledger:{k}", "result", b"\x01" + bytes(60))
    return FIRST


async def cut_short(redis: Redis) -> Sealer:
    await redis.hset("patient-graph:ledger:{k}", "result", b"")
    return FIRST


async def moved(redis: Redis) -> Sealer:
    await RedisLedger(redis, FIRST).settle("other", LedgerEntry("f", b'"another"'), 60)
    await redis.copy("patient-graph:ledger:{other}", "patient-graph:ledger:{k}", replace=True)
    return FIRST


async def key_lost(_: Redis) -> Sealer:
    return LATER


async def keys_taken_away(_: Redis) -> Sealer:
    return NoSealer()


@pytest.mark.parametrize("mishap", [changed, cut_short, moved, key_lost, keys_taken_away])
async def test_work_whose_result_does_not_open_is_not_done_again(redis: Redis, mishap: Any) -> None:
    done = []

    async def work() -> str:
        done.append("paid")
        return VALUE

    await once(RedisLedger(redis, FIRST), "k", "f", work, TEXT)
    ledger = RedisLedger(redis, await mishap(redis))
    with capture_logs() as logs, pytest.raises(Problem) as caught:
        await once(ledger, "k", "f", work, TEXT)

    assert caught.value.code is ProblemCode.STATE_UNKNOWN
    assert not caught.value.retryable
    assert done == ["paid"]
    assert [(line["event"], line["log_level"]) for line in logs] == [("ledger_entry_unsealable", "error")]
    assert set(logs[0]) == {"event", "log_level", "flaw"}


async def test_a_result_that_does_not_open_is_counted(redis: Redis) -> None:
    await RedisLedger(redis, FIRST).settle("k", LedgerEntry("f", b"paid"), 60)
    before = counted("ledger", "unknown_key")
    with pytest.raises(Problem):
        await RedisLedger(redis, LATER).peek("k")

    assert counted("ledger", "unknown_key") == before + 1


async def test_a_result_does_not_open_for_other_content(redis: Redis) -> None:
    await RedisLedger(redis, FIRST).settle("k", LedgerEntry("f", b"paid"), 60)
    await redis.hset("patient-graph:ledger:{k}", "fingerprint", "other")

    with pytest.raises(Problem):
        await RedisLedger(redis, FIRST).claim("k", "other", 60)
