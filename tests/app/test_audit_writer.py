"""The writer: many rows in one commit, nothing dropped, and nobody served whose access cannot be put on record."""

import asyncio
import dataclasses
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
import structlog

from app.audit.rows import Row
from app.audit.store import StoreUnavailable
from app.audit.writer import AuditUnavailable, AuditWriter
from app.stores.sealing import NoSealer
from tests.app.audit_rows import KEYS, event


class Shelf:
    """A store that may be shut, and that counts commits."""

    def __init__(self) -> None:
        self.commits: list[list[Row]] = []
        self.shut = threading.Event()

    def append(self, rows: Sequence[Row]) -> None:
        if self.shut.is_set():
            raise StoreUnavailable("shut")
        self.commits.append(list(rows))

    def newest_head(self) -> None:
        return None

    @property
    def written(self) -> list[Row]:
        return [row for commit in self.commits for row in commit]


@asynccontextmanager
async def writing(shelf: Shelf, **limits: Any) -> AsyncIterator[AuditWriter]:
    store: Any = shelf
    writer = AuditWriter(store, KEYS, NoSealer(), **limits)
    await writer.start()
    try:
        yield writer
    finally:
        shelf.shut.clear()
        await writer.close()


async def test_events_that_come_together_are_committed_together_and_in_order() -> None:
    shelf = Shelf()
    async with writing(shelf) as writer:
        for number in range(200):
            writer.note(event(request_id=f"r-{number}"))
        await writer.flush()

    assert len(shelf.commits) <= 4
    assert [row.number for row in shelf.written] == list(range(202))
    assert all(f'"r-{row.number - 2}"'.encode() in row.body for row in shelf.written[2:])


async def test_a_list_of_fields_is_written_once_and_then_named() -> None:
    shelf = Shelf()
    async with writing(shelf) as writer:
        writer.note(event())
        writer.note(event())

    assert [b"Patient.name" in row.body for row in shelf.written] == [False, True, False, False]
    assert all(b'"fields":1' in row.body for row in shelf.written[2:])


async def test_who_waits_for_an_event_waits_for_all_before_it() -> None:
    shelf = Shelf()
    async with writing(shelf) as writer:
        writer.note(event(request_id="r-1"))
        on_disk = writer.written(event(request_id="r-2"))
        assert not on_disk.done()
        await writer.confirmed(on_disk)
        assert shelf.written[-1].number == 3


async def test_nothing_is_lost_while_the_store_is_out_of_reach() -> None:
    shelf = Shelf()
    async with writing(shelf, patience_seconds=0.2) as writer:
        shelf.shut.set()
        for number in range(10):
            writer.note(event(request_id=f"r-{number}"))
        with pytest.raises(AuditUnavailable):
            await writer.flush()
        shelf.shut.clear()

    assert [row.number for row in shelf.written] == list(range(12))


async def test_the_outage_is_logged_without_what_waits() -> None:
    shelf = Shelf()
    with structlog.testing.capture_logs() as lines:
        async with writing(shelf, patience_seconds=0.1) as writer:
            shelf.shut.set()
            writer.note(event())
            with pytest.raises(AuditUnavailable):
                await writer.flush()
    lines = [line for line in lines if line["event"] == "audit_unavailable"]

    assert lines
    assert lines[0] == {"event": "audit_unavailable", "error": "shut", "waiting": 2, "log_level": "error"}


async def test_nothing_is_begun_while_too_much_waits() -> None:
    shelf = Shelf()
    async with writing(shelf, most_waiting=5, patience_seconds=0.1) as writer:
        shelf.shut.set()
        for _ in range(5):
            writer.note(event())
        assert writer.full
        with pytest.raises(AuditUnavailable):
            await writer.room()


async def test_there_is_room_again_when_the_store_is_back() -> None:
    shelf = Shelf()
    async with writing(shelf, most_waiting=5) as writer:
        shelf.shut.set()
        for _ in range(5):
            writer.note(event())
        asyncio.get_running_loop().call_later(0.1, shelf.shut.clear)
        await writer.room()
        assert not writer.full


async def test_the_end_writes_what_is_left() -> None:
    shelf = Shelf()
    async with writing(shelf) as writer:
        for _ in range(1000):
            writer.note(event())

    assert len(shelf.written) == 1002


async def test_a_text_that_is_no_unicode_is_written_all_the_same() -> None:
    shelf = Shelf()
    async with writing(shelf) as writer:
        odd = event()
        odd.subject = "\ud800"
        writer.note(odd)
        writer.note(event())

    assert len(shelf.written) == 4


async def test_the_head_is_logged_at_the_start_and_at_the_end() -> None:
    shelf = Shelf()
    with structlog.testing.capture_logs() as lines:
        async with writing(shelf) as writer:
            writer.note(event())
    heads = [line["head"] for line in lines if line["event"] == "audit_head"]

    last = shelf.written[-1]
    assert heads[-1] == f"{last.chain}:2:{last.hash.hex()}"
    assert heads[0].split(":")[1] == "0"


async def test_after_a_fault_of_the_writer_nothing_more_is_begun() -> None:
    shelf = Shelf()
    with structlog.testing.capture_logs() as lines:
        async with writing(shelf, patience_seconds=0.1) as writer:
            unwritable: Any = None
            writer.note(dataclasses.replace(event(), fields=unwritable, touches=unwritable))
            with pytest.raises(AuditUnavailable):
                await writer.flush()
            with pytest.raises(AuditUnavailable):
                await writer.room()

    assert [line["error"] for line in lines if line["event"] == "audit_writer_failed"] == ["TypeError"]
    assert [line["count"] for line in lines if line["event"] == "audit_events_lost"] == [2]
