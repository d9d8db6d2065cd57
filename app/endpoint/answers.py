"""Puts an answer on the wire: headers made beforehand, one body, compressed where that is worth the work."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import orjson
from isal import isal_zlib
from starlette.types import Send

from app.endpoint.negotiation import JSON, RESPONSE_JSON
from app.security_headers import ALWAYS

_SMALLEST_COMPRESSED = 2048
_LEVEL = 1
_GZIP_WINDOW = 31

_Header = tuple[bytes, bytes]
_ALWAYS: tuple[_Header, ...] = (
    (b"cache-control", b"no-store"),
    *((name.encode(), value.encode()) for name, value in ALWAYS.items()),
    (b"vary", b"Accept, Accept-Encoding"),
)
_HEADERS = {kind: (*_ALWAYS, (b"content-type", f"{kind}; charset=utf-8".encode())) for kind in (JSON, RESPONSE_JSON)}
_GZIP: _Header = (b"content-encoding", b"gzip")


class Answer(NamedTuple):
    """What is sent: `more` are headers that only this one has."""

    status: int
    content: bytes
    kind: str
    more: Iterable[_Header] = ()


def answer_of(members: Mapping[str, Any], status: int, kind: str, more: Mapping[str, str] | None = None) -> Answer:
    """Make the answer of its JSON members."""
    headers = [(name.lower().encode(), value.encode()) for name, value in more.items()] if more else ()
    return Answer(status, orjson.dumps(members), kind, headers)


async def send_answer(answer: Answer, request_id: str, send: Send, *, compressed: bool) -> None:
    """Send it; `compressed` says that the client takes gzip."""
    content = answer.content
    headers = [*_HEADERS[answer.kind], *answer.more, (b"x-request-id", request_id.encode())]
    if compressed and len(content) >= _SMALLEST_COMPRESSED:
        content = isal_zlib.compress(content, _LEVEL, _GZIP_WINDOW)
        headers.append(_GZIP)
    headers.append((b"content-length", b"%d" % len(content)))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
