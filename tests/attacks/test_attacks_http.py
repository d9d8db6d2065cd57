"""What can be done to HTTP itself does no harm: each try is refused with its status, and the server goes on."""

import gzip
import json
import time
from collections.abc import Iterator

import pytest

from tests.attacks.attacked import Attacked

OUTSIDERS = ["anonymous", "patient"]
BODY = b'{"query": "{ __typename }"}'
MUTATION = 'mutation { cancelAppointment(input: {businessKey: "k", appointmentId: "x"}) { userErrors { code } } }'
HEAD = b"Host: server\r\nContent-Type: application/json\r\n"
CLOSE = b"Connection: close\r\nContent-Length: 27\r\n"


@pytest.fixture
def server(shared: Attacked) -> Iterator[Attacked]:
    yield shared
    assert shared.still_answers()


def request(head: bytes, body: bytes = BODY, *, first: bytes = b"POST /graphql HTTP/1.1\r\n") -> bytes:
    return first + HEAD + head + b"\r\n" + body


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "post"])
def test_no_method_but_post_writes(server: Attacked, who: str, method: str) -> None:
    before = server.sandbox.counters.total()
    response = server.client.request(method, "/graphql", params={"query": MUTATION}, headers=server.headers(who))

    assert response.status_code in {400, 405}
    assert server.sandbox.counters.total() == before


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-HTTP-Method-Override", "POST"),
        ("X-HTTP-Method", "POST"),
        ("X-Method-Override", "POST"),
        ("X-Original-URL", "/metrics"),
        ("X-Rewrite-URL", "/metrics"),
    ],
)
def test_no_header_stands_for_the_method_or_the_path(server: Attacked, who: str, name: str, value: str) -> None:
    response = server.client.get("/graphql", params={"query": MUTATION}, headers=server.headers(who, {name: value}))

    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (405, "METHOD_NOT_ALLOWED")


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"query=%7B__typename%7D"),
        ("text/plain", BODY),
        ("text/plain; application/json", BODY),
        ("application/json, text/plain", BODY),
        ("application/graphql", b"{ __typename }"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="query"\r\n\r\n{a}\r\n--x--'),
        ("application/xml", b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"),
        ("application/json; charset=utf-7", BODY),
        ("application/json; charset=utf-16", BODY.decode().encode("utf-16")),
        ("", BODY),
    ],
)
def test_what_a_foreign_page_can_send_without_asking_is_not_run(
    server: Attacked, who: str, kind: str, body: bytes
) -> None:
    answer = server.send(who, body, {"Content-Type": kind})

    assert (answer.status, answer.codes) == (415, ["UNSUPPORTED_MEDIA_TYPE"])


@pytest.mark.parametrize("origin", ["null", "https://evil.example", "http://localhost:3000"])
def test_no_foreign_page_may_read_an_answer(server: Attacked, origin: str) -> None:
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    before = server.client.options("/graphql", headers=asked)
    after = server.client.post("/graphql", content=BODY, headers=server.headers("patient", {"Origin": origin}))

    for response in (before, after):
        assert not [name for name in response.headers if name.startswith("access-control-")]
    assert before.status_code == 405


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b'"x"',
        b"0",
        b"[]",
        b"[" * 100_000,
        b'{"query":' * 20_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b"\xff\xfe",
        b"\xef\xbb\xbf" + BODY,
        b'{"query": "\xff"}',
        b'{"query": "\\ud800"}',
        b'{"query": NaN}',
        b'{"query": 1e999}',
        BODY + BODY,
        BODY[:-1],
        b'{"query": "{ __typename }", "variables": []}',
        b'{"query": "{ __typename }", "variables": "{}"}',
        b'{"query": "{ __typename }", "operationName": 1}',
        b'{"query": "{ __typename }", "extensions": []}',
        b'{"query": ["{ __typename }"]}',
        b'{"query": null}',
        gzip.compress(BODY, mtime=0),
    ],
    ids=lambda body: str(body[:24]),
)
def test_a_body_that_is_no_request_is_refused(server: Attacked, body: bytes) -> None:
    answer = server.send("patient", body)

    assert (answer.status, len(answer.codes)) == (400, 1)


def test_a_packed_body_is_not_unpacked(server: Attacked) -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    started = time.monotonic()
    answer = server.send("patient", bomb, {"Content-Encoding": "gzip"})

    assert (answer.status, answer.codes) in [
        (400, ["BAD_REQUEST"]),
        (413, ["REQUEST_TOO_LARGE"]),
        (415, ["UNSUPPORTED_MEDIA_TYPE"]),
    ]
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("size", [1024 * 1024 + 1, 20_000_000])
def test_a_body_over_the_limit_is_not_read(server: Attacked, size: int) -> None:
    head = b"Content-Length: %d\r\n" % size
    heard = server.say(request(head, b" " * 1000))

    assert heard.statuses[:1] == [413]


def test_a_body_in_pieces_over_the_limit_is_not_read_on(server: Attacked) -> None:
    piece = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    heard = server.say(request(b"Transfer-Encoding: chunked\r\n", b""), *[piece] * 40)

    assert heard.statuses[:1] == [413]


@pytest.mark.parametrize(
    ("name", "head", "body"),
    [
        ("two lengths", b"Content-Length: 27\r\nContent-Length: 5\r\n", BODY),
        ("two lengths in one", b"Content-Length: 27, 5\r\n", BODY),
        ("a length and pieces", b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"0\r\n"),
        ("a negative length", b"Content-Length: -1\r\n", BODY),
        ("a length in words", b"Content-Length: many\r\n", BODY),
        ("a length with a sign", b"Content-Length: +27\r\n", BODY),
        ("an endless length", b"Content-Length: " + b"9" * 40 + b"\r\n", BODY),
        ("pieces of unknown size", b"Transfer-Encoding: chunked\r\n", b"ZZ\r\n"),
        ("a piece too large to count", b"Transfer-Encoding: chunked\r\n", b"F" * 20 + b"\r\n"),
        ("another coding", b"Transfer-Encoding: gzip\r\nContent-Length: 27\r\n", BODY),
        ("chunked in disguise", b"Transfer-Encoding : chunked\r\n", b"0\r\n\r\n"),
        ("a folded header", b"X-A: a\r\n b\r\nTransfer-Encoding:\r\n chunked\r\n", b"0\r\n\r\n"),
        ("a bare line feed", b"X-A: a\nTransfer-Encoding: chunked\r\nContent-Length: 27\r\n", BODY),
        ("a null in a header", b"X-A: a\x00b\r\nContent-Length: 27\r\n", BODY),
        ("a header without a name", b": a\r\nContent-Length: 27\r\n", BODY),
    ],
)
def test_a_request_that_can_be_read_in_two_ways_is_not_served_twice(
    server: Attacked, name: str, head: bytes, body: bytes
) -> None:
    smuggled = b"\r\n\r\nGET /metrics HTTP/1.1\r\nHost: server\r\nConnection: close\r\n\r\n"
    heard = server.say(request(head, body + smuggled), seconds=1.0)

    assert b"patient_graph_operations" not in heard.content, name
    assert all(status in {400, 408, 413, 415, 501} for status in heard.statuses[:1]), (name, heard.content)


def test_a_body_shorter_than_it_says_blocks_only_its_own_connection(server: Attacked) -> None:
    heard = server.say(request(b"Content-Length: 100\r\n"), seconds=0.5)

    assert heard.content == b""


def test_what_follows_a_body_is_another_request(server: Attacked) -> None:
    next_one = b"GET /nothing HTTP/1.1\r\nHost: server\r\nConnection: close\r\n\r\n"
    heard = server.say(request(b"Content-Length: 27\r\n", BODY + next_one))

    assert heard.statuses == [200, 404]


@pytest.mark.parametrize(
    "head",
    [b"X-A: " + b"a" * 2_000_000 + b"\r\n", b"".join(b"X-%d: a\r\n" % number for number in range(150_000))],
    ids=["one large header", "many headers"],
)
def test_headers_without_end_are_cut_short(server: Attacked, head: bytes) -> None:
    heard = server.say(request(head + CLOSE))

    assert heard.statuses in ([], [400], [431])


@pytest.mark.parametrize(
    "first",
    [
        b"POST /graphql HTTP/9.9\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x00" * 1000 + b"\r\n",
        b"POST /graphql HTTP/1.1 extra\r\n",
    ],
)
def test_what_is_not_http_gets_no_service(server: Attacked, first: bytes) -> None:
    heard = server.say(request(CLOSE, first=first))

    assert heard.statuses in ([], [400], [505])


@pytest.mark.parametrize(
    "path",
    [
        b"/graphql/../metrics",
        b"/graphql/..%2fmetrics",
        b"//graphql",
        b"/graphql%00",
        b"/graphql;/metrics",
        b"/GRAPHQL",
        b"/graphql/",
        b"/.env",
        b"/graphiql/../../pyproject.toml",
        b"/graphiql/..%2f..%2fpyproject.toml",
        b"/graphiql/%2e%2e/%2e%2e/app/settings.py",
    ],
)
def test_no_path_leads_past_the_routes(server: Attacked, path: bytes) -> None:
    heard = server.say(request(CLOSE, first=b"POST " + path + b" HTTP/1.1\r\n"))
    read = server.say(b"GET " + path + b" HTTP/1.1\r\nHost: server\r\nConnection: close\r\n\r\n")

    for answer in (heard, read):
        assert all(status in {307, 400, 404, 405} for status in answer.statuses[:1])
        assert b"patient_graph_operations" not in answer.content
        assert b"hatchling" not in answer.content


@pytest.mark.parametrize("value", ["a\r\nSet-Cookie: x=1", "x" * 65, "<script>", "110101199003071234", "\u00ff" * 8])
def test_a_request_id_is_taken_over_only_in_its_form(server: Attacked, value: str) -> None:
    heard = server.say(request(CLOSE + b"X-Request-Id: " + value.encode("latin-1") + b"\r\n"))

    answer = heard.content.split(b"\r\n\r\n")[0].lower()
    assert b"\r\nset-cookie" not in answer
    assert value.lower().encode("latin-1") not in answer


def test_a_range_is_not_heeded(server: Attacked) -> None:
    answer = server.send("patient", BODY, {"Range": "bytes=0-0," * 1000 + "0-1"})

    assert (answer.status, answer.data) == (200, {"__typename": "Query"})


def test_an_upgrade_is_not_heeded(server: Attacked) -> None:
    asked = b"Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"
    heard = server.say(request(asked + b"Content-Length: 27\r\n"), seconds=0.5)

    assert 101 not in heard.statuses


@pytest.mark.parametrize("token", ["x.y", "a.b.c", "a" * 50_000, "eyJhbGciOiJub25lIn0.e30.", "\u00ff\u00fe"])
def test_a_made_up_token_opens_nothing(server: Attacked, token: str) -> None:
    response = server.client.post(
        "/graphql",
        content=json.dumps({"query": "{ viewer { role } }"}),
        headers={
            b"Content-Type": b"application/json",
            b"Accept": b"application/graphql-response+json",
            b"Authorization": b"Bearer " + token.encode("latin-1"),
        },
    )

    assert response.status_code in {400, 401}
    assert token not in response.text


def test_answers_tell_nothing_of_what_serves_them(server: Attacked) -> None:
    for response in (server.client.post("/graphql", content=BODY), server.client.get("/nothing")):
        assert not {"server", "x-powered-by", "via"} & set(response.headers)
        assert "set-cookie" not in response.headers
