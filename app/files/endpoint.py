"""Answers files: the address says who asks and what for, the file is passed on as it comes."""

import asyncio
import datetime as dt
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Protocol

import structlog
from starlette.types import Receive, Scope, Send

from app import logs
from app.endpoint.answers import answer_of, send_answer
from app.endpoint.gate import Gate
from app.endpoint.headers import headers_of
from app.endpoint.negotiation import JSON
from app.endpoint.request_id import request_id_of
from app.endpoint.requests import BadRequest
from app.files.ranges import range_of
from app.files.refusals import refusal_of
from app.files.sending import send_file
from app.revocation.revocations import Revocations
from connectors.core.files import ByteRange
from connectors.core.request_id import REQUEST_ID
from resolvers.access_control.principal import Principal
from resolvers.context import Context
from resolvers.diagnostic_reports.file_addresses import FileAddresses, ReportFile
from resolvers.diagnostic_reports.files import OpenedFile, open_file

_log = structlog.get_logger()


class PutsOnRecord(Protocol):
    """The audit log."""

    def room(self) -> Awaitable[None] | None:
        """Say what to wait for before anything is asked for, None for nothing."""
        ...

    def note_file(self, context: Context) -> "asyncio.Future[None] | None":
        """Note who fetched what; answers what has to be `confirmed` first."""
        ...

    async def confirmed(self, on_disk: "asyncio.Future[None]") -> None:
        """Wait until it is on disk."""
        ...


class FileEndpoint:
    """An ASGI application for GETs of the addresses that `FileAddresses` makes."""

    def __init__(
        self,
        addresses: FileAddresses,
        context: Callable[[Principal, str], Context],
        clock: Callable[[], dt.datetime],
        *,
        revocations: Revocations,
        gate: Gate,
        audit: PutsOnRecord,
    ) -> None:
        """Take what reads addresses, what knows which tokens were revoked, the limits and the audit log."""
        self._addresses = addresses
        self._context = context
        self._clock = clock
        self._revocations = revocations
        self._gate = gate
        self._audit = audit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request_id = request_id_of(headers_of(scope))
        marked = REQUEST_ID.set(request_id)
        started = time.perf_counter()
        try:
            status = await self._serve(scope, request_id, receive, send)
            _log.info("file", status=status, milliseconds=round((time.perf_counter() - started) * 1000, 1))
        finally:
            REQUEST_ID.reset(marked)

    async def _serve(self, scope: Scope, request_id: str, receive: Receive, send: Send) -> int:
        async with AsyncExitStack() as stack:
            try:
                context, file, part = await self._asked(scope, request_id)
                opened = await self._opened(context, file, part, stack)
            except Exception as error:  # noqa: BLE001 # the last resort: no request ends without an answer
                return await _refuse(error, request_id, send)
            return await send_file(opened, request_id, receive, send)

    async def _asked(self, scope: Scope, request_id: str) -> tuple[Context, ReportFile, ByteRange | None]:
        if scope["method"] != "GET":
            raise BadRequest(405, "METHOD_NOT_ALLOWED", "Use GET", {"Allow": "GET"})
        headers = headers_of(scope)
        principal, file = self._addresses.read(scope["path_params"]["sealed"], self._clock())
        # The address lives on where the token that it was made with has been ended.
        if not self._revocations.known:
            raise BadRequest(503, "UPSTREAM_UNAVAILABLE", "登录服务暂不可用，请稍后重试", {"Retry-After": "5"})
        if self._revocations.ended(self._revocations.session_of(principal)):
            raise BadRequest(401, "TOKEN_REVOKED", "登录已失效，请重新登录")
        await self._gate.admit(principal, scope)
        part = range_of(headers.get(b"range"), headers.get(b"if-range"))
        return self._context(principal, request_id), file, part

    async def _opened(
        self, context: Context, file: ReportFile, part: ByteRange | None, stack: AsyncExitStack
    ) -> OpenedFile:
        wait = self._audit.room()
        if wait is not None:
            await wait
        try:
            opened = await open_file(context, file, part)
            stack.push_async_callback(opened.stream.close)
        finally:
            on_disk = self._audit.note_file(context)
            if on_disk is not None:
                await self._audit.confirmed(on_disk)
        return opened


async def _refuse(error: Exception, request_id: str, send: Send) -> int:
    refusal = refusal_of(error)
    if refusal is None:
        _log.error("file_failed", **logs.describe(error))
        refusal = BadRequest(500, "INTERNAL_ERROR", "系统错误，请稍后重试")
    extensions = {"code": refusal.code, "requestId": request_id}
    members = {"errors": [{"message": refusal.message, "extensions": extensions}]}
    await send_answer(answer_of(members, refusal.status, JSON, refusal.headers), request_id, send, compressed=False)
    return refusal.status
