"""The GraphQL endpoint: an ASGI application that answers as GraphQL over HTTP says."""

import inspect
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import structlog
from graphql import ExecutionResult, GraphQLError, GraphQLSchema, OperationType, execute
from starlette.types import Receive, Scope, Send

from app import logs, metrics
from app.endpoint.answers import Answer, answer_of, send_answer
from app.endpoint.complexity import DocumentLimits
from app.endpoint.documents import Documents, InvalidDocument
from app.endpoint.headers import Headers, headers_of
from app.endpoint.negotiation import JSON, RESPONSE_JSON, accepted, takes_gzip
from app.endpoint.request_id import request_id_of
from app.endpoint.requests import BadRequest, GraphRequest, read
from app.execution import PlanCache
from app.identity import Unauthenticated
from app.key_sets import KeysUnavailable
from connectors.errors import ConnectorError
from resolvers.principal import Principal
from resolvers.problems import Problem

_log = structlog.get_logger()

# The log is no place for texts that a client made up.
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
_INTERNAL = "系统错误，请稍后重试"
Present = Callable[[GraphQLError, str], dict[str, Any]]


class Identifies(Protocol):
    """Says who a request is from."""

    async def principal(self, authorization: str | None) -> Principal:
        """Read the Authorization header; raises Unauthenticated or KeysUnavailable."""
        ...


@dataclass(slots=True)
class _Exchange:
    """One request, with what the log line tells of it, as far as it got."""

    scope: Scope
    receive: Receive
    headers: Headers
    request_id: str
    kind: str = JSON
    role: str = ""
    operation: str | None = None
    compiled: bool = True


class GraphQLEndpoint:
    """Answers operations over one schema.

    `context` makes what resolvers are handed from the principal and the request id; `present` formats an error.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        identity: Identifies,
        context: Callable[[Principal, str], Any],
        present: Present,
        *,
        max_body_bytes: int,
        limits: DocumentLimits,
        introspection: bool = True,
    ) -> None:
        """Take the schema, who identifies, and the limits."""
        self._schema = schema
        self._documents = Documents(schema, limits, introspection=introspection)
        self._plans = PlanCache(schema)
        self._identity = identity
        self._context = context
        self._present = present
        self._max_body_bytes = max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        headers = headers_of(scope)
        request_id = request_id_of(headers)
        marked = logs.REQUEST_ID.set(request_id)
        try:
            answer = await self._respond(_Exchange(scope, receive, headers, request_id))
            gzip = takes_gzip(headers.get(b"accept-encoding", b""))
            await send_answer(answer, request_id, send, compressed=gzip)
        finally:
            logs.REQUEST_ID.reset(marked)

    async def _respond(self, exchange: _Exchange) -> Answer:
        started = time.perf_counter()
        try:
            members, status = await self._answer(exchange)
            answer = answer_of(members, status, exchange.kind)
        except BadRequest as refusal:
            members, answer = _refusal(refusal, exchange)
        except Exception as error:  # noqa: BLE001 # the last resort: no request ends without an answer
            _log.error("request_failed", **logs.describe(error))
            members, answer = _refusal(BadRequest(500, "INTERNAL_ERROR", _INTERNAL), exchange)
        # Where nobody has said where lines go, none is made for every request.
        if structlog.is_configured():
            _log_request(exchange, members, answer.status, time.perf_counter() - started)
        return answer

    async def _answer(self, exchange: _Exchange) -> tuple[dict[str, Any], int]:
        kind = accepted(exchange.headers.get(b"accept", b""))
        if kind is None:
            raise BadRequest(406, "NOT_ACCEPTABLE", f"Accept {RESPONSE_JSON} or {JSON}")
        exchange.kind = kind
        asked = await read(exchange.scope, exchange.headers, exchange.receive, self._max_body_bytes)
        exchange.operation = asked.operation_name
        principal = await self._principal(exchange.headers)
        exchange.role = principal.role.value
        members, status = await self._run(asked, principal, exchange)
        # Plain JSON clients of old expect 200 for all that was well-formed HTTP.
        return members, status if kind == RESPONSE_JSON else 200

    async def _principal(self, headers: Headers) -> Principal:
        authorization = headers.get(b"authorization")
        try:
            return await self._identity.principal(None if authorization is None else authorization.decode("latin-1"))
        except Unauthenticated as refusal:
            raise BadRequest(401, refusal.code, refusal.message, {"WWW-Authenticate": "Bearer"}) from None
        except KeysUnavailable:
            raise BadRequest(
                503, "UPSTREAM_UNAVAILABLE", "登录服务暂不可用，请稍后重试", {"Retry-After": "5"}
            ) from None

    async def _run(self, asked: GraphRequest, principal: Principal, exchange: _Exchange) -> tuple[dict[str, Any], int]:
        """Run the operation; the status is the one for graphql-response+json."""
        request_id = exchange.request_id
        try:
            document = self._documents.read(asked.query)
        except InvalidDocument as invalid:
            return {"errors": [self._present(error, request_id) for error in invalid.errors]}, 400
        chosen = document.operation(asked.operation_name)
        exchange.operation = chosen.name.value if chosen.name else None
        if chosen.operation is not OperationType.QUERY and not asked.may_write:
            raise BadRequest(405, "METHOD_NOT_ALLOWED", "Send mutations by POST", {"Allow": "POST"})
        context = self._context(principal, request_id)
        plan = self._plans.get(asked.query, document.node, chosen, asked.variables)
        if plan is not None:
            metrics.COMPILED.inc()
            return self._formatted(await plan.execute(context, asked.variables), request_id)
        metrics.NOT_COMPILED.inc()
        exchange.compiled = False
        result = execute(
            self._schema,
            document.node,
            context_value=context,
            variable_values=asked.variables,
            operation_name=asked.operation_name,
        )
        if inspect.isawaitable(result):
            result = await result
        return self._formatted(result, request_id)

    def _formatted(self, result: ExecutionResult, request_id: str) -> tuple[dict[str, Any], int]:
        errors = result.errors or []
        for error in errors:
            _log_unexpected(error)
        if result.data is None and errors and all(error.path is None for error in errors):
            # Nothing was run: a variable is missing or of the wrong kind.
            return {"errors": [self._bad_variables(error, request_id) for error in errors]}, 400
        answer: dict[str, Any] = {"data": result.data}
        if errors:
            answer["errors"] = [self._present(error, request_id) for error in errors]
        return answer, 200

    def _bad_variables(self, error: GraphQLError, request_id: str) -> dict[str, Any]:
        # graphql-core quotes the value that does not fit; it may be a patient's.
        shown = self._present(GraphQLError("A variable is missing or does not fit its type", error.nodes), request_id)
        shown["extensions"]["code"] = "BAD_USER_INPUT"
        return shown


def _refusal(refusal: BadRequest, exchange: _Exchange) -> tuple[dict[str, Any], Answer]:
    extensions = {"code": refusal.code, "requestId": exchange.request_id}
    members = {"errors": [{"message": refusal.message, "extensions": extensions}]}
    return members, answer_of(members, refusal.status, exchange.kind, refusal.headers)


def _log_request(exchange: _Exchange, members: dict[str, Any], status: int, seconds: float) -> None:
    operation = exchange.operation
    _log.info(
        "request",
        operation=operation if operation and _NAME.fullmatch(operation) else None,
        role=exchange.role,
        status=status,
        compiled=exchange.compiled,
        milliseconds=round(seconds * 1000, 1),
        codes=[error["extensions"].get("code") for error in members.get("errors", ())],
    )


def _log_unexpected(error: GraphQLError) -> None:
    """Log a fault of ours with where it happened, but not its text, which may quote a patient's data."""
    cause = error.original_error
    if cause is None or isinstance(cause, Problem | ConnectorError | GraphQLError):
        return
    _log.error("unexpected", path=_schema_path(error.path), **logs.describe(cause))


def _schema_path(path: Any) -> str:
    return ".".join(part for part in path or () if isinstance(part, str))
