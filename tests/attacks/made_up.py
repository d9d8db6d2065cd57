"""Requests made up at random: near to valid ones, far from them, and no requests at all."""

import json
from typing import Any

from hypothesis import strategies as st

from schema.build import core_schema
from tests.attacks.attacked import GRAPHQL_JSON
from tests.execution.operations import made_up

_SPLINTERS = [
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "...",
    "@",
    "$",
    "!",
    ":",
    '"',
    '"""',
    "#",
    "\\u",
    "\x00",
    "\ufeff",
    "null",
    "on",
]
_HEADERS = [
    "Accept",
    "Accept-Encoding",
    "Authorization",
    "Connection",
    "Content-Encoding",
    "Content-Type",
    "Expect",
    "Origin",
    "Range",
    "Sec-Fetch-Site",
    "Upgrade",
    "X-Forwarded-For",
    "X-Request-Id",
]
_ANY_TEXT = '"text"'
_MEMBERS = ["operationName", "extensions", "variables", "documentId", "id"]
_VALUES = [b"*/*;q=0", b"gzip;q=x", b"Bearer a.b.c", b"text/plain"]
_PATHS = ["/graphql", "/graphiql/", "/metrics", "*", "//", "/%ff"]
_METHODS = ["GET", "POST", "PUT", "OPTIONS", "HEAD", "DELETE", "PATCH", "TRACE", "BREW"]

kinds = st.sampled_from(["query", "query", "query", "mutation"])
seeds = st.integers(0, 2**32)
texts = st.text(st.characters(codec="utf-8"), max_size=40)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


@st.composite
def damaged(draw: st.DrawFn, whole: str) -> str:
    """A text with pieces cut out, doubled, moved or put in."""
    for _ in range(draw(st.integers(1, 3))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(whole))] * 2)))
        piece = whole[start : min(end, start + 200)]
        match draw(st.sampled_from(["cut", "double", "put in", "turn"])):
            case "cut":
                whole = whole[:start] + whole[start + len(piece) :]
            case "double":
                whole = whole[:start] + piece * draw(st.integers(2, 5)) + whole[start:]
            case "put in":
                whole = whole[:start] + draw(st.sampled_from(_SPLINTERS) | texts) + whole[start:]
            case _:
                whole = whole[:start] + piece[::-1] + whole[start + len(piece) :]
    return whole


@st.composite
def operations(draw: st.DrawFn, ids: tuple[str, ...] = ()) -> dict[str, Any]:
    """A body with a valid operation, in which real ids stand here and there; one in three is damaged somewhere."""
    document, variables = made_up(core_schema, draw(seeds), draw(kinds))
    for known in draw(st.lists(st.sampled_from(ids), max_size=3)) if ids else ():
        document = document.replace(_ANY_TEXT, f'"{known}"', 1)
        variables = {name: known if value == "text" else value for name, value in variables.items()}
    body: dict[str, Any] = {"query": document, "variables": variables}
    match draw(st.integers(0, 8)):
        case 0:
            body["query"] = draw(damaged(document))
        case 1 if variables:
            body["variables"] = {**variables, draw(st.sampled_from(sorted(variables))): draw(values)}
        case 2:
            body[draw(st.sampled_from(_MEMBERS))] = draw(values)
    return body


@st.composite
def headers(draw: st.DrawFn) -> list[tuple[bytes, bytes]]:
    """Headers of an honest client, some replaced or given twice."""
    given = [(b"Accept", GRAPHQL_JSON.encode()), (b"Content-Type", b"application/json")]
    for name in draw(
        st.lists(st.sampled_from(_HEADERS) | st.from_regex(r"[A-Za-z-]{1,20}", fullmatch=True), max_size=4)
    ):
        value = draw(
            st.binary(max_size=60) | st.sampled_from([b"*/*;q=0", b"gzip;q=x", b"Bearer a.b.c", b"text/plain"])
        )
        given.append((name.encode(), bytes(byte for byte in value if byte not in b"\r\n\x00").strip()))
    return given


@st.composite
def messages(draw: st.DrawFn) -> bytes:
    """What is written to a socket: a request with any body, or any bytes."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=500))
    body = draw(st.binary(max_size=300) | operations().map(lambda body: json.dumps(body).encode()))
    method = draw(st.sampled_from(_METHODS))
    path = draw(
        st.sampled_from(["/graphql", "/graphiql/", "/metrics", "*", "//", "/%ff"]) | st.from_regex(r"/[!-~]{0,30}")
    )
    lines = [f"{method} {path} HTTP/1.1".encode(), b"Host: server", *(b": ".join(pair) for pair in draw(headers()))]
    length = len(body) if draw(st.integers(0, 4)) else draw(st.integers(0, 1000))
    lines.append(b"Content-Length: %d" % length)
    message = b"\r\n".join([*lines, b"", body])
    if draw(st.booleans()):
        place = draw(st.integers(0, len(message)))
        message = message[:place] + draw(st.binary(max_size=10)) + message[place:]
    return message
