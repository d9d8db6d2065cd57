"""Reserving, paying and cancelling laboratory tests that people order themselves (检验项目预约)."""

from collections.abc import Awaitable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.ports import Connection
from connectors.records.base import CardRef, Doc
from connectors.records.billing import PaymentMethod
from connectors.records.lab_tests import LabNumbering, LabPayment, LabReservation, LabTest
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.scheduling import Appointment, Cancellation
from resolvers.access_control import access
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.diagnostic_tests.lab_tests import load_tests
from resolvers.global_id import NodeKey
from resolvers.offers import offered
from resolvers.outpatient.appointments import APPOINTMENT, cancel_registration, keep_registration, kept_registration
from resolvers.problems import Problem
from resolvers.writes import checks
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of, settle

_MOST_MINUTES = 60
_RESERVATION: TypeAdapter[LabReservation] = TypeAdapter(LabReservation)
_PAYMENT: TypeAdapter[LabPayment] = TypeAdapter(LabPayment)

_RESERVE = Write("reserve-lab-test", access.Need(Resource.APPOINTMENT, Action.CREATE), APPOINTMENT)
_PAY = Write("pay-lab-test", access.Need(Resource.PAYMENT_NOTICE, Action.CREATE), APPOINTMENT)
_CANCEL = Write("cancel-lab-test", access.Need(Resource.APPOINTMENT, Action.UPDATE), TypeAdapter(Cancellation))


@dataclass(kw_only=True, slots=True)
class ReserveLabTestInput:
    """What reserveLabTest takes: a slot, or a session that has no numbers (检验号源锁定信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same reservation (业务单号).")]
    card_id: Annotated[strawberry.ID, Doc("Card at the hospital (就诊卡).")]
    slot_id: Annotated[strawberry.ID | None, Doc("Slot (号源).")] = None
    session_id: Annotated[strawberry.ID | None, Doc("Session without numbers, instead of a slot (不限号的排班).")] = (
        None
    )
    minutes: Annotated[int, Doc(f"How long it is kept until it is paid, 1 to {_MOST_MINUTES} (锁号时间，分钟).")] = 15


@dataclass(kw_only=True, slots=True)
class PayLabTestInput:
    """What payLabTest takes: a payment that was made, and what for (检验预约支付信息)."""

    business_key: Annotated[str, Doc("Number of the payment; same number, same content: the same answer (支付单号).")]
    card_id: Annotated[strawberry.ID, Doc("Card at the hospital (就诊卡).")]
    appointment_id: Annotated[strawberry.ID | None, Doc("What reserveLabTest answered (已锁定的预约).")] = None
    session_id: Annotated[
        strawberry.ID | None, Doc("Session without numbers, which needs no reservation (不限号的排班).")
    ] = None
    amount: Annotated[Decimal, Doc("Price and consultation fee in yuan (总金额).")]
    method: Annotated[PaymentMethod | None, Doc("How it was paid; null where nothing is to be paid (支付方式).")] = None


@dataclass(kw_only=True, slots=True)
class CancelLabTestInput:
    """What cancelLabTest takes (检验预约取消信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    appointment_id: Annotated[strawberry.ID, Doc("What payLabTest answered (预约).")]


async def reserve_lab_test(info: GraphInfo, given: ReserveLabTestInput) -> Outcome[Appointment]:
    """Keep a number free; raises Problem UNAUTHENTICATED or FORBIDDEN for a card that the principal does not reach."""
    context = info.context
    access.require_known(context.principal)
    card = card_of(context.services.ids.read(given.card_id, "Card"), "cardId")
    context.access.require(_RESERVE.need, card)

    async def work() -> Appointment:
        place = _place(context, card, slotId=given.slot_id, sessionId=given.session_id)
        if not 1 <= given.minutes <= _MOST_MINUTES:
            raise Problem(ProblemCode.BAD_INPUT, f"锁号时间须为 1 至 {_MOST_MINUTES} 分钟", field="minutes")
        key, content = given.business_key, (place.local_id, given.minutes)
        reservation = await settle(
            context,
            "lab-reservation",
            card,
            key,
            content,
            lambda: _reservation(context, place, given),
            _RESERVATION,
        )

        def send(connection: Connection, holder: CardHolder) -> Awaitable[Appointment]:
            _reachable(holder)
            return offered(connection.lab_tests).reserve(holder, reservation)

        appointment = await _RESERVE.do(context, card, key, content, send)
        await keep_registration(context, appointment)
        return appointment

    return await attempt(work)


async def pay_lab_test(info: GraphInfo, given: PayLabTestInput) -> Outcome[Appointment]:
    """Tell the hospital of a payment; raises Problem UNAUTHENTICATED or FORBIDDEN for a card out of reach."""
    context = info.context
    access.require_known(context.principal)
    card = card_of(context.services.ids.read(given.card_id, "Card"), "cardId")
    context.access.require(_PAY.need, card)

    async def work() -> Appointment:
        place = _place(context, card, appointmentId=given.appointment_id, sessionId=given.session_id)
        amount = checks.amount(given.amount, "amount")
        _check_method(amount, given.method)
        key, content = given.business_key, (place.local_id, amount, given.method)
        payment = await settle(
            context, "lab-payment", card, key, content, lambda: _payment(context, card, place, given, amount), _PAYMENT
        )

        def send(connection: Connection, holder: CardHolder) -> Awaitable[Appointment]:
            _reachable(holder)
            return offered(connection.lab_tests).pay(holder, payment)

        appointment = await _PAY.do(context, card, key, content, send)
        await keep_registration(context, appointment)
        return appointment

    return await attempt(work)


async def cancel_lab_test(info: GraphInfo, given: CancelLabTestInput) -> Outcome[Cancellation]:
    """Cancel a paid test; raises Problem UNAUTHENTICATED or FORBIDDEN for one that the principal does not reach."""
    context = info.context
    access.require_known(context.principal)
    booked = context.services.ids.read(given.appointment_id, "Appointment")
    card = card_of(booked, "appointmentId")
    context.access.require(_CANCEL.need, card)

    def send(connection: Connection, holder: CardHolder) -> Awaitable[Cancellation]:
        return offered(connection.lab_tests).cancel(holder, booked.local_id)

    async def work() -> Cancellation:
        cancellation = await _CANCEL.do(context, card, given.business_key, booked.local_id, send)
        await cancel_registration(context, card, booked.local_id)
        return cancellation

    return await attempt(work)


_KINDS = {"slotId": "LabSlot", "sessionId": "LabSession", "appointmentId": "Appointment"}


def _place(context: Context, card: CardRef, **choices: str | None) -> NodeKey:
    """Read the one id that is given of several fields; raises Problem BAD_INPUT for none, for two, or elsewhere's."""
    chosen = [(field, id_) for field, id_ in choices.items() if id_ is not None]
    if len(chosen) != 1:
        raise Problem(ProblemCode.BAD_INPUT, f"{' 与 '.join(choices)} 须且只须填写一项", field=next(iter(choices)))
    ((field, id_),) = chosen
    place = context.services.ids.read(id_, _KINDS[field])
    if place.hospital_id != card.hospital_id or place.card not in {None, card}:
        raise Problem(ProblemCode.BAD_INPUT, "就诊卡与所选号源不符", field="cardId")
    return place


def _reachable(holder: CardHolder) -> None:
    if not holder.phone:
        raise Problem(ProblemCode.PHONE_MISSING, "就诊人手机号不能为空")


def _check_method(amount: Decimal, method: PaymentMethod | None) -> None:
    if not amount:
        if method is not None:
            raise Problem(ProblemCode.BAD_INPUT, "无需支付时不填支付方式", field="method")
        return
    if method is None:
        raise Problem(ProblemCode.BAD_INPUT, "请指定支付方式", field="method")
    if checks.payment_method(method) is PaymentMethod.CARD_BALANCE:
        raise Problem(ProblemCode.BAD_INPUT, "此项目不支持卡余额支付", field="method")


async def _test(context: Context, place: NodeKey) -> LabTest:
    """Find the test that a slot or a session is of; a session must be one without numbers."""
    port = offered(context.loaders.connection(place.hospital_id).lab_tests)
    tests = await load_tests(context, place.hospital_id)
    if place.kind == "LabSession":
        sessions = [session for test in tests for session in test.sessions if session.id == place.local_id]
        if sessions and sessions[0].numbering is not LabNumbering.UNLIMITED:
            raise Problem(ProblemCode.BAD_INPUT, "该排班须选择号源", field="sessionId")
    test_id = port.test_of(place.local_id)
    found = next((test for test in tests if test.id == test_id), None)
    if found is None:
        raise Problem(ProblemCode.NOT_FOUND, "检验项目不存在或已停止预约")
    return found


async def _reservation(context: Context, place: NodeKey, given: ReserveLabTestInput) -> LabReservation:
    test = await _test(context, place)
    return LabReservation(
        key=given.business_key,
        place_id=place.local_id,
        item=test.name,
        fee=test.total,
        minutes=given.minutes,
        asked_at=context.services.clock(),
    )


async def _payment(
    context: Context, card: CardRef, place: NodeKey, given: PayLabTestInput, amount: Decimal
) -> LabPayment:
    """Check the payment against the fee that was reserved for, else against what the hospital lists now."""
    port = offered(context.loaders.connection(card.hospital_id).lab_tests)
    if given.appointment_id is not None:
        fee = port.quoted(place.local_id)
        known = await kept_registration(context, card, place.local_id)
        item = known.item if known else None
    else:
        test = await _test(context, place)
        fee, item = test.total, test.name
    if fee != amount:
        raise Problem(ProblemCode.AMOUNT_MISMATCH, "支付金额与项目费用不一致", field="amount")
    return LabPayment(number=given.business_key, place_id=place.local_id, item=item, amount=amount, method=given.method)
