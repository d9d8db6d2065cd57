"""Guides of outpatient visits."""

import strawberry

from connectors.records import visit_guides as records
from resolvers.access_control.scopes import Resource
from resolvers.clinical_records import visit_guides as resolvers
from schema.access_control.guards import owned, part_of
from schema.base import graph_type, relation
from schema.cost import Cost


@graph_type(records.GuideItem, part_of(Resource.SERVICE_REQUEST))
class GuideItem(records.GuideItem):
    """Something to fetch or to have done in a room (导引单项目)."""


@graph_type(records.GuideRoom, owned(Resource.SERVICE_REQUEST))
class GuideRoom(records.GuideRoom):
    """A room to go to, with what is to be done there (门诊导引单)."""


@strawberry.type
class VisitGuideOfCard:
    """What a hospital says of the way through it."""

    visit_guide = relation(
        resolvers.visit_guide,
        list[GuideRoom] | None,
        "Rooms to go to on a day, with what is to be done there (门诊导引单).",
        cost=Cost(calls=1, holder=True, size=10),
    )
