"""What a request may hold and cost, and how many of them a client may send: asked before anything is run."""

from typing import Any, Protocol

from graphql import GraphQLError, OperationDefinitionNode
from starlette.types import Scope

from app.endpoint.budget import CallBudget
from app.endpoint.documents import Document
from app.endpoint.requests import BadRequest
from app.endpoint.variables import too_large
from resolvers.access_control.principal import Principal


class CountsRequests(Protocol):
    """Counts the requests of clients; tells how many seconds to wait when one is too many."""

    async def wait_of(self, principal: Principal, scope: Scope) -> int | None:
        """Count a request of somebody."""
        ...

    async def wait_of_nobody(self, scope: Scope) -> int | None:
        """Count one whose token is not accepted."""
        ...


class Gate:
    """Refuses what is too much."""

    def __init__(self, counts: CountsRequests, budget: CallBudget, *, variables: int) -> None:
        """Take what counts requests and calls, and how much variables may hold (see variables.py)."""
        self._counts = counts
        self._budget = budget
        self._variables = variables

    async def admit(self, principal: Principal, scope: Scope) -> None:
        """Count a request. Raises BadRequest when it is one too many."""
        wait = await self._counts.wait_of(principal, scope)
        if wait is not None:
            raise _too_many(wait)

    async def admit_nobody(self, scope: Scope) -> None:
        """Count a request whose token is not accepted. Raises BadRequest when it is one too many."""
        wait = await self._counts.wait_of_nobody(scope)
        if wait is not None:
            raise _too_many(wait)

    def problem(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        principal: Principal,
        variables: dict[str, Any] | None,
    ) -> GraphQLError | None:
        """Say why the operation is not run; None when it may be."""
        if too_large(variables, self._variables):
            return GraphQLError("The variables are too large.", extensions={"code": "VARIABLES_TOO_LARGE"})
        return self._budget.problem(document, operation, principal.reach, variables)


def _too_many(wait: int) -> BadRequest:
    return BadRequest(429, "RATE_LIMITED", "请求过于频繁，请稍后重试", {"Retry-After": str(wait)})
