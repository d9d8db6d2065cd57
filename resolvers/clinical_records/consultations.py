"""Online consultations: doctors one has seen, and what can be ordered."""

from decimal import Decimal
from typing import Annotated

import strawberry

from connectors.core.local_id import pack, unpack
from connectors.ports import Connection
from connectors.records.base import CardRef, Period
from connectors.records.consultations import OnlineItem, OnlineItemKind, VisitedDoctor
from connectors.records.problems import ProblemCode
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.facilities.hospitals import Hospital
from resolvers.merging import Since, Until, period
from resolvers.offers import offered
from resolvers.patients.people import CardAtHospital
from resolvers.problems import Problem

Kind = Annotated[OnlineItemKind, strawberry.argument(description="What is asked for (项目类型).")]
ItemId = Annotated[strawberry.ID, strawberry.argument(description="What is asked for: an OnlineItem (项目).")]


async def visited_doctors(
    root: CardAtHospital, info: GraphInfo, since: Since = None, until: Until = None
) -> list[VisitedDoctor]:
    """List the doctors whom the person has seen, the last one first."""
    when = period(info.context, since, until)
    found = await info.context.loaders.alone(_visited_doctors, root.card, when)
    return sorted(found, key=lambda doctor: doctor.last_visited_at or when.since, reverse=True)


async def online_items(root: Hospital, info: GraphInfo, kind: Kind) -> list[OnlineItem]:
    """List what can be ordered of one kind."""
    return await info.context.loaders.public(_online_items, root.hospital_id, kind)


async def current_price(root: Hospital, info: GraphInfo, item_id: ItemId) -> Decimal | None:
    """Ask what one thing costs now."""
    kind, key = named_item(info.context, root.hospital_id, item_id, "itemId")
    return await info.context.loaders.public(_current_price, root.hospital_id, kind, key)


def item_id(root: OnlineItem, info: GraphInfo) -> str:
    """Write the global id, which tells the kind as well: the hospital asks for it."""
    local_id = pack(root.kind.value, root.id)
    return info.context.services.ids.write("OnlineItem", root.hospital_id, None, local_id)


def named_item(context: Context, hospital_id: str, given: str, field: str) -> tuple[OnlineItemKind, str]:
    """Return the kind and the hospital's key of a global id; raises Problem BAD_INPUT for another hospital's."""
    key = context.services.ids.read(given, "OnlineItem")
    if key.hospital_id != hospital_id:
        raise Problem(ProblemCode.BAD_INPUT, "项目不属于该医院", field=field)
    kind, local_id = unpack(key.local_id, 2)
    return OnlineItemKind[kind], local_id


@needs(Resource.ENCOUNTER, Action.SEARCH)
async def _visited_doctors(connection: Connection, card: CardRef, when: Period) -> list[VisitedDoctor]:
    return await offered(connection.consultations).visited_doctors(card, when)


async def _online_items(connection: Connection, hospital_id: str, kind: OnlineItemKind) -> list[OnlineItem]:
    return await offered(connection.consultations).online_items(hospital_id, kind)


async def _current_price(
    connection: Connection, hospital_id: str, kind: OnlineItemKind, item_key: str
) -> Decimal | None:
    return await offered(connection.consultations).current_price(hospital_id, kind, item_key)
