"""LeanTransport's connections: how many, which are kept, what happens when callers or hospitals leave."""

import asyncio
import gc
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvloop

from connectors.core.http import Counts, LeanTransport
from connectors.core.http.pool import Pool
from connectors.core.http.protocol import Connection
from connectors.core.transport import Limits, TransportError
from tests.connectors.test_http_mock import Call, Hospital, Script, echo, hospital, says, silent, whole

QUICK = Limits(connect_seconds=0.5, read_seconds=0.3, response_bytes=1000)
ONE = Limits(connections=1, read_seconds=0.3)


@asynccontextmanager
async def pair(script: Script, limits: Limits = QUICK, **more: float) -> AsyncIterator[tuple[Hospital, LeanTransport]]:
    async with hospital(script) as his, LeanTransport(limits, **more) as transport:
        yield his, transport


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Connection, asyncio.Transport]]:
    """The connections made, each with its event loop's transport."""
    seen: list[tuple[Connection, asyncio.Transport]] = []
    original = Connection.connection_made

    def noting(connection: Connection, transport: asyncio.Transport) -> None:
        seen.append((connection, transport))
        original(connection, transport)

    monkeypatch.setattr(Connection, "connection_made", noting)
    return seen


def tasks() -> int:
    return len(asyncio.all_tasks())


async def test_a_call_makes_no_task_and_one_future(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pair(echo) as (his, transport):
        await transport.post(his.url, b"x", {})
        loop, made = asyncio.get_running_loop(), []
        create_future = loop.create_future

        def counted() -> "asyncio.Future[object]":
            name = asyncio.current_task().get_name()
            if name == "caller":
                made.append(name)
            return create_future()

        monkeypatch.setattr(loop, "create_future", counted)
        asyncio.current_task().set_name("caller")
        before = tasks()
        await transport.post(his.url, b"x", {})
        assert (len(made), tasks()) == (1, before)


async def test_no_delay_is_set(made: list[tuple[Connection, asyncio.Transport]]) -> None:
    async with pair(echo) as (his, transport):
        await transport.post(his.url, b"x", {})
        opened = made[0][1].get_extra_info("socket")
        assert opened.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


async def test_nobody_overtakes_the_queue() -> None:
    order = []

    async def noting(call: Call) -> None:
        order.append(int(call.body))
        await asyncio.sleep(0.002)
        await echo(call)

    async with pair(noting, Limits(connections=2)) as (his, transport):

        async def again(number: int) -> None:
            await transport.post(his.url, b"%d" % number, {})
            await transport.post(his.url, b"%d" % (number + 100), {})

        await asyncio.gather(*(again(number) for number in range(10)))
    assert sorted(order[:10]) == list(range(10))
    assert order[:10:2] == sorted(order[:10:2])


async def test_the_cap_counts_all_hosts_of_the_system() -> None:
    async with hospital(echo) as one, hospital(echo) as two, LeanTransport(Limits(connections=3)) as transport:
        urls = [one.url, two.url] * 15
        await asyncio.gather(*(transport.post(url, b"x", {}) for url in urls))
        assert transport.counts().open <= 3
        await asyncio.sleep(0.01)
        assert one.open + two.open <= 3


async def test_a_new_host_takes_the_place_of_the_connection_idle_longest() -> None:
    async with (
        hospital(echo) as one,
        hospital(echo) as two,
        hospital(echo) as three,
        LeanTransport(Limits(connections=2)) as transport,
    ):
        for his in (one, two, three, two):
            await transport.post(his.url, b"x", {})
        await one.all_closed()
        assert (two.connections, two.open, three.open) == (1, 1, 1)


async def test_a_caller_cancelled_in_the_queue_keeps_no_turn() -> None:
    async def slow(call: Call) -> None:
        await asyncio.sleep(0.02)
        await echo(call)

    async with pair(slow, ONE) as (his, transport):
        first, second, third = (asyncio.create_task(transport.post(his.url, b"x", {})) for _ in range(3))
        await asyncio.sleep(0.005)
        second.cancel()
        assert (await first, await third) == (b"x", b"x")
        assert second.cancelled()
        assert await transport.post(his.url, b"y", {}) == b"y"
        assert transport.counts() == Counts(open=1, idle=1)


async def test_a_turn_that_comes_with_the_cancellation_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    pools: list[Pool] = []

    def noting(*arguments: Any) -> Pool:
        pools.append(Pool(*arguments))
        return pools[-1]

    monkeypatch.setattr("connectors.core.http.transport.Pool", noting)
    async with pair(echo, ONE) as (his, transport):
        await transport.post(his.url, b"x", {})
        (pool,) = pools
        assert pool.enter()
        second, third = (asyncio.create_task(transport.post(his.url, b"x", {})) for _ in range(2))
        await asyncio.sleep(0)
        pool.leave()  # the turn goes to the second...
        second.cancel()  # ...who leaves before it can use it
        assert await third == b"x"
        assert second.cancelled()
        assert transport.counts() == Counts(open=1, idle=1)


async def test_a_caller_cancelled_while_connecting_leaves_nothing() -> None:
    with socket.socket() as full, socket.socket() as first, socket.socket() as second:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for other in (first, second):
            other.setblocking(False)
            other.connect_ex(full.getsockname())
        async with LeanTransport(ONE) as transport:
            call = asyncio.create_task(transport.post(f"http://127.0.0.1:{full.getsockname()[1]}/", b"", {}))
            await asyncio.sleep(0.02)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            assert transport.counts() == Counts()


async def test_cancelled_calls_at_any_moment_never_give_a_wrong_answer() -> None:
    async def slow(call: Call) -> None:
        await asyncio.sleep(int(call.body) % 4 / 2000)
        await echo(call)

    async with pair(slow, Limits(connections=4)) as (his, transport):

        async def one(number: int) -> None:
            call = asyncio.create_task(transport.post(his.url, b"%d" % number, {}))
            await asyncio.sleep(number % 13 / 3000)
            call.cancel()
            try:
                assert await call == b"%d" % number
            except asyncio.CancelledError:
                assert call.cancelled()

        await asyncio.gather(*(one(number) for number in range(300)))
        assert await transport.post(his.url, b"7", {}) == b"7"
        assert transport.counts().in_use == 0


async def test_idle_connections_are_dropped_after_their_time() -> None:
    async with pair(echo, idle_seconds=0.05) as (his, transport):
        await asyncio.gather(*(transport.post(his.url, b"x", {}) for _ in range(3)))
        await asyncio.sleep(0.03)
        await transport.post(his.url, b"x", {})
        await asyncio.sleep(0.035)
        assert his.open == 1  # the one used meanwhile
        await his.all_closed()
        assert transport.counts() == Counts()
        assert await transport.post(his.url, b"y", {}) == b"y"


async def test_an_idle_connection_past_its_time_is_not_used_though_the_event_loop_stood_still() -> None:
    async with pair(echo, idle_seconds=0.05) as (his, transport):
        await transport.post(his.url, b"x", {})
        time.sleep(0.06)  # noqa: ASYNC251 # stands still
        await transport.post(his.url, b"x", {})
    assert his.connections == 2


async def test_a_connection_lost_as_soon_as_made_was_never_sent_on(monkeypatch: pytest.MonkeyPatch) -> None:
    original = Connection.connection_made

    def losing(connection: Connection, transport: asyncio.Transport) -> None:
        original(connection, transport)
        transport.abort()

    monkeypatch.setattr(Connection, "connection_made", losing)
    async with pair(echo) as (his, transport):
        with pytest.raises(TransportError, match="closed at once") as caught:
            await transport.post(his.url, b"x", {})
        assert not caught.value.sent
        assert transport.counts() == Counts()


async def test_a_close_the_event_loop_has_not_seen_is_seen_before_use(
    made: list[tuple[Connection, asyncio.Transport]],
) -> None:
    async with pair(echo) as (his, transport):
        await transport.post(his.url, b"x", {})
        ((connection, _),) = made
        his.calls[0].writer.transport.abort()
        await asyncio.sleep(0)  # closed by the hospital; the loop has not polled our side since
        assert connection.clean()
        assert not connection.usable()
        assert await transport.post(his.url, b"y", {}) == b"y"
    assert len(his.calls) == his.connections == 2


async def test_a_kept_connection_closed_instead_of_an_answer_is_not_tried_again() -> None:
    async def second_is_lost(call: Call) -> None:
        if call.body == b"pay":
            call.close()
        else:
            await echo(call)

    async with pair(second_is_lost) as (his, transport):
        await transport.post(his.url, b"x", {})
        with pytest.raises(TransportError, match="kept connection closed before the answer") as caught:
            await transport.post(his.url, b"pay", {})
        assert (caught.value.sent, caught.value.timeout) == (True, False)
        assert [call.body for call in his.calls] == [b"x", b"pay"]


@pytest.mark.parametrize(
    ("extra", "later"),
    [(b"x", False), (b"x", True), (b"\r\n", True), (whole(b"another's"), False), (whole(b"another's"), True)],
)
async def test_bytes_after_an_answer_poison_the_connection(extra: bytes, later: bool) -> None:
    async def too_much(call: Call) -> None:
        if later:
            await call.say(whole(call.body))
            await asyncio.sleep(0.01)
            await call.say(extra)
        else:
            await call.say(whole(call.body) + extra)

    async with pair(too_much) as (his, transport):
        for number in range(3):
            assert await transport.post(his.url, b"%d" % number, {}) == b"%d" % number
            await asyncio.sleep(0.03 if later else 0)
    assert his.connections == 3


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (whole(b"x", b"Connection: close"), False),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", False),
        (b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nx", True),
        (whole(b"no", status=b"500 No"), True),
        (whole(b"", status=b"302 No"), True),
        (b"HTTP/1.1 500 No\r\nContent-Length: 10\r\n\r\nhalf", False),
    ],
)
async def test_which_connections_are_kept(raw: bytes, kept: bool) -> None:
    async with pair(says(raw)) as (his, transport):
        for _ in range(3):
            await asyncio.gather(transport.post(his.url, b"", {}), return_exceptions=True)
    assert his.connections == (1 if kept else 3)


async def test_an_answer_before_the_request_is_read_poisons_the_connection() -> None:
    over = asyncio.Event()

    async def hasty(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(whole(b"early"))
        await asyncio.sleep(0.1)
        writer.transport.abort()
        over.set()

    server = await asyncio.start_server(hasty, "127.0.0.1", 0)
    async with LeanTransport(Limits()) as transport:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        assert await transport.post(url, b"x" * 30_000_000, {}) == b"early"
        assert transport.counts().idle == 0
    server.close()
    await over.wait()
    await asyncio.sleep(0)


async def test_the_time_is_that_of_the_whole_answer() -> None:
    async def drip(call: Call) -> None:
        await call.say(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
        for _ in range(100):
            await call.say(b"x")
            await asyncio.sleep(0.02)

    async with pair(drip) as (his, transport):
        started = asyncio.get_running_loop().time()
        with pytest.raises(TransportError) as caught:
            await transport.post(his.url, b"", {})
        assert (caught.value.sent, caught.value.timeout) == (True, True)
        assert asyncio.get_running_loop().time() - started < 0.6


async def test_closing_ends_calls_under_way_and_waiting() -> None:
    async with hospital(silent) as his:
        transport = LeanTransport(ONE)
        calls = [asyncio.create_task(transport.post(his.url, b"", {})) for _ in range(3)]
        await asyncio.sleep(0.02)
        await transport.close()
        assert transport.counts() == Counts()
        faults = await asyncio.gather(*calls, return_exceptions=True)
        assert [(str(fault), fault.sent) for fault in faults] == [
            ("client closed", True),
            ("client closed", False),
            ("client closed", False),
        ]
        with pytest.raises(TransportError, match="client closed"):
            await transport.post(his.url, b"", {})
        await transport.close()


async def test_closing_while_connecting_waits_for_the_end_of_it() -> None:
    async with hospital(echo) as his:
        transport = LeanTransport(QUICK)
        call = asyncio.create_task(transport.post(his.url, b"", {}))
        await asyncio.sleep(0)
        await transport.close()
        with pytest.raises(TransportError, match="client closed") as caught:
            await call
        assert not caught.value.sent
        assert not his.calls


async def test_closing_an_unused_transport() -> None:
    await LeanTransport(QUICK).close()


@pytest.fixture
def no_gc() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_gc")
async def test_nothing_is_left_after_close() -> None:
    before = tasks()
    async with hospital(echo) as his:
        async with LeanTransport(Limits(connections=4)) as transport:
            await asyncio.gather(*(transport.post(his.url, b"x", {}) for _ in range(20)))
        await his.all_closed()
        assert tasks() == before
    assert transport.counts() == Counts()
    # Without the collector's help: no timer holds the pool, and a connection is in no circle once it is lost.
    del transport
    assert not [thing for thing in gc.get_objects() if isinstance(thing, Connection | Pool)]


def test_it_works_on_uvloop() -> None:
    async def main() -> None:
        async with pair(echo, Limits(connections=4)) as (his, transport):
            bodies = [b"%d" % number for number in range(40)]
            assert await asyncio.gather(*(transport.post(his.url, body, {}) for body in bodies)) == bodies
            his.calls[-1].writer.transport.abort()
            await asyncio.sleep(0.02)
            assert await transport.post(his.url, b"y", {}) == b"y"
        assert his.most_open == 4

    uvloop.run(main())
