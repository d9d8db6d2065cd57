"""The GraphQL endpoint: an ASGI application that answers as GraphQL over HTTP says."""

import time
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import Any, Protocol

import structlog
from graphql import (
    GraphQLSchema,
)
from starlette.types import Receive, Scope, Send

from app import logs
from app.audit.writer import AuditUnavailable
from app.endpoint.answers import Answer, answer_of, send_answer
from app.endpoint.emergency import Emergencies
from app.endpoint.exchange import Exchange, log_request
from app.endpoint.gate import Gate
from app.endpoint.headers import headers_of
from app.endpoint.kept_answers import KeptAnswers
from app.endpoint.library import Library
from app.endpoint.negotiation import JSON, RESPONSE_JSON, accepted, takes_gzip
from app.endpoint.operations import Audits, Operations, Present
from app.endpoint.other_sites import refuse_other_sites
from app.endpoint.request_id import request_id_of
from app.endpoint.requests import BadRequest, read
from app.endpoint.running import RunningQueries
from app.identity import IdentityUnavailable, Unauthenticated
from connectors.core.request_id import REQUEST_ID
from resolvers.access_control.principal import Principal

_log = structlog.get_logger()

_BUSY = "系统繁忙，请稍后重试"
_INTERNAL = "系统错误，请稍后重试"


class Identifies(Protocol):
    """Says who a request is from."""

    async def principal(self, authorization: str | None) -> Principal:
        """Read the Authorization header; raises Unauthenticated or IdentityUnavailable."""
        ...


class GraphQLEndpoint:
    """Answers operations over one schema (see operations.py for what those pass through)."""

    def __init__(
        self,
        schema: GraphQLSchema,
        library: Library,
        identity: Identifies,
        context: Callable[[Principal, str], Any],
        present: Present,
        *,
        audit: Audits,
        emergencies: Emergencies,
        gate: Gate,
        max_body_bytes: int,
        body_seconds: float = 15.0,
        origins: AbstractSet[bytes] = frozenset(),
        kept: KeptAnswers | None = None,
        running: RunningQueries | None = None,
    ) -> None:
        """Take the schema, its documents, who identifies, the limits, and the origins of pages that may send GETs."""
        self._operations = Operations(
            schema, library, context, present, audit=audit, gate=gate, kept=kept, running=running
        )
        self._identity = identity
        self._emergencies = emergencies
        self._gate = gate
        self._max_body_bytes = max_body_bytes
        self._body_seconds = body_seconds
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        headers = headers_of(scope)
        request_id = request_id_of(headers)
        marked = REQUEST_ID.set(request_id)
        exchange = Exchange(scope, receive, headers, request_id)
        started = time.perf_counter()
        try:
            answer, members = await self._respond(exchange)
            seconds = time.perf_counter() - started
            gzip = takes_gzip(headers.get(b"accept-encoding", b""))
            try:
                await send_answer(answer, request_id, send, compressed=gzip)
            finally:
                # Nobody need wait for the log.
                log_request(exchange, members, answer.status, seconds)
        finally:
            REQUEST_ID.reset(marked)

    async def _respond(self, exchange: Exchange) -> tuple[Answer, dict[str, Any]]:
        try:
            members, status = await self._answer(exchange)
            answer = answer_of(members, status, exchange.kind)
        except BadRequest as refusal:
            return _refusal(refusal, exchange)
        except AuditUnavailable:
            return _refusal(BadRequest(503, "AUDIT_UNAVAILABLE", _BUSY, {"Retry-After": "5"}), exchange)
        except Exception as error:  # noqa: BLE001 # the last resort: no request ends without an answer
            _log.error("request_failed", **logs.describe(error))
            return _refusal(BadRequest(500, "INTERNAL_ERROR", _INTERNAL), exchange)
        return answer, members

    async def _answer(self, exchange: Exchange) -> tuple[dict[str, Any], int]:
        kind = accepted(exchange.headers.get(b"accept", b""))
        if kind is None:
            raise BadRequest(406, "NOT_ACCEPTABLE", f"Accept {RESPONSE_JSON} or {JSON}")
        exchange.kind = kind
        if exchange.scope["method"] == "GET":
            refuse_other_sites(exchange.headers, self._origins)
        principal = self._emergencies.of(await self._principal(exchange), exchange.headers)
        asked = await read(exchange.scope, exchange.headers, exchange.receive, self._max_body_bytes, self._body_seconds)
        members, status = await self._operations.run(asked, principal, exchange)
        # Plain JSON clients of old expect 200 for all that was well-formed HTTP.
        return members, status if kind == RESPONSE_JSON else 200

    async def _principal(self, exchange: Exchange) -> Principal:
        """Say who asks, and count the request before any more work is done for it."""
        authorization = exchange.headers.get(b"authorization")
        try:
            principal = await self._identity.principal(
                None if authorization is None else authorization.decode("latin-1")
            )
        except Unauthenticated as refusal:
            await self._gate.admit_nobody(exchange.scope)
            raise BadRequest(401, refusal.code, refusal.message, {"WWW-Authenticate": "Bearer"}) from None
        except IdentityUnavailable:
            raise BadRequest(
                503, "UPSTREAM_UNAVAILABLE", "登录服务暂不可用，请稍后重试", {"Retry-After": "5"}
            ) from None
        exchange.role = principal.role.value
        await self._gate.admit(principal, exchange.scope)
        return principal


def _refusal(refusal: BadRequest, exchange: Exchange) -> tuple[Answer, dict[str, Any]]:
    extensions = {"code": refusal.code, "requestId": exchange.request_id}
    members = {"errors": [{"message": refusal.message, "extensions": extensions}]}
    return answer_of(members, refusal.status, exchange.kind, refusal.headers), members
