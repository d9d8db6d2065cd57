"""Both ledgers keep the same promises."""

import asyncio

import pytest
from pydantic import SecretStr, TypeAdapter
from redis.asyncio import Redis

from app.stores import redis_client
from app.stores.memory_ledger import MemoryLedger
from app.stores.redis_ledger import RedisLedger
from app.stores.sealing import KeyRing, NoSealer
from connectors.records.problems import ProblemCode
from resolvers.problems import Problem
from resolvers.writes.ledger import Ledger, LedgerEntry, once
from tests.app.redis_server import RedisServer


@pytest.fixture(params=["memory", "redis", "sealed"])
async def ledger(request: pytest.FixtureRequest, redis: Redis) -> Ledger:
    if request.param == "memory":
        return MemoryLedger()
    return RedisLedger(redis, NoSealer() if request.param == "redis" else KeyRing([SecretStr("k" * 32)]))


async def test_a_key_is_claimed_once(ledger: Ledger) -> None:
    claims = await asyncio.gather(*(ledger.claim("k", "f", 60) for _ in range(20)))

    assert claims.count(None) == 1
    assert claims.count(LedgerEntry("f")) == 19


async def test_other_content_is_told_what_the_key_stands_for(ledger: Ledger) -> None:
    await ledger.claim("k", "f", 60)

    assert await ledger.claim("k", "other", 60) == LedgerEntry("f")


async def test_a_result_is_answered_from_then_on(ledger: Ledger) -> None:
    await ledger.claim("k", "f", 60)
    await ledger.settle("k", LedgerEntry("f", b"\x00result"), 60)

    assert await ledger.claim("k", "f", 60) == LedgerEntry("f", b"\x00result")
    assert await ledger.peek("k") == LedgerEntry("f", b"\x00result")


async def test_a_claim_lapses_but_its_content_stays(ledger: Ledger) -> None:
    await ledger.claim("k", "f", 0.05)
    await asyncio.sleep(0.1)

    assert await ledger.claim("k", "other", 60) == LedgerEntry("f")
    assert await ledger.claim("k", "f", 60) is None


async def test_a_released_key_is_free_for_the_same_content_only(ledger: Ledger) -> None:
    await ledger.claim("k", "f", 60)
    await ledger.release("k", "f", 60)

    assert await ledger.claim("k", "other", 60) == LedgerEntry("f")
    assert await ledger.claim("k", "f", 60) is None


async def test_a_late_release_does_not_undo_a_result(ledger: Ledger) -> None:
    await ledger.settle("k", LedgerEntry("f", b"result"), 60)
    await ledger.release("k", "f", 60)

    assert await ledger.claim("k", "f", 60) == LedgerEntry("f", b"result")


async def test_what_is_kept_ends(ledger: Ledger) -> None:
    await ledger.settle("k", LedgerEntry("f", b"result"), 0.05)
    await asyncio.sleep(0.1)

    assert await ledger.peek("k") is None


async def test_an_unknown_key_is_nothing(ledger: Ledger) -> None:
    assert await ledger.peek("k") is None


async def test_work_is_done_once_however_often_it_is_asked_for(ledger: Ledger) -> None:
    done = 0

    async def work() -> str:
        nonlocal done
        done += 1
        return "paid"

    answers = [await once(ledger, "k", "content", work, TypeAdapter(str)) for _ in range(3)]

    assert answers == ["paid"] * 3
    assert done == 1


async def test_without_redis_nothing_is_begun(mortal_redis: RedisServer) -> None:
    client = redis_client.connect(SecretStr(mortal_redis.url))
    ledger = RedisLedger(client, NoSealer())
    mortal_redis.kill()

    for call in (ledger.claim("k", "f", 60), ledger.peek("k")):
        with pytest.raises(Problem) as caught:
            await call
        assert caught.value.code is ProblemCode.INTERNAL_ERROR
        assert caught.value.retryable
    await client.aclose()


async def test_what_a_hospital_has_done_is_answered_even_if_redis_dies_meanwhile(mortal_redis: RedisServer) -> None:
    client = redis_client.connect(SecretStr(mortal_redis.url))

    async def work() -> str:
        mortal_redis.kill()
        return "paid"

    assert await once(RedisLedger(client, NoSealer()), "k", "content", work, TypeAdapter(str)) == "paid"
    await client.aclose()
