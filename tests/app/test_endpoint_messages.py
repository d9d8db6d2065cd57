"""What the endpoint makes of ASGI messages as a server sends them, and what it sends back."""

import asyncio
import gzip
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from app.endpoint.negotiation import accepted, takes_gzip
from app.security_headers import ALWAYS
from tests.app.graph import GRAPHQL_JSON, client, endpoint

BODY = b'{"query": "{ who hello }"}'
HEADERS = [(b"content-type", b"application/json")]


def body(piece: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": piece, "more_body": more}


async def exchange(
    *messages: dict[str, Any], headers: list[tuple[bytes, bytes]] | None = None, method: str = "POST", **changes: Any
) -> tuple[int, dict[bytes, bytes], Any]:
    """Hand the messages over; after the last one nothing comes any more."""
    coming, sent = list(messages), []

    async def receive() -> dict[str, Any]:
        return coming.pop(0) if coming else await asyncio.get_running_loop().create_future()

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "query_string": b"", "headers": [*HEADERS, *(headers or [])]}
    await endpoint(**changes)(scope, receive, send)
    start, content = sent
    names = [name for name, _ in start["headers"]]
    assert len(set(names)) == len(names)
    assert all(name == name.lower() for name in names)
    return start["status"], dict(start["headers"]), json.loads(content["body"])


async def test_a_body_in_one_message() -> None:
    status, headers, answer = await exchange(body(BODY))

    assert status == 200
    assert answer["data"]["hello"] == "hello world"
    assert headers.keys() == {
        *(name.encode() for name in ALWAYS),
        b"cache-control",
        b"vary",
        b"content-type",
        b"content-length",
        b"x-request-id",
    }


async def test_a_body_in_pieces() -> None:
    pieces = [body(BODY[:5], more=True), body(b"", more=True), body(BODY[5:], more=True), body(b"")]

    assert (await exchange(*pieces))[0] == 200


async def test_pieces_that_are_too_large_together() -> None:
    status, headers, answer = await exchange(body(b" " * 4000, more=True), body(b" " * 97))

    assert (status, answer["errors"][0]["extensions"]["code"]) == (413, "REQUEST_TOO_LARGE")
    assert headers[b"connection"] == b"close"


@pytest.mark.parametrize("before", [[], [body(BODY, more=True)]], ids=["nothing", "a piece"])
async def test_a_client_that_leaves(before: list[dict[str, Any]]) -> None:
    status, _, answer = await exchange(*before, {"type": "http.disconnect"})

    assert (status, answer["errors"][0]["extensions"]["code"]) == (400, "BAD_REQUEST")


@pytest.mark.parametrize("before", [[], [body(b"{", more=True)]], ids=["nothing", "a piece"])
async def test_a_body_that_does_not_come(before: list[dict[str, Any]]) -> None:
    status, headers, answer = await exchange(*before, body_seconds=0.01)

    assert (status, headers[b"connection"]) == (408, b"close")
    assert answer["errors"][0]["extensions"]["code"] == "REQUEST_TIMEOUT"


async def test_a_request_that_is_given_up_while_its_body_comes() -> None:
    request = asyncio.create_task(exchange())
    await asyncio.sleep(0)
    request.cancel()

    with pytest.raises(asyncio.CancelledError):
        await request


async def test_of_a_header_that_is_given_twice_the_first_counts() -> None:
    twice = [(b"authorization", b"Bearer patient"), (b"authorization", b"Bearer old")]
    *_, answer = await exchange(body(BODY), headers=[*twice, (b"x-request-id", b"0f8fad5bd9cb469fa16570867728950e")])

    assert answer["data"]["who"] == "PATIENT 0f8fad5bd9cb469fa16570867728950e"


async def test_headers_in_any_bytes_are_no_fault_of_the_server() -> None:
    for name in (b"authorization", b"accept", b"content-length", b"x-request-id", b"accept-encoding"):
        status, *_ = await exchange(body(BODY), headers=[(name, b"\xff\x00\xc3;q=\xb2")])

        assert status in {200, 401, 406}


@pytest.fixture
def long_answer() -> Callable[..., Any]:
    async def ask(length: int, accept_encoding: str) -> httpx.Response:
        query = json.dumps({"query": f'{{ hello(name: "{"x" * length}") }}'})
        headers = {"Accept-Encoding": accept_encoding, "Content-Type": "application/json"}
        async with client() as api, api.stream("POST", "/graphql", content=query, headers=headers) as response:
            response.raw = b"".join([chunk async for chunk in response.aiter_raw()])
            return response

    return ask


async def test_a_large_answer_is_compressed_for_clients_that_take_it(long_answer: Callable[..., Any]) -> None:
    plain, packed = await long_answer(3000, "identity"), await long_answer(3000, "br;q=1, gzip;q=0.5")

    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.raw) == plain.raw
    for response in (plain, packed):
        assert response.headers["vary"] == "Accept, Accept-Encoding"
        assert response.headers["content-length"] == str(len(response.raw))


async def test_a_small_answer_is_not_compressed(long_answer: Callable[..., Any]) -> None:
    assert "content-encoding" not in (await long_answer(100, "gzip")).headers


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        (b"", False),
        (b"gzip", True),
        (b"GZIP;q=0.1", True),
        (b"deflate, gzip", True),
        (b"*", True),
        (b"*;q=0", False),
        (b"gzip;q=0, *", False),
        (b"gzip;q=nonsense", False),
        (b"br, identity", False),
    ],
)
def test_who_takes_gzip(header: bytes, taken: bool) -> None:
    assert takes_gzip(header) is taken


def test_a_long_header_means_what_a_short_one_does() -> None:
    long = b"text/html, " * 100 + GRAPHQL_JSON.encode()

    assert [accepted(long), accepted(long[-45:])] == [GRAPHQL_JSON, GRAPHQL_JSON]
