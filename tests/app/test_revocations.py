"""A token that is revoked is good no longer, here and wherever the same log is read."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import structlog
from pydantic import SecretStr
from redis.asyncio import Redis

from app.revocation.deny_list import Ending, Revocation
from app.revocation.redis_log import RedisRevocationLog
from app.revocation.revocations import RevocationLog, Revocations, RevocationsUnavailable
from app.revocation.sqlite_log import SqliteRevocationLog
from app.stores import redis_client
from resolvers.access_control.principal import ANONYMOUS, Principal, Role
from tests.app.issuing import Clock, revocations
from tests.app.redis_server import RedisServer

KEPT = 86430


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def redis_to_die(mortal_redis: RedisServer) -> AsyncIterator[Redis]:
    client = redis_client.connect(SecretStr(mortal_redis.url))
    yield client
    await client.aclose()


def somebody(clock: Clock, subject: str = "account-1", jti: str | None = "t-1", age: float = 60) -> Principal:
    issued = clock.now - age
    return Principal(role=Role.PATIENT, subject=subject, token_id=jti, issued_at=issued, expires_at=issued + 600)


def ended(revoked: Revocations, principal: Principal) -> bool:
    return revoked.ended(revoked.session_of(principal))


async def test_one_token_ends_and_no_other(clock: Clock) -> None:
    revoked = revocations(clock)
    await revoked.revoke_token("t-1")

    assert ended(revoked, somebody(clock))
    assert not ended(revoked, somebody(clock, jti="t-2"))
    assert not ended(revoked, somebody(clock, jti=None))


async def test_all_that_a_subject_was_issued_until_now_ends(clock: Clock) -> None:
    revoked = revocations(clock)
    await revoked.revoke_subject("account-1")

    assert ended(revoked, somebody(clock))
    assert ended(revoked, somebody(clock, jti=None, age=0))
    assert not ended(revoked, somebody(clock, age=-1))
    assert not ended(revoked, somebody(clock, subject="account-2"))
    assert revoked.revoked_since("account-1", clock.now)
    assert not revoked.revoked_since("account-1", clock.now + 1)


async def test_a_token_is_not_taken_for_a_subject_of_the_same_name(clock: Clock) -> None:
    revoked = revocations(clock)
    await revoked.revoke_token("account-1")
    await revoked.revoke_subject("t-1")

    assert not ended(revoked, somebody(clock))


async def test_revoking_again_takes_nothing_back(clock: Clock) -> None:
    revoked = revocations(clock)
    await revoked.revoke_subject("account-1")
    clock.now -= 3600
    await revoked.revoke_subject("account-1")
    clock.now += 3600

    assert ended(revoked, somebody(clock, age=0))


async def test_what_has_lapsed_is_let_go_of(clock: Clock) -> None:
    revoked = revocations(clock)
    await revoked.revoke_subject("account-1")
    denied = revoked._denied  # noqa: SLF001 # its size shows in nothing else
    clock.now += KEPT
    denied.forget_lapsed()

    assert not denied._ends  # noqa: SLF001 # ditto


async def test_a_watch_ends_when_the_token_is_revoked(clock: Clock) -> None:
    revoked = revocations(clock)
    with (
        revoked.watch(somebody(clock)) as by_token,
        revoked.watch(somebody(clock, jti=None)) as by_subject,
        revoked.watch(somebody(clock, jti="t-3", age=-1)) as later,
        revoked.watch(somebody(clock, subject="account-2", jti="t-4")) as other,
    ):
        await revoked.revoke_token("t-1")
        assert (by_token.done(), by_subject.done()) == (True, False)
        await revoked.revoke_subject("account-1")

        assert await by_token is Ending.REVOKED
        assert await by_subject is Ending.REVOKED
        assert not later.done()
        assert not other.done()


async def test_a_watch_ends_when_the_token_expires(clock: Clock) -> None:
    revoked = revocations(clock)
    clock.now += 0.05
    with revoked.watch(somebody(clock, age=599.98)) as ending:
        assert await asyncio.wait_for(ending, 2) is Ending.EXPIRED


async def test_a_watch_of_what_has_ended_already_says_so(clock: Clock) -> None:
    revoked = revocations(clock)
    await revoked.revoke_token("t-1")
    with revoked.watch(somebody(clock)) as ending:
        assert ending.result() is Ending.REVOKED


async def test_a_watch_that_is_over_is_forgotten(clock: Clock) -> None:
    revoked = revocations(clock)
    with revoked.watch(somebody(clock)) as ending:
        pass
    await revoked.revoke_token("t-1")

    assert ending.cancelled()
    assert not revoked._denied._watched  # noqa: SLF001 # it shows in nothing else


async def test_nobody_can_be_watched_too(clock: Clock) -> None:
    with revocations(clock).watch(ANONYMOUS) as ending:
        assert not ending.done()


MakeLog = Callable[[], RevocationLog]


@pytest.fixture(params=["redis", "sqlite"])
def make_log(request: pytest.FixtureRequest, tmp_path: Path, redis: Redis, clock: Clock) -> MakeLog:
    def make() -> RevocationLog:
        if request.param == "redis":
            return RedisRevocationLog(redis, KEPT, clock)
        return SqliteRevocationLog(tmp_path / "revocations.db", clock)

    return make


async def test_another_process_hears_of_it(clock: Clock, make_log: MakeLog) -> None:
    here, there = (revocations(clock, log=make_log()) for _ in range(2))
    await here.look()
    await there.look()
    assert there.known
    assert not ended(there, somebody(clock))
    await here.revoke_token("t-1")
    await here.revoke_subject("account-2")
    with there.watch(somebody(clock)) as ending:
        await there.look()
        assert ending.result() is Ending.REVOKED

    assert ended(there, somebody(clock))
    assert ended(there, somebody(clock, subject="account-2", jti=None))


async def test_a_process_that_starts_later_knows_all_that_is_in_force(clock: Clock, make_log: MakeLog) -> None:
    here = revocations(clock, log=make_log())
    for number in range(5):
        await here.revoke_token(f"t-{number}")
    there = revocations(clock, log=make_log())
    assert not there.known
    await there.look()

    assert [ended(there, somebody(clock, jti=f"t-{number}")) for number in range(6)] == [True] * 5 + [False]


async def test_a_process_hears_within_two_seconds_without_being_asked(clock: Clock, make_log: MakeLog) -> None:
    here, there = (revocations(clock, log=make_log()) for _ in range(2))
    await there.look()
    following = asyncio.create_task(there.follow())
    await here.revoke_token("t-1")
    with there.watch(somebody(clock)) as ending:
        assert await asyncio.wait_for(ending, 2) is Ending.REVOKED
    following.cancel()
    with pytest.raises(asyncio.CancelledError):
        await following


async def test_no_clear_name_is_in_the_log(clock: Clock, redis: Redis, tmp_path: Path) -> None:
    path = tmp_path / "revocations.db"
    for log in (RedisRevocationLog(redis, KEPT, clock), SqliteRevocationLog(path, clock)):
        revoked = Revocations(lambda clear: str(len(clear)), kept_seconds=KEPT, log=log, clock=clock)
        await revoked.revoke_subject("openid-of-somebody")
        await revoked.revoke_token("id-of-a-token")
    kept = path.read_bytes() + str(await redis.xrange("patient-graph:revocations")).encode()

    assert b"openid-of-somebody" not in kept
    assert b"id-of-a-token" not in kept


async def test_the_stream_in_redis_lets_go_of_what_has_lapsed(redis: Redis) -> None:
    log = RedisRevocationLog(redis, KEPT)
    for position in range(300):
        await redis.xadd("patient-graph:revocations", {"mark": "m"}, id=f"{position + 1}-0")
    await log.append(Revocation("m", 1.0, time.time() + KEPT))

    assert await redis.xlen("patient-graph:revocations") < 150


async def test_an_entry_that_somebody_else_wrote_hides_no_other(clock: Clock, redis: Redis) -> None:
    log = RedisRevocationLog(redis, KEPT, clock)
    there = revocations(clock, log=log)
    for strange in ({"x": "y"}, {"mark": b"\xff", "issued_until": "inf", "kept_until": "inf"}):
        await redis.xadd("patient-graph:revocations", strange)
    await redis.xadd("patient-graph:revocations", {"mark": "m", "issued_until": "nan", "kept_until": "inf"})
    await revocations(clock, log=log).revoke_token("t-1")
    with structlog.testing.capture_logs() as lines:
        await there.look()

    assert ended(there, somebody(clock))
    assert [line["event"] for line in lines] == ["revocation_unreadable"] * 3


async def test_more_than_fit_one_answer_are_read(clock: Clock, redis: Redis) -> None:
    log = RedisRevocationLog(redis, KEPT, clock)
    async with redis.pipeline(transaction=False) as pipeline:
        for number in range(2500):
            members = {"mark": f"mark of token:t-{number}", "issued_until": "inf", "kept_until": str(clock.now + 10)}
            pipeline.xadd("patient-graph:revocations", members)
        await pipeline.execute()
    there = revocations(clock, log=log)
    await there.look()

    assert ended(there, somebody(clock, jti="t-2499"))


async def test_while_redis_is_gone_what_is_known_stays_in_force(
    clock: Clock, mortal_redis: RedisServer, redis_to_die: Redis
) -> None:
    here, there = (revocations(clock, log=RedisRevocationLog(redis_to_die, KEPT, clock)) for _ in range(2))
    await here.revoke_token("t-1")
    await there.look()
    mortal_redis.kill()
    with structlog.testing.capture_logs() as lines:
        await there.look()
        await there.look()
    assert [line["event"] for line in lines] == ["revocations_unavailable"]
    assert ended(there, somebody(clock))
    with pytest.raises(RevocationsUnavailable):
        await here.revoke_token("t-2")
    assert ended(here, somebody(clock, jti="t-2"))

    # Another Redis, with positions that are long past.
    mortal_redis.start()
    members = {"mark": "mark of token:t-3", "issued_until": "inf", "kept_until": str(clock.now + 10)}
    await redis_to_die.xadd("patient-graph:revocations", members, id="5-0")  # type: ignore[arg-type]  # too narrow
    await there.look()
    assert ended(there, somebody(clock))
    assert ended(there, somebody(clock, jti="t-3"))


async def test_a_process_that_starts_while_redis_is_gone_does_not_know_who_may_come_in(
    clock: Clock, mortal_redis: RedisServer, redis_to_die: Redis
) -> None:
    mortal_redis.kill()
    starting = revocations(clock, log=RedisRevocationLog(redis_to_die, KEPT, clock))
    await starting.look()
    assert not starting.known

    mortal_redis.start()
    await starting.look()
    assert starting.known


async def test_a_file_that_cannot_be_used_is_said(clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "revocations.db"
    path.write_text("no database, though it is long enough to be taken for one" * 20)
    log = SqliteRevocationLog(path, clock)

    with pytest.raises(RevocationsUnavailable):
        await log.append(Revocation("m", 1.0, clock.now + 10))
    with pytest.raises(RevocationsUnavailable):
        await log.read(None)


async def test_the_file_lets_go_of_what_has_lapsed_and_gives_no_position_twice(clock: Clock, tmp_path: Path) -> None:
    log = SqliteRevocationLog(tmp_path / "revocations.db", clock)
    await log.append(Revocation("a", 1.0, clock.now + 10))
    _, first = await log.read(None)
    clock.now += 11
    await log.append(Revocation("b", 1.0, clock.now + 10))

    found, second = await log.read(None)
    assert [revocation.mark for revocation in found] == ["b"]
    assert first is not None
    assert second is not None
    assert int(second) > int(first)
    assert await log.read(second) == ([], second)
