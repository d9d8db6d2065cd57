"""Who read a person's record."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from connectors.core import origins
from connectors.records.base import INTERNAL, SHANGHAI, CardRef, Doc
from connectors.records.problems import ProblemCode
from resolvers import pages
from resolvers.access_control.access import Need
from resolvers.access_control.audit import AuditAction, AuditEvent, AuditOutcome
from resolvers.access_control.principal import PurposeOfUse, Relation, Role
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.facilities.hospitals import Hospital, by_id
from resolvers.merging import Merged
from resolvers.opaque import decoded, encoded
from resolvers.pages import After, First
from resolvers.patients.people import Patient
from resolvers.problems import Problem

READ_LOG = Need(Resource.AUDIT_EVENT, Action.SEARCH)
# A person's own, and a guardian's; who looks after a parent or somebody else is no guardian.
_TELLING = frozenset({Relation.SELF, Relation.CHILD})


@dataclass(kw_only=True, slots=True)
class RecordAccessPart:
    """What was done to the record at one hospital (访问明细)."""

    hospital_id: Annotated[str, INTERNAL]
    action: Annotated[AuditAction, Doc("What was done (操作类型).")]
    outcome: Annotated[AuditOutcome, Doc("What came of it (访问结果).")]
    resources: Annotated[list[Resource], Doc("What it was about (访问内容).")]


@dataclass(kw_only=True, slots=True)
class RecordAccess:
    """An access to a person's record (访问记录)."""

    cards: Annotated[tuple[CardRef, ...], INTERNAL]
    hospital_ids: Annotated[tuple[str, ...], INTERNAL]
    at: Annotated[dt.datetime, Doc("When (访问时间).")]
    role: Annotated[Role, Doc("What kind of principal it was (访问者角色).")]
    reader_id: Annotated[str, Doc("Who it was, as an opaque id: the same for the same reader (访问者标识).")]
    by_viewer: Annotated[bool, Doc("Whether it was the one who asks now (是否本人操作).")]
    purpose: Annotated[PurposeOfUse, Doc("What for (使用目的).")]
    parts: Annotated[list[RecordAccessPart], Doc("What was done, hospital by hospital (访问明细).")]
    emergency_reason: Annotated[
        str | None, Doc("Why, where it was access in an emergency beyond the usual reach (紧急访问原因).")
    ] = None


async def access_log(root: Patient, info: GraphInfo, first: First = 20, after: After = None) -> Merged[RecordAccess]:
    """List who read the record, newest first; for the person, a guardian, and staff whose scopes say so."""
    context = info.context
    for card in root.cards:
        _require(context, card)
        # Who looks is on record too, also where there is nothing to be seen.
        context.access.see(Resource.AUDIT_EVENT, card)
    pages.check_first(first)
    origins.elsewhere()
    try:
        behind = None if after is None else decoded(after).decode()
        found = await context.services.audit.trail(root.cards, behind, first)
    except ValueError:
        raise Problem(ProblemCode.BAD_INPUT, "游标无效", field="after") from None
    nodes = [_record_access(context, event, root.cards) for _, event in found.events]
    end = encoded(found.events[-1][0].encode()) if found.events else None
    return Merged(nodes, pages.PageInfo(has_next_page=found.more, end_cursor=end), found.total, [])


def part_hospital(root: RecordAccessPart, info: GraphInfo) -> Hospital:
    """Return the hospital of a part of the record."""
    return by_id(info.context, root.hospital_id)


def hospital(root: RecordAccess, info: GraphInfo) -> Hospital | None:
    """Return where the reader works: the hospital of the record, if the reader works there."""
    own = [card.hospital_id for card in root.cards if card.hospital_id in root.hospital_ids]
    registry = info.context.services.registry
    known = (hospital_id for hospital_id in (*own, *root.hospital_ids) if registry.find(hospital_id) is not None)
    first = next(known, None)
    return None if first is None else by_id(info.context, first)


def _require(context: Context, card: CardRef) -> None:
    principal = context.principal
    context.access.require(READ_LOG, card)
    person = principal.holder_of(card)
    told = principal.role is not Role.PATIENT or (person is not None and person.relation in _TELLING)
    # An emergency opens the record, not the list of those who looked at it.
    if not told or not principal.scopes.permits(*READ_LOG):
        raise context.access.refused(Resource.AUDIT_EVENT, card)


def _record_access(context: Context, event: AuditEvent, cards: tuple[CardRef, ...]) -> RecordAccess:
    """Tell what an event did to this person's cards; it may have been about others too."""
    own = {(card.hospital_id, card.number) for card in cards}
    return RecordAccess(
        cards=cards,
        hospital_ids=event.hospital_ids,
        at=event.at.astimezone(SHANGHAI),
        role=event.role,
        reader_id=context.services.digest(f"reader\0{event.subject}"),
        by_viewer=(event.role, event.subject) == (context.principal.role, context.principal.subject),
        purpose=event.purpose,
        parts=[
            RecordAccessPart(
                hospital_id=touch.card.hospital_id,
                action=touch.action,
                outcome=touch.outcome,
                resources=sorted(touch.resources, key=lambda resource: resource.value),
            )
            for touch in event.touches
            if (touch.card.hospital_id, touch.card.number) in own
        ],
        emergency_reason=event.reason,
    )
