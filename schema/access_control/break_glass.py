"""Access in an emergency."""

from resolvers.access_control import break_glass, emergency
from schema.access_control.guards import PUBLIC
from schema.base import graph_input, graph_type
from schema.cost import FREE
from schema.payloads import mutation, payload, result


@graph_input(break_glass.BreakGlassInput)
class BreakGlassInput(break_glass.BreakGlassInput):
    """What breakGlass takes (紧急访问申请)."""


@graph_type(emergency.EmergencyGrant, PUBLIC)
class EmergencyGrant(emergency.EmergencyGrant):
    """Leave to read one person's data at one hospital in an emergency (紧急访问授权)."""


_GRANTED = payload(
    "BreakGlassPayload",
    "What breakGlass came to (紧急访问结果).",
    grant=result(EmergencyGrant, "The grant; each use of it is on record, and the person sees it (授权)."),
)

BREAK_GLASS = mutation(
    break_glass.break_glass,
    BreakGlassInput,
    _GRANTED,
    "Ask for access to one card in an emergency, beyond the usual reach; staff only, without business key (紧急访问).",
    cost=FREE,
)
