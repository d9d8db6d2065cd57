"""Files of hospitals: where they are fetched from, and what becomes of those that are not as they should be."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from connectors.core import deadline
from connectors.core.cache import NoCache
from connectors.core.config import HospitalConfig, Machinery, SystemConfig
from connectors.core.files import ByteRange, FileClient, UnsatisfiableRange, stream_of
from connectors.core.kinds import keyed_digest
from connectors.core.transport import Limits, TransportError
from connectors.core.upstream import Upstream
from connectors.errors import ConnectorError, Denied, Malformed, NotFound, RateLimited, Unavailable
from connectors.records.problems import ProblemCode
from connectors.regional_wechat.base import Options, Regional
from connectors.regional_wechat.report_files import ReportFiles
from tests.connectors.golden import ScriptedTransport

URL = "http://hospital.test/base/file"
PART = ByteRange(0, 3)
MIDDLE = {"content-range": "bytes 0-3/9"}


class Answer:
    """A download as a test wants it."""

    def __init__(self, status: int, headers: Mapping[str, str], *pieces: bytes | TransportError) -> None:
        self.status = status
        self.headers = headers
        self.pieces = pieces
        self.closed = False

    async def parts(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            if isinstance(piece, TransportError):
                raise piece
            yield piece

    async def close(self) -> None:
        self.closed = True


class Shelf:
    """Hands out one answer, or raises."""

    def __init__(self, answer: Answer | Exception) -> None:
        self.answer = answer
        self.asked: list[tuple[str, Mapping[str, str]]] = []

    async def open(self, url: str, headers: Mapping[str, str]) -> Answer:
        self.asked.append((url, headers))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    async def close(self) -> None:
        return None


def parts_of(shelf: Shelf, **options: Any) -> tuple[SystemConfig, Machinery]:
    config = SystemConfig(
        name="town",
        vendor="any",
        hospitals={"1": HospitalConfig(id="1", name="一", upstream_id="A1", base_url="http://hospital.test/base")},
        options=Options(**options),
        limits=Limits(file_bytes=10),
        file_origins=frozenset({"https://pacs.test:8443", "http://films.test:80"}),
    )
    machinery = Machinery(
        cache=NoCache(),
        digest=keyed_digest(b"k" * 32),
        transport=lambda _: ScriptedTransport(b""),
        downloads=lambda _: shelf,
    )
    return config, machinery


def client(shelf: Shelf) -> FileClient:
    return FileClient(*parts_of(shelf))


async def read(answer: Answer, part: ByteRange | None = None) -> tuple[bytes, Any]:
    stream = await client(Shelf(answer)).open("16.1.4", URL, part)
    content = b"".join([piece async for piece in stream.parts])
    await stream.close()
    return content, stream


@pytest.mark.parametrize(
    "address",
    [
        "http://hospital.test/pacs/1",
        "http://hospital.test:80/pacs/1",
        "HTTP://HOSPITAL.test/x?y=z",
        "https://pacs.test:8443/1",
        "http://films.test/1",
    ],
)
def test_files_are_fetched_from_the_hospital_and_from_configured_places(address: str) -> None:
    assert client(Shelf(NotImplementedError())).fetches("1", address)


@pytest.mark.parametrize(
    "address",
    [
        "https://hospital.test/pacs/1",
        "http://hospital.test:8080/pacs/1",
        "http://hospital.test@evil.test/",
        "http://evil.test/http://hospital.test/",
        "http://hospital.test\\@evil.test/",
        "http://user:secret@hospital.test/",
        "https://pacs.test/1",
        "ftp://hospital.test/1",
        "file:///etc/passwd",
        "//hospital.test/1",
        "/pacs/1",
        "http://",
        "http://[::1",
        "http://hospital.test\n.evil.test/",
        "",
    ],
)
async def test_nothing_is_fetched_from_anywhere_else(address: str) -> None:
    shelf = Shelf(NotImplementedError())
    files = client(shelf)
    assert not files.fetches("1", address)
    with pytest.raises(Malformed):
        await files.fetch("1", address, None)
    assert shelf.asked == []


async def test_a_file_comes_piece_by_piece_with_its_length_and_type() -> None:
    answer = Answer(200, {"content-length": "5", "content-type": "Image/PNG; q=1"}, b"ab", b"cde")
    content, stream = await read(answer)
    assert (content, stream.length, stream.placed, stream.content_type) == (b"abcde", 5, None, "image/png")
    assert answer.closed


async def test_a_part_is_asked_for_and_says_where_it_stands() -> None:
    shelf = Shelf(Answer(206, MIDDLE | {"content-length": "4"}, b"abcd"))
    stream = await client(shelf).open("16.1.4", URL, PART)
    assert shelf.asked == [(URL, {"Range": "bytes=0-3"})]
    assert stream.placed == "bytes 0-3/9"


async def test_a_hospital_that_knows_no_parts_gives_the_whole() -> None:
    content, stream = await read(Answer(200, {}, b"abcdefghi"), PART)
    assert (content, stream.placed, stream.length) == (b"abcdefghi", None, None)


@pytest.mark.parametrize(
    ("answer", "part", "error"),
    [
        (Answer(200, {"content-length": "11"}), None, Malformed),
        (Answer(200, {"content-encoding": "gzip"}), None, Malformed),
        (Answer(206, MIDDLE), None, Malformed),
        (Answer(206, {}), PART, Malformed),
        (Answer(206, {"content-range": "bytes x"}), PART, Malformed),
        (Answer(416, {}), None, Malformed),
        (Answer(416, {}), PART, UnsatisfiableRange),
        (Answer(404, {}), None, NotFound),
    ],
)
async def test_what_is_not_as_it_should_be_is_not_begun_and_the_connection_is_given_up(
    answer: Answer, part: ByteRange | None, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await read(answer, part)
    assert answer.closed


async def test_what_turns_out_too_large_is_cut() -> None:
    answer = Answer(200, {}, b"a" * 6, b"b" * 6)
    stream = await client(Shelf(answer)).open("16.1.4", URL, None)
    pieces = aiter(stream.parts)
    assert await anext(pieces) == b"aaaaaa"
    with pytest.raises(Malformed, match="too large"):
        await anext(pieces)


async def test_what_breaks_off_is_told() -> None:
    with pytest.raises(Unavailable):
        await read(Answer(200, {}, b"a", TransportError("ReadError", sent=True)))


@pytest.mark.parametrize(
    ("fault", "error", "code"),
    [
        (TransportError("HTTP 403", sent=True, status=403), Denied, ProblemCode.UPSTREAM_DENIED),
        (TransportError("too many", sent=False, status=429), RateLimited, ProblemCode.RATE_LIMITED),
        (TransportError("slow", sent=True, timeout=True), Unavailable, ProblemCode.UPSTREAM_TIMEOUT),
        (TransportError("HTTP 302", sent=True, status=302), Unavailable, ProblemCode.UPSTREAM_UNAVAILABLE),
        (deadline.Passed(), Unavailable, ProblemCode.UPSTREAM_TIMEOUT),
    ],
)
async def test_no_answer_is_told_as_with_any_call(
    fault: Exception, error: type[ConnectorError], code: ProblemCode
) -> None:
    with pytest.raises(error) as told:
        await client(Shelf(fault)).open("16.1.4", URL, None)
    assert told.value.code is code


@pytest.mark.parametrize(
    ("part", "content", "placed"),
    [
        (None, b"abcdefghi", None),
        (ByteRange(0, 0), b"a", "bytes 0-0/9"),
        (ByteRange(7, None), b"hi", "bytes 7-8/9"),
        (ByteRange(7, 99), b"hi", "bytes 7-8/9"),
        (ByteRange(None, 2), b"hi", "bytes 7-8/9"),
        (ByteRange(None, 99), b"abcdefghi", "bytes 0-8/9"),
    ],
)
async def test_what_is_in_memory_is_cut_the_same_way(
    part: ByteRange | None, content: bytes, placed: str | None
) -> None:
    stream = stream_of(b"abcdefghi", part, "image/png")
    assert b"".join([piece async for piece in stream.parts]) == content
    assert (stream.length, stream.placed) == (len(content), placed)


@pytest.mark.parametrize("part", [ByteRange(9, None), ByteRange(None, 0), ByteRange(9, 12)])
def test_a_part_beyond_the_end_is_none(part: ByteRange) -> None:
    with pytest.raises(UnsatisfiableRange):
        stream_of(b"abcdefghi", part, None)


def regional(shelf: Shelf, **options: Any) -> ReportFiles:
    config, machinery = parts_of(shelf, **options)
    upstream = Upstream(
        config, Machinery(cache=NoCache(), digest=machinery.digest, transport=lambda _: ScriptedTransport(b""))
    )
    return ReportFiles(Regional(config, upstream), FileClient(config, machinery))


async def test_an_image_is_asked_for_by_its_key_and_the_hospital_by_the_name_that_its_system_has() -> None:
    shelf = Shelf(Answer(200, {}, b"DICM"))
    files = regional(shelf, paths={"16.1.4": "/pacs/dcm"})
    assert files.streams_images("1")
    stream = await files.image("1", "2323 1&a=b", ByteRange(4, None))
    assert [piece async for piece in stream.parts] == [b"DICM"]
    assert shelf.asked == [
        ("http://hospital.test/base/pacs/dcm?dcmId=2323+1%26a%3Db&hospitalId=A1", {"Range": "bytes=4-"})
    ]


async def test_without_a_configured_path_images_by_key_are_not_offered() -> None:
    files = regional(Shelf(NotImplementedError()))
    assert not files.streams_images("1")
    with pytest.raises(ConnectorError) as refused:
        await files.image("1", "2323", None)
    assert refused.value.code is ProblemCode.UNSUPPORTED_BY_HOSPITAL


async def test_images_may_come_from_a_machine_of_their_own() -> None:
    shelf = Shelf(Answer(200, {}, b"DICM"))
    files = regional(shelf, paths={"16.1.4": "https://pacs.test:8443/wado"})
    await files.image("1", "7", None)
    assert shelf.asked == [("https://pacs.test:8443/wado?dcmId=7&hospitalId=A1", {})]
