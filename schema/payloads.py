"""What all mutations share: one input, and a payload with the result, or why there is none."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import strawberry

from resolvers.context import GraphInfo
from resolvers.writes import mutations
from schema.access_control.guards import PUBLIC
from schema.base import graph_type, relation
from schema.cost import Cost

ERRORS = "Why it was not done; empty when it was (用户错误)."


@graph_type(mutations.UserError, PUBLIC)
class UserError(mutations.UserError):
    """Why a mutation was not done, for the user to mend or to know (用户错误)."""


def result(kind: Any, description: str) -> Any:
    """Make the field with the result; null where there are user errors."""

    def resolve(root: mutations.Outcome[Any]) -> Any:
        return root.result

    return strawberry.field(resolver=resolve, graphql_type=kind | None, description=description)


def payload(name: str, description: str, **results: Any) -> Any:
    """Make a payload type of its results (see `result`); its user errors are added."""
    members = {
        **results,
        "user_errors": strawberry.field(description=ERRORS),
        "__annotations__": {"user_errors": list[UserError]},
        "__doc__": description,
        "__module__": __name__,
    }
    return strawberry.type(type(name, (), members), description=description)


def mutation(
    do: Callable[[GraphInfo, Any], Awaitable[Any]],
    given: type,
    kind: Any,
    description: str,
    *,
    cost: Cost,
    deprecated: str | None = None,
) -> Any:
    """Make the field of a mutation that takes `given` and answers the payload `kind`."""

    async def resolve(info: GraphInfo, input: Any) -> Any:  # noqa: A002 # the argument's name in the graph
        return await do(info, input)

    resolve.__annotations__["input"] = Annotated[given, _INPUT]
    return relation(resolve, kind, description, cost=cost, deprecated=deprecated)


_INPUT = strawberry.argument(description="What it takes (输入).")
