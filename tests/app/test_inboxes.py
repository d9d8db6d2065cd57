"""Both inboxes keep the same promises."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from app.stores import redis_client
from app.stores.memory_inbox import MemoryInbox
from app.stores.redis_inbox import RedisInbox
from app.stores.sealing import KeyRing, NoSealer
from connectors.records.problems import ProblemCode
from resolvers.communication.inbox import KEEP_SECONDS, MOST_MESSAGES
from resolvers.problems import Problem
from tests.app.redis_server import RedisServer

SEALER = KeyRing([SecretStr("k" * 32)])


class Clock:
    now = 1_772_596_800.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now


@pytest.fixture(params=["memory", "redis", "sealed"])
def made(request: pytest.FixtureRequest, redis: Redis) -> tuple[Any, Clock]:
    clock = Clock()
    makers: dict[str, Callable[[], Any]] = {
        "memory": lambda: MemoryInbox(clock=clock),
        "redis": lambda: RedisInbox(redis, NoSealer(), clock=clock),
        "sealed": lambda: RedisInbox(redis, SEALER, clock=clock),
    }
    return makers[request.param](), clock


async def test_the_newest_comes_first_and_boxes_are_apart(made: tuple[Any, Clock]) -> None:
    inbox, _ = made
    for text in (b"one", b"two", b"two"):
        await inbox.put("a", text)
    await inbox.put("b", b"other")

    assert await inbox.read("a") == [b"two", b"two", b"one"]
    assert await inbox.read("b") == [b"other"]
    assert await inbox.read("c") == []


async def test_a_box_has_a_bound(made: tuple[Any, Clock]) -> None:
    inbox, _ = made
    for number in range(MOST_MESSAGES + 5):
        await inbox.put("a", b"%d" % number)

    found = await inbox.read("a")
    assert (len(found), found[0], found[-1]) == (MOST_MESSAGES, b"%d" % (MOST_MESSAGES + 4), b"5")


async def test_messages_end(made: tuple[Any, Clock]) -> None:
    inbox, clock = made
    await inbox.put("a", b"older")
    clock.now += KEEP_SECONDS / 2
    await inbox.put("a", b"newer")
    clock.now += KEEP_SECONDS / 2

    assert await inbox.read("a") == [b"newer"]


async def test_memory_has_a_bound_of_boxes() -> None:
    inbox = MemoryInbox(most_boxes=2)
    for box in ("a", "b", "a", "c"):
        await inbox.put(box, b"x")

    assert [len(await inbox.read(box)) for box in ("a", "b", "c")] == [2, 0, 1]


async def test_redis_is_told_nothing_and_ends_by_itself(redis: Redis) -> None:
    await RedisInbox(redis, SEALER).put("a", b"sentinel")

    (key,) = await redis.keys()
    assert 0 < await redis.pttl(key) <= KEEP_SECONDS * 1000
    assert b"sentinel" not in b"".join(await redis.zrange(key, 0, -1))


async def test_what_was_moved_or_changed_is_left_out(redis: Redis) -> None:
    inbox = RedisInbox(redis, SEALER)
    await inbox.put("a", b"mine")
    await inbox.put("b", b"theirs")
    (moved,) = await redis.zrange("patient-graph:inbox:b", 0, -1)
    await redis.zadd("patient-graph:inbox:a", {moved: 1e12, b"nonsense": 1e12})

    assert await inbox.read("a") == [b"mine"]


async def test_without_redis_nothing_is_taken(mortal_redis: RedisServer) -> None:
    client = redis_client.connect(SecretStr(mortal_redis.url))
    inbox = RedisInbox(client, NoSealer())
    mortal_redis.kill()

    for call in (inbox.put("a", b"x"), inbox.read("a")):
        with pytest.raises(Problem) as caught:
            await call
        assert caught.value.code is ProblemCode.INTERNAL_ERROR
        assert caught.value.retryable
    await client.aclose()
