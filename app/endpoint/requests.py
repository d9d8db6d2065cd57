"""Reads a request; whatever is wrong with it becomes a BadRequest with a stable code, never a server error."""

import asyncio
from collections.abc import Mapping
from typing import Any, NamedTuple

import orjson
from starlette.datastructures import QueryParams
from starlette.types import Message, Receive, Scope

from app.endpoint.headers import Headers
from app.endpoint.manifest import plain_id
from app.endpoint.negotiation import is_json
from connectors.core.concurrency import Suspended, begin

_MEMBERS = ("query", "documentId", "operationName", "variables", "extensions")
_JSON_MEMBERS = {"variables", "extensions"}


class BadRequest(Exception):  # the name of the status
    """A request that is not run, with the status and code that say why."""

    def __init__(self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        """Take status, code, sentence and headers of the answer."""
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})
        super().__init__(message)


class GraphRequest(NamedTuple):
    """One operation as it came. Its document is a text, an id, or a text with its digest; "" stands for none."""

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None
    may_write: bool
    document_id: str = ""


async def read(scope: Scope, headers: Headers, receive: Receive, max_body_bytes: int, seconds: float) -> GraphRequest:
    """Read the request, whose body may take so many seconds to come; raises BadRequest."""
    if scope["method"] == "GET":
        return _from_query(QueryParams(scope["query_string"]))
    if scope["method"] != "POST":
        raise BadRequest(405, "METHOD_NOT_ALLOWED", "Use POST, or GET for queries", {"Allow": "GET, POST"})
    return _from_members(_parsed(await read_body(headers, receive, max_body_bytes, seconds)), may_write=True)


async def read_body(headers: Headers, receive: Receive, most: int, seconds: float) -> bytes:
    """Read a body of JSON of so many bytes, which may take so many seconds to come; raises BadRequest."""
    if not is_json(headers.get(b"content-type", b"")):
        raise BadRequest(415, "UNSUPPORTED_MEDIA_TYPE", "Send application/json in UTF-8")
    declared = headers.get(b"content-length", b"")
    if declared.isdigit() and int(declared) > most:
        raise _too_large()
    # Most bodies have come with the headers: for them no time limit is set up.
    first = begin(receive(), asyncio.get_running_loop())  # type: ignore[arg-type] # an awaitable that is a coroutine
    if first.__class__ is not Suspended and not first.get("more_body"):
        return _piece(first, most)
    try:
        # Without a limit a client could hold a request open, byte by byte.
        async with asyncio.timeout(seconds):
            return await _pieces(first, receive, most)
    except TimeoutError:
        raise BadRequest(408, "REQUEST_TIMEOUT", "The body did not arrive in time", {"Connection": "close"}) from None


async def _pieces(first: Any, receive: Receive, most: int) -> bytes:
    message: Message = await first if first.__class__ is Suspended else first
    content = bytearray(_piece(message, most))
    while message.get("more_body"):
        message = await receive()
        content += _piece(message, most - len(content))
    return bytes(content)


def _piece(message: Message, most: int) -> bytes:
    if message["type"] == "http.disconnect":
        raise BadRequest(400, "BAD_REQUEST", "The request ended early")
    piece: bytes = message.get("body", b"")
    if len(piece) > most:
        raise _too_large()
    return piece


def _too_large() -> BadRequest:
    return BadRequest(413, "REQUEST_TOO_LARGE", "The request is too large", {"Connection": "close"})


def _parsed(raw: bytes | str) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        # The decoder's own sentence may quote what was sent.
        raise BadRequest(400, "BAD_REQUEST", "The body is not JSON") from None


def _from_query(given: QueryParams) -> GraphRequest:
    if any(len(given.getlist(name)) > 1 for name in _MEMBERS):
        raise BadRequest(400, "BAD_REQUEST", "A parameter is given twice")
    members: dict[str, Any] = {name: given[name] for name in _MEMBERS if given.get(name)}
    for name in _JSON_MEMBERS & members.keys():
        members[name] = _parsed(members[name])
    return _from_members(members, may_write=False)


def _from_members(members: Any, *, may_write: bool) -> GraphRequest:
    if isinstance(members, list):
        raise BadRequest(400, "BATCH_NOT_SUPPORTED", "Send one operation a request")
    if not isinstance(members, dict):
        raise BadRequest(400, "BAD_REQUEST", "The body must be a JSON object")
    query, variables, name = members.get("query"), members.get("variables"), members.get("operationName")
    extensions = members.get("extensions")
    if not isinstance(extensions, dict | None):
        raise BadRequest(400, "BAD_REQUEST", "`extensions` must be an object")
    document_id = _document_id(members, extensions) if extensions or "documentId" in members else ""
    if document_id and not query:
        query = ""
    elif not isinstance(query, str) or not query or query.isspace():
        raise BadRequest(400, "BAD_REQUEST", "`query` must be the text of a document")
    if not isinstance(variables, dict | None):
        raise BadRequest(400, "BAD_REQUEST", "`variables` must be an object")
    if not isinstance(name, str | None):
        raise BadRequest(400, "BAD_REQUEST", "`operationName` must be text")
    return GraphRequest(query, variables, name, may_write, document_id)


def _document_id(members: Mapping[str, Any], extensions: Mapping[str, Any] | None) -> str:
    """Find the id where GraphQL over HTTP puts it, or where Apollo does; "" where there is none."""
    given = members.get("documentId")
    persisted = extensions.get("persistedQuery") if extensions else None
    if persisted is not None:
        if given is not None or not isinstance(persisted, dict) or persisted.get("version") != 1:
            raise BadRequest(400, "BAD_REQUEST", "`persistedQuery` must be of version 1, and the only id")
        given = persisted.get("sha256Hash")
    elif given is None:
        return ""
    if not isinstance(given, str) or not given:
        raise BadRequest(400, "BAD_REQUEST", "The id of a document must be text")
    return plain_id(given)
