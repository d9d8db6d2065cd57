"""Where a request's data came from."""

import asyncio
import contextvars

from connectors.core import origins
from connectors.core.concurrency import together
from connectors.core.kept import Kept
from connectors.core.kinds import Read, scope_of, subject_of
from connectors.records.base import CardRef
from tests.connectors.played import MINE, Row, held, rows, send, system

CARD = CardRef("first", "1001")


async def test_what_a_hospital_was_asked_and_what_was_kept_is_told_apart() -> None:
    upstream, _, _ = system(rows("a"))
    first = origins.start()
    await send(upstream, Read(MINE, 60))
    second = origins.start()
    await send(upstream, Read(MINE, 60))

    assert (first.asked, first.kept) == ({MINE.subject}, set())
    assert (second.asked, second.kept) == (set(), {MINE.subject})
    assert second.only_kept(MINE.subject)
    assert not first.only_kept(MINE.subject)


async def test_what_was_asked_for_in_part_is_not_only_kept() -> None:
    upstream, _, _ = system(rows("a"))
    await send(upstream, Read(MINE, 60), body=b"1")
    noted = origins.start()
    await send(upstream, Read(MINE, 60), body=b"1")
    await send(upstream, Read(MINE, 60), body=b"2")

    assert not noted.only_kept(MINE.subject)


async def test_a_read_that_is_never_kept_was_asked() -> None:
    upstream, _, _ = system(rows("a"))
    noted = origins.start()
    await send(upstream, Read(MINE))

    assert noted.asked == {MINE.subject}


async def test_who_joins_a_call_under_way_has_asked() -> None:
    gate = asyncio.Event()
    upstream, wire, _ = system(held(gate, rows("a")))
    noted: list[origins.Origins] = []

    async def ask() -> None:
        noted.append(origins.start())
        await send(upstream, Read(MINE, 60))

    asking = [asyncio.create_task(ask()) for _ in range(2)]
    await asyncio.sleep(0.01)
    gate.set()
    await asyncio.gather(*asking)

    assert wire.posts == 1
    assert [each.asked for each in noted] == [{MINE.subject}] * 2


async def test_coroutines_of_one_request_note_for_it() -> None:
    upstream, _, _ = system(rows("a"))
    noted = origins.start()
    await together(*(send(upstream, Read(MINE), body=bytes([number])) for number in b"123"))

    assert noted.asked == {MINE.subject}


async def test_results_kept_one_by_one_are_told_apart_too() -> None:
    upstream, _, _ = system(rows("a"))
    kept = Kept(upstream, "row", Row, 60)

    async def ask(cards: object) -> list[Row]:  # noqa: ARG001 # the protocol's form
        return [Row(name="a")]

    first = origins.start()
    await kept.all([CARD], ask)
    second = origins.start()
    await kept.find(CARD)

    assert first.asked == {subject_of(CARD)}
    assert not first.only_kept(subject_of(CARD))
    assert second.only_kept(subject_of(CARD))


async def test_work_that_nobody_waits_for_notes_nothing() -> None:
    upstream, wire, _ = system(rows("a"))
    await asyncio.create_task(send(upstream, Read(MINE, 60)), context=contextvars.Context())

    assert wire.posts == 1


def test_a_subject_is_that_of_the_persons_scope() -> None:
    assert scope_of("any", CARD).subject == subject_of(CARD)
