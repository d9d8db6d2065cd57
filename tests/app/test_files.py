"""How a file is put on the wire, and how parts of it are asked for."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from app.audit.writer import AuditUnavailable
from app.endpoint.requests import BadRequest
from app.files.ranges import range_of
from app.files.refusals import refusal_of
from app.files.sending import send_file
from connectors.core.files import ByteRange, FileStream, UnsatisfiableRange
from connectors.errors import NotFound, Unavailable
from connectors.records.problems import ProblemCode
from resolvers.diagnostic_reports.file_addresses import ExpiredAddress, InvalidAddress
from resolvers.diagnostic_reports.files import OpenedFile
from resolvers.problems import Problem


@pytest.mark.parametrize(
    ("header", "part"),
    [
        (None, None),
        (b"bytes=0-99", ByteRange(0, 99)),
        (b"bytes=5-", ByteRange(5, None)),
        (b"bytes=-5", ByteRange(None, 5)),
        (b" bytes=7-7 ", ByteRange(7, 7)),
        (b"bytes=7-6", None),
        (b"bytes=-", None),
        (b"bytes=0-1,3-4", None),
        (b"lines=0-1", None),
        (b"bytes=0-" + b"9" * 40, None),
        (b"bytes=\xb2-\xb3", None),
    ],
)
def test_a_single_part_is_understood_and_all_else_is_the_whole(header: bytes | None, part: ByteRange | None) -> None:
    assert range_of(header, None) == part
    assert range_of(header, b'"etag"') is None


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (InvalidAddress(), 404, "NOT_FOUND"),
        (ExpiredAddress(), 410, "FILE_ADDRESS_EXPIRED"),
        (UnsatisfiableRange(), 416, "RANGE_NOT_SATISFIABLE"),
        (AuditUnavailable(), 503, "AUDIT_UNAVAILABLE"),
        (Problem(ProblemCode.FORBIDDEN, "x"), 403, "FORBIDDEN"),
        (NotFound(system="s", interface="i"), 404, "NOT_FOUND"),
        (Unavailable(system="s", interface="i"), 502, "UPSTREAM_UNAVAILABLE"),
        (Unavailable(system="s", interface="i", code=ProblemCode.UPSTREAM_TIMEOUT), 504, "UPSTREAM_TIMEOUT"),
        (BadRequest(429, "RATE_LIMITED", "x"), 429, "RATE_LIMITED"),
    ],
)
def test_every_refusal_has_its_status(error: Exception, status: int, code: str) -> None:
    refusal = refusal_of(error)
    assert refusal is not None
    assert (refusal.status, refusal.code) == (status, code)


def test_a_fault_of_this_server_is_no_refusal() -> None:
    assert refusal_of(ValueError()) is None


class Client:
    """Takes what is sent, and leaves when it is told to."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.leaves = asyncio.Event()
        self.has_a_part = asyncio.Event()

    async def send(self, message: Any) -> None:
        self.taken.append(message)
        if message.get("body"):
            self.has_a_part.set()

    async def receive(self) -> Any:
        await self.leaves.wait()
        return {"type": "http.disconnect"}

    @property
    def body(self) -> list[bytes]:
        return [message["body"] for message in self.taken[1:]]

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode(): value.decode() for name, value in self.taken[0]["headers"]}


def opened(parts: AsyncIterator[bytes], kind: str | None = None, placed: str | None = None) -> OpenedFile:
    async def close() -> None:
        return None

    return OpenedFile(FileStream(parts, close, None, placed), kind)


async def sent(client: Client, file: OpenedFile) -> int:
    return await send_file(file, "r-1", client.receive, client.send)


async def pieces(*given: bytes | Exception) -> AsyncIterator[bytes]:
    for piece in given:
        if isinstance(piece, Exception):
            raise piece
        yield piece


async def test_a_part_goes_out_before_the_next_one_has_come() -> None:
    client, gate = Client(), asyncio.Event()

    async def waiting() -> AsyncIterator[bytes]:
        yield b"first"
        await gate.wait()
        yield b"second"

    sending = asyncio.create_task(sent(client, opened(waiting())))
    async with asyncio.timeout(5):
        await client.has_a_part.wait()
    assert client.body == [b"first"]
    gate.set()
    assert await sending == 200
    assert client.body == [b"first", b"second", b""]
    assert "more_body" not in client.taken[-1]


async def test_when_the_client_has_left_the_hospital_is_not_read_to_the_end() -> None:
    client = Client()
    given = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal given
        while True:
            given += 1
            client.leaves.set()
            await asyncio.sleep(0)
            yield b"x"

    async with asyncio.timeout(5):
        await sent(client, opened(endless()))
    assert given < 10


async def test_what_breaks_off_is_not_ended_as_if_it_were_whole() -> None:
    client = Client()
    await sent(client, opened(pieces(b"a", Unavailable(system="s", interface="i"))))
    assert client.body == [b"a"]
    assert client.taken[-1]["more_body"]


@pytest.mark.parametrize(
    ("kind", "shown_as", "disposition"),
    [
        ("image/png", "image/png", "inline"),
        ("application/pdf", "application/pdf", "attachment"),
        ("text/html", "application/octet-stream", "attachment"),
        ("image/svg+xml", "application/octet-stream", "attachment"),
        (None, "application/octet-stream", "attachment"),
    ],
)
async def test_nothing_that_could_run_in_a_page_keeps_its_type(
    kind: str | None, shown_as: str, disposition: str
) -> None:
    client = Client()
    await sent(client, opened(pieces(b"a"), kind))
    assert (client.headers["content-type"], client.headers["content-disposition"]) == (shown_as, disposition)


async def test_a_part_says_where_it_stands() -> None:
    client = Client()
    assert await sent(client, opened(pieces(b"a"), placed="bytes 0-0/9")) == 206
    assert client.headers["content-range"] == "bytes 0-0/9"
