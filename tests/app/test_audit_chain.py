"""The audit log's file: it only grows, and whoever changes it behind its back is found out."""

import asyncio
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.audit.checking import Checker
from app.audit.rows import head_of
from app.audit.sqlite_store import SqliteStore
from app.audit.store import StoreUnavailable
from app.audit.writer import AuditWriter
from app.stores.sealing import NoSealer
from tests.app.audit_rows import CARD, KEYS, OTHER, event, problems, verdicts

WRITER_PROCESS = """
import asyncio, sys
from pathlib import Path
import structlog
from app.audit.sqlite_store import SqliteStore
from app.audit.writer import AuditWriter
from app.stores.sealing import NoSealer
from tests.app.audit_rows import CARD, KEYS, event

structlog.configure(logger_factory=structlog.ReturnLoggerFactory())

async def main():
    writer = AuditWriter(SqliteStore(Path(sys.argv[1])), KEYS, NoSealer())
    await writer.start()
    number = 0
    while True:
        for _ in range(20):
            writer.note(event())
        await writer.confirmed(writer.written(event(CARD, request_id=f"confirmed-{number}")))
        print(number, flush=True)
        number += 1

asyncio.run(main())
"""


async def write(path: Path, count: int) -> SqliteStore:
    """Write a chain and close it."""
    store = SqliteStore(path)
    writer = AuditWriter(store, KEYS, NoSealer())
    await writer.start()
    for number in range(count):
        writer.note(event(CARD, OTHER, request_id=f"r-{number}"))
    await writer.close()
    return store


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    path = tmp_path / "audit.sqlite3"
    store = await write(path, 5)
    store.close()
    return path


def changed(path: Path, *statements: str) -> list[str]:
    """Change the file as somebody who has it would, the triggers taken away; tell what the check says."""
    with sqlite3.connect(path, isolation_level=None) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount > 0, statement
    connection.close()
    store = SqliteStore(path)
    try:
        return problems(store)
    finally:
        store.close()


async def test_what_was_written_is_one_unbroken_chain(path: Path) -> None:
    store = SqliteStore(path)
    [verdict] = verdicts(store)
    store.close()

    # The opening, the list of fields, and five events.
    assert (verdict.rows, verdict.problem) == (7, None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET body = 'x' WHERE number = 2",
        "DELETE FROM entries WHERE number = 2",
        "REPLACE INTO entries SELECT chain, number, at, cards, 'x', hash FROM entries WHERE number = 2",
        "DELETE FROM cards",
        "UPDATE chains SET opened = 0",
    ],
)
def test_the_file_refuses_to_change_what_it_has(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA recursive_triggers = ON")
    with pytest.raises(sqlite3.IntegrityError, match="the audit log only grows"):
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET body = replace(body, 'staff-1', 'staff-2') WHERE number = 3",
        "UPDATE entries SET body = CAST(replace(body, 'r-1', 'r-9') AS BLOB) WHERE number = 3",
        "UPDATE entries SET at = at + 1 WHERE number = 3",
        "UPDATE entries SET at = -1 WHERE number = 3",
        "UPDATE entries SET at = 'now' WHERE number = 3",
        "UPDATE entries SET cards = zeroblob(32) WHERE number = 3",
        "UPDATE entries SET hash = zeroblob(32) WHERE number = 3",
        "DELETE FROM entries WHERE number = 3",
    ],
)
def test_a_row_that_was_changed_or_taken_out_is_named(path: Path, statement: str) -> None:
    assert changed(path, statement) == ["row 3 is not as it was written"]


def test_rows_that_changed_places_are_found(path: Path) -> None:
    assert changed(
        path,
        "UPDATE entries SET number = 90 WHERE number = 2",
        "UPDATE entries SET number = 2 WHERE number = 3",
        "UPDATE entries SET number = 3 WHERE number = 90",
    ) == ["row 2 is not as it was written"]


def test_a_row_that_a_person_would_no_longer_find_is_named(path: Path) -> None:
    assert changed(path, "DELETE FROM cards WHERE place LIKE '%-0000000004'") == [
        "row 4 is not found by all of its cards"
    ]


def test_a_chain_made_without_the_key_is_not_taken_for_one(path: Path) -> None:
    store = SqliteStore(path)
    found = list(Checker(store, b"another key" * 4, NoSealer()).verdicts())
    store.close()

    assert [verdict.problem for verdict in found] == ["row 0 is not as it was written"]


async def test_the_end_of_a_chain_cannot_go_missing_once_another_was_opened(path: Path) -> None:
    (await write(path, 1)).close()

    assert changed(path, "DELETE FROM entries WHERE number = 6") == ["row 6, on record elsewhere, is missing"]


async def test_a_whole_chain_cannot_go_missing_once_another_was_opened(path: Path) -> None:
    (await write(path, 1)).close()

    # The first chain has more rows than the second.
    assert changed(
        path,
        "DELETE FROM chains WHERE chain IN (SELECT chain FROM entries WHERE number = 6)",
        "DELETE FROM entries WHERE chain IN (SELECT chain FROM entries WHERE number = 6)",
    ) == ["row 6, on record elsewhere, is missing"]


def test_the_end_of_the_newest_chain_is_missed_by_whoever_kept_its_head(path: Path) -> None:
    store = SqliteStore(path)
    head = store.newest_head()
    store.close()
    assert head is not None
    assert head_of(str(head)) == head
    assert changed(path, "DELETE FROM entries WHERE number = 6") == []

    store = SqliteStore(path)
    found = problems(store, head)
    store.close()
    assert found == ["row 6, on record elsewhere, is missing"]


def test_the_file_is_its_users_alone(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_made_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="FileNotFoundError"):
        SqliteStore(tmp_path / "nowhere" / "audit.sqlite3")


def killed_while_writing(path: Path) -> int:
    """Run a process that writes, kill it with no warning, and tell how many events it had been told are on disk."""
    writing = subprocess.Popen(  # noqa: S603 # this test's own program
        [sys.executable, "-c", WRITER_PROCESS, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert writing.stdout is not None
    confirmed = [int(writing.stdout.readline()) for _ in range(30)]
    writing.kill()
    confirmed += [int(line) for line in writing.stdout if line.endswith("\n")]
    writing.stdout.close()
    writing.wait()
    return len(confirmed)


async def test_a_killed_process_leaves_a_chain_with_all_that_it_had_confirmed(tmp_path: Path) -> None:
    path = tmp_path / "audit.sqlite3"
    confirmed = await asyncio.to_thread(killed_while_writing, path)
    # The next process goes on behind it.
    store = await write(path, 2)
    found = verdicts(store)
    bodies = b"".join(row.body for chain in store.chains() for row in store.rows(chain))
    store.close()

    assert [verdict.problem for verdict in found] == [None, None]
    assert all(f'"confirmed-{number}"'.encode() in bodies for number in range(confirmed))
