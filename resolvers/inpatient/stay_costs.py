"""What stays cost: by the line, by the day, and summed up."""

import datetime as dt
from typing import Annotated

import strawberry

from connectors.ports import Connection
from connectors.records.base import CardRef
from connectors.records.inpatient import Admission, DailyBill, StayBill, StayCostSummary
from connectors.records.people import CardHolder
from connectors.records.visits import Visit, VisitClass
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.facilities.hospitals import Day
from resolvers.offers import offered
from resolvers.patients.people import CardAtHospital

DayOrAll = Annotated[
    dt.date | None, strawberry.argument(description="Only this day; the whole stay when left out (日期).")
]


async def daily_bill(root: CardAtHospital, info: GraphInfo, day: Day) -> DailyBill | None:
    """Read what was charged on a day of the person's stay."""
    holder = await info.context.loaders.holder(root.card)
    return await info.context.loaders.alone(_daily_bill, holder, day, None)


async def daily_bill_of_admission(root: Admission, info: GraphInfo, day: Day) -> DailyBill | None:
    """Read what was charged on a day of the stay."""
    holder = await info.context.loaders.holder(root.card)
    return await info.context.loaders.alone(_daily_bill, holder, day, root.number)


async def stay_bill(root: Visit, info: GraphInfo) -> StayBill | None:
    """Read all that was charged for a stay; None for an outpatient visit."""
    if not _is_stay(root):
        return None
    return await info.context.loaders.alone(_stay_bill, root.card, root.id)


async def daily_bill_of_stay(root: Visit, info: GraphInfo, day: Day) -> DailyBill | None:
    """Read what was charged on a day of a stay; None for an outpatient visit."""
    if not _is_stay(root):
        return None
    return await info.context.loaders.alone(_day_of_stay, root.card, root.id, day)


async def cost_summary_of_admission(root: Admission, info: GraphInfo) -> StayCostSummary | None:
    """Read what the stay came to; None for one that the hospital gives no key."""
    if root.stay_id is None:
        return None
    holder = await info.context.loaders.holder(root.card)
    return await info.context.loaders.alone(_summary_of_stay, holder, root.stay_id)


async def cost_summary(root: Visit, info: GraphInfo, day: DayOrAll = None) -> StayCostSummary | None:
    """Read what a stay came to; None for an outpatient visit."""
    if not _is_stay(root):
        return None
    holder = await info.context.loaders.holder(root.card)
    return await info.context.loaders.alone(_cost_summary, holder, root.id, day)


def _is_stay(visit: Visit) -> bool:
    return visit.visit_class is VisitClass.INPATIENT


@needs(Resource.INVOICE, Action.READ)
async def _daily_bill(
    connection: Connection, holder: CardHolder, day: dt.date, admission_number: str | None
) -> DailyBill | None:
    return await offered(connection.stay_costs).daily_bill(holder, day, admission_number)


@needs(Resource.INVOICE, Action.READ)
async def _summary_of_stay(connection: Connection, holder: CardHolder, stay_id: str) -> StayCostSummary | None:
    return await offered(connection.stay_costs).summary_of_stay(holder, stay_id)


@needs(Resource.INVOICE, Action.READ)
async def _stay_bill(connection: Connection, card: CardRef, visit_id: str) -> StayBill | None:
    return await offered(connection.visit_costs).stay_bill(card, visit_id)


@needs(Resource.INVOICE, Action.READ)
async def _day_of_stay(connection: Connection, card: CardRef, visit_id: str, day: dt.date) -> DailyBill | None:
    return await offered(connection.visit_costs).day_of_stay(card, visit_id, day)


@needs(Resource.INVOICE, Action.READ)
async def _cost_summary(
    connection: Connection, holder: CardHolder, visit_id: str, day: dt.date | None
) -> StayCostSummary | None:
    return await offered(connection.visit_costs).cost_summary(holder, visit_id, day)
