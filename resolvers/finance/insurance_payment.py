"""Paying what the insurance leaves (自费部分支付)."""

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.ports import Connection
from connectors.records.base import CardRef, Doc
from connectors.records.billing import Payment, PaymentMethod
from connectors.records.hospitals import Capability
from connectors.records.insurance import InsuranceOrder, InsuranceOrderStatus, InsurancePayment
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from resolvers.access_control import access
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.finance.insurance_orders import find_unfinished, named_orders
from resolvers.finance.payment import PAYMENT, check_balance_part, is_confirmed
from resolvers.offers import offered, require_offered
from resolvers.problems import Problem
from resolvers.writes import checks
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of, settle

# One name for all payments: a number that was used for one is not used for another.
_PAY = Write("pay", access.Need(Resource.PAYMENT_NOTICE, Action.CREATE), PAYMENT, is_confirmed)
_PAYMENT: TypeAdapter[InsurancePayment] = TypeAdapter(InsurancePayment)
_ONLINE = frozenset({PaymentMethod.WECHAT_PAY, PaymentMethod.ALIPAY})


@dataclass(kw_only=True, slots=True)
class PayInsuranceOrderInput:
    """What payInsuranceOrder takes: a payment that was made (医保订单自费部分缴费信息)."""

    business_key: Annotated[str, Doc("Number of the payment; same number, same content: the same answer (支付单号).")]
    order_id: Annotated[strawberry.ID, Doc("The order, which the insurance has settled (医保订单).")]
    amount: Annotated[Decimal, Doc("What the person paid in yuan, card balance included (支付金额).")]
    card_balance_amount: Annotated[Decimal, Doc("Of that, from the card's balance (卡余额支付金额).")] = Decimal(0)
    method: Annotated[PaymentMethod, Doc("How the rest was paid (支付方式).")]
    paid_at: Annotated[dt.datetime | None, Doc("When it was paid; now when left out (支付时间).")] = None


@dataclass(kw_only=True, slots=True)
class PaySelfPayOrderInput(PayInsuranceOrderInput):
    """What paySelfPayOrder takes: a payment that was made (诊间医保自费部分缴费信息)."""


async def pay_insurance_order(info: GraphInfo, given: PayInsuranceOrderInput) -> Outcome[Payment]:
    """Tell the hospital of a payment; raises Problem UNAUTHENTICATED or FORBIDDEN for an order out of reach."""
    context = info.context
    access.require_known(context.principal)
    card, (order_id,) = named_orders(context, [given.order_id], "orderId")
    context.access.require(_PAY.need, card)

    async def check(payment: InsurancePayment) -> None:
        if payment.method not in _ONLINE:
            raise Problem(ProblemCode.BAD_INPUT, "医保订单仅支持微信或支付宝支付", field="method")
        _fits(payment, await find_unfinished(context, card, order_id))

    def send(connection: Connection, holder: CardHolder, payment: InsurancePayment) -> Awaitable[Payment]:
        return offered(connection.insurance).pay_order(holder, payment)

    return await attempt(lambda: _pay(context, card, order_id, given, Capability.INSURANCE_ORDERS, check, send))


async def pay_self_pay_order(info: GraphInfo, given: PaySelfPayOrderInput) -> Outcome[Payment]:
    """Tell the hospital of a payment; raises Problem UNAUTHENTICATED or FORBIDDEN for an order out of reach."""
    context = info.context
    access.require_known(context.principal)
    key = context.services.ids.read(given.order_id, "SelfPayOrder")
    card = card_of(key, "orderId")
    context.access.require(_PAY.need, card)

    async def check(payment: InsurancePayment) -> None:
        checks.payment_method(payment.method)

    def send(connection: Connection, holder: CardHolder, payment: InsurancePayment) -> Awaitable[Payment]:
        return offered(connection.counter_insurance).pay_rest(holder, payment)

    return await attempt(lambda: _pay(context, card, key.local_id, given, Capability.COUNTER_INSURANCE, check, send))


async def _pay(
    context: Context,
    card: CardRef,
    order_id: str,
    given: PayInsuranceOrderInput,
    capability: Capability,
    check: Callable[[InsurancePayment], Awaitable[None]],
    send: Callable[[Connection, CardHolder, InsurancePayment], Awaitable[Payment]],
) -> Payment:
    """Settle what is told under its own key first, and send it again as it was, the time of the payment too."""
    now = context.services.clock()
    number = checks.business_key(given.business_key)
    require_offered(context.loaders.connection(card.hospital_id), card.hospital_id, capability)
    payment = InsurancePayment(
        number=number,
        order_id=order_id,
        amount=checks.amount(given.amount, "amount"),
        balance_amount=checks.amount(given.card_balance_amount, "cardBalanceAmount"),
        method=given.method,
        paid_at=checks.past(given.paid_at or now, now, "paidAt"),
    )
    check_balance_part(payment.amount, payment.balance_amount, payment.method)
    content = (capability.value, order_id, payment.amount, payment.balance_amount, payment.method)

    async def checked() -> InsurancePayment:
        await check(payment)
        return payment

    told = await settle(context, "insurance payment", card, number, content, checked, _PAYMENT)
    return await _PAY.do(context, card, number, content, lambda at, holder: send(at, holder, told))


def _fits(payment: InsurancePayment, order: InsuranceOrder | None) -> None:
    """Check a payment against the open order, where the hospital names it; what is left to pay is for it to say."""
    if order is None:
        return
    if order.status is not InsuranceOrderStatus.SETTLED:
        raise Problem(ProblemCode.BAD_INPUT, "请先完成医保结算", field="orderId")
    if payment.amount > order.total - (order.discount or 0):
        raise Problem(ProblemCode.AMOUNT_MISMATCH, "支付金额大于订单金额", field="amount")
