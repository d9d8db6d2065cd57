"""Both stores of the audit log behave alike."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from app.audit import entries
from app.audit.log import AuditLog
from app.audit.redis_store import RedisStore
from app.audit.rows import Row
from app.audit.sqlite_store import SqliteStore
from app.audit.store import Store, StoreUnavailable
from app.audit.writer import AuditUnavailable, AuditWriter
from app.stores.sealing import KeyRing, NoSealer
from connectors.records.base import CardRef
from resolvers.access_control.audit import Trail
from resolvers.problems import Problem
from tests.app.audit_rows import AT, CARD, KEYS, OTHER, event, problems, verdicts
from tests.app.redis_server import RedisServer


@pytest.fixture(params=["sqlite", "redis"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made: Store = SqliteStore(tmp_path / "audit.sqlite3")
    if request.param == "redis":
        made.close()
        made = RedisStore(SecretStr(request.getfixturevalue("shared_redis").url))
        made._redis.flushall()  # noqa: SLF001 # the tests share a server
    yield made
    made.close()


@pytest.fixture
async def log(store: Store) -> AsyncIterator[AuditLog]:
    log = AuditLog(store, KEYS, NoSealer(), most_waiting=1000)
    await log.writer.start()
    yield log
    await log.writer.close()


def ids(trail: Trail) -> list[str]:
    return [found.request_id for _, found in trail.events]


async def test_what_is_read_is_what_was_noted(log: AuditLog) -> None:
    noted = event(CARD, OTHER, reason="昏迷送医")
    log.writer.note(noted)

    trail = await log.trail([CARD], None, 10)
    assert [found for _, found in trail.events] == [noted]
    assert (trail.total, trail.more) == (1, False)


async def test_a_trail_is_newest_first_and_goes_on_from_any_place(log: AuditLog) -> None:
    for second in (3, 1, 2, 5, 4):
        log.writer.note(event(at=AT + dt.timedelta(seconds=second), request_id=f"r-{second}"))

    first = await log.trail([CARD], None, 2)
    assert (ids(first), first.total, first.more) == (["r-5", "r-4"], 5, True)
    rest = await log.trail([CARD], first.events[-1][0], 10)
    assert (ids(rest), rest.total, rest.more) == (["r-3", "r-2", "r-1"], 5, False)


async def test_events_of_the_same_moment_are_all_found_once(log: AuditLog) -> None:
    for number in range(7):
        log.writer.note(event(CARD, OTHER, request_id=f"r-{number}"))
    found: list[str] = []
    behind: str | None = None
    while True:
        trail = await log.trail([CARD, OTHER], behind, 3)
        found += ids(trail)
        if not trail.more:
            break
        behind = trail.events[-1][0]

    assert sorted(found) == [f"r-{number}" for number in range(7)]
    assert trail.total == 7


async def test_nobody_elses_events_are_in_a_trail(log: AuditLog) -> None:
    log.writer.note(event(OTHER, request_id="theirs"))
    log.writer.note(event(CARD, request_id="mine"))

    assert ids(await log.trail([CARD], None, 10)) == ["mine"]
    assert (await log.trail([CardRef("254", CARD.number)], None, 10)).total == 0


@pytest.mark.parametrize("place", ["", "x", "1-2-3", "%", "0000000000000-0000000000000000-000000000"])
async def test_a_place_that_is_none_is_refused(log: AuditLog, place: str) -> None:
    with pytest.raises(ValueError, match="not a place"):
        await log.trail([CARD], place, 10)


async def test_each_start_has_a_chain_of_its_own_that_names_the_one_before(store: Store) -> None:
    for _ in range(3):
        log = AuditLog(store, KEYS, NoSealer(), most_waiting=1000)
        await log.writer.start()
        log.writer.note(event())
        await log.writer.close()
        # Starts are told apart by their time, in milliseconds.
        await asyncio.sleep(0.002)

    assert [(verdict.rows, verdict.problem) for verdict in verdicts(store)] == [(3, None)] * 3
    openings = [row.body for chain in store.chains() for row in store.rows(chain) if row.number == 0]
    assert [chain.encode() in body for chain, body in zip(store.chains(), openings[1:], strict=False)] == [True, True]


async def test_rows_are_sealed_where_keys_are_set_and_the_chain_holds_without_them(store: Store) -> None:
    keys = KeyRing([SecretStr("k" * 32)])
    log = AuditLog(store, KEYS, keys, most_waiting=1000)
    await log.writer.start()
    log.writer.note(event())
    trail = await log.trail([CARD], None, 10)
    await log.writer.close()

    rows = [row for chain in store.chains() for row in store.rows(chain)]
    assert [found for _, found in trail.events] == [event()]
    assert all(CARD.number.encode() not in part for row in rows for part in (row.body, *row.cards))
    # Only the opening has to be read to check: it names the chain before.
    assert problems(store) == ["row 0 cannot be read with the configured keys"]


def test_rows_that_are_sent_twice_are_kept_once(store: Any) -> None:
    rows = [Row("ab" * 8, number, 1, (KEYS.card(CARD),), b"{}", bytes(32)) for number in range(3)]
    store.append(rows[:2])
    # As after a lost answer: nobody knows whether they were kept.
    store._doubtful = True  # noqa: SLF001 # nothing public brings it about at will
    store.append(rows)

    assert list(store.rows("ab" * 8)) == rows


async def test_a_trail_is_refused_while_redis_is_gone(mortal_redis: RedisServer) -> None:
    log = AuditLog(RedisStore(SecretStr(mortal_redis.url)), KEYS, NoSealer(), most_waiting=1000)
    await log.writer.start()
    mortal_redis.kill()

    with pytest.raises(Problem):
        await log.trail([CARD], None, 10)
    await log.writer.close()
    log._store.close()  # noqa: SLF001 # opened here


async def test_a_server_does_not_start_without_its_audit_log(mortal_redis: RedisServer) -> None:
    mortal_redis.kill()
    log = AuditLog(RedisStore(SecretStr(mortal_redis.url)), KEYS, NoSealer(), most_waiting=1000)

    with pytest.raises(StoreUnavailable):
        await log.writer.start()
    log._store.close()  # noqa: SLF001 # opened here


def test_entries_come_back_as_they_were() -> None:
    before = event(CARD, OTHER, reason="昏迷送医")
    before.untrusted = True

    content = entries.written(before, 7)
    assert entries.read(content, round(AT.timestamp() * 1000), {7: before.fields}.__getitem__) == before
    assert entries.read_fields(entries.written_fields(before.fields)) == before.fields


def test_a_row_that_is_no_event_is_told_from_one() -> None:
    assert entries.read(entries.written_fields(("Patient.name",)), 0, lambda _: ()) is None


async def test_a_full_disk_stops_what_has_to_be_on_record_and_loses_nothing(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "audit.sqlite3")
    connection = store._connection  # noqa: SLF001 # to make it as small as a full disk
    writer = AuditWriter(store, KEYS, NoSealer(), patience_seconds=0.3)
    await writer.start()
    ((pages,),) = connection.execute("PRAGMA page_count").fetchall()
    connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    for number in range(200):
        writer.note(event(CARD, request_id=f"r-{number}"))
    with pytest.raises(AuditUnavailable):
        await writer.confirmed(writer.written(event(OTHER)))
    connection.execute("PRAGMA max_page_count = 100000")
    await writer.close()

    # The opening, the list of fields, and all events.
    assert [(verdict.rows, verdict.problem) for verdict in verdicts(store)] == [(203, None)]
    store.close()
