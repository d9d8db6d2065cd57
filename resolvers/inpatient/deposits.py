"""Deposits for stays: what was paid, and paying one (住院押金)."""

import datetime as dt
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.ports import Connection
from connectors.records.base import CardRef, Doc
from connectors.records.billing import PaymentMethod, PaymentStatus
from connectors.records.deposits import Deposit, DepositOrder, DepositPayment
from connectors.records.hospitals import Capability
from connectors.records.inpatient import AdmissionAccount, AdmissionStatus
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from resolvers.access_control import access
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.inpatient.admissions import load_admission
from resolvers.merging import Hospitals, Merged, merge, side_by_side
from resolvers.offers import offered, require_offered
from resolvers.pages import After, First, Position, position
from resolvers.patients.people import Patient
from resolvers.problems import Problem
from resolvers.writes import checks
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of, settle

_ORDER: TypeAdapter[DepositOrder] = TypeAdapter(DepositOrder)
_PAY = Write(
    "deposit",
    access.Need(Resource.PAYMENT_NOTICE, Action.CREATE),
    TypeAdapter(DepositPayment),
    lambda payment: payment.status is PaymentStatus.CONFIRMED,
)


@dataclass(kw_only=True, slots=True)
class PayDepositInput:
    """What payDeposit takes: a deposit that was paid for the stay that lasts (押金缴纳信息)."""

    business_key: Annotated[str, Doc("Number of the payment; same number, same content: the same answer (支付单号).")]
    card_id: Annotated[strawberry.ID, Doc("Card at the hospital of the stay (就诊卡).")]
    amount: Annotated[Decimal, Doc("Amount in yuan, between the stay's least and most (金额).")]
    method: Annotated[PaymentMethod, Doc("How it was paid; not from a card's balance (支付方式).")]
    paid_at: Annotated[dt.datetime | None, Doc("When it was paid; now when left out (支付时间).")] = None
    platform_info: Annotated[str | None, Doc("What the payment platform says of it (平台扩展信息).")] = None


async def deposits(
    root: Patient, info: GraphInfo, first: First = 20, after: After = None, hospitals: Hospitals = None
) -> Merged[Deposit]:
    """List all deposits and their refunds, over all hospitals and stays."""

    async def load(card: CardRef) -> list[Deposit]:
        return await info.context.loaders.alone(_deposits, await info.context.loaders.holder(card))

    ask = side_by_side(load)
    return await merge(info, root, Capability.DEPOSITS, ask, _place, first=first, after=after, hospitals=hospitals)


async def pay_deposit(info: GraphInfo, given: PayDepositInput) -> Outcome[DepositPayment]:
    """Tell the hospital of a deposit; raises Problem UNAUTHENTICATED or FORBIDDEN for a card out of reach.

    The order is settled first, as that of charges is: a repeat after an unknown end is not refused for what the stay
    has come to meanwhile.
    """
    context = info.context
    access.require_known(context.principal)
    card = card_of(context.services.ids.read(given.card_id, "Card"))
    context.access.require(_PAY.need, card)

    async def work() -> DepositPayment:
        key = checks.business_key(given.business_key)
        require_offered(context.loaders.connection(card.hospital_id), card.hospital_id, Capability.DEPOSIT_PAYMENT)
        content = (checks.positive_amount(given.amount, "amount"), checks.paid_online(given.method))
        again = await _PAY.tried(context, card, key)
        order = await settle(context, "deposit order", card, key, content, lambda: _order(context, given, card), _ORDER)

        def send(connection: Connection, holder: CardHolder) -> Awaitable[DepositPayment]:
            return offered(connection.deposits).pay_deposit(holder, replace(order, repeated=again))

        return await _PAY.do(context, card, key, content, send)

    return await attempt(work)


async def _order(context: Context, given: PayDepositInput, card: CardRef) -> DepositOrder:
    """Check the deposit against the stay as the hospital has it now."""
    stay = await load_admission(context, card)
    if stay is None or stay.account is None:
        raise Problem(ProblemCode.DEPOSIT_NOT_ADMITTED, "未查询到住院信息", field="cardId")
    if not stay.account.deposit_payable:
        if stay.status is AdmissionStatus.DISCHARGED:
            raise Problem(ProblemCode.ALREADY_DISCHARGED, "该就诊人已出院", field="cardId")
        raise Problem(ProblemCode.DEPOSIT_NOT_ADMITTED, "该就诊人不允许交住院押金", field="cardId")
    return DepositOrder(
        number=given.business_key,
        admission_number=stay.number,
        amount=_within(stay.account, checks.amount(given.amount, "amount")),
        method=given.method,
        paid_at=checks.paid_at(given.paid_at, context.services.clock()),
        platform_info=given.platform_info or "",
    )


def _within(account: AdmissionAccount, amount: Decimal) -> Decimal:
    least, most = account.minimum_deposit, account.maximum_deposit
    if least is not None and amount < least:
        raise Problem(ProblemCode.BAD_INPUT, f"押金不能少于 {least} 元", field="amount")
    if most is not None and amount > most:
        raise Problem(ProblemCode.BAD_INPUT, f"押金不能多于 {most} 元", field="amount")
    return amount


@access.needs(Resource.PAYMENT_NOTICE, Action.SEARCH)
async def _deposits(connection: Connection, holder: CardHolder) -> list[Deposit]:
    return await offered(connection.deposits).deposits(holder)


def _place(deposit: Deposit) -> Position:
    return position(deposit.paid_at, deposit.card.hospital_id, deposit.receipt_number or "")
