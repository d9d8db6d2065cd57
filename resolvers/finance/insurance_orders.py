"""Making, settling and cancelling insurance orders (线上医保支付)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.errors import Malformed, Unavailable
from connectors.ports import Connection, Insurance
from connectors.records.base import CardRef, Doc
from connectors.records.hospitals import Capability
from connectors.records.insurance import InsuranceOrder, InsuranceOrderStatus
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from resolvers.access_control import access
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.finance.insurance import card_ending, load_unfinished
from resolvers.finance.payment import named_charges
from resolvers.offers import offered, require_offered
from resolvers.presentation import sentence
from resolvers.problems import Problem
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of

_ORDER: TypeAdapter[InsuranceOrder] = TypeAdapter(InsuranceOrder)
_CREATE = Write("create insurance order", access.Need(Resource.CLAIM, Action.CREATE), _ORDER)
_SETTLE = Write("settle insurance order", access.Need(Resource.CLAIM, Action.UPDATE), _ORDER)
_CANCEL = Write("cancel insurance orders", access.Need(Resource.CLAIM, Action.UPDATE), TypeAdapter(bool))
_MOST_ORDERS = 20


@dataclass(kw_only=True, slots=True)
class CreateInsuranceOrderInput:
    """What createInsuranceOrder takes (医保订单信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same order (业务单号).")]
    charge_ids: Annotated[list[strawberry.ID], Doc("Charges of one card (费用明细).")]
    social_security_card_ending: Annotated[
        str | None, Doc("Last six characters of the social security card, where the hospital asks (社保卡后6位).")
    ] = None


@dataclass(kw_only=True, slots=True)
class SettleInsuranceOrderInput:
    """What settleInsuranceOrder takes (医保结算信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    order_id: Annotated[strawberry.ID, Doc("The order (医保订单).")]
    social_security_card_ending: Annotated[
        str | None, Doc("Last six characters of the social security card, where the hospital asks (社保卡后6位).")
    ] = None


@dataclass(kw_only=True, slots=True)
class CancelInsuranceOrdersInput:
    """What cancelInsuranceOrders takes (撤销医保订单信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    order_ids: Annotated[list[strawberry.ID], Doc("Orders of one card (医保订单).")]


async def create_order(info: GraphInfo, given: CreateInsuranceOrderInput) -> Outcome[InsuranceOrder]:
    """Make an order of charges; raises Problem UNAUTHENTICATED or FORBIDDEN for charges out of reach.

    The hospital has no key for it: an order that is open for exactly these charges is the one of an earlier try.
    """
    context = info.context
    access.require_known(context.principal)
    card, charge_ids = named_charges(context, given.charge_ids)
    context.access.require(_CREATE.need, card)

    async def work() -> InsuranceOrder:
        ending = card_ending(given.social_security_card_ending)
        _require_insurance(context, card)

        async def send(connection: Connection, holder: CardHolder) -> InsuranceOrder:
            port = offered(connection.insurance)
            for order in await _open_orders(port, holder, ending):
                if sorted(order.charge_ids) == sorted(charge_ids):
                    return order
            return await port.create_order(holder, charge_ids, ending)

        return await _CREATE.do(context, card, given.business_key, sorted(charge_ids), send)

    return await attempt(work)


async def settle_order(info: GraphInfo, given: SettleInsuranceOrderInput) -> Outcome[InsuranceOrder]:
    """Let the insurance pay its part; raises Problem UNAUTHENTICATED or FORBIDDEN for an order out of reach.

    It is asked for anew first: what an earlier try has settled is not settled again.
    """
    context = info.context
    access.require_known(context.principal)
    card, (order_id,) = named_orders(context, [given.order_id], "orderId")
    context.access.require(_SETTLE.need, card)

    async def work() -> InsuranceOrder:
        ending = card_ending(given.social_security_card_ending)
        _require_insurance(context, card)

        async def send(connection: Connection, holder: CardHolder) -> InsuranceOrder:
            port = offered(connection.insurance)
            open_orders = await _open_orders(port, holder, ending)
            order = next((each for each in open_orders if each.id == order_id), None)
            if order is not None and order.status is InsuranceOrderStatus.SETTLED:
                return order
            # The hospital's list has one order: for one that it does not name, its answer here counts.
            return await port.settle_order(holder, order_id, order, ending)

        return await _SETTLE.do(context, card, given.business_key, order_id, send)

    return await attempt(work)


async def cancel_orders(info: GraphInfo, given: CancelInsuranceOrdersInput) -> Outcome[bool]:
    """Cancel orders; raises Problem UNAUTHENTICATED or FORBIDDEN for orders out of reach."""
    context = info.context
    access.require_known(context.principal)
    card, order_ids = named_orders(context, given.order_ids, "orderIds")
    context.access.require(_CANCEL.need, card)

    async def work() -> bool:
        _require_insurance(context, card)

        async def send(connection: Connection, holder: CardHolder) -> bool:
            if await offered(connection.insurance).cancel_orders(holder.card, order_ids) is False:
                raise Problem(ProblemCode.NOT_CANCELLABLE, "医院未能撤销订单，请到窗口办理", field="orderIds")
            return True

        return await _CANCEL.do(context, card, given.business_key, sorted(order_ids), send)

    return await attempt(work)


def named_orders(context: Context, ids: Sequence[str], field: str) -> tuple[CardRef, list[str]]:
    """Return the card of orders and their local keys; raises Problem BAD_INPUT for none, or for several cards'."""
    if not 1 <= len(ids) <= _MOST_ORDERS:
        raise Problem(ProblemCode.BAD_INPUT, f"订单须为 1 至 {_MOST_ORDERS} 个", field=field)
    keys = [context.services.ids.read(order_id, "InsuranceOrder") for order_id in ids]
    cards = {card_of(key, field) for key in keys}
    if len(cards) != 1:
        raise Problem(ProblemCode.BAD_INPUT, "订单须属于同一张就诊卡", field=field)
    return cards.pop(), list(dict.fromkeys(key.local_id for key in keys))


async def find_unfinished(context: Context, card: CardRef, order_id: str) -> InsuranceOrder | None:
    """Return an order while it is open."""
    return next((order for order in await load_unfinished(context, card) if order.id == order_id), None)


async def _open_orders(port: Insurance, holder: CardHolder, ending: str | None) -> list[InsuranceOrder]:
    """List what is open. Nothing was sent yet when this fails: that is no unknown end."""
    try:
        return await port.unfinished_orders(holder, ending)
    except (Unavailable, Malformed) as failure:
        raise Problem(failure.code, sentence(failure), retryable=failure.retryable) from None


def _require_insurance(context: Context, card: CardRef) -> None:
    connection = context.loaders.connection(card.hospital_id)
    require_offered(connection, card.hospital_id, Capability.INSURANCE_ORDERS)
