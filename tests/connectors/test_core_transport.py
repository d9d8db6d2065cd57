import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from connectors.core.transport import HttpxTransport, Limits, TransportError
from sandbox.serving import running

SECRET = "370102199001015236"
Speak = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def speaking(speak: Speak) -> AsyncIterator[str]:
    """A socket that reads a request and then says whatever `speak` wants."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await speak(reader, writer)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def fault(url: str, limits: Limits) -> TransportError:
    async with HttpxTransport(limits) as transport:
        with pytest.raises(TransportError) as caught:
            await transport.post(f"{url}/a?card={SECRET}", SECRET.encode(), {"X-Card": SECRET})
    assert SECRET not in str(caught.value)
    return caught.value


QUICK = Limits(read_seconds=0.2, response_bytes=1000)


def says(*parts: bytes) -> Speak:
    async def speak(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()

    return speak


async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()


async def half_then_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf")
    await writer.drain()
    while await reader.read(1000):
        pass


@pytest.mark.parametrize(
    "speak",
    [
        says(),
        says(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf"),
        says(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab"),
        says(b"SSH-2.0-OpenSSH_9.0\r\n"),
        says(b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nabc"),
    ],
    ids=["closes at once", "half a body", "half a chunk", "not HTTP", "not gzip"],
)
async def test_an_answer_that_breaks_off_or_is_garbled_is_a_fault_after_sending(speak: Speak) -> None:
    async with speaking(speak) as url:
        error = await fault(url, QUICK)
    assert (error.sent, error.timeout, error.status) == (True, False, None)


@pytest.mark.parametrize("speak", [silent, half_then_silent])
async def test_a_hospital_that_stays_silent_is_a_time_out_after_sending(speak: Speak) -> None:
    async with speaking(speak) as url:
        error = await fault(url, QUICK)
    assert (error.sent, error.timeout) == (True, True)


async def test_a_refused_connection_was_never_sent() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: nobody else gets the port
        error = await fault(f"http://127.0.0.1:{taken.getsockname()[1]}", QUICK)
    assert (error.sent, error.timeout) == (False, False)


@pytest.mark.parametrize("chunked", [False, True])
async def test_an_answer_over_the_limit_is_not_read_to_its_end(chunked: bool) -> None:
    if chunked:
        speak = says(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", *[b"200\r\n" + b"x" * 512 + b"\r\n"] * 4)
    else:
        speak = says(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n", b"x" * 2000)
    async with speaking(speak) as url:
        error = await fault(url, QUICK)
    assert str(error) == "answer too large"


async def echo(request: Request) -> Response:
    body = await request.body()

    async def parts() -> AsyncIterator[bytes]:
        for byte in body:
            yield bytes([byte])

    return StreamingResponse(parts(), headers={"X-Seen": request.headers.get("X-Card", "")})


async def status(request: Request) -> Response:
    return Response(SECRET, int(request.path_params["status"]), headers={"Location": "/echo"})


@pytest.fixture(scope="module")
def hospital() -> "object":
    app = Starlette(
        routes=[Route("/echo", echo, methods=["POST"]), Route("/{status}/a", status, methods=["POST"])],
    )
    with running(app) as url:
        yield url


async def test_a_chunked_answer_is_put_together(hospital: str) -> None:
    async with HttpxTransport(Limits()) as transport:
        assert await transport.post(f"{hospital}/echo", "你好".encode() * 50, {}) == "你好".encode() * 50


async def test_an_answer_as_long_as_the_limit_is_taken(hospital: str) -> None:
    async with HttpxTransport(QUICK) as transport:
        assert len(await transport.post(f"{hospital}/echo", b"x" * 1000, {})) == 1000


@pytest.mark.parametrize("code", [302, 400, 401, 404, 429, 500, 503])
async def test_any_status_but_success_is_a_fault_that_names_it(hospital: str, code: int) -> None:
    error = await fault(f"{hospital}/{code}", Limits())
    assert (error.status, error.sent, str(error)) == (code, True, f"HTTP {code}")


async def test_more_calls_than_connections_wait_for_their_turn(hospital: str) -> None:
    async with HttpxTransport(Limits(connections=2)) as transport:
        bodies = [str(number).encode() for number in range(20)]
        assert await asyncio.gather(*(transport.post(f"{hospital}/echo", body, {}) for body in bodies)) == bodies
