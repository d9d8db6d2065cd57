"""Registering with a clinic of today (当日挂号)."""

from collections.abc import Awaitable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated

import strawberry

from connectors.ports import Connection
from connectors.records.base import CardRef, Doc
from connectors.records.billing import PaymentMethod
from connectors.records.hospitals import Capability
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.same_day import InsuranceSettlement, SameDayOrder
from connectors.records.scheduling import Appointment
from resolvers.access_control import access
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.finance.payment import check_balance_part
from resolvers.offers import offered, require_offered
from resolvers.outpatient.appointments import APPOINTMENT, keep_registration, remember
from resolvers.problems import Problem
from resolvers.writes import checks
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of

_REGISTER = Write("register", access.Need(Resource.APPOINTMENT, Action.CREATE), APPOINTMENT)


@dataclass(kw_only=True, slots=True)
class InsuranceSettlementInput:
    """What medical insurance paid of a registration fee (医保结算)."""

    number: Annotated[str, Doc("Number of the settlement (结算编号).")]
    fund_amount: Annotated[Decimal, Doc("What the pooled fund paid, in yuan (医保统筹支付).")]
    account_amount: Annotated[Decimal, Doc("What the personal account paid, in yuan (医保账户支付).")]
    patient_category: Annotated[str, Doc("The hospital's key of the kind of insured person (患者类型编码).")]


@dataclass(kw_only=True, slots=True)
class RegisterSameDayInput:
    """What registerSameDay takes: for what, and how the fee was paid (当日挂号信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same registration (业务单号).")]
    card_id: Annotated[strawberry.ID, Doc("Card at the session's hospital (就诊卡).")]
    slot_id: Annotated[strawberry.ID | None, Doc("Slot; this or the session (号源).")] = None
    session_id: Annotated[strawberry.ID | None, Doc("Session, where it has no slots; this or the slot (当日排班).")] = (
        None
    )
    fee: Annotated[Decimal, Doc("Fee in yuan that was paid, reductions taken off; 0 where it is free (挂号费).")]
    card_balance_amount: Annotated[Decimal, Doc("Of that, from the card's balance (卡余额支付金额).")] = Decimal(0)
    method: Annotated[PaymentMethod, Doc("How the rest was paid (支付方式).")]
    payment_number: Annotated[str | None, Doc("Number of the payment; the business key when left out (支付单号).")] = (
        None
    )
    platform_info: Annotated[str | None, Doc("What the payment platform says of it (平台扩展信息).")] = None
    insurance: Annotated[
        InsuranceSettlementInput | None,
        Doc("What medical insurance paid of the fee, where it did; INSURED_REGISTRATION alone (医保结算)."),
    ] = None


async def register_same_day(info: GraphInfo, given: RegisterSameDayInput) -> Outcome[Appointment]:
    """Take a number for today; raises Problem UNAUTHENTICATED or FORBIDDEN for a card out of reach."""
    context = info.context
    access.require_known(context.principal)
    card = card_of(context.services.ids.read(given.card_id, "Card"))
    context.access.require(_REGISTER.need, card)

    async def work() -> Appointment:
        order = _order(context, card, given)
        again = await _REGISTER.tried(context, card, given.business_key)

        def send(connection: Connection, holder: CardHolder) -> Awaitable[Appointment]:
            return offered(connection.same_day).register(holder, replace(order, repeated=again))

        appointment = await _REGISTER.do(context, card, given.business_key, order, send)
        await remember(context, appointment)
        await keep_registration(context, appointment)
        return appointment

    return await attempt(work)


def _order(context: Context, card: CardRef, given: RegisterSameDayInput) -> SameDayOrder:
    key = checks.business_key(given.business_key)
    checks.exactly_one(given.slot_id, given.session_id, "slotId")
    fee = checks.amount(given.fee, "fee")
    from_balance = checks.amount(given.card_balance_amount, "cardBalanceAmount")
    check_balance_part(fee, from_balance, checks.payment_method(given.method))
    return SameDayOrder(
        key=key,
        slot_id=local_id(context, card, given.slot_id, "Slot", "slotId") if given.slot_id else None,
        session_id=(
            local_id(context, card, given.session_id, "SameDaySession", "sessionId") if given.session_id else None
        ),
        payment_number=checks.number(given.payment_number, "paymentNumber") if given.payment_number else key,
        fee=fee,
        balance_amount=from_balance,
        method=given.method,
        platform_info=given.platform_info or "",
        insurance=_insurance(context, card, fee - from_balance, given.insurance) if given.insurance else None,
    )


def _insurance(context: Context, card: CardRef, rest: Decimal, given: InsuranceSettlementInput) -> InsuranceSettlement:
    """Check what the insurance paid: not more than what the card's balance left."""
    connection = context.loaders.connection(card.hospital_id)
    require_offered(connection, card.hospital_id, Capability.INSURED_REGISTRATION)
    settlement = InsuranceSettlement(
        number=checks.number(given.number, "number"),
        fund_amount=checks.amount(given.fund_amount, "fundAmount"),
        account_amount=checks.amount(given.account_amount, "accountAmount"),
        patient_category=checks.number(given.patient_category, "patientCategory"),
    )
    if settlement.fund_amount + settlement.account_amount > rest:
        raise Problem(ProblemCode.AMOUNT_MISMATCH, "医保支付金额大于应付金额", field="insurance")
    return settlement


def local_id(context: Context, card: CardRef, global_id: str, kind: str, field: str) -> str:
    """Read the id of something at the card's hospital; raises Problem BAD_INPUT for another hospital's."""
    key = context.services.ids.read(global_id, kind)
    if key.hospital_id != card.hospital_id:
        raise Problem(ProblemCode.BAD_INPUT, "就诊卡与号源不属于同一医院", field=field)
    return key.local_id
