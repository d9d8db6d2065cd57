"""Puts a file on the wire, part by part, no faster than the client takes it."""

import asyncio
from contextlib import suppress
from typing import Any

import structlog
from starlette.types import Receive, Send

from connectors.errors import ConnectorError
from resolvers.diagnostic_reports.files import OpenedFile

_log = structlog.get_logger()

# Shown in a page; what is none of these or of the documents is bytes, whatever a hospital calls it.
_IMAGES = frozenset({"image/jpeg", "image/png"})
_DOCUMENTS = frozenset({"application/pdf", "application/dicom"})
_BYTES = "application/octet-stream"
_WHOLE, _PART = 200, 206


async def send_file(opened: OpenedFile, request_id: str, receive: Receive, send: Send) -> int:
    """Send it and answer the status; ends early when the client leaves.

    What breaks off on the hospital's side is left unfinished: the server then closes the connection, and the client
    sees that it has not got all.
    """
    status = _PART if opened.stream.placed else _WHOLE
    await send({"type": "http.response.start", "status": status, "headers": _headers(opened, request_id)})
    leaving = asyncio.create_task(_left(receive))
    try:
        async for part in opened.stream.parts:
            if leaving.done():
                return status
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    except ConnectorError as error:
        _log.warning("file_broken_off", system=error.system, interface=error.interface, code=error.code.value)
    finally:
        leaving.cancel()
        with suppress(asyncio.CancelledError):
            await leaving
    return status


async def _left(receive: Receive) -> None:
    message: Any = {}
    while message.get("type") != "http.disconnect":
        message = await receive()


def _headers(opened: OpenedFile, request_id: str) -> list[tuple[bytes, bytes]]:
    kind = opened.content_type if opened.content_type in _IMAGES | _DOCUMENTS else _BYTES
    headers = {
        "content-type": kind,
        "content-disposition": "inline" if kind in _IMAGES else "attachment",
        "cache-control": "private, no-store",
        "accept-ranges": "bytes",
        "x-request-id": request_id,
    }
    if opened.stream.length is not None:
        headers["content-length"] = str(opened.stream.length)
    if opened.stream.placed:
        headers["content-range"] = opened.stream.placed
    return [(name.encode(), value.encode()) for name, value in headers.items()]
