"""The GraphQL endpoint: an ASGI application that answers as GraphQL over HTTP says."""

import inspect
import time
from collections.abc import Callable
from typing import Any, Protocol

import orjson
import structlog
from graphql import ExecutionResult, GraphQLError, GraphQLSchema, OperationType, execute
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.endpoint.documents import Documents, InvalidDocument, operation
from app.endpoint.negotiation import JSON, RESPONSE_JSON, accepted
from app.endpoint.request_id import request_id_of
from app.endpoint.requests import BadRequest, GraphRequest, read
from app.identity import Unauthenticated
from app.key_sets import KeysUnavailable
from connectors.errors import ConnectorError
from resolvers.principal import Principal
from resolvers.problems import Problem

_log = structlog.get_logger()

_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Vary": "Accept"}
Present = Callable[[GraphQLError, str], dict[str, Any]]


class Identifies(Protocol):
    """Says who a request is from."""

    async def principal(self, authorization: str | None) -> Principal:
        """Read the Authorization header; raises Unauthenticated or KeysUnavailable."""
        ...


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
        max_tokens: int,
    ) -> None:
        """Take the schema, who identifies, and the limits."""
        self._schema = schema
        self._documents = Documents(schema, max_tokens)
        self._identity = identity
        self._context = context
        self._present = present
        self._max_body_bytes = max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request = Request(scope, receive)
        request_id = request_id_of(request)
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = await self._respond(request, request_id)
            response.headers["X-Request-Id"] = request_id
            await response(scope, receive, send)

    async def _respond(self, request: Request, request_id: str) -> Response:
        started = time.perf_counter()
        kind = accepted(request.headers.get("accept", ""))
        if kind is None:
            return self._refusal(
                BadRequest(406, "NOT_ACCEPTABLE", f"Accept {RESPONSE_JSON} or {JSON}"), JSON, request_id
            )
        role, name = "", None
        try:
            asked = await read(request, self._max_body_bytes)
            name = asked.operation_name
            principal = await self._principal(request)
            role = principal.role.value
            answer, status = await self._run(asked, principal, request_id)
        except BadRequest as refusal:
            response = self._refusal(refusal, kind, request_id)
            answer, status = {"errors": [{"extensions": {"code": refusal.code}}]}, refusal.status
        else:
            # Plain JSON clients of old expect 200 for all that was well-formed HTTP.
            status = status if kind == RESPONSE_JSON else 200
            response = Response(orjson.dumps(answer, default=str), status, _HEADERS, f"{kind}; charset=utf-8")
        _log.info(
            "request",
            operation=name,
            role=role,
            status=status,
            milliseconds=round((time.perf_counter() - started) * 1000, 1),
            codes=[error["extensions"].get("code") for error in answer.get("errors", ())],
        )
        return response

    async def _principal(self, request: Request) -> Principal:
        try:
            return await self._identity.principal(request.headers.get("authorization"))
        except Unauthenticated as refusal:
            raise BadRequest(401, refusal.code, refusal.message, {"WWW-Authenticate": "Bearer"}) from None
        except KeysUnavailable:
            raise BadRequest(
                503, "UPSTREAM_UNAVAILABLE", "登录服务暂不可用，请稍后重试", {"Retry-After": "5"}
            ) from None

    async def _run(self, asked: GraphRequest, principal: Principal, request_id: str) -> tuple[dict[str, Any], int]:
        """Run the operation; the status is the one for graphql-response+json."""
        try:
            document = self._documents.read(asked.query)
        except InvalidDocument as invalid:
            return {"errors": [self._present(error, request_id) for error in invalid.errors]}, 400
        if operation(document, asked.operation_name).operation is not OperationType.QUERY and not asked.may_write:
            raise BadRequest(405, "METHOD_NOT_ALLOWED", "Send mutations by POST", {"Allow": "POST"})
        result = execute(
            self._schema,
            document,
            context_value=self._context(principal, request_id),
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

    def _refusal(self, refusal: BadRequest, kind: str, request_id: str) -> Response:
        error = {"message": refusal.message, "extensions": {"code": refusal.code, "requestId": request_id}}
        return Response(
            orjson.dumps({"errors": [error]}),
            refusal.status,
            {**_HEADERS, **refusal.headers},
            f"{kind}; charset=utf-8",
        )


def _log_unexpected(error: GraphQLError) -> None:
    """Log a fault of ours with where it happened, but not its text, which may quote a patient's data."""
    cause = error.original_error
    if cause is None or isinstance(cause, Problem | ConnectorError | GraphQLError):
        return
    places = []
    trace = cause.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    _log.error("unexpected", error=type(cause).__name__, path=_schema_path(error.path), places=places[-12:])


def _schema_path(path: Any) -> str:
    return ".".join(part for part in path or () if isinstance(part, str))
