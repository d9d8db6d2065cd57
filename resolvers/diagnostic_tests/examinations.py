"""Ordered examinations, and where and when they can take place (预约检查)."""

import datetime as dt
from typing import Annotated

import strawberry

from connectors.ports import Connection
from connectors.records.base import CardRef
from connectors.records.examinations import ExaminationOrder, ExaminationRoom, ExaminationSlot, Ordered
from connectors.records.hospitals import Capability
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.merging import Hospitals, Merged, merge, side_by_side
from resolvers.offers import offered
from resolvers.pages import After, First, Position, position
from resolvers.patients.people import Patient
from resolvers.problems import Problem

_MOST_DAYS = 7

FirstDay = Annotated[dt.date, strawberry.argument(description="First day, today or later (开始日期).")]
Days = Annotated[
    int, strawberry.argument(description=f"How many days, the first one included, 1 to {_MOST_DAYS} (天数).")
]


async def examination_orders(
    root: Patient, info: GraphInfo, first: First = 20, after: After = None, hospitals: Hospitals = None
) -> Merged[ExaminationOrder]:
    """List the ordered examinations that wait for a time, over all hospitals."""

    async def load(card: CardRef) -> list[ExaminationOrder]:
        return await load_orders(info.context, card)

    ask = side_by_side(load)
    return await merge(info, root, Capability.EXAMINATIONS, ask, _place, first=first, after=after, hospitals=hospitals)


async def load_orders(context: Context, card: CardRef) -> list[ExaminationOrder]:
    """List those of one card."""
    return await context.loaders.alone(list_orders, await context.loaders.holder(card))


async def rooms(
    root: ExaminationOrder, info: GraphInfo, since: FirstDay, days: Days = _MOST_DAYS
) -> list[ExaminationRoom]:
    """List the rooms that are open for it, by day."""
    if not 1 <= days <= _MOST_DAYS:
        raise Problem(ProblemCode.BAD_INPUT, f"天数须为 1 至 {_MOST_DAYS}", field="days")
    if since < info.context.services.clock().date():
        raise Problem(ProblemCode.BAD_INPUT, "开始日期不可早于今天", field="since")
    holder = await info.context.loaders.holder(root.card)
    return await info.context.loaders.alone(_rooms, holder, root.ordered, since, days)


async def slots(root: ExaminationRoom, info: GraphInfo) -> list[ExaminationSlot]:
    """List the times of a room's day."""
    return await info.context.loaders.alone(_slots, root.card, root.order, root.room_id, root.day)


@needs(Resource.SERVICE_REQUEST, Action.SEARCH)
async def list_orders(connection: Connection, holder: CardHolder) -> list[ExaminationOrder]:
    """Ask a hospital for those of one card."""
    return await offered(connection.examinations).orders(holder)


@needs(Resource.SERVICE_REQUEST, Action.READ)
async def _rooms(
    connection: Connection, holder: CardHolder, order: Ordered, since: dt.date, days: int
) -> list[ExaminationRoom]:
    return await offered(connection.examinations).rooms(holder, order, since, days)


@needs(Resource.SERVICE_REQUEST, Action.READ)
async def _slots(
    connection: Connection, card: CardRef, order: Ordered, room_id: str, day: dt.date
) -> list[ExaminationSlot]:
    return await offered(connection.examinations).slots(card, order, room_id, day)


def _place(order: ExaminationOrder) -> Position:
    return position(None, order.card.hospital_id, order.id)
