"""Clients that send slowly, too much, or too often, over real sockets."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

import httpx

from tests.end_to_end.world import World, world

BODY = json.dumps({"query": "{ hospitals { name } }"}).encode()


@contextmanager
def connected(town: World) -> Iterator[socket.socket]:
    address = urlsplit(town.url)
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=10) as connection:
        yield connection


def head(length: int) -> bytes:
    lines = ["POST /graphql HTTP/1.1", "Host: test", "Content-Type: application/json", f"Content-Length: {length}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def answered(connection: socket.socket) -> tuple[int, list[str]]:
    """Read until the server closes; its status and codes."""
    content = b""
    while piece := connection.recv(65536):
        content += piece
    start, _, body = content.partition(b"\r\n\r\n")
    return int(start.split()[1]), [error["extensions"]["code"] for error in json.loads(body)["errors"]]


def test_a_body_that_comes_byte_by_byte_is_given_up_in_time() -> None:
    with world(server={"body_seconds": 0.5}) as town, connected(town) as connection:
        begun = time.monotonic()
        connection.sendall(head(1000))
        with suppress(BrokenPipeError, ConnectionResetError):
            while time.monotonic() < begun + 8:
                connection.sendall(b" ")
                time.sleep(0.05)
        # It was closed while we were still sending.
        assert time.monotonic() - begun < 4
        assert ask(town).status_code == 200


def test_a_body_that_stops_is_told_why() -> None:
    with world(server={"body_seconds": 0.3}) as town, connected(town) as connection:
        connection.sendall(head(1000) + b"{")
        assert answered(connection) == (408, ["REQUEST_TIMEOUT"])


def test_a_body_that_is_announced_too_large_is_not_waited_for(shared: World) -> None:
    with connected(shared) as connection:
        connection.sendall(head(2**31))
        assert answered(connection) == (413, ["REQUEST_TOO_LARGE"])


def test_a_batch_is_refused(shared: World) -> None:
    response = shared.client.post("/graphql", json=[json.loads(BODY)] * 10)

    assert response.status_code == 400
    assert [error["extensions"]["code"] for error in response.json()["errors"]] == ["BATCH_NOT_SUPPORTED"]


def ask(town: World, token: str | None = None, **headers: str) -> httpx.Response:
    own = {"Authorization": f"Bearer {token}"} if token else {}
    return town.client.post("/graphql", json=json.loads(BODY), headers={**own, **headers})


def test_a_client_that_asks_too_often_is_told_when_to_come_back() -> None:
    rates = {"patient_rate": "3/minute", "address_rate": "2/minute"}
    with world(limits=rates) as town:
        patient = [ask(town, town.token()) for _ in range(4)]
        other = ask(town, town.token("account-2"))
        nobody = [ask(town).status_code for _ in range(3)]
        forged = ask(town, "forged")
        staff = ask(town, town.staff())
        calls_before = town.sandbox.counters.total()
        town.ask("{ viewer { patients { name } } }")
        calls = town.sandbox.counters.total() - calls_before

    assert [response.status_code for response in patient] == [200, 200, 200, 429]
    assert 50 <= int(patient[3].headers["retry-after"]) <= 60
    error: Any = patient[3].json()["errors"][0]
    assert (error["extensions"]["code"], error["message"]) == ("RATE_LIMITED", "请求过于频繁，请稍后重试")
    assert other.status_code == staff.status_code == 200
    assert nobody == [200, 200, 429]
    assert forged.status_code == 429
    assert calls == 0, "who is refused calls no hospital"


def test_behind_a_trusted_proxy_each_client_counts_for_itself() -> None:
    rates = {"address_rate": "2/minute"}
    with world(limits=rates, server={"trusted_proxies": ["127.0.0.0/8"]}) as town:
        first = [ask(town, None, **{"X-Forwarded-For": "198.51.100.7"}).status_code for _ in range(3)]
        second = [ask(town, None, **{"X-Forwarded-For": "198.51.100.8"}).status_code for _ in range(3)]

    assert first == second == [200, 200, 429]


def test_without_a_trusted_proxy_nobody_writes_an_address_of_one_s_own() -> None:
    with world(limits={"address_rate": "2/minute"}) as town:
        asked = [ask(town, None, **{"X-Forwarded-For": f"198.51.100.{n}"}).status_code for n in range(3)]

    assert asked == [200, 200, 429]
