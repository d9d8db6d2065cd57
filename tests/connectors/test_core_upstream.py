import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import orjson
import pytest

from connectors.core import deadline
from connectors.core.cache import NoCache
from connectors.core.concurrency import together
from connectors.core.config import Machinery, SystemConfig
from connectors.core.kinds import CallKind, Idempotent, Once, Read
from connectors.core.readers import DONE
from connectors.core.transport import TransportError
from connectors.core.upstream import Upstream
from connectors.errors import ConnectorError, Denied, Malformed, Refused, Unavailable
from connectors.records.problems import ProblemCode
from tests.connectors.played import MINE, ROWS, SECRET, YOURS, Row, Wire, held, rows, send, system


async def fault(upstream: Upstream, kind: CallKind) -> ConnectorError:
    with pytest.raises(ConnectorError) as caught:
        await send(upstream, kind)
    assert SECRET not in f"{caught.value}{caught.value.detail}{caught.value.patient_message}"
    return caught.value


LOST = TransportError("RemoteProtocolError", sent=True)
UNSENT = TransportError("cannot connect", sent=False)
SLOW = TransportError("timed out", sent=True, timeout=True)
WRITES: list[CallKind] = [Once((MINE,)), Idempotent("k", (MINE,))]


async def test_a_kept_read_is_asked_once_and_its_keys_tell_nothing() -> None:
    upstream, wire, cache = system(rows("a"))
    assert await send(upstream, Read(MINE, 60)) == await send(upstream, Read(MINE, 60)) == [Row(name="a")]
    assert wire.posts == 1
    assert SECRET not in "".join(cache.seen)


async def test_a_read_that_is_not_to_be_kept_is_asked_each_time() -> None:
    upstream, wire, _ = system(rows("a"), rows("b"))
    assert [await send(upstream, Read(MINE)), await send(upstream, Read(MINE))] == [[Row(name="a")], [Row(name="b")]]
    assert wire.posts == 2


async def test_another_body_or_another_scope_is_another_entry() -> None:
    upstream, wire, _ = system(rows("a"))
    await send(upstream, Read(MINE, 60), body=b"1")
    await send(upstream, Read(MINE, 60), body=b"2")
    await send(upstream, Read(YOURS, 60), body=b"1")
    assert wire.posts == 3


async def test_without_a_cache_no_key_is_made_for_it() -> None:
    made: list[str] = []
    wire = Wire(rows("a"))
    config = SystemConfig(name="town", vendor="any", hospitals={}, options=None)
    upstream = Upstream(config, Machinery(cache=NoCache(), digest=_noted(made), transport=lambda _: wire))
    assert [await send(upstream, Read(MINE, 60)) for _ in range(2)] == [[Row(name="a")]] * 2
    assert (wire.posts, made, upstream.keeps) == (2, [], False)


def _noted(made: list[str]) -> Callable[[str], str]:
    def digest(clear: str) -> str:
        made.append(clear)
        return clear

    return digest


@pytest.mark.parametrize("seconds", [0, 60])
async def test_reads_that_are_given_something_else_are_calls_of_their_own(seconds: float) -> None:
    gate = asyncio.Event()
    upstream, wire, _ = system(held(gate, rows("a")))
    readers = [replace(ROWS, about=about) for about in ("a", ("a",), "b", "b")]
    waiting = asyncio.gather(*(send(upstream, Read(MINE, seconds), reader) for reader in readers))
    await asyncio.sleep(0.01)
    gate.set()
    assert await waiting == [[Row(name="a")]] * 4
    assert wire.posts == 3


@pytest.mark.parametrize("seconds", [0, 60])
async def test_identical_reads_at_the_same_time_are_one_call(seconds: float) -> None:
    gate = asyncio.Event()
    upstream, wire, _ = system(held(gate, rows("a")))
    waiting = asyncio.gather(*(send(upstream, Read(MINE, seconds)) for _ in range(10)))
    await asyncio.sleep(0.01)
    gate.set()
    assert await waiting == [[Row(name="a")]] * 10
    assert wire.posts == 1


@pytest.mark.parametrize("kind", WRITES)
async def test_a_write_is_never_kept_and_drops_its_scopes_only(kind: CallKind) -> None:
    upstream, wire, _ = system(rows("a"))
    await send(upstream, Read(MINE, 60))
    await send(upstream, Read(YOURS, 60))
    await send(upstream, kind)
    await send(upstream, kind)
    assert wire.posts == 4
    await send(upstream, Read(YOURS, 60))
    assert wire.posts == 4
    await send(upstream, Read(MINE, 60))
    assert wire.posts == 5


@pytest.mark.parametrize("play", [SLOW, LOST, b"<html>", b'{"ok": false}'])
@pytest.mark.parametrize("kind", WRITES)
async def test_a_failed_write_drops_its_scopes_too(kind: CallKind, play: Any) -> None:
    upstream, wire, _ = system(rows("before"))
    await send(upstream, Read(MINE, 60))
    wire.plays = [play]
    await fault(upstream, kind)
    wire.plays = [rows("after")]
    assert await send(upstream, Read(MINE, 60)) == [Row(name="after")]


@pytest.mark.parametrize("seconds", [0, 60])
async def test_a_slow_read_from_before_a_write_is_not_seen_after_it(seconds: float) -> None:
    gate = asyncio.Event()
    upstream, _, _ = system(held(gate, rows("before")), rows("written"), rows("after"))
    slow = asyncio.create_task(send(upstream, Read(MINE, seconds)))
    await asyncio.sleep(0.01)
    await send(upstream, Once((MINE,)))
    assert await asyncio.wait_for(send(upstream, Read(MINE, seconds)), 5) == [Row(name="after")]
    gate.set()
    assert await slow == [Row(name="before")]
    assert await send(upstream, Read(MINE, seconds)) == [Row(name="after")]


@pytest.mark.parametrize("lost", [LOST, UNSENT, TransportError("HTTP 502", sent=True, status=502)])
@pytest.mark.parametrize("kind", [Read(MINE, 60), Read(MINE), Idempotent("k")])
async def test_what_may_be_repeated_is_tried_once_more_after_a_quick_failure(kind: CallKind, lost: Any) -> None:
    upstream, wire, _ = system(lost, rows("a"))
    assert await send(upstream, kind) == [Row(name="a")]
    wire.plays, wire.posts = [lost], 0
    assert type(await fault(upstream, Read(YOURS) if isinstance(kind, Read) else kind)) is Unavailable
    assert wire.posts == 2


async def test_what_was_begun_outside_of_any_task_is_repeated_too() -> None:
    upstream, wire, _ = system(LOST, rows("a"))
    assert await together(send(upstream, Read(MINE))) == [[Row(name="a")]]
    assert wire.posts == 2


async def test_what_fails_in_another_way_when_it_is_repeated_fails_in_that_way() -> None:
    upstream, wire, _ = system(LOST, SLOW)
    assert (await fault(upstream, Read(MINE))).code is ProblemCode.UPSTREAM_TIMEOUT
    assert (wire.posts, upstream.seen.failures) == (2, 2)


@pytest.mark.parametrize("kind", [Read(MINE), Idempotent("k"), Once()])
async def test_a_time_out_is_not_repeated(kind: CallKind) -> None:
    upstream, wire, _ = system(SLOW)
    assert (await fault(upstream, kind)).code is ProblemCode.UPSTREAM_TIMEOUT
    assert wire.posts == 1


@pytest.mark.parametrize(("play", "posts"), [(LOST, 1), (UNSENT, 2)])
async def test_a_write_without_a_key_is_repeated_only_if_it_was_never_sent(play: Any, posts: int) -> None:
    upstream, wire, _ = system(play)
    assert (await fault(upstream, Once())).code is ProblemCode.UPSTREAM_UNAVAILABLE
    assert wire.posts == posts


@pytest.mark.parametrize(
    ("status", "kind", "posts"), [(401, Denied, 1), (403, Denied, 1), (500, Unavailable, 2), (503, Unavailable, 2)]
)
async def test_http_statuses_say_whose_fault_it_is(status: int, kind: type, posts: int) -> None:
    upstream, wire, _ = system(TransportError(f"HTTP {status}", sent=True, status=status))
    assert type(await fault(upstream, Read(MINE))) is kind
    assert wire.posts == posts


@pytest.mark.parametrize(
    "answer",
    [
        *(b"", b"<html>" + SECRET.encode(), b"\xff\xfe", b"[" * 100_000, SECRET.encode(), orjson.dumps(SECRET)),
        orjson.dumps({"ok": True, "rows": SECRET}),
        orjson.dumps({"ok": True, "rows": [{"name": [SECRET]}]}),
    ],
)
async def test_an_unreadable_answer_is_malformed_not_repeated_and_not_quoted(answer: bytes) -> None:
    upstream, wire, _ = system(answer)
    assert type(await fault(upstream, Read(MINE, 60))) is Malformed
    assert wire.posts == 1


async def test_a_refusal_is_neither_repeated_nor_kept() -> None:
    upstream, wire, _ = system(orjson.dumps({"ok": False, "msg": SECRET}), rows("a"))
    assert type(await fault(upstream, Read(MINE, 60))) is Refused
    assert wire.posts == 1
    assert await send(upstream, Read(MINE, 60)) == [Row(name="a")]


async def test_nothing_found_is_an_empty_list_for_a_read_and_is_kept_like_any_answer() -> None:
    upstream, wire, _ = system(orjson.dumps({"ok": False, "code": "10002"}))
    assert await send(upstream, Read(MINE, 60)) == []
    assert await send(upstream, Read(MINE, 60)) == []
    assert wire.posts == 1


async def test_nothing_found_is_an_error_for_a_write() -> None:
    upstream, _, _ = system(orjson.dumps({"ok": False, "code": "10002"}))
    assert (await fault(upstream, Once())).code is ProblemCode.NOT_FOUND


@pytest.mark.parametrize("kind", [Read(MINE, 60), Once((MINE,)), Idempotent("k")])
async def test_the_requests_deadline_ends_a_call_as_a_time_out(kind: CallKind) -> None:
    upstream, _, _ = system(held(asyncio.Event(), b""))

    async def hurried() -> ConnectorError:
        deadline.start(0.05)
        return await fault(upstream, kind)

    error = await asyncio.create_task(hurried())
    assert type(error) is Unavailable
    assert error.code is ProblemCode.UPSTREAM_TIMEOUT


async def test_the_deadline_of_one_request_does_not_end_the_shared_call_of_another() -> None:
    gate = asyncio.Event()
    upstream, wire, _ = system(held(gate, rows("a")))

    async def hurried() -> ConnectorError:
        deadline.start(0.05)
        return await fault(upstream, Read(MINE))

    first, patient = asyncio.create_task(hurried()), asyncio.create_task(send(upstream, Read(MINE)))
    assert (await first).code is ProblemCode.UPSTREAM_TIMEOUT
    gate.set()
    assert await patient == [Row(name="a")]
    assert wire.posts == 2


async def test_what_was_last_seen_tells_an_answer_from_none() -> None:
    upstream, wire, _ = system(SLOW)
    await fault(upstream, Read(MINE))
    assert (upstream.seen.failures, upstream.seen.answered_at) == (1, None)
    wire.plays = [b'{"ok": false}']
    await fault(upstream, Read(MINE))
    assert upstream.seen.failures == 0
    assert upstream.seen.answered_at is not None


async def test_a_call_whose_answer_says_no_more_than_done_returns_nothing() -> None:
    upstream, _, _ = system(b'{"ok": true}')
    assert await send(upstream, Once(), DONE) is None
