"""What both transports promise."""

import asyncio
import gzip
import socket
import zlib
from collections.abc import AsyncIterator, Callable

import pytest

from connectors.core.http import LeanTransport
from connectors.core.request_id import REQUEST_ID
from connectors.core.transport import HttpxTransport, Limits, Transport, TransportError
from tests.connectors.test_http_mock import Call, Script, echo, hospital, says, says_and_closes, silent, whole

SECRET = "370102199001015236"
QUICK = Limits(connect_seconds=0.5, read_seconds=0.2, response_bytes=1000)
Make = Callable[[Limits], Transport]


@pytest.fixture(params=[HttpxTransport, LeanTransport])
async def make(request: pytest.FixtureRequest) -> AsyncIterator[Make]:
    made: list[Transport] = []

    def one(limits: Limits) -> Transport:
        made.append(request.param(limits))
        return made[-1]

    yield one
    for transport in made:
        await transport.close()


async def fault(transport: Transport, url: str) -> TransportError:
    with pytest.raises(TransportError) as caught:
        await transport.post(f"{url}?card={SECRET}", SECRET.encode(), {"X-Card": SECRET})
    assert SECRET not in str(caught.value)
    return caught.value


async def test_the_request_arrives_as_it_was_given(make: Make) -> None:
    async with hospital(echo) as his:
        body = "{你好}".encode()
        assert await make(QUICK).post(f"{his.url}/a%20b?x=1&y=中", body, {"Content-Type": "text/json"}) == body
    head = his.calls[0].head
    assert head.startswith(b"POST /his/a%20b?x=1&y=%E4%B8%AD HTTP/1.1\r\n")
    assert b"host: " + his.url.split("/")[2].encode() in head.lower()
    assert b"text/json" in head


async def test_the_id_of_the_request_that_is_served_goes_with_its_calls_alone(make: Make) -> None:
    async def served(request_id: str) -> None:
        marked = REQUEST_ID.set(request_id)
        await transport.post(f"{his.url}/{request_id}", b"", {"Content-Type": "text/json"})
        REQUEST_ID.reset(marked)

    async with hospital(echo) as his:
        transport = make(QUICK)
        await asyncio.gather(*(asyncio.create_task(served(f"request-{number}")) for number in range(8)))
        await transport.post(his.url, b"", {})

    heads = [call.head.lower() for call in his.calls]
    named = [head for head in heads if b"x-request-id: " in head]
    assert (len(named), len(heads)) == (8, 9)
    for head in named:
        request_id = head.split(b"x-request-id: ")[1].split(b"\r\n")[0]
        assert head.startswith(b"post /his/" + request_id + b" http/1.1\r\n")


WORKING = {
    "length": whole(b"abcdef"),
    "chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n4;x=y\r\ncdef\r\n0\r\nX-T: 1\r\n\r\n",
    "another success": whole(b"abcdef", status=b"201 Created"),
    "no reason": whole(b"abcdef", status=b"200"),
    "HTTP/1.0": b"HTTP/1.0 200 OK\r\nContent-Length: 6\r\n\r\nabcdef",
    "a 1xx before": b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 H\r\nLink: x\r\n\r\n" + whole(b"abcdef"),
    "gzip": whole(gzip.compress(b"abcdef"), b"Content-Encoding: gzip"),
    "deflate": whole(zlib.compress(b"abcdef"), b"content-encoding: Deflate"),
    "raw deflate": whole(zlib.compress(b"abcdef", wbits=-15), b"Content-Encoding: deflate"),
    "identity": whole(b"abcdef", b"Content-Encoding: identity"),
}


@pytest.mark.parametrize("raw", WORKING.values(), ids=WORKING)
async def test_an_answer_is_read(make: Make, raw: bytes) -> None:
    async with hospital(says(raw)) as his:
        assert await make(QUICK).post(his.url, b"", {}) == b"abcdef"


async def test_an_answer_without_a_length_ends_with_the_connection(make: Make) -> None:
    async with hospital(says_and_closes(b"HTTP/1.1 200 OK\r\n\r\n", b"abc", b"def")) as his:
        transport = make(QUICK)
        assert [await transport.post(his.url, b"", {}) for _ in range(2)] == [b"abcdef"] * 2
    assert his.connections == 2


async def test_an_answer_with_no_content_is_empty(make: Make) -> None:
    async with hospital(says(b"HTTP/1.1 204 No Content\r\n\r\n")) as his:
        assert await make(QUICK).post(his.url, b"", {}) == b""


BROKEN = {
    "closes at once": b"",
    "half a head": b"HTTP/1.1 200 OK\r\nConte",
    "half a body": b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
    "half a chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    "no last chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
    "not HTTP": b"SSH-2.0-OpenSSH_9.0\r\n",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "not gzip": whole(b"abc", b"Content-Encoding: gzip"),
    "only a 1xx": b"HTTP/1.1 100 Continue\r\n\r\n",
}


@pytest.mark.parametrize("raw", BROKEN.values(), ids=BROKEN)
async def test_an_answer_that_breaks_off_or_is_garbled_is_a_fault_after_sending(make: Make, raw: bytes) -> None:
    async with hospital(says_and_closes(raw)) as his:
        error = await fault(make(QUICK), his.url)
    assert (error.sent, error.timeout, error.status) == (True, False, None)


async def says_half(call: Call) -> None:
    await call.say(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
    await silent(call)


@pytest.mark.parametrize("script", [silent, says_half])
async def test_a_hospital_that_stays_silent_is_a_time_out_after_sending(make: Make, script: Script) -> None:
    async with hospital(script) as his:
        error = await fault(make(QUICK), his.url)
    assert (error.sent, error.timeout) == (True, True)


async def test_a_refused_connection_was_never_sent(make: Make) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: nobody else gets the port
        error = await fault(make(QUICK), f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert (error.sent, error.timeout) == (False, False)


async def test_a_connection_nobody_accepts_times_out_unsent(make: Make) -> None:
    with socket.socket() as full, socket.socket() as first, socket.socket() as second:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for other in (first, second):
            other.setblocking(False)
            other.connect_ex(full.getsockname())
        error = await fault(make(QUICK), f"http://127.0.0.1:{full.getsockname()[1]}/")
    assert (error.sent, error.timeout) == (False, True)


@pytest.mark.parametrize("code", [302, 304, 400, 401, 404, 429, 500, 503])
async def test_any_status_but_success_is_a_fault_that_names_it(make: Make, code: int) -> None:
    raw = whole(b"" if code == 304 else SECRET.encode(), b"Location: /his/other", status=b"%d No" % code)
    async with hospital(says(raw)) as his:
        error = await fault(make(QUICK), his.url)
    assert (error.status, error.sent, str(error)) == (code, True, f"HTTP {code}")
    assert len(his.calls) == 1


@pytest.mark.parametrize(
    "raw",
    [
        whole(b"x" * 1001),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + (b"200\r\n" + b"x" * 512 + b"\r\n") * 2,
        b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 1001,
        whole(gzip.compress(b"x" * 1001), b"Content-Encoding: gzip"),
        whole(gzip.compress(b"x" * 900_000), b"Content-Encoding: gzip"),
    ],
    ids=["length", "chunks", "until the end", "packed", "bomb"],
)
async def test_an_answer_over_the_limit_is_refused(make: Make, raw: bytes) -> None:
    async with hospital(says(raw)) as his:
        error = await fault(make(QUICK), his.url)
    assert (str(error), error.sent) == ("answer too large", True)


@pytest.mark.parametrize("packed", [False, True])
async def test_an_answer_as_long_as_the_limit_is_taken(make: Make, packed: bool) -> None:
    body = b"x" * 1000
    raw = whole(gzip.compress(body), b"Content-Encoding: gzip") if packed else whole(body)
    async with hospital(says(raw)) as his:
        assert await make(QUICK).post(his.url, b"", {}) == body


async def test_a_connection_is_used_again(make: Make) -> None:
    async with hospital(echo) as his:
        transport = make(QUICK)
        assert [await transport.post(his.url, body, {}) for body in (b"1", b"2", b"3")] == [b"1", b"2", b"3"]
    assert his.connections == 1


async def test_sixty_four_calls_share_eight_connections(make: Make) -> None:
    async def slow(call: Call) -> None:
        await asyncio.sleep(0.005)
        await echo(call)

    async with hospital(slow) as his:
        transport = make(Limits(connections=8))
        bodies = [str(number).encode() for number in range(64)]
        assert await asyncio.gather(*(transport.post(his.url, body, {}) for body in bodies)) == bodies
    assert his.most_open == his.connections == 8


async def test_a_server_that_closes_between_calls_is_not_noticed(make: Make) -> None:
    async def once(call: Call) -> None:
        await echo(call)
        call.close()

    async with hospital(once) as his:
        transport = make(QUICK)
        for number in range(5):
            assert await transport.post(his.url, b"%d" % number, {}) == b"%d" % number
            await his.all_closed()
    assert his.connections == len(his.calls) == 5


async def test_a_caller_that_leaves_spoils_nothing_for_the_next(make: Make) -> None:
    async def slow_first(call: Call) -> None:
        if call.body == b"slow":
            await asyncio.sleep(0.1)
        await echo(call)

    async with hospital(slow_first) as his:
        transport = make(Limits(connections=1))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.03):
                await transport.post(his.url, b"slow", {})
        assert [await transport.post(his.url, body, {}) for body in (b"1", b"2")] == [b"1", b"2"]
    assert his.connections == 2


@pytest.mark.parametrize("value", ["a\r\nX-Admin: 1", "a\nb", "a\rb", "a\0b"])
async def test_a_header_cannot_become_two(make: Make, value: str) -> None:
    async with hospital(echo) as his:
        with pytest.raises(TransportError):
            await make(QUICK).post(his.url, b"", {"X-Card": value})
    assert not his.calls
