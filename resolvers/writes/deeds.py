"""What mutations do to a person's data, put on record with what came of it."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from connectors.errors import Denied, NotFound, Refused
from connectors.records.base import CardRef
from resolvers.access_control.access import Need
from resolvers.access_control.audit import AuditAction, AuditOutcome, Deed
from resolvers.access_control.scopes import Action
from resolvers.context import Context
from resolvers.problems import Problem

T = TypeVar("T")

_ACTIONS = {
    Action.CREATE: AuditAction.CREATE,
    Action.UPDATE: AuditAction.UPDATE,
    Action.DELETE: AuditAction.DELETE,
}


async def on_record(
    context: Context, need: Need, card: CardRef, write: Awaitable[T], *, done: Callable[[T], bool] = lambda _: True
) -> T:
    """Await a write, and put what came of it on record; `done` says whether its result is the end of it.

    What failed is only what is known to have: a hospital that did not answer may have done it.
    """
    outcome = AuditOutcome.UNKNOWN
    try:
        result = await write
        if done(result):
            outcome = AuditOutcome.SERVED
    except (Problem, Refused, NotFound, Denied):
        outcome = AuditOutcome.FAILED
        raise
    else:
        return result
    finally:
        context.deeds.append(Deed(need.resource, _ACTIONS[need.action], card, outcome))
