"""Paying the fee of an appointment that was booked before (预约挂号支付)."""

import datetime as dt
from collections.abc import Awaitable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.ports import Connection
from connectors.records.base import Doc
from connectors.records.billing import Payment, PaymentMethod
from connectors.records.people import CardHolder
from connectors.records.same_day import FeeOrder
from connectors.records.scheduling import Appointment, AppointmentKind
from resolvers.access_control import access
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.finance.payment import PAYMENT, check_balance_part, is_confirmed
from resolvers.offers import offered
from resolvers.writes import checks
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of, settle

_PAY = Write("fee", access.Need(Resource.PAYMENT_NOTICE, Action.CREATE), PAYMENT, is_confirmed)
_ORDER: TypeAdapter[FeeOrder] = TypeAdapter(FeeOrder)


@dataclass(kw_only=True, slots=True)
class PayAppointmentInput:
    """What payAppointment takes: a payment that was made, and of which appointment (预约挂号支付信息)."""

    business_key: Annotated[str, Doc("Number of the payment; same number, same content: the same answer (支付单号).")]
    appointment_id: Annotated[strawberry.ID, Doc("Appointment that was booked here (预约).")]
    fee: Annotated[Decimal, Doc("Registration fee in yuan that was paid (挂号费).")]
    surcharge: Annotated[Decimal, Doc("What was paid beside it, as the appointment says (附加费).")] = Decimal(0)
    card_balance_amount: Annotated[Decimal, Doc("Of the fee, from the card's balance (卡余额支付金额).")] = Decimal(0)
    method: Annotated[PaymentMethod, Doc("How the rest was paid (支付方式).")]
    paid_at: Annotated[dt.datetime | None, Doc("When it was paid; now when left out (支付时间).")] = None
    platform_info: Annotated[str | None, Doc("What the payment platform says of it (平台扩展信息).")] = None


async def surcharge(root: Appointment, info: GraphInfo) -> Decimal | None:
    """Say what is to be paid beside the fee; examinations have none."""
    if root.kind is not AppointmentKind.CONSULTATION:
        return None
    holder = await info.context.loaders.holder(root.card)
    return await info.context.loaders.alone(_surcharge, holder, root.id)


async def pay_appointment(info: GraphInfo, given: PayAppointmentInput) -> Outcome[Payment]:
    """Tell the hospital of a payment; raises Problem UNAUTHENTICATED or FORBIDDEN for an appointment out of reach.

    What is sent is settled first: a repeat after an unknown end sends it as it was, the time of payment too.
    """
    context = info.context
    access.require_known(context.principal)
    key = context.services.ids.read(given.appointment_id, "Appointment")
    card = card_of(key, "appointmentId")
    context.access.require(_PAY.need, card)

    async def work() -> Payment:
        fee, beside = checks.amount(given.fee, "fee"), checks.amount(given.surcharge, "surcharge")
        from_balance = checks.amount(given.card_balance_amount, "cardBalanceAmount")
        check_balance_part(fee, from_balance, checks.payment_method(given.method))
        paid_at = checks.paid_at(given.paid_at, context.services.clock())
        content = (key.local_id, fee, beside, from_balance, given.method)

        async def make() -> FeeOrder:
            return FeeOrder(
                number=given.business_key,
                appointment_id=key.local_id,
                fee=fee,
                surcharge=beside,
                balance_amount=from_balance,
                method=given.method,
                paid_at=paid_at,
                platform_info=given.platform_info or "",
            )

        order = await settle(context, "fee order", card, given.business_key, content, make, _ORDER)

        def send(connection: Connection, holder: CardHolder) -> Awaitable[Payment]:
            return offered(connection.appointment_fees).pay(holder, order)

        return await _PAY.do(context, card, given.business_key, content, send)

    return await attempt(work)


@needs(Resource.APPOINTMENT, Action.READ)
async def _surcharge(connection: Connection, holder: CardHolder, appointment_id: str) -> Decimal:
    return await offered(connection.appointment_fees).surcharge(holder, appointment_id)
