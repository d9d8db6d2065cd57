"""Booking nucleic-acid tests, paying and cancelling what is booked (核酸检测预约)."""

import datetime as dt
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.errors import Malformed, Unavailable
from connectors.ports import Connection, NucleicAcidTestBookings
from connectors.records.base import CardRef, Doc
from connectors.records.billing import Payment, PaymentMethod
from connectors.records.nucleic_acid_booking import (
    IdentityDocument,
    NucleicAcidTestAppointment,
    NucleicAcidTestOrder,
    NucleicAcidTestPayment,
    NucleicAcidTestWithdrawal,
)
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.scheduling import AppointmentStatus, Cancellation
from resolvers.access_control import access
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.diagnostic_tests import nucleic_acid_refunds
from resolvers.diagnostic_tests.nucleic_acid import load_appointment
from resolvers.finance.payment import PAYMENT, is_confirmed
from resolvers.global_id import NodeKey
from resolvers.offers import offered
from resolvers.problems import Problem
from resolvers.writes import checks
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of, settle

_BOOK = Write(
    "book a nucleic-acid test",
    access.Need(Resource.APPOINTMENT, Action.CREATE),
    TypeAdapter(NucleicAcidTestAppointment),
)
_PAY = Write("pay a nucleic-acid test", access.Need(Resource.PAYMENT_NOTICE, Action.CREATE), PAYMENT, is_confirmed)
_CANCEL = Write(
    "cancel a nucleic-acid test", access.Need(Resource.APPOINTMENT, Action.UPDATE), TypeAdapter(Cancellation)
)
_ORDER: TypeAdapter[NucleicAcidTestOrder] = TypeAdapter(NucleicAcidTestOrder)
_PAYMENT: TypeAdapter[NucleicAcidTestPayment] = TypeAdapter(NucleicAcidTestPayment)
_WITHDRAWAL: TypeAdapter[NucleicAcidTestWithdrawal] = TypeAdapter(NucleicAcidTestWithdrawal)


@dataclass(kw_only=True, slots=True)
class BookNucleicAcidTestInput:
    """What bookNucleicAcidTest takes (核酸检测预约信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same appointment (业务单号).")]
    card_id: Annotated[strawberry.ID, Doc("Card at the slot's hospital (就诊卡).")]
    slot_id: Annotated[strawberry.ID, Doc("Slot (时段).")]
    method: Annotated[PaymentMethod, Doc("How it will be paid (支付方式).")]
    phone: Annotated[str | None, Doc("Phone to be reached at; the card's when left out (手机号).")] = None
    document: Annotated[
        IdentityDocument | None, Doc("What the card's identity number is the number of (证件类型).")
    ] = None
    from_mainland: Annotated[bool | None, Doc("Whether the person is from the mainland (大陆地区).")] = None
    report_language: Annotated[str | None, Doc("Name of one of the hospital's report languages (报告语言).")] = None


@dataclass(kw_only=True, slots=True)
class PayNucleicAcidTestInput:
    """What payNucleicAcidTest takes: a payment that was made, and of which booked test (核酸检测支付信息)."""

    business_key: Annotated[str, Doc("Number of the payment; same number, same content: the same answer (支付单号).")]
    appointment_id: Annotated[strawberry.ID, Doc("Booked test (核酸检测预约).")]
    hospital_order_number: Annotated[
        str | None,
        Doc("The hospital's number of the payment's order; the test's own or a new one when left out (院内订单号)."),
    ] = None
    amount: Annotated[Decimal, Doc("What was paid in yuan (支付总金额).")]
    method: Annotated[PaymentMethod, Doc("How it was paid (支付方式).")]
    paid_at: Annotated[dt.datetime | None, Doc("When it was paid; now when left out (支付时间).")] = None


@dataclass(kw_only=True, slots=True)
class CancelNucleicAcidTestInput:
    """What cancelNucleicAcidTest takes (核酸检测撤销信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    appointment_id: Annotated[strawberry.ID, Doc("Booked test (核酸检测预约).")]
    refund_order_number: Annotated[
        str | None,
        Doc("The hospital's number of the refund's order; that of the payment when left out (院内退款订单号)."),
    ] = None


async def book_test(info: GraphInfo, given: BookNucleicAcidTestInput) -> Outcome[NucleicAcidTestAppointment]:
    """Book a test; raises Problem UNAUTHENTICATED or FORBIDDEN for a card out of reach.

    What is sent is settled first: the time of booking is part of it, and a repeat says the same.
    """
    context = info.context
    access.require_known(context.principal)
    card = card_of(context.services.ids.read(given.card_id, "Card"), "cardId")
    context.access.require(_BOOK.need, card)

    async def work() -> NucleicAcidTestAppointment:
        order = _order(context, card, given)
        content = (order.slot_id, order.method, order.phone, order.document, order.from_mainland, order.report_language)

        async def make() -> NucleicAcidTestOrder:
            return order

        again = await _BOOK.tried(context, card, given.business_key)
        settled = await settle(context, "nucleic-acid order", card, given.business_key, content, make, _ORDER)

        def send(connection: Connection, holder: CardHolder) -> Awaitable[NucleicAcidTestAppointment]:
            bookings = offered(connection.nucleic_acid_test_bookings)
            return _unless_booked(bookings, holder, settled) if again else bookings.book(holder, settled)

        return await _BOOK.do(context, card, given.business_key, content, send)

    return await attempt(work)


async def pay_test(info: GraphInfo, given: PayNucleicAcidTestInput) -> Outcome[Payment]:
    """Tell the hospital of a payment; raises Problem UNAUTHENTICATED or FORBIDDEN for a booked test out of reach.

    What is sent is settled first: a repeat after an unknown end sends it as it was, the time of payment too.
    """
    context = info.context
    access.require_known(context.principal)
    key, card = _booked(context, given.appointment_id)
    context.access.require(_PAY.need, card)

    async def work() -> Payment:
        amount, method = checks.positive_amount(given.amount, "amount"), checks.paid_online(given.method)
        paid_at = checks.paid_at(given.paid_at, context.services.clock())
        named = _number(given.hospital_order_number, "hospitalOrderNumber")
        content = (key.local_id, named, amount, method)

        async def make() -> NucleicAcidTestPayment:
            return NucleicAcidTestPayment(
                number=given.business_key,
                appointment_id=key.local_id,
                hospital_order_number=named,
                amount=amount,
                method=method,
                paid_at=paid_at,
            )

        payment = await settle(context, "nucleic-acid payment", card, given.business_key, content, make, _PAYMENT)

        def send(connection: Connection, holder: CardHolder) -> Awaitable[Payment]:
            return offered(connection.nucleic_acid_test_payments).pay(holder, payment)

        return await _PAY.do(context, card, given.business_key, content, send)

    return await attempt(work)


async def cancel_test(info: GraphInfo, given: CancelNucleicAcidTestInput) -> Outcome[Cancellation]:
    """Cancel a booked test; raises Problem UNAUTHENTICATED or FORBIDDEN for one out of reach."""
    context = info.context
    access.require_known(context.principal)
    key, card = _booked(context, given.appointment_id)
    context.access.require(_CANCEL.need, card)

    async def work() -> Cancellation:
        named = _number(given.refund_order_number, "refundOrderNumber")
        content = (key.local_id, named)

        async def make() -> NucleicAcidTestWithdrawal:
            booked = await _known(context, card, key.local_id)
            if booked.status is AppointmentStatus.FULFILLED:
                raise Problem(ProblemCode.NOT_CANCELLABLE, "已检测，不可撤销", field="appointmentId")
            return NucleicAcidTestWithdrawal(
                appointment_id=key.local_id,
                invoice_number=booked.invoice_number or "",
                refund_order_number=named or booked.hospital_order_number or "",
            )

        withdrawal = await settle(
            context, "nucleic-acid withdrawal", card, given.business_key, content, make, _WITHDRAWAL
        )

        async def send(connection: Connection, holder: CardHolder) -> Cancellation:
            bookings = offered(connection.nucleic_acid_test_bookings)
            try:
                cancelled = await bookings.cancel(holder, withdrawal)
            except (Unavailable, Malformed):
                # It may have been cancelled, and the refund may be told of before anybody asks again.
                await nucleic_acid_refunds.expect(context, card, withdrawal)
                raise
            await nucleic_acid_refunds.expect(context, card, withdrawal)
            return cancelled

        return await _CANCEL.do(context, card, given.business_key, content, send)

    return await attempt(work)


async def _unless_booked(
    bookings: NucleicAcidTestBookings, holder: CardHolder, order: NucleicAcidTestOrder
) -> NucleicAcidTestAppointment:
    """Book again what was left without an answer, unless the hospital has it: it knows no business key."""
    wanted = bookings.slot_of(order.slot_id)
    named = replace(holder, phone=order.phone or holder.phone)
    for booked in await bookings.appointments(named):
        if booked.status is AppointmentStatus.PENDING and (booked.day, booked.slot_name) == wanted:
            return booked
    return await bookings.book(holder, order)


def _booked(context: Context, appointment_id: str) -> tuple[NodeKey, CardRef]:
    key = context.services.ids.read(appointment_id, "NucleicAcidTestAppointment")
    return key, card_of(key, "appointmentId")


def _order(context: Context, card: CardRef, given: BookNucleicAcidTestInput) -> NucleicAcidTestOrder:
    """Check all of it; raises Problem BAD_INPUT."""
    slot = context.services.ids.read(given.slot_id, "NucleicAcidTestSlot")
    if slot.hospital_id != card.hospital_id:
        raise Problem(ProblemCode.BAD_INPUT, "就诊卡与时段不属于同一医院", field="cardId")
    if given.document is IdentityDocument.UNKNOWN:
        raise Problem(ProblemCode.BAD_INPUT, "请指定证件类型", field="document")
    language = given.report_language
    return NucleicAcidTestOrder(
        slot_id=slot.local_id,
        method=checks.paid_online(given.method),
        ordered_at=context.services.clock(),
        phone=None if given.phone is None else checks.phone(given.phone),
        document=given.document,
        from_mainland=given.from_mainland,
        report_language=None if language is None else checks.text(language, "reportLanguage"),
    )


def _number(value: str | None, field: str) -> str | None:
    return None if value is None else checks.number(value, field)


async def _known(context: Context, card: CardRef, appointment_id: str) -> NucleicAcidTestAppointment:
    found = await load_appointment(context, card, appointment_id)
    if found is None:
        raise Problem(ProblemCode.APPOINTMENT_UNKNOWN, "预约记录不存在", field="appointmentId")
    return found
