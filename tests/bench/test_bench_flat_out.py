import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bench.flat_out import flat_out, write_requests
from bench.load import Loaded
from bench.mock import Route
from bench.processes import ServerError
from bench.work import message
from tests.bench.mocked import Serving

ROUTES = [
    Route("/graphql", b'{"data":1}', ('"kind":"good"',)),
    Route("/graphql", b'{"data":null,"errors":[{"message":"no"}]}', ('"kind":"bad"',)),
]
GOOD, BAD, UNKNOWN = (message(f'{{"kind":"{kind}"}}'.encode()) for kind in ("good", "bad", "unknown"))


def asked(url: str, folder: Path, requests: list[bytes], **more: Any) -> Loaded:
    write_requests(folder / "asked", requests)
    return flat_out(httpx.URL(url).port or 0, folder / "asked", seconds=20, **more)


def test_so_many_operations_are_asked_and_not_one_more(serving: Serving, programs: Path) -> None:
    with serving(ROUTES) as url:
        done = asked(url, programs, [GOOD], connections=4, most=1001)
        assert int(httpx.get(f"{url}/count", trust_env=False).text) == 1001
    assert (done.operations, done.failed) == (1001, 0)


def test_answers_with_errors_and_other_statuses_have_failed(serving: Serving, programs: Path) -> None:
    with serving(ROUTES) as url:
        done = asked(url, programs, [GOOD, BAD, UNKNOWN], connections=1, most=30, turns="turn")
    assert (done.operations, done.failed) == (30, 20)


def test_a_connection_that_keeps_its_own_request_asks_no_other(serving: Serving, programs: Path) -> None:
    with serving(ROUTES) as url:
        done = asked(url, programs, [GOOD, BAD], connections=1, most=30)
    assert done.failed == 0


def test_answers_in_chunks_are_read_whole(programs: Path) -> None:
    answer = b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{"da\r\n6\r\nta":1}\r\n0\r\n\r\n'
    with speaking([answer[:50], answer[50:70], answer[70:]]) as url:
        done = asked(url, programs, [GOOD], connections=1, most=2)
    assert (done.operations, done.failed) == (2, 0)


def test_a_server_that_hangs_up_is_an_error(programs: Path) -> None:
    with speaking([]) as url, pytest.raises(ServerError, match="hung up"):
        asked(url, programs, [GOOD], connections=1, most=1)


@contextmanager
def speaking(parts: list[bytes]) -> Iterator[str]:
    """Answer each request of one connection with these parts; without any, hang up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                while parts and connection.recv(4096):
                    for part in parts:
                        connection.sendall(part)

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread.join()
