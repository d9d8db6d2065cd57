"""Queries under way: who asks the same meanwhile, and is the same asker, gets the same answer.

People tap twice, pages ask from two corners, and when slots open at seven o'clock all who are not logged in ask the
same. The access layer's record of what is shown goes to each of them, for the audit.
"""

from collections.abc import Callable, Coroutine
from typing import Any, NamedTuple, TypeAlias

import orjson
from graphql import ExecutionResult

from app.endpoint.documents import Document
from app.endpoint.requests import GraphRequest
from connectors.core.in_flight import Joined
from resolvers.access_control.principal import Principal

AnswerKey: TypeAlias = tuple[int, str, str | None, bytes]


def answer_key(document: Document, asked: GraphRequest, principal: Principal) -> AnswerKey | None:
    """Name what is asked and by whom: one check of one token, while it lives. None for what cannot be named."""
    try:
        variables = orjson.dumps(asked.variables, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        # Nested more deeply than can be written.
        return None
    return (id(principal), document.text, asked.operation_name, variables)


class Outcome:
    """What came of running an operation, and the context that it was run with."""

    __slots__ = ("_data", "context", "result")

    def __init__(self, result: ExecutionResult, context: Any) -> None:
        """Take both."""
        self.result = result
        self.context = context
        self._data: bytes | None = None

    def data(self) -> bytes:
        """Write the `data` as JSON, once for all whom it answers."""
        if self._data is None:
            self._data = orjson.dumps(self.result.data)
        return self._data


class Told(NamedTuple):
    """An outcome, and whether another request made it."""

    outcome: Outcome
    joined: bool


class RunningQueries:
    """Shares the outcomes of queries under way; contexts have `show`, which takes over what another's answer shows."""

    def __init__(self) -> None:
        """Start with nothing under way."""
        self._running = Joined()
        self._writes = 0

    async def outcome(self, key: AnswerKey, context: Any, run: Callable[[], Coroutine[Any, Any, Outcome]]) -> Told:
        """Wait for the same query under way, or run it."""
        outcome = await self._running.share((self._writes, key), run)
        joined = outcome.context is not context
        if joined:
            context.show(outcome.context)
        return Told(outcome, joined)

    def written(self) -> None:
        """Let nobody join what began before now: who asks after a write sees it."""
        self._writes += 1
