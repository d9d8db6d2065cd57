"""Guides of outpatient visits."""

import datetime as dt
from typing import Annotated

import strawberry

from connectors.ports import Connection
from connectors.records.people import CardHolder
from connectors.records.visit_guides import GuideRoom
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.offers import offered
from resolvers.patients.people import CardAtHospital

GuideDay = Annotated[dt.date | None, strawberry.argument(description="Day; today when left out (查询日期).")]


async def visit_guide(root: CardAtHospital, info: GraphInfo, day: GuideDay = None) -> list[GuideRoom]:
    """List the rooms to go to on a day."""
    context = info.context
    holder = await context.loaders.holder(root.card)
    return await context.loaders.alone(_visit_guide, holder, day or context.services.clock().date())


@needs(Resource.SERVICE_REQUEST, Action.SEARCH)
async def _visit_guide(connection: Connection, holder: CardHolder, day: dt.date) -> list[GuideRoom]:
    return await offered(connection.visit_guides).visit_guide(holder, day)
