"""What is done for one operation: found, allowed, run or recalled, and put on record."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, NamedTuple, Protocol

import orjson
import structlog
from graphql import (
    ExecutionResult,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    execute,
)

from app import logs, metrics
from app.endpoint.documents import Document, InvalidDocument
from app.endpoint.exchange import Exchange
from app.endpoint.gate import Gate
from app.endpoint.kept_answers import KeptAnswers
from app.endpoint.library import Library
from app.endpoint.requests import BadRequest, GraphRequest
from app.endpoint.running import AnswerKey, Outcome, RunningQueries, answer_key
from app.execution import PlanCache
from resolvers.access_control.principal import Principal

_log = structlog.get_logger()

Present = Callable[[GraphQLError, str], dict[str, Any]]


class Audits(Protocol):
    """Puts on record what operations did."""

    def room(self) -> Awaitable[None] | None:
        """Say what to wait for before anything is run, None for nothing. It raises AuditUnavailable."""
        ...

    def note(
        self, context: Any, document: Document, operation: OperationDefinitionNode, *, untrusted: bool
    ) -> "asyncio.Future[None] | None":
        """Note what an operation did; answers what has to be `confirmed` before it is answered, None for nothing."""
        ...

    async def confirmed(self, on_disk: "asyncio.Future[None]") -> None:
        """Wait for that. Raises AuditUnavailable."""
        ...


class _Work(NamedTuple):
    """An operation to run: as it was asked, found and chosen, and what it is run with."""

    asked: GraphRequest
    document: Document
    chosen: OperationDefinitionNode
    context: Any
    exchange: Exchange


class Operations:
    """Runs the operations of one schema; raises BadRequest, and whatever the audit log raises when it is gone.

    `context` makes what resolvers are handed from the principal and the request id; `present` formats an error; `kept`
    keeps whole answers, and `running` shares those under way: None for nothing.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        library: Library,
        context: Callable[[Principal, str], Any],
        present: Present,
        *,
        audit: Audits,
        gate: Gate,
        kept: KeptAnswers | None,
        running: RunningQueries | None,
    ) -> None:
        """Take the schema, its documents, and what operations pass through."""
        self._schema = schema
        self._library = library
        self._plans = PlanCache(schema)
        self._context = context
        self._present = present
        self._audit = audit
        self._gate = gate
        self._kept = kept
        self._running = running

    async def run(self, asked: GraphRequest, principal: Principal, exchange: Exchange) -> tuple[dict[str, Any], int]:
        """Run the operation; the status is the one for graphql-response+json."""
        request_id = exchange.request_id
        try:
            document = self._library.find(asked, principal.role)
        except InvalidDocument as invalid:
            return {"errors": [self._present(error, request_id) for error in invalid.errors]}, 400
        exchange.untrusted = not document.trusted
        chosen = document.operation(asked.operation_name)
        exchange.operation = chosen.name.value if chosen.name else None
        if chosen.operation is not OperationType.QUERY and not asked.may_write:
            raise BadRequest(405, "METHOD_NOT_ALLOWED", "Send mutations by POST", {"Allow": "POST"})
        excess = self._gate.problem(document, chosen, principal, asked.variables)
        if excess is not None:
            return {"errors": [self._present(excess, request_id)]}, 400
        room = self._audit.room()
        if room is not None:
            await room
        context = self._context(principal, request_id)
        try:
            members, status = await self._members(_Work(asked, document, chosen, context, exchange))
        finally:
            # Whatever it came to: what was seen was seen.
            on_disk = self._audit.note(context, document, chosen, untrusted=exchange.untrusted)
        if on_disk is not None:
            await self._audit.confirmed(on_disk)
        return members, status

    async def _members(self, work: _Work) -> tuple[dict[str, Any], int]:
        """Recall the answer, join it where it is being made, or run the operation; keep what may be kept of it."""
        if work.chosen.operation is not OperationType.QUERY:
            return await self._written(work)
        context = work.context
        unnamed = self._kept is None and self._running is None
        key = None if unnamed else answer_key(work.document, work.asked, context.principal)
        if key is not None and self._kept is not None:
            known = await self._kept.find(key, context)
            if known is not None:
                metrics.KEPT.inc()
                return {"data": orjson.Fragment(known)}, 200

        async def run() -> Outcome:
            return Outcome(await self._executed(work), context)

        outcome = await (run() if key is None else self._joined(key, context, run))
        members, status = self._formatted(outcome.result, work.exchange.request_id)
        if members.keys() == {"data"}:
            members["data"] = orjson.Fragment(outcome.data())
            if key is not None and self._kept is not None:
                self._kept.keep(key, context, outcome.data())
        return members, status

    async def _joined(self, key: AnswerKey, context: Any, run: Callable[[], Coroutine[Any, Any, Outcome]]) -> Outcome:
        """Wait for the same query where it is under way, or run it."""
        if self._running is None:
            return await run()
        outcome, joined = await self._running.outcome(key, context, run)
        if joined:
            metrics.JOINED.inc()
        return outcome

    async def _written(self, work: _Work) -> tuple[dict[str, Any], int]:
        """Run a mutation."""
        try:
            result = await self._executed(work)
        finally:
            if self._running is not None:
                self._running.written()
        return self._formatted(result, work.exchange.request_id)

    async def _executed(self, work: _Work) -> ExecutionResult:
        asked, document, chosen, context, exchange = work
        plan = self._plans.get(document.text, document.node, chosen, asked.variables)
        if plan is not None:
            metrics.COMPILED.inc()
            return await plan.execute(context, asked.variables)
        metrics.NOT_COMPILED.inc()
        exchange.compiled = False
        result: Any = execute(
            self._schema,
            document.node,
            context_value=context,
            variable_values=asked.variables,
            operation_name=asked.operation_name,
        )
        done: ExecutionResult = await result if inspect.isawaitable(result) else result
        return done

    def _formatted(self, result: ExecutionResult, request_id: str) -> tuple[dict[str, Any], int]:
        errors = result.errors or []
        if result.data is None and errors and all(error.path is None for error in errors):
            # Nothing was run: a variable is missing or of the wrong kind.
            return {"errors": [self._bad_variables(error, request_id) for error in errors]}, 400
        answer: dict[str, Any] = {"data": result.data}
        if errors:
            answer["errors"] = [self._shown(error, request_id) for error in errors]
        return answer, 200

    def _shown(self, error: GraphQLError, request_id: str) -> dict[str, Any]:
        shown = self._present(error, request_id)
        if shown["extensions"].get("code") == "INTERNAL_ERROR":
            _log_unexpected(error)
        return shown

    def _bad_variables(self, error: GraphQLError, request_id: str) -> dict[str, Any]:
        # graphql-core quotes the value that does not fit; it may be a patient's.
        shown = self._present(GraphQLError("A variable is missing or does not fit its type", error.nodes), request_id)
        shown["extensions"]["code"] = "BAD_USER_INPUT"
        return shown


def _log_unexpected(error: GraphQLError) -> None:
    """Log a fault of ours with where it happened, but not its text, which may quote a patient's data."""
    # The field by its name in the schema: the error's path has the aliases that the client chose.
    fields = [node.name.value for node in error.nodes or () if isinstance(node, FieldNode)]
    _log.error("unexpected", field=fields[0] if fields else None, **logs.describe(error.original_error or error))
