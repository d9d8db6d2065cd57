"""Takes what hospitals' systems send: who it is comes first, then the body; nothing is confirmed before it is kept."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple, Protocol

import structlog
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from app import logs, strict_json
from app.audit.writer import AuditUnavailable
from app.endpoint.answers import Answer, answer_of, send_answer
from app.endpoint.gate import Gate
from app.endpoint.headers import headers_of
from app.endpoint.negotiation import JSON
from app.endpoint.request_id import request_id_of
from app.endpoint.requests import BadRequest, read_body
from app.inbound.doors import Door
from app.inbound.forwarding import Declined, Forwarder, NotSentOn
from app.metrics import INBOUND
from connectors.core.inbound import Inbound, Unreadable
from connectors.core.request_id import REQUEST_ID
from connectors.records.problems import ProblemCode
from connectors.registry import Registry
from resolvers.access_control.principal import Principal, PurposeOfUse, Role
from resolvers.communication.inbound import Taken, take
from resolvers.context import Context
from resolvers.problems import Problem

_log = structlog.get_logger()

PREFIX = "/inbound/"
_LATER = "系统繁忙，请稍后重试"
_PROBLEMS = {
    ProblemCode.IDEMPOTENCY_CONFLICT: ("conflict", "与此前的通知不一致"),
    ProblemCode.IN_PROGRESS: ("in_progress", "处理中，请稍后重试"),
}


class PutsOnRecord(Protocol):
    """The audit log."""

    def room(self) -> Awaitable[None] | None:
        """Say what to wait for before anything is done, None for nothing."""
        ...

    def note_push(self, context: Context) -> "asyncio.Future[None]":
        """Note what was sent; answers what has to be `confirmed` first."""
        ...

    async def confirmed(self, on_disk: "asyncio.Future[None]") -> None:
        """Wait until it is on disk."""
        ...


class _Call(NamedTuple):
    """A call that somebody who may has made."""

    hospital_id: str
    interface: Inbound
    door: Door
    principal: Principal
    request_id: str


class _Reply(NamedTuple):
    """What came of it, in a word of ours, and what the caller is told."""

    outcome: str
    content: bytes


class InboundEndpoint:
    """An ASGI application for `/inbound/<hospital>/<interface>`."""

    def __init__(
        self,
        doors: Mapping[str, Door],
        registry: Registry,
        context: Callable[[Principal, str], Context],
        forwarder: Forwarder,
        *,
        gate: Gate,
        audit: PutsOnRecord,
        taken: Callable[[], None],
        max_body_bytes: int,
        body_seconds: float,
    ) -> None:
        """Take who may call, what they may call, what a request works with, whom to tell, and its limits."""
        self._doors = doors
        self._registry = registry
        self._context = context
        self._forwarder = forwarder
        self._gate = gate
        self._audit = audit
        self._notify = taken
        self._max_body_bytes = max_body_bytes
        self._body_seconds = body_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one call."""
        hospital_id, path = scope["path_params"]["hospital_id"], "/" + scope["path_params"]["interface"]
        door, interface = self._doors.get(hospital_id), self._interface(hospital_id, path)
        if door is None or interface is None:
            # What any path is answered that there is nothing at.
            await PlainTextResponse("Not Found", status_code=404)(scope, receive, send)
            return
        request_id = request_id_of(headers_of(scope))
        call = _Call(hospital_id, interface, door, _system_of(hospital_id), request_id)
        marked = REQUEST_ID.set(request_id)
        started = time.perf_counter()
        outcome = "left"
        try:
            outcome, answer = await self._answered(call, scope, receive)
            await send_answer(answer, request_id, send, compressed=False)
        finally:
            INBOUND.labels(interface.interface, outcome).inc()
            _log.info(
                "inbound",
                hospital=hospital_id,
                interface=interface.interface,
                outcome=outcome,
                milliseconds=round((time.perf_counter() - started) * 1000, 1),
            )
            REQUEST_ID.reset(marked)

    def _interface(self, hospital_id: str, path: str) -> Inbound | None:
        connection = self._registry.find(hospital_id)
        known = connection.inbound if connection is not None else ()
        return next((each for each in known if each.interface == path), None)

    async def _answered(self, call: _Call, scope: Scope, receive: Receive) -> tuple[str, Answer]:
        try:
            body = await self._body(call, scope, receive)
        except BadRequest as refusal:
            extensions = {"code": refusal.code, "requestId": call.request_id}
            members = {"errors": [{"message": refusal.message, "extensions": extensions}]}
            return refusal.code.lower(), answer_of(members, refusal.status, JSON, refusal.headers)
        try:
            reply = await self._reply(call, body)
        except Exception as error:  # noqa: BLE001 # the last resort: who is not told no believes that it was kept
            _log.error("inbound_failed", **logs.describe(error))
            reply = _no(call, "failed", _LATER)
        return reply.outcome, Answer(200, reply.content, JSON)

    async def _body(self, call: _Call, scope: Scope, receive: Receive) -> bytes:
        if scope["method"] != "POST":
            raise BadRequest(405, "METHOD_NOT_ALLOWED", "Use POST", {"Allow": "POST"})
        headers = headers_of(scope)
        if not call.door.opens(headers.get(b"authorization", b"")):
            await self._gate.admit_nobody(scope)
            raise BadRequest(401, "UNAUTHENTICATED", "The secret is not accepted", {"WWW-Authenticate": "Bearer"})
        await self._gate.admit(call.principal, scope)
        return await read_body(headers, receive, self._max_body_bytes, self._body_seconds)

    async def _reply(self, call: _Call, body: bytes) -> _Reply:
        try:
            taken = await self._taken(call, body)
        except Unreadable as fault:
            return _no(call, "unreadable", str(fault))
        except Problem as problem:
            return _no(call, *_PROBLEMS.get(problem.code, ("unavailable", _LATER)))
        except AuditUnavailable:
            return _no(call, "unavailable", _LATER)
        except NotSentOn:
            return _no(call, "not_sent_on", _LATER)
        except Declined as declined:
            return _Reply("declined", declined.answer)
        content = call.interface.answer(None) if taken.told is None else taken.told.encode()
        return _Reply("repeated" if taken.repeated else "accepted", content)

    async def _taken(self, call: _Call, body: bytes) -> Taken:
        try:
            members = strict_json.loads(body)
        except ValueError:
            # The parser's own sentence may quote what was sent.
            raise Unreadable("参数格式错误") from None
        notice = call.interface.read(members)
        wait = self._audit.room()
        if wait is not None:
            await wait

        async def send_on() -> str | None:
            base = call.door.forward_to
            return None if base is None else await self._forwarder.send_on(base, call.interface, body)

        context = self._context(call.principal, call.request_id)
        taken = await take(context, call.hospital_id, notice, send_on)
        self._notify()
        await self._audit.confirmed(self._audit.note_push(context))
        return taken


def _no(call: _Call, outcome: str, reason: str) -> _Reply:
    return _Reply(outcome, call.interface.answer(reason))


def _system_of(hospital_id: str) -> Principal:
    """Stand for the hospital's system in rates and in the audit log; it may read nothing."""
    return Principal(
        role=Role.SYSTEM,
        subject=f"hospital:{hospital_id}",
        hospital_ids=frozenset({hospital_id}),
        purpose=PurposeOfUse.OPERATIONS,
    )
