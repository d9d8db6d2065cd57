"""Access in an emergency."""

from typing import Annotated, Any

import strawberry

from resolvers import break_glass, emergency
from resolvers.context import GraphInfo
from schema.base import graph_input, graph_type, relation
from schema.cost import FREE
from schema.guards import PUBLIC
from schema.payloads import ERRORS, UserError, result


@graph_input(break_glass.BreakGlassInput)
class BreakGlassInput(break_glass.BreakGlassInput):
    """What breakGlass takes (紧急访问申请)."""


@graph_type(emergency.EmergencyGrant, PUBLIC)
class EmergencyGrant(emergency.EmergencyGrant):
    """Leave to read one person's data at one hospital in an emergency (紧急访问授权)."""


@strawberry.type(description="What breakGlass came to (紧急访问结果).")
class BreakGlassPayload:
    """The grant, or what the user is told."""

    grant = result(EmergencyGrant, "The grant; each use of it is on record, and the person sees it (授权).")
    user_errors: list[UserError] = strawberry.field(description=ERRORS)


Input = Annotated[BreakGlassInput, strawberry.argument(description="What it takes (输入).")]


async def _break_glass(info: GraphInfo, input: Input) -> Any:  # noqa: A002 # the argument's name in the graph
    return await break_glass.break_glass(info, input)


BREAK_GLASS = relation(
    _break_glass,
    BreakGlassPayload,
    "Ask for access to one card in an emergency, beyond the usual reach; staff only, without business key (紧急访问).",
    cost=FREE,
)
