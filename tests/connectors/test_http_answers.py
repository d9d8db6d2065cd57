"""How LeanTransport reads answers, however they are cut, and writes requests, whatever it is given."""

import asyncio
import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.core.http import LeanTransport
from connectors.core.http.body import unpack
from connectors.core.http.protocol import Answer, Connection
from connectors.core.http.request import Origin, encode, locate
from connectors.core.transport import Limits, TransportError
from tests.connectors.test_http_mock import echo, hospital, says, says_and_closes, whole

QUICK = Limits(read_seconds=0.3, response_bytes=1000)
PLAIN = "http://his.example/api"


class Wire(asyncio.Transport):
    """A transport without a network: what is aborted stays quiet."""

    def __init__(self) -> None:
        super().__init__()
        self.aborted = False

    def write(self, data: bytes) -> None:
        pass

    def abort(self) -> None:
        self.aborted = True

    def is_closing(self) -> bool:
        return self.aborted

    def get_write_buffer_size(self) -> int:
        return 0

    def get_extra_info(self, *_: object) -> object:
        return self

    def setsockopt(self, *_: object) -> None:
        pass

    def fileno(self) -> int:
        return 0


async def heard(parts: list[bytes], *, eof: bool) -> tuple[Answer, bool]:
    wire = Wire()
    connection = Connection(asyncio.get_running_loop(), Origin(False, "his", 80), 1000, lambda _: None)
    connection.connection_made(wire)
    answer = connection.send(b"", 5)
    for part in parts:
        if not wire.aborted:
            connection.data_received(part)
    if eof and not wire.aborted:
        connection.eof_received()
        wire.abort()
    if wire.aborted:
        connection.connection_lost(None)
    result, kept = await asyncio.wait_for(answer, 0.1), connection.clean()
    connection.abort()
    return result, kept


@st.composite
def cut(draw: st.DrawFn, raw: bytes) -> list[bytes]:
    places = sorted(draw(st.sets(st.integers(1, len(raw) - 1), max_size=12)))
    return [raw[start:end] for start, end in zip([0, *places], [*places, len(raw)], strict=True)]


def chunked(body: bytes, sizes: list[int]) -> bytes:
    parts, start = [], 0
    for size in [*sizes, len(body)]:
        if part := body[start : start + size]:
            parts.append(b"%x\r\n%b\r\n" % (len(part), part))
        start += size
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"".join(parts) + b"0\r\n\r\n"


@given(st.data(), st.binary(max_size=300), st.lists(st.integers(1, 50), max_size=8))
def test_the_answer_is_the_same_however_it_is_cut(data: st.DataObject, body: bytes, sizes: list[int]) -> None:
    for raw, eof, keeps in (
        (whole(body), False, True),
        (chunked(body, sizes), False, True),
        (b"HTTP/1.1 103 Hints\r\nLink: x\r\n\r\n" + whole(body, b"X-Y: z"), False, True),
        (whole(gzip.compress(body), b"Content-Encoding: gzip"), False, True),
        (b"HTTP/1.1 200 OK\r\n\r\n" + body, True, False),
        (whole(body, b"Connection: close"), False, False),
    ):
        assert asyncio.run(heard(data.draw(cut(raw)), eof=eof)) == (body, keeps)


@given(st.data(), st.binary(min_size=1, max_size=50))
def test_an_answer_cut_short_is_never_taken_for_whole(data: st.DataObject, body: bytes) -> None:
    for raw in (whole(body), chunked(body, [3, 5])):
        short = raw[: data.draw(st.integers(1, len(raw) - 1))]
        result, kept = asyncio.run(heard([short], eof=True))
        assert isinstance(result, TransportError)
        assert result.sent
        assert not kept


@given(st.lists(st.binary(max_size=60), max_size=6))
def test_noise_is_a_fault_and_never_kept(parts: list[bytes]) -> None:
    result, kept = asyncio.run(heard([b"\0", *parts], eof=True))
    assert isinstance(result, TransportError)
    assert not kept


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nabc",
        b"HTTP/1.1 101 Switching\r\n\r\n" + whole(b"abc"),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n1\r\na\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 1\r\n\r\nx",
        whole(b"abc", b"Content-Encoding: br"),
        whole(b"abc", b"Content-Encoding: gzip, gzip"),
        whole(gzip.compress(b"abc", mtime=0), b"Content-Encoding: gzip", b"Content-Encoding: gzip"),
        whole(gzip.compress(b"abc", mtime=0)[:-4], b"Content-Encoding: gzip"),
        whole(gzip.compress(b"abc", mtime=0) + b"x", b"Content-Encoding: gzip"),
    ],
)
async def test_what_could_be_read_in_two_ways_is_refused(raw: bytes) -> None:
    async with hospital(says_and_closes(raw)) as his, LeanTransport(QUICK) as transport:
        with pytest.raises(TransportError) as caught:
            await transport.post(his.url, b"", {})
    assert (caught.value.sent, caught.value.timeout, caught.value.status) == (True, False, None)


HEAD = b"HTTP/1.1 200 OK\r\n"
LONG = b"X-Long: " + b"x" * 1000 + b"\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        HEAD + LONG * 80 + b"Content-Length: 0\r\n\r\n",
        b"HTTP/1.1 103 Hints\r\n\r\n" * 5000,
        b"\r\n" * 40_000,
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n" + LONG * 80,
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;" + b"x" * 80_000,
    ],
    ids=["head", "1xx", "empty lines", "trailers", "chunk extension"],
)
async def test_endless_words_beside_the_body_are_refused(raw: bytes) -> None:
    parts = [raw[start : start + 4096] for start in range(0, len(raw), 4096)]
    result, kept = await heard(parts, eof=False)
    assert (str(result), kept) == ("answer too large", False)


async def test_chunks_of_one_byte_are_within_what_may_come_beside() -> None:
    result, _ = await heard([chunked(b"x" * 1000, [1] * 1000)], eof=False)
    assert result == b"x" * 1000


async def test_a_trailer_does_not_change_how_the_body_is_read() -> None:
    raw = HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nContent-Encoding: gzip\r\n\r\n"
    assert await heard([raw], eof=False) == (b"a", True)


async def test_what_a_1xx_says_is_not_said_of_the_answer() -> None:
    early = b"HTTP/1.1 103 Hints\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\n"
    assert await heard([early + b"HTTP/1.1 200 OK\r\n\r\nabc"], eof=True) == (b"abc", False)


async def test_a_status_is_told_before_the_body_has_come() -> None:
    raw = b"HTTP/1.1 503 Busy\r\nContent-Length: 100\r\n\r\nhalf"
    async with hospital(says(raw)) as his, LeanTransport(Limits(read_seconds=30)) as transport:
        async with asyncio.timeout(1):
            with pytest.raises(TransportError, match="HTTP 503"):
                await transport.post(his.url, b"", {})
        await his.all_closed()


@given(st.binary(max_size=3000), st.sampled_from([b"gzip", b"deflate", b"x-gzip"]))
def test_unpacking_gives_back_what_was_packed_up_to_the_limit(body: bytes, coding: bytes) -> None:
    packed = zlib.compress(body) if coding == b"deflate" else gzip.compress(body)
    result = unpack(coding, packed, 1000)
    assert result == body if len(body) <= 1000 else str(result) == "answer too large"


def test_a_small_answer_that_unpacks_to_much_costs_no_memory() -> None:
    packed = gzip.compress(b"x" * 20_000_000)
    tracemalloc.start()
    try:
        assert str(unpack(b"gzip", packed, 1000)) == "answer too large"
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


async def test_nothing_is_asked_to_be_packed() -> None:
    async with hospital(echo) as his, LeanTransport(QUICK) as transport:
        await transport.post(his.url, b"x", {"Content-Type": "application/json"})
    assert his.calls[0].head.decode() == (
        f"POST /his HTTP/1.1\r\nHost: {his.url[7:-4]}\r\nContent-Type: application/json\r\n"
        "User-Agent: patient-graph\r\nContent-Length: 1\r\n\r\n"
    )


def test_the_callers_own_user_agent() -> None:
    raw = encode(locate(PLAIN), b"", {"user-agent": "mine"})
    assert raw.lower().count(b"user-agent") == 1


@given(
    st.dictionaries(st.text(max_size=8), st.text(max_size=20), max_size=3), st.text(max_size=30), st.text(max_size=30)
)
def test_a_request_is_one_request_or_refused(headers: dict[str, str], path: str, query: str) -> None:
    try:
        raw = encode(locate(f"{PLAIN}/{path}?{query}"), b"", headers)
    except TransportError:
        return
    first, *lines, empty, end = raw.split(b"\r\n")
    assert (empty, end) == (b"", b"")
    assert len(lines) == len(headers) + 3 - any(name.lower() == "user-agent" for name in headers)
    assert first.count(b" ") == 2
    assert not {10, 13} & {*b"".join([first, *lines])}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X", "a\r\nb"),
        ("X", "a\nb"),
        ("X", "a\0"),
        ("X", "中"),
        ("X\r\nY", "a"),
        ("X: a", "b"),
        ("", "a"),
        ("Content-Length", "5"),
        ("transfer-encoding", "chunked"),
        ("HOST", "other"),
        ("Connection", "close"),
    ],
)
def test_headers_that_are_refused(name: str, value: str) -> None:
    with pytest.raises(TransportError, match="header") as caught:
        encode(locate(PLAIN), b"", {name: value})
    assert not caught.value.sent


@pytest.mark.parametrize(
    "url",
    [
        "http://his.example/a\r\nX: y",
        "http://his.example/a\nb",
        "http://his.example/a\tb",
        "http://his.example\r\n/",
        "http://his example/",
        "http://user:secret@his.example/",
        "http:///a",
        "ftp://his.example/",
        "his.example/a",
        "http://his.example:99999/",
        "http://his.example:x/",
        "http://[::1/",
        "http://" + "ä" * 80 + "/",
        "",
    ],
)
async def test_addresses_that_are_refused(url: str) -> None:
    async with LeanTransport(QUICK) as transport:
        with pytest.raises(TransportError, match="address") as caught:
            await transport.post(url, b"", {})
    assert not caught.value.sent
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "origin", "first", "host"),
    [
        ("http://his.example", (False, "his.example", 80), "/", "his.example"),
        ("https://HIS.example:443/a?b#c", (True, "his.example", 443), "/a?b", "his.example"),
        ("https://his.example:80/", (True, "his.example", 80), "/", "his.example:80"),
        ("http://[::1]:8080/a b", (False, "::1", 8080), "/a%20b", "[::1]:8080"),
        ("http://médecin.example/中", (False, "xn--mdecin-bva.example", 80), "/%E4%B8%AD", "xn--mdecin-bva.example"),
    ],
)
def test_addresses_taken_apart(url: str, origin: tuple[bool, str, int], first: str, host: str) -> None:
    target = locate(url)
    assert target.origin == origin
    assert target.head.decode() == f"POST {first} HTTP/1.1\r\nHost: {host}\r\n"
