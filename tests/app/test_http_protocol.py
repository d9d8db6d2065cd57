"""A client may take only so long, and so many bytes, to say what it wants."""

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from app import http_protocol
from app.serving import server_of

HEAD = b"GET / HTTP/1.1\r\nHost: server\r\n"


async def hello(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
    await send({"type": "http.response.body", "body": b"hello"})


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(http_protocol, "_HEAD_SECONDS", 0.4)
    server = server_of(hello)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join()


def heard(port: int, *pieces: bytes, pause: float = 0.0) -> tuple[bytes, float]:
    """All that comes back until the server closes, and after how many seconds it did."""
    with socket.create_connection(("127.0.0.1", port), 5) as opened:
        started, answer = time.monotonic(), b""
        try:
            for piece in pieces:
                opened.sendall(piece)
                time.sleep(pause)
            while more := opened.recv(65536):
                answer += more
        except ConnectionError:
            # Closed while there was more to say.
            pass
        return answer, time.monotonic() - started


def test_a_connection_on_which_nothing_comes_is_closed(port: int) -> None:
    answer, seconds = heard(port)

    assert answer == b""
    assert 0.3 < seconds < 3


def test_headers_that_come_byte_by_byte_are_not_waited_for(port: int) -> None:
    answer, _ = heard(port, *[b"%c" % letter for letter in HEAD], pause=0.05)

    assert answer == b""


def test_nor_are_those_of_a_later_request(port: int) -> None:
    answer, seconds = heard(port, HEAD + b"\r\n", HEAD, pause=0.1)

    assert answer.count(b"hello") == 1
    assert seconds < 3


def test_headers_in_several_pieces_are_served(port: int) -> None:
    answer, _ = heard(port, HEAD[:10], HEAD[10:], b"Connection: close\r\n\r\n", pause=0.05)

    assert answer.endswith(b"hello")


def test_the_time_for_headers_is_over_with_them(port: int) -> None:
    posted = b"POST / HTTP/1.1\r\nHost: server\r\nConnection: close\r\nContent-Length: 3\r\n\r\n"
    answer, seconds = heard(port, posted, b"a", b"b", b"c", pause=0.25)

    assert answer.endswith(b"hello")
    assert seconds > 0.4


def test_headers_without_end_are_refused(port: int) -> None:
    answer, _ = heard(port, HEAD + b"X: ", *[b"a" * 10_000] * 200)

    assert answer.startswith(b"HTTP/1.1 400 ") or answer == b""
