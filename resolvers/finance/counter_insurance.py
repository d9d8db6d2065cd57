"""Insurance settled at the counter: what is left to pay, and what was paid back."""

from connectors.ports import Connection
from connectors.records.base import CardRef, Period
from connectors.records.insurance import InsuranceItem, Reimbursement, SelfPayOrder, SelfPayOrderDetail
from connectors.records.people import CardHolder
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.merging import Since, Until, period
from resolvers.offers import offered
from resolvers.patients.people import CardAtHospital


async def self_pay_orders(
    root: CardAtHospital, info: GraphInfo, since: Since = None, until: Until = None
) -> list[SelfPayOrder]:
    """List the orders whose rest waits to be paid."""
    holder = await info.context.loaders.holder(root.card)
    return await info.context.loaders.alone(_self_pay_orders, holder, period(info.context, since, until))


async def self_pay_order(root: SelfPayOrder, info: GraphInfo) -> SelfPayOrderDetail | None:
    """Read one."""
    return await info.context.loaders.alone(_self_pay_order, root.card, root.id)


async def reimbursements(
    root: CardAtHospital, info: GraphInfo, since: Since = None, until: Until = None
) -> list[Reimbursement]:
    """List what the insurance has paid back."""
    holder = await info.context.loaders.holder(root.card)
    return await info.context.loaders.alone(_reimbursements, holder, period(info.context, since, until))


async def reimbursed_items(root: Reimbursement, info: GraphInfo) -> list[InsuranceItem]:
    """List what it has paid for."""
    holder = await info.context.loaders.holder(root.card)
    return await info.context.loaders.alone(_reimbursed_items, holder, root.id)


@needs(Resource.CLAIM, Action.SEARCH)
async def _self_pay_orders(connection: Connection, holder: CardHolder, when: Period) -> list[SelfPayOrder]:
    return await offered(connection.counter_insurance).self_pay_orders(holder, when)


@needs(Resource.CLAIM, Action.READ)
async def _self_pay_order(connection: Connection, card: CardRef, order_id: str) -> SelfPayOrderDetail | None:
    return await offered(connection.counter_insurance).self_pay_order(card, order_id)


@needs(Resource.CLAIM, Action.SEARCH)
async def _reimbursements(connection: Connection, holder: CardHolder, when: Period) -> list[Reimbursement]:
    return await offered(connection.counter_insurance).reimbursements(holder, when)


@needs(Resource.CLAIM, Action.READ)
async def _reimbursed_items(connection: Connection, holder: CardHolder, order_id: str) -> list[InsuranceItem]:
    return await offered(connection.counter_insurance).reimbursed_items(holder, order_id)
