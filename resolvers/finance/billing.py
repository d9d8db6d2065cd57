"""Charges and bills of a person."""

from collections.abc import Sequence

from connectors.ports import Connection, Outcomes
from connectors.records.base import CardRef, Period
from connectors.records.billing import Bill, Charge, ChargeSheet
from connectors.records.hospitals import Capability
from connectors.records.people import CardHolder
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.merging import Hospitals, Merged, listed, merge, side_by_side
from resolvers.offers import offered
from resolvers.pages import After, First, Position, position
from resolvers.patients.people import CardAtHospital, Patient


async def charges(
    root: Patient, info: GraphInfo, first: First = 50, after: After = None, hospitals: Hospitals = None
) -> Merged[Charge]:
    """List what waits to be paid, over all hospitals."""

    async def load(card: CardRef) -> list[Charge]:
        sheet = await load_charge_sheet(info.context, card)
        return sheet.charges if sheet else []

    ask = side_by_side(load)
    return await merge(
        info, root, Capability.CHARGES, ask, _charge_place, first=first, after=after, hospitals=hospitals
    )


async def charge_sheet(root: CardAtHospital, info: GraphInfo) -> ChargeSheet | None:
    """List what waits to be paid on one card, with the hospital's total."""
    return await load_charge_sheet(info.context, root.card)


async def load_charge_sheet(context: Context, card: CardRef) -> ChargeSheet | None:
    """Read all that one card has to pay."""
    holder = await context.loaders.holder(card)
    return await context.loaders.alone(_sheet, holder)


@needs(Resource.CHARGE_ITEM, Action.SEARCH)
async def _sheet(connection: Connection, holder: CardHolder) -> ChargeSheet | None:
    return await offered(connection.billing).charges(holder)


@needs(Resource.INVOICE, Action.SEARCH)
async def list_bills(connection: Connection, holders: Sequence[CardHolder], when: Period) -> Outcomes[list[Bill]]:
    """Ask one system for the bills of several people."""
    return await offered(connection.billing).bills(holders, when)


def _charge_place(charge: Charge) -> Position:
    return position(charge.ordered_at, charge.card.hospital_id, charge.id)


def _bill_place(bill: Bill) -> Position:
    return position(bill.charged_at, bill.card.hospital_id, bill.id)


bills = listed(Capability.BILLS, list_bills, _bill_place)
