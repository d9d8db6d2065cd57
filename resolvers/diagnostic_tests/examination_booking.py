"""Booking ordered examinations, changing and cancelling what is booked, checking in for it (检查预约)."""

import datetime as dt
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.ports import Connection
from connectors.records.base import CardRef, Doc
from connectors.records.examinations import ExaminationOrder, Ordered
from connectors.records.hospitals import Capability
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.scheduling import Appointment, Cancellation
from resolvers.access_control import access
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.diagnostic_tests.examinations import load_orders
from resolvers.global_id import NodeKey
from resolvers.merging import whole_days
from resolvers.offers import offered, require_offered
from resolvers.outpatient.appointments import (
    APPOINTMENT,
    cancel_registration,
    keep_registration,
    kept_registration,
    load_appointments,
)
from resolvers.problems import Problem
from resolvers.writes import checks
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of, settle

_MOST = 20
_AHEAD = dt.timedelta(days=90)
_ORDERED: TypeAdapter[Ordered] = TypeAdapter(Ordered)
_LISTED: TypeAdapter[list[Appointment]] = TypeAdapter(list[Appointment])

_UPDATE = access.Need(Resource.APPOINTMENT, Action.UPDATE)
_BOOK = Write("book-examination", access.Need(Resource.APPOINTMENT, Action.CREATE), APPOINTMENT)
_CHANGE = Write("change-examination", _UPDATE, APPOINTMENT)
_CANCEL = Write("cancel-examination", _UPDATE, TypeAdapter(Cancellation))
# Who was not checked in may try again under the same key.
_CHECK_IN = Write("check-in", _UPDATE, _LISTED, final=bool)


@dataclass(kw_only=True, slots=True)
class BookExaminationInput:
    """What bookExamination takes (检查预约信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same appointment (业务单号).")]
    slot_id: Annotated[strawberry.ID, Doc("Time in a room (时间段).")]


@dataclass(kw_only=True, slots=True)
class ChangeExaminationInput:
    """What changeExamination takes (检查改约信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same appointment (业务单号).")]
    appointment_id: Annotated[strawberry.ID, Doc("The booked examination (预约).")]
    slot_id: Annotated[strawberry.ID, Doc("The new time, of the same order (时间段).")]


@dataclass(kw_only=True, slots=True)
class CancelExaminationInput:
    """What cancelExamination takes (检查取消信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    appointment_id: Annotated[strawberry.ID, Doc("The booked examination (预约).")]
    reason: Annotated[str, Doc("Why it is cancelled, up to 200 characters (取消原因).")]


@dataclass(kw_only=True, slots=True)
class CheckInExaminationsInput:
    """What checkInExaminations takes (检查登记信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    appointment_ids: Annotated[list[strawberry.ID], Doc(f"Booked examinations of one card, up to {_MOST} (预约).")]


async def book_examination(info: GraphInfo, given: BookExaminationInput) -> Outcome[Appointment]:
    """Book a time; raises Problem UNAUTHENTICATED or FORBIDDEN for an order that the principal does not reach."""
    context = info.context
    access.require_known(context.principal)
    slot = context.services.ids.read(given.slot_id, "ExaminationSlot")
    card = card_of(slot, "slotId")
    context.access.require(_BOOK.need, card)

    async def work() -> Appointment:
        key, slot_id = given.business_key, slot.local_id
        # A booked order is listed no more: a repeat sends what the first try found.
        order = await settle(
            context, "examination-order", card, key, slot_id, lambda: _ordered(context, slot), _ORDERED
        )

        def send(connection: Connection, holder: CardHolder) -> Awaitable[Appointment]:
            return offered(connection.examinations).book(holder, order, slot_id, key)

        appointment = await _BOOK.do(context, card, key, slot_id, send)
        await keep_registration(context, appointment)
        return appointment

    return await attempt(work)


async def change_examination(info: GraphInfo, given: ChangeExaminationInput) -> Outcome[Appointment]:
    """Book another time; raises Problem UNAUTHENTICATED or FORBIDDEN for what the principal does not reach."""
    context = info.context
    access.require_known(context.principal)
    booked, card = _booked(context, given.appointment_id)

    async def work() -> Appointment:
        require_offered(context.loaders.connection(card.hospital_id), card.hospital_id, Capability.EXAMINATION_CHANGES)
        slot = context.services.ids.read(given.slot_id, "ExaminationSlot")
        if slot.card != card:
            raise Problem(ProblemCode.BAD_INPUT, "时间段与预约不属于同一就诊卡", field="slotId")
        key, content = given.business_key, (booked.local_id, slot.local_id)
        order = await settle(
            context, "changed-order", card, key, content, lambda: _changed(context, card, booked, slot), _ORDERED
        )

        def send(connection: Connection, holder: CardHolder) -> Awaitable[Appointment]:
            return offered(connection.examinations).change(holder, order, booked.local_id, slot.local_id, key)

        appointment = await _CHANGE.do(context, card, key, content, send)
        await cancel_registration(context, card, booked.local_id)
        await keep_registration(context, appointment)
        return appointment

    return await attempt(work)


async def cancel_examination(info: GraphInfo, given: CancelExaminationInput) -> Outcome[Cancellation]:
    """Cancel a booked examination; raises Problem UNAUTHENTICATED or FORBIDDEN for one out of reach."""
    context = info.context
    access.require_known(context.principal)
    booked, card = _booked(context, given.appointment_id)

    async def work() -> Cancellation:
        reason = checks.text(given.reason, "reason")
        known = await kept_registration(context, card, booked.local_id)
        # The hospital knows it by its own key; for what was not booked here, the key of this cancellation has to do.
        key = (known.booking_key if known else None) or given.business_key

        def send(connection: Connection, holder: CardHolder) -> Awaitable[Cancellation]:
            return offered(connection.examinations).cancel(holder, booked.local_id, key, reason)

        cancellation = await _CANCEL.do(context, card, given.business_key, (booked.local_id, reason), send)
        await cancel_registration(context, card, booked.local_id)
        return cancellation

    return await attempt(work)


async def check_in_examinations(info: GraphInfo, given: CheckInExaminationsInput) -> Outcome[list[Appointment]]:
    """Check in; raises Problem UNAUTHENTICATED or FORBIDDEN for examinations out of reach."""
    context = info.context
    access.require_known(context.principal)

    async def work() -> list[Appointment]:
        if not 1 <= len(given.appointment_ids) <= _MOST:
            raise Problem(ProblemCode.BAD_INPUT, f"预约须为 1 至 {_MOST} 项", field="appointmentIds")
        booked = [_booked(context, id_) for id_ in given.appointment_ids]
        card, ids = booked[0][1], [key.local_id for key, _ in booked]
        if {own for _, own in booked} != {card} or len(set(ids)) != len(ids):
            raise Problem(ProblemCode.BAD_INPUT, "须为同一就诊卡的不同预约", field="appointmentIds")
        key, content = given.business_key, sorted(ids)
        listed = await settle(
            context, "check-in-list", card, key, content, lambda: _admitted(context, card, ids), _LISTED
        )

        def send(connection: Connection, holder: CardHolder) -> Awaitable[list[Appointment]]:
            return offered(connection.examinations).check_in(holder, listed)

        return await _CHECK_IN.do(context, card, key, content, send)

    return await attempt(work)


def _booked(context: Context, appointment_id: str) -> tuple[NodeKey, CardRef]:
    """Read the id of what is booked, of a card that one may do this with."""
    key = context.services.ids.read(appointment_id, "Appointment")
    card = card_of(key, "appointmentId")
    context.access.require(_UPDATE, card)
    return key, card


async def _ordered(context: Context, slot: NodeKey) -> Ordered:
    """Find the order that a time is for among those that wait for one."""
    card = card_of(slot, "slotId")
    examinations = offered(context.loaders.connection(card.hospital_id).examinations)
    order_id = examinations.order_of(slot.local_id)
    for order in await load_orders(context, card):
        if order.id == order_id:
            return order.ordered
    raise Problem(ProblemCode.NOT_FOUND, "该检查申请不存在或已预约", field="slotId")


async def _changed(context: Context, card: CardRef, booked: NodeKey, slot: NodeKey) -> Ordered:
    """Find the order of what is booked, which the time must be for."""
    (appointment,) = await _find(context, card, [booked.local_id], "appointmentId")
    if not appointment.changeable:
        raise Problem(ProblemCode.NOT_CHANGEABLE, "该预约不可改约", field="appointmentId")
    order: ExaminationOrder | None = appointment.order
    examinations = offered(context.loaders.connection(card.hospital_id).examinations)
    if order is None or examinations.order_of(slot.local_id) != order.id:
        raise Problem(ProblemCode.BAD_INPUT, "时间段不属于该检查申请", field="slotId")
    return order.ordered


async def _admitted(context: Context, card: CardRef, ids: list[str]) -> list[Appointment]:
    found = await _find(context, card, ids, "appointmentIds")
    if not all(appointment.online_check_in for appointment in found):
        raise Problem(ProblemCode.SERVICE_NOT_OPEN, "该检查不支持线上登记，请到窗口登记", field="appointmentIds")
    return found


async def _find(context: Context, card: CardRef, ids: list[str], field: str) -> list[Appointment]:
    """Find coming appointments by their ids; raises Problem APPOINTMENT_UNKNOWN."""
    today = context.services.clock().date()
    listed = await load_appointments(context, card, whole_days(today, today + _AHEAD))
    by_id = {appointment.id: appointment for appointment in listed}
    if not by_id.keys() >= set(ids):
        raise Problem(ProblemCode.APPOINTMENT_UNKNOWN, "预约记录不存在", field=field)
    return [by_id[id_] for id_ in ids]
