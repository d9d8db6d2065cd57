"""Ordered examinations, and the rooms and times at which they can take place."""

import strawberry

from connectors.records import examinations as records
from resolvers.access_control.scopes import Resource
from resolvers.diagnostic_tests import examinations as resolvers
from schema.access_control.guards import owned
from schema.base import graph_type, relation
from schema.cost import Cost
from schema.lists import list_over_hospitals
from schema.node import Node, of_card
from schema.owner import hospital_of

_ORDER = owned(Resource.SERVICE_REQUEST)


@graph_type(records.ExaminationSlot, _ORDER)
class ExaminationSlot(records.ExaminationSlot):
    """A stretch of a room's day that can be booked for an examination (检查时间段)."""

    id = of_card("ExaminationSlot")


@graph_type(records.ExaminationRoom, _ORDER)
class ExaminationRoom(records.ExaminationRoom):
    """A room on a day at which an examination can take place (检查室)."""

    slots = relation(
        resolvers.slots, list[ExaminationSlot] | None, "Times of that day (可预约时间段).", cost=Cost(calls=1, size=20)
    )


@graph_type(records.ExaminationOrder, _ORDER)
class ExaminationOrder(records.ExaminationOrder, Node):
    """An examination that a doctor ordered and that is given a time (检查申请, FHIR ServiceRequest)."""

    id = of_card("ExaminationOrder")
    hospital = hospital_of()
    rooms = relation(
        resolvers.rooms,
        list[ExaminationRoom] | None,
        "Rooms that are open for it, by day (可预约诊室).",
        cost=Cost(calls=1, holder=True, size=14),
    )


@strawberry.type
class ExaminationsOfPatient:
    """What a person has of ordered examinations."""

    examination_orders = list_over_hospitals(
        resolvers.examination_orders,
        ExaminationOrder,
        "Ordered examinations that wait for a time (可预约检查项目).",
        1,
    )
