"""How many requests a client may send: in memory, in Redis, and while Redis is gone."""

import asyncio
import time
from collections.abc import Callable
from ipaddress import ip_network
from typing import Any

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis
from structlog.testing import capture_logs

from app.rate_limits import RateLimits, sound_rate
from app.stores import redis_client
from app.stores.memory_counters import MemoryCounters
from connectors.core.kinds import keyed_digest
from resolvers.access_control.principal import ANONYMOUS, Principal, Role
from tests.app.graph import GRAPHQL_JSON, client, gate
from tests.app.redis_server import RedisServer

PATIENT = Principal(role=Role.PATIENT, subject="account-1", issuer="i")
OTHER = Principal(role=Role.PATIENT, subject="account-2", issuer="i")
STAFF = Principal(role=Role.STAFF, subject="account-1", issuer="staff")
HERE = {"client": ("203.0.113.5", 1), "headers": []}
THERE = {"client": ("203.0.113.6", 1), "headers": []}


def limits(redis: Redis | None = None, rate: str = "3/minute") -> RateLimits:
    return RateLimits(dict.fromkeys(Role, rate), keyed_digest(b"k" * 32), redis=redis)


async def admitted(counts: RateLimits, principal: Principal = PATIENT, scope: Any = HERE) -> int:
    """Ask until it is too much, but not for ever."""
    for count in range(10):
        if await counts.wait_of(principal, scope) is not None:
            return count
    return 10


@pytest.fixture(params=["memory", "redis"])
def make(request: pytest.FixtureRequest) -> Callable[..., RateLimits]:
    redis = request.getfixturevalue("redis") if request.param == "redis" else None
    return lambda **changes: limits(redis, **changes)


async def test_so_many_are_admitted_and_then_it_is_said_how_long_to_wait(make: Callable[..., RateLimits]) -> None:
    counts = make()

    assert [await counts.wait_of(PATIENT, HERE) for _ in range(3)] == [None, None, None]
    wait = await counts.wait_of(PATIENT, HERE)
    assert wait is not None
    assert 55 <= wait <= 60


async def test_each_subject_is_counted_for_itself_wherever_it_is(make: Callable[..., RateLimits]) -> None:
    counts = make()

    assert await admitted(counts, PATIENT, HERE) == 3
    assert await admitted(counts, PATIENT, THERE) == 0
    assert await admitted(counts, OTHER, HERE) == 3
    assert await admitted(counts, STAFF, HERE) == 3


async def test_nobody_is_counted_by_address_together_with_tokens_that_are_not_accepted(
    make: Callable[..., RateLimits],
) -> None:
    counts = make()
    assert await counts.wait_of_nobody(HERE) is None

    assert await admitted(counts, ANONYMOUS, HERE) == 2
    assert await counts.wait_of_nobody(HERE) is not None
    assert await admitted(counts, ANONYMOUS, THERE) == 3
    assert await admitted(counts, PATIENT, HERE) == 3


async def test_a_window_ends(make: Callable[..., RateLimits]) -> None:
    counts = make(rate="2/second")
    assert await admitted(counts) == 2

    until = time.monotonic() + 5
    while await counts.wait_of(PATIENT, HERE) is not None:
        assert time.monotonic() < until
        await asyncio.sleep(0.1)


async def test_behind_a_proxy_each_client_is_counted_for_itself() -> None:
    counts = RateLimits(dict.fromkeys(Role, "3/minute"), keyed_digest(b"k" * 32), [ip_network("203.0.113.0/24")])
    for client_ in (b"198.51.100.7", b"198.51.100.8"):
        assert await admitted(counts, ANONYMOUS, {**HERE, "headers": [(b"x-forwarded-for", client_)]}) == 3


async def test_redis_is_told_neither_subjects_nor_addresses(redis: Redis) -> None:
    counts = limits(redis)
    await admitted(counts, PATIENT)
    await admitted(counts, ANONYMOUS)

    keys = b" ".join([key async for key in redis.scan_iter()])
    assert keys.count(b"patient-graph:rates:") == 2
    assert b"account" not in keys
    assert b"203.0.113" not in keys


async def test_all_processes_count_together(redis: Redis) -> None:
    assert await admitted(limits(redis)) == 3
    assert await admitted(limits(redis)) == 0


async def test_what_redis_keeps_lapses(redis: Redis) -> None:
    await admitted(limits(redis))
    assert all([0 < await redis.ttl(key) <= 60 async for key in redis.scan_iter()])


async def test_while_redis_is_gone_each_process_counts_by_itself(mortal_redis: RedisServer) -> None:
    redis = redis_client.connect(SecretStr(mortal_redis.url))
    counts = limits(redis)
    assert await counts.wait_of(PATIENT, HERE) is None
    mortal_redis.kill()

    with capture_logs() as logs:
        assert await admitted(counts) == 3
    assert [line["event"] for line in logs] == ["rate_limits_unavailable"], "and it is not asked each time"
    await redis.aclose()


async def test_made_up_addresses_do_not_fill_the_memory() -> None:
    counters = MemoryCounters(100)
    for number in range(1000):
        await counters.incr(f"key {number}", 60)

    assert await counters.get("key 0") == 0
    assert await counters.get("key 999") == 1
    assert await counters.reset() == 100


async def test_counters_begin_anew_when_their_window_has_ended() -> None:
    now = [1000.0]
    counters = MemoryCounters(clock=lambda: now[0])
    assert [await counters.incr("key", 60), await counters.incr("key", 60)] == [1, 2]
    assert await counters.get_expiry("key") == 1060

    now[0] = 1060.0
    assert await counters.get("key") == 0
    assert await counters.incr("key", 60) == 1
    await counters.clear("key")
    assert await counters.get("key") == 0


@pytest.mark.parametrize("written", ["", "600", "0/minute", "600/fortnight", "1/second;5/minute", "-1/minute"])
def test_a_rate_that_is_none_is_refused_without_being_quoted(written: str) -> None:
    with pytest.raises(ValueError, match="must be like 600/minute") as caught:
        sound_rate(written)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("written", ["600/minute", "20 per 5 seconds", "1000000/day"])
def test_a_sound_rate(written: str) -> None:
    assert sound_rate(written) == written


@pytest.mark.parametrize("accept", [GRAPHQL_JSON, "application/json"])
async def test_one_request_too_many_is_answered_with_when_to_come_back(accept: str) -> None:
    async with client(gate=gate("2/minute")) as api:
        answers = [
            await api.post(
                "/graphql",
                json={"query": "{ hello }"},
                headers={"Accept": accept, "Authorization": "Bearer patient"},
            )
            for _ in range(3)
        ]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
    assert 55 <= int(answers[2].headers["retry-after"]) <= 60


@pytest.mark.parametrize(
    ("token", "body"), [("Bearer bad", b'{"query": "{ hello }"}'), (None, b"{"), (None, b""), (None, b'{"query": "{"}')]
)
async def test_requests_that_come_to_nothing_count_too(token: str | None, body: bytes) -> None:
    headers = {"Content-Type": "application/json"} | ({"Authorization": token} if token else {})
    async with client(gate=gate("2/minute")) as api:
        statuses = [(await api.post("/graphql", content=body, headers=headers)).status_code for _ in range(3)]
        accepted = await api.post("/graphql", json={"query": "{ hello }"}, headers={"Authorization": "Bearer patient"})

    assert statuses[2] == 429
    assert 429 not in statuses[:2]
    assert accepted.status_code == 200, "who has a good token does not wait for others at the same address"


async def test_the_log_says_who_asks_too_often_and_no_more() -> None:
    with capture_logs() as logs:
        async with client(gate=gate("1/minute")) as api:
            for _ in range(2):
                await api.post("/graphql", json={"query": "{ hello }"}, headers={"Authorization": "Bearer patient"})

    refused = logs[-1]
    assert (refused["event"], refused["role"], refused["status"], refused["codes"]) == (
        "request",
        "PATIENT",
        429,
        ["RATE_LIMITED"],
    )
    assert "account-1" not in str(refused)
