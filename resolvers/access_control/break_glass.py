"""Asking for access in an emergency (紧急访问)."""

from dataclasses import dataclass
from typing import Annotated

import strawberry

from connectors.records.base import CardRef, Doc
from connectors.records.problems import ProblemCode
from resolvers.access_control import access
from resolvers.access_control.audit import AuditAction, AuditOutcome, Deed
from resolvers.access_control.emergency import EmergencyGrant
from resolvers.access_control.principal import Emergency, Role
from resolvers.access_control.scopes import Resource
from resolvers.context import Context, GraphInfo
from resolvers.merging import hospital_key
from resolvers.problems import Problem
from resolvers.writes.mutations import Outcome, attempt

_REASON = range(5, 201)
_LONGEST_NUMBER = 64


@dataclass(kw_only=True, slots=True)
class BreakGlassInput:
    """What breakGlass takes: a card, by its id or by hospital and number, and why (紧急访问申请)."""

    card_id: Annotated[strawberry.ID | None, Doc("Card, by its global id (就诊卡).")] = None
    hospital_id: Annotated[strawberry.ID | None, Doc("Hospital of the card, where no id is given (医院).")] = None
    number: Annotated[str | None, Doc("Number on the card, where no id is given (就诊卡号).")] = None
    reason: Annotated[str, Doc("Why; 5 to 200 characters, which the person will see (紧急访问原因).")]


async def break_glass(info: GraphInfo, given: BreakGlassInput) -> Outcome[EmergencyGrant]:
    """Grant access to one card for a while; raises Problem UNAUTHENTICATED or FORBIDDEN for all but staff.

    What is asked for is on record, the reason with it, before the grant is handed out.
    """
    context = info.context
    principal = context.principal
    access.require_known(principal)

    async def work() -> EmergencyGrant:
        card = _card(context, given)
        if principal.role is not Role.STAFF or not principal.hospital_ids:
            raise context.access.refused(Resource.PATIENT, card)
        reason = _reason(given.reason)
        grant = context.services.grants.make(
            principal.subject, Emergency(card=card, reason=reason), context.services.clock()
        )
        context.deeds.append(Deed(Resource.PATIENT, AuditAction.EXECUTE, card, AuditOutcome.SERVED, reason))
        return grant

    return await attempt(work)


def _card(context: Context, given: BreakGlassInput) -> CardRef:
    by_number = given.hospital_id is not None and given.number is not None
    if (given.card_id is not None) == by_number:
        raise Problem(ProblemCode.BAD_INPUT, "请指定就诊卡，或医院与卡号", field="cardId")
    if given.card_id is not None:
        card = context.services.ids.read(given.card_id, "Card").card
        if card is None:
            raise Problem(ProblemCode.BAD_INPUT, "标识类型不符", field="cardId")
        return card
    number = (given.number or "").strip()
    if not number or len(number) > _LONGEST_NUMBER or not number.isprintable():
        raise Problem(ProblemCode.BAD_INPUT, "就诊卡号不正确", field="number")
    return CardRef(hospital_key(context, given.hospital_id or ""), number)


def _reason(given: str) -> str:
    reason = given.strip()
    if len(reason) not in _REASON or not reason.isprintable():
        raise Problem(ProblemCode.BAD_INPUT, "紧急访问原因须为 5 至 200 字", field="reason")
    return reason
