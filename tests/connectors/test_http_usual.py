"""Answers that are read without the parser: only those that the parser reads in the very same way."""

import httptools
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from connectors.core.http.usual import body_at

USUAL = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
FIELDS = st.sampled_from(
    [
        b"Content-Length: 2",
        b"content-length:2",
        b"Content-Length: 02",
        b"Content-Length: 3",
        b"Content-Length: +2",
        b"Content-Length: 2, 2",
        b"Content-Length : 2",
        b"X-Content-Length: 2",
        b"Transfer-Encoding: chunked",
        b"Transfer-Encoding: identity",
        b"Content-Encoding: gzip",
        b"Connection: keep-alive",
        b"Connection: Keep-Alive ",
        b"Connection: close",
        b"Connection: keep-alive, close",
        b"Connection: upgrade",
        b"Upgrade: h2c",
        b"Date: Sat, 21 Nov 2026 12:00:00 GMT",
        b"X-Long: " + b"x" * 300,
        b"X-Odd: \x01",
        b"X-Wide: \xe7",
        b" folded",
        b"",
        b"no colon",
    ]
)
LINES = st.sampled_from([b"HTTP/1.1 200 OK", b"HTTP/1.1 200 ", b"HTTP/1.0 200 OK", b"HTTP/1.1 204 OK", b"HTTP/1.1 200"])


class Parsed:
    """What httptools makes of it."""

    def __init__(self, data: bytes) -> None:
        self.body = b""
        self.fields: list[tuple[bytes, bytes]] = []
        self.whole = 0
        self.kept = False
        self.parser = httptools.HttpResponseParser(self)
        self.parser.feed_data(data)

    def on_header(self, name: bytes, value: bytes) -> None:
        self.fields.append((name.lower(), value.strip().lower()))

    def on_body(self, part: bytes) -> None:
        self.body += part

    def on_message_complete(self) -> None:
        self.whole += 1
        # Asked here, as the connection does: the parser forgets it with the message.
        self.kept = self.parser.should_keep_alive()


@pytest.mark.parametrize(
    "data",
    [
        USUAL,
        b"HTTP/1.1 200 \r\ncontent-length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length:2\r\nDate: now\r\n\r\n{}",
    ],
)
def test_a_usual_answer_is_read(data: bytes) -> None:
    begin = body_at(data)
    assert begin is not None
    assert data[begin:] == Parsed(data).body


@pytest.mark.parametrize("cut", range(len(USUAL)))
def test_an_answer_in_pieces_is_left_to_the_parser(cut: int) -> None:
    assert body_at(USUAL[:cut]) is None


@pytest.mark.parametrize(
    "data",
    [
        USUAL + b"x",
        USUAL + USUAL,
        USUAL.replace(b"200", b"201"),
        USUAL.replace(b"/1.1", b"/1.0"),
        USUAL.replace(b"Content-Length: 2", b"Content-Length: 2\r\nContent-Length: 2"),
        USUAL.replace(b"Content-Length: 2", b"Transfer-Encoding: chunked"),
        USUAL.replace(b"OK\r\n", b"OK\r\nConnection: close\r\n"),
        USUAL.replace(b"OK\r\n", b"OK\r\nContent-Encoding: gzip\r\n"),
        USUAL.replace(b"OK\r\n", b"OK\r\nX: " + b"x" * 5000 + b"\r\n"),
        USUAL.replace(b"\r\n", b"\n"),
    ],
)
def test_whatever_is_not_plain_is_left_to_the_parser(data: bytes) -> None:
    assert body_at(data) is None


@example(b"HTTP/1.1 200 OK", [b"Content-Length: 2"], b"{}")
@example(b"HTTP/1.1 200 ", [b"Date: now", b"content-length:2", b"Connection: Keep-Alive "], b"{}")
@settings(max_examples=2000, deadline=None)
@given(LINES, st.lists(FIELDS, max_size=4), st.sampled_from([b"{}", b"", b"{}x", b"0\r\n\r\n"]))
def test_what_is_read_the_parser_reads_in_the_same_way(line: bytes, fields: list[bytes], body: bytes) -> None:
    data = b"\r\n".join([line, *fields, b"", b""]) + body
    begin = body_at(data)
    if begin is None:
        return
    parsed = Parsed(data)
    assert (parsed.whole, parsed.body) == (1, data[begin:])
    assert parsed.parser.get_status_code() == 200
    assert parsed.kept
    assert [value for name, value in parsed.fields if name == b"content-encoding"] == []
