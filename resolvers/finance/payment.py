"""Paying charges (缴费)."""

import datetime as dt
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.ports import Connection
from connectors.records.base import CardRef, Doc
from connectors.records.billing import Charge, Payment, PaymentMethod, PaymentOrder, PaymentStatus
from connectors.records.hospitals import Capability
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from resolvers.access_control import access
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.finance.billing import load_charge_sheet
from resolvers.offers import offered, require_offered
from resolvers.problems import Problem
from resolvers.writes import checks
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, settle

PAYMENT: TypeAdapter[Payment] = TypeAdapter(Payment)
_ORDER: TypeAdapter[PaymentOrder] = TypeAdapter(PaymentOrder)
_MOST_CHARGES = 200


def is_confirmed(payment: Payment) -> bool:
    """Say whether the hospital has booked it; until then it is told of it again under the same key."""
    return payment.status is PaymentStatus.CONFIRMED


_PAY = Write("pay", access.Need(Resource.PAYMENT_NOTICE, Action.CREATE), PAYMENT, is_confirmed)


@dataclass(kw_only=True, slots=True)
class PayChargesInput:
    """What payCharges takes: a payment that was made, and what for (缴费信息)."""

    business_key: Annotated[str, Doc("Number of the payment; same number, same content: the same answer (支付单号).")]
    charge_ids: Annotated[list[strawberry.ID], Doc("Charges of one card (费用明细).")]
    amount: Annotated[Decimal, Doc("What they come to in yuan, discounts taken off (支付总金额).")]
    card_balance_amount: Annotated[Decimal, Doc("Of that, from the card's balance (卡余额支付金额).")] = Decimal(0)
    method: Annotated[PaymentMethod, Doc("How the rest was paid (支付方式).")]
    paid_at: Annotated[dt.datetime | None, Doc("When it was paid; now when left out (支付时间).")] = None
    platform_info: Annotated[str | None, Doc("What the payment platform says of it (平台扩展信息).")] = None


async def pay_charges(info: GraphInfo, given: PayChargesInput) -> Outcome[Payment]:
    """Tell the hospital of a payment; raises Problem UNAUTHENTICATED or FORBIDDEN for charges out of reach.

    The order is settled first, under its own key, and sent again as it was: a repeat after an unknown end still knows
    what it paid for when the hospital no longer lists it.
    """
    context = info.context
    access.require_known(context.principal)
    card, charge_ids = named_charges(context, given.charge_ids)
    context.access.require(_PAY.need, card)

    async def work() -> Payment:
        key = checks.business_key(given.business_key)
        require_offered(context.loaders.connection(card.hospital_id), card.hospital_id, Capability.CHARGE_PAYMENT)
        content = (sorted(charge_ids), _amounts(given), checks.payment_method(given.method))
        order = await settle(
            context, "order", card, key, content, lambda: _order(context, given, card, charge_ids), _ORDER
        )

        def send(connection: Connection, holder: CardHolder) -> Awaitable[Payment]:
            return offered(connection.billing).pay(holder, order)

        return await _PAY.do(context, card, key, content, send)

    return await attempt(work)


def _amounts(given: PayChargesInput) -> tuple[Decimal, Decimal]:
    """Return what is paid in all and from the card's balance, each with two places."""
    return checks.amount(given.amount, "amount"), checks.amount(given.card_balance_amount, "cardBalanceAmount")


def named_charges(context: Context, ids: Sequence[str]) -> tuple[CardRef, list[str]]:
    """Return the card of charges and their local keys; raises Problem BAD_INPUT for none, or for several cards'."""
    if not 1 <= len(ids) <= _MOST_CHARGES:
        raise Problem(ProblemCode.BAD_INPUT, f"费用明细须为 1 至 {_MOST_CHARGES} 项", field="chargeIds")
    keys = [context.services.ids.read(charge_id, "Charge") for charge_id in ids]
    cards = {key.card for key in keys if key.card is not None}
    if len(cards) != 1:
        raise Problem(ProblemCode.BAD_INPUT, "一次只能缴纳同一张就诊卡的费用", field="chargeIds")
    local_ids = [key.local_id for key in keys]
    if len(set(local_ids)) != len(local_ids):
        raise Problem(ProblemCode.BAD_INPUT, "费用明细重复", field="chargeIds")
    return cards.pop(), local_ids


async def _order(context: Context, given: PayChargesInput, card: CardRef, charge_ids: list[str]) -> PaymentOrder:
    """Check the payment against what the hospital lists now."""
    amount, balance_amount = _amounts(given)
    check_balance_part(amount, balance_amount, given.method)
    sheet = await load_charge_sheet(context, card)
    pending = {charge.id: charge for charge in (sheet.charges if sheet else [])}
    missing = [charge_id for charge_id in charge_ids if charge_id not in pending]
    if missing:
        raise Problem(ProblemCode.CHARGE_UNKNOWN, "待缴费信息不存在或已缴费", field="chargeIds")
    charges = [pending[charge_id] for charge_id in charge_ids]
    _whole_groups(charges, list(pending.values()))
    if sum((charge.amount - (charge.discount or 0) for charge in charges), Decimal(0)) != amount:
        raise Problem(ProblemCode.AMOUNT_MISMATCH, "支付金额与费用合计不一致", field="amount")
    return PaymentOrder(
        number=given.business_key,
        charges=charges,
        amount=amount,
        balance_amount=balance_amount,
        method=given.method,
        paid_at=given.paid_at or context.services.clock(),
        platform_info=given.platform_info or "",
    )


def check_balance_part(amount: Decimal, balance_amount: Decimal, method: PaymentMethod) -> None:
    """Raise Problem AMOUNT_MISMATCH where the card's part is more than all, or not all though nothing else pays."""
    if balance_amount > amount:
        raise Problem(ProblemCode.AMOUNT_MISMATCH, "卡余额支付金额大于支付总金额", field="cardBalanceAmount")
    if method is PaymentMethod.CARD_BALANCE and balance_amount != amount:
        raise Problem(
            ProblemCode.AMOUNT_MISMATCH, "仅用卡余额支付时，卡余额支付金额须等于支付总金额", field="cardBalanceAmount"
        )


def _whole_groups(chosen: list[Charge], pending: list[Charge]) -> None:
    groups = {charge.group for charge in chosen if charge.group}
    whole = {charge.id for charge in pending if charge.group in groups}
    if not whole <= {charge.id for charge in chosen}:
        raise Problem(ProblemCode.CHARGE_GROUP_INCOMPLETE, "同组费用须一并缴纳", field="chargeIds")
