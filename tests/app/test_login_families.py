"""Both stores of logins keep the same promises."""

import asyncio
from typing import Any

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from app.login.families import Families, MemoryFamilies, Standing
from app.login.redis_families import RedisFamilies
from app.stores import redis_client
from connectors.core.kinds import KeyedHash
from connectors.records.problems import ProblemCode
from resolvers.problems import Problem
from tests.app.redis_server import RedisServer

LOGIN, FIRST, SECOND, THIRD = (KeyedHash(name) for name in ("login", "first", "second", "third"))


@pytest.fixture(params=["memory", "redis"])
async def families(request: pytest.FixtureRequest, redis: Redis) -> Families:
    return MemoryFamilies() if request.param == "memory" else RedisFamilies(redis)


async def test_the_first_token_counts(families: Families) -> None:
    await families.begin(LOGIN, FIRST, 60)

    assert await families.standing(LOGIN, FIRST) is Standing.CURRENT
    assert await families.standing(LOGIN, SECOND) is Standing.REPLACED


async def test_a_login_that_never_began_is_over(families: Families) -> None:
    assert await families.standing(LOGIN, FIRST) is Standing.OVER
    assert not await families.turn(LOGIN, FIRST, SECOND)
    assert await families.standing(LOGIN, SECOND) is Standing.OVER


async def test_the_last_token_alone_counts(families: Families) -> None:
    await families.begin(LOGIN, FIRST, 60)

    assert await families.turn(LOGIN, FIRST, SECOND)
    assert await families.standing(LOGIN, FIRST) is Standing.REPLACED
    assert await families.standing(LOGIN, SECOND) is Standing.CURRENT
    assert not await families.turn(LOGIN, FIRST, THIRD)
    assert await families.standing(LOGIN, SECOND) is Standing.CURRENT


async def test_of_several_turns_at_once_one_succeeds(families: Families) -> None:
    await families.begin(LOGIN, FIRST, 60)

    turned = await asyncio.gather(*(families.turn(LOGIN, FIRST, KeyedHash(str(n))) for n in range(20)))

    assert turned.count(True) == 1


async def test_after_the_end_no_token_counts(families: Families) -> None:
    await families.begin(LOGIN, FIRST, 60)
    await families.end(LOGIN)
    await families.end(LOGIN)

    assert await families.standing(LOGIN, FIRST) is Standing.OVER


async def test_a_turn_does_not_make_a_login_last_longer(families: Families) -> None:
    await families.begin(LOGIN, FIRST, 0.3)
    await asyncio.sleep(0.2)
    assert await families.turn(LOGIN, FIRST, SECOND)
    await asyncio.sleep(0.15)

    assert await families.standing(LOGIN, SECOND) is Standing.OVER


async def test_when_memory_is_full_the_least_used_logins_end() -> None:
    families = MemoryFamilies(logins=2)
    for login in ("a", "b"):
        await families.begin(KeyedHash(login), FIRST, 60)
    await families.standing(KeyedHash("a"), FIRST)
    await families.begin(KeyedHash("c"), FIRST, 60)

    standings = [await families.standing(KeyedHash(login), FIRST) for login in ("a", "b", "c")]
    assert standings == [Standing.CURRENT, Standing.OVER, Standing.CURRENT]


async def test_without_redis_nothing_is_decided(mortal_redis: RedisServer) -> None:
    client = redis_client.connect(SecretStr(mortal_redis.url))
    families = RedisFamilies(client)
    await families.begin(LOGIN, FIRST, 60)
    mortal_redis.kill()

    calls: list[Any] = [
        families.begin(LOGIN, FIRST, 60),
        families.standing(LOGIN, FIRST),
        families.turn(LOGIN, FIRST, SECOND),
        families.end(LOGIN),
    ]
    for call in calls:
        with pytest.raises(Problem) as caught:
            await call
        assert (caught.value.code, caught.value.retryable) == (ProblemCode.INTERNAL_ERROR, True)
    await client.aclose()
