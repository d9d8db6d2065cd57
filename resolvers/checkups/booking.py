"""Booking and cancelling check-ups (体检预约)."""

import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.core.local_id import pack, unpack
from connectors.ports import CheckupBooking, Connection
from connectors.records.base import CardRef, Doc
from connectors.records.billing import PaymentMethod
from connectors.records.checkups import CheckupGroup
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.scheduling import Appointment, Cancellation
from resolvers.access_control import access
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.global_id import NodeKey
from resolvers.offers import offered
from resolvers.outpatient.appointments import APPOINTMENT
from resolvers.problems import Problem
from resolvers.writes import checks
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of

_BOOK = Write("book a check-up", access.Need(Resource.APPOINTMENT, Action.CREATE), APPOINTMENT)
_CANCEL = Write("cancel a check-up", access.Need(Resource.APPOINTMENT, Action.UPDATE), TypeAdapter(Cancellation))
_MOST_CHOSEN = 50
_NOT_TAKEN = frozenset({PaymentMethod.CARD_BALANCE, PaymentMethod.UNKNOWN})


@dataclass(kw_only=True, slots=True)
class BookCheckupInput:
    """What bookCheckup takes (体检预约信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same appointment (业务单号).")]
    card_id: Annotated[strawberry.ID, Doc("Card that the packages are offered to (就诊卡).")]
    package_ids: Annotated[list[strawberry.ID], Doc("Packages, one at least (套餐).")]
    item_ids: Annotated[list[strawberry.ID] | None, Doc("Items beside them (加项).")] = None
    starts_at: Annotated[dt.datetime, Doc("One of the times of the package's day (预约时间).")]
    amount: Annotated[Decimal, Doc("What all of it costs in yuan (实际支付金额).")]
    method: Annotated[PaymentMethod | None, Doc("How it was paid; leave out to pay at the hospital (支付方式).")] = None
    platform_info: Annotated[str | None, Doc("What the payment platform says of it (平台扩展信息).")] = None
    group_id: Annotated[strawberry.ID | None, Doc("Group of the employer who arranged it (单位分组).")] = None
    occupation_code: Annotated[str | None, Doc("Occupation, by the hospital's code (工种编码).")] = None


@dataclass(kw_only=True, slots=True)
class CancelCheckupInput:
    """What cancelCheckup takes (取消信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    appointment_id: Annotated[strawberry.ID, Doc("Appointment for a check-up (体检预约).")]


async def book_checkup(info: GraphInfo, given: BookCheckupInput) -> Outcome[Appointment]:
    """Book a check-up; raises Problem UNAUTHENTICATED or FORBIDDEN for a card that the principal does not reach."""
    context = info.context
    access.require_known(context.principal)
    card = card_of(context.services.ids.read(given.card_id, "Card"))
    context.access.require(_BOOK.need, card)

    async def work() -> Appointment:
        booking = _booking(context, card, given)

        def send(connection: Connection, holder: CardHolder) -> Awaitable[Appointment]:
            return offered(connection.checkups).book(holder, booking)

        return await _BOOK.do(context, card, given.business_key, booking, send)

    return await attempt(work)


async def cancel_checkup(info: GraphInfo, given: CancelCheckupInput) -> Outcome[Cancellation]:
    """Cancel a check-up; raises Problem UNAUTHENTICATED or FORBIDDEN for one that the principal does not reach."""
    context = info.context
    access.require_known(context.principal)
    key = context.services.ids.read(given.appointment_id, "Appointment")
    card = card_of(key)
    context.access.require(_CANCEL.need, card)

    def send(connection: Connection, holder: CardHolder) -> Awaitable[Cancellation]:
        return offered(connection.checkups).cancel(holder, key.local_id)

    return await attempt(lambda: _CANCEL.do(context, card, given.business_key, key.local_id, send))


def group_key(group: CheckupGroup) -> str:
    """Write the local id of a group, which names its employer too."""
    return pack(group.employer_id, group.id)


def _booking(context: Context, card: CardRef, given: BookCheckupInput) -> CheckupBooking:
    """Check all of it; raises Problem BAD_INPUT."""
    if not given.package_ids:
        raise Problem(ProblemCode.BAD_INPUT, "请至少选择一个套餐", field="packageIds")
    if given.method in _NOT_TAKEN:
        raise Problem(ProblemCode.BAD_INPUT, "体检不支持该支付方式", field="method")
    employer_id, group_id = _group(context, card, given.group_id)
    return CheckupBooking(
        key=checks.business_key(given.business_key),
        starts_at=checks.coming(given.starts_at, context.services.clock(), "startsAt"),
        package_ids=_chosen(context, given.package_ids, "CheckupPackage", "packageIds", lambda key: key.card == card),
        item_ids=_chosen(
            context,
            given.item_ids or [],
            "CheckupItem",
            "itemIds",
            lambda key: key.hospital_id == card.hospital_id,
        ),
        amount=checks.amount(given.amount, "amount"),
        method=given.method,
        platform_info=given.platform_info,
        employer_id=employer_id,
        group_id=group_id,
        occupation_code=None if given.occupation_code is None else checks.text(given.occupation_code, "occupationCode"),
    )


def _chosen(
    context: Context, ids: Sequence[str], kind: str, field: str, fits: Callable[[NodeKey], bool]
) -> tuple[str, ...]:
    if len(ids) > _MOST_CHOSEN or len(set(ids)) != len(ids):
        raise Problem(ProblemCode.BAD_INPUT, f"不可重复且不超过 {_MOST_CHOSEN} 项", field=field)
    return tuple(_local(context, id_, kind, field, fits) for id_ in ids)


def _local(context: Context, id_: str, kind: str, field: str, fits: Callable[[NodeKey], bool]) -> str:
    try:
        key = context.services.ids.read(id_, kind)
    except Problem as problem:
        raise Problem(problem.code, problem.message, field=field) from None
    if not fits(key):
        raise Problem(ProblemCode.BAD_INPUT, "不属于该就诊卡", field=field)
    return key.local_id


def _group(context: Context, card: CardRef, id_: str | None) -> tuple[str | None, str | None]:
    """Return the employer and the group that an id names."""
    if id_ is None:
        return None, None
    employer_id, group_id = unpack(_local(context, id_, "CheckupGroup", "groupId", lambda key: key.card == card), 2)
    return employer_id, group_id
