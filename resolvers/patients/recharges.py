"""Money on a card: putting it there (充值), what was put there, what can be given back, giving it back (退款)."""

import datetime as dt
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.ports import Connection
from connectors.records.base import Doc
from connectors.records.billing import Payment, PaymentMethod
from connectors.records.hospitals import Capability
from connectors.records.people import CardHolder
from connectors.records.recharges import (
    Recharge,
    RechargeOrder,
    Refund,
    Refundability,
    RefundableBalance,
    RefundOrder,
    RefundStatus,
)
from resolvers.access_control import access
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.finance.payment import PAYMENT, is_confirmed
from resolvers.offers import offered, require_offered
from resolvers.patients.people import CardAtHospital
from resolvers.writes import checks
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of, settle

_RECHARGE = Write("recharge", access.Need(Resource.PAYMENT_NOTICE, Action.CREATE), PAYMENT, is_confirmed)
_ORDER: TypeAdapter[RechargeOrder] = TypeAdapter(RechargeOrder)
_REFUND = Write(
    "refund",
    access.Need(Resource.PAYMENT_NOTICE, Action.CREATE),
    TypeAdapter(Refund),
    lambda refund: refund.status is RefundStatus.CONFIRMED,
)

Since = Annotated[
    dt.date | None,
    strawberry.argument(description="Recharges since this day; of three months when left out (开始日期)."),
]
RechargeNumber = Annotated[str, strawberry.argument(description="Number of the recharge (充值订单号).")]
RefundNumber = Annotated[str, strawberry.argument(description="Number of the refund: its business key (退款单号).")]
PaymentNumber = Annotated[str, strawberry.argument(description="Number of the payment: its business key (支付单号).")]


@dataclass(kw_only=True, slots=True)
class RechargeCardInput:
    """What rechargeCard takes: money that was paid in to a card (充值信息)."""

    business_key: Annotated[str, Doc("Number of the payment; same number, same content: the same answer (支付单号).")]
    card_id: Annotated[strawberry.ID, Doc("Card (就诊卡).")]
    amount: Annotated[Decimal, Doc("Amount in yuan (充值金额).")]
    method: Annotated[PaymentMethod, Doc("How it was paid (支付方式).")]
    paid_at: Annotated[dt.datetime | None, Doc("When it was paid; now when left out (支付时间).")] = None
    platform_info: Annotated[str | None, Doc("What the payment platform says of it (平台扩展信息).")] = None


@dataclass(kw_only=True, slots=True)
class RefundRechargeInput:
    """What refundRecharge takes (退款信息)."""

    business_key: Annotated[str, Doc("Number of the refund; same number, same content: the same answer (退款单号).")]
    card_id: Annotated[strawberry.ID, Doc("Card (就诊卡).")]
    recharge_number: Annotated[str, Doc("Number of the recharge that it is of (充值订单号).")]
    amount: Annotated[Decimal, Doc("Amount in yuan, not more than can be given back (退款金额).")]


async def recharge_card(info: GraphInfo, given: RechargeCardInput) -> Outcome[Payment]:
    """Tell the hospital of a recharge; raises Problem UNAUTHENTICATED or FORBIDDEN for a card out of reach."""
    context = info.context
    access.require_known(context.principal)
    card = card_of(context.services.ids.read(given.card_id, "Card"))
    context.access.require(_RECHARGE.need, card)

    async def work() -> Payment:
        require_offered(context.loaders.connection(card.hospital_id), card.hospital_id, Capability.RECHARGE)
        amount, method = checks.positive_amount(given.amount, "amount"), checks.paid_online(given.method)
        paid_at = checks.paid_at(given.paid_at, context.services.clock())

        async def make() -> RechargeOrder:
            return RechargeOrder(
                number=given.business_key,
                amount=amount,
                method=method,
                paid_at=paid_at,
                platform_info=given.platform_info or "",
            )

        content = (amount, method)
        again = await _RECHARGE.tried(context, card, given.business_key)
        order = await settle(context, "recharge order", card, given.business_key, content, make, _ORDER)

        def send(connection: Connection, holder: CardHolder) -> Awaitable[Payment]:
            return offered(connection.recharges).recharge(holder, replace(order, repeated=again))

        return await _RECHARGE.do(context, card, given.business_key, content, send)

    return await attempt(work)


async def refund_recharge(info: GraphInfo, given: RefundRechargeInput) -> Outcome[Refund]:
    """Give back a part of a recharge; raises Problem UNAUTHENTICATED or FORBIDDEN for a card out of reach.

    What was sent before is asked for first: only a refund that has failed is sent again.
    """
    context = info.context
    access.require_known(context.principal)
    card = card_of(context.services.ids.read(given.card_id, "Card"))
    context.access.require(_REFUND.need, card)

    async def work() -> Refund:
        require_offered(context.loaders.connection(card.hospital_id), card.hospital_id, Capability.REFUNDS)
        order = RefundOrder(
            number=checks.business_key(given.business_key),
            recharge_number=checks.number(given.recharge_number, "rechargeNumber"),
            amount=checks.positive_amount(given.amount, "amount"),
        )
        again = await _REFUND.tried(context, card, order.number)

        def send(connection: Connection, holder: CardHolder) -> Awaitable[Refund]:
            refunds = offered(connection.refunds)
            return _unless_known(connection, holder, order) if again else refunds.refund(holder, order)

        return await _REFUND.do(context, card, order.number, order, send)

    return await attempt(work)


async def recharges(root: CardAtHospital, info: GraphInfo) -> list[Recharge]:
    """List what was put on the card."""
    return await info.context.loaders.alone(_recharges, await info.context.loaders.holder(root.card))


async def refundable_balance(root: CardAtHospital, info: GraphInfo, since: Since = None) -> RefundableBalance | None:
    """Look up what of the card's balance can be given back."""
    holder = await info.context.loaders.holder(root.card)
    return await info.context.loaders.alone(_refundable, holder, since)


async def refund(
    root: CardAtHospital, info: GraphInfo, recharge_number: RechargeNumber, refund_number: RefundNumber
) -> Refund:
    """Look up what became of a refund."""
    numbers = checks.number(recharge_number, "rechargeNumber"), checks.number(refund_number, "refundNumber")
    holder = await info.context.loaders.holder(root.card)
    return await info.context.loaders.alone(_refund_state, holder, *numbers)


async def refundability(root: CardAtHospital, info: GraphInfo, payment_number: PaymentNumber) -> Refundability:
    """Ask whether a payment may be given back."""
    number = checks.number(payment_number, "paymentNumber")
    holder = await info.context.loaders.holder(root.card)
    return await info.context.loaders.alone(_refundability, holder, number)


@needs(Resource.PAYMENT_NOTICE, Action.SEARCH)
async def _recharges(connection: Connection, holder: CardHolder) -> list[Recharge]:
    return await offered(connection.recharge_history).recharges(holder)


@needs(Resource.ACCOUNT, Action.READ)
async def _refundable(connection: Connection, holder: CardHolder, since: dt.date | None) -> RefundableBalance | None:
    return await offered(connection.refunds).refundable(holder, since)


@needs(Resource.PAYMENT_NOTICE, Action.READ)
async def _refund_state(connection: Connection, holder: CardHolder, recharge_number: str, refund_number: str) -> Refund:
    return await offered(connection.refunds).refund_state(holder, recharge_number, refund_number)


@needs(Resource.PAYMENT_NOTICE, Action.READ)
async def _refundability(connection: Connection, holder: CardHolder, payment_number: str) -> Refundability:
    return await offered(connection.refunds).refundability(holder, payment_number)


async def _unless_known(connection: Connection, holder: CardHolder, order: RefundOrder) -> Refund:
    """Send a refund again if the hospital says that it has failed; it also says so of one that it never heard of."""
    refunds = offered(connection.refunds)
    known = await refunds.refund_state(holder, order.recharge_number, order.number)
    if known.status is RefundStatus.FAILED:
        return await refunds.refund(holder, order)
    known.amount = order.amount
    return known
