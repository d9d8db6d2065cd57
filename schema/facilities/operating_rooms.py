"""Operating rooms and what is operated there."""

import strawberry

from connectors.records import operating_rooms as records
from resolvers.access_control.scopes import Personal, Resource
from resolvers.facilities import operating_rooms as resolvers
from schema.access_control.guards import PUBLIC, owned
from schema.access_control.personal import personal
from schema.base import graph_type, relation
from schema.cost import Cost
from schema.node import of_hospital


@graph_type(records.Operation, owned(Resource.PROCEDURE))
class Operation(records.Operation):
    """Somebody's operation of the day, as the boards of the operating rooms show it (手术, FHIR Procedure)."""

    name = personal("name", Personal.NAME, "The person; masked by role (患者姓名).")


@graph_type(records.OperatingRoom, PUBLIC)
class OperatingRoom(records.OperatingRoom):
    """An operating room of a campus (手术室, FHIR Location)."""

    id = of_hospital("OperatingRoom")
    operations = relation(
        resolvers.operations_of_room,
        list[Operation] | None,
        "The day's operations here, by time; for those who work there (手术患者情况).",
        cost=Cost(calls=1, size=20),
    )


@strawberry.type
class OperatingRoomsOfCampus:
    """What a campus has of them."""

    operating_rooms = relation(
        resolvers.operating_rooms,
        list[OperatingRoom] | None,
        "Its operating rooms (手术室).",
        cost=Cost(calls=1, size=20),
    )
    operations = relation(
        resolvers.operations_of_campus,
        list[Operation] | None,
        "The day's operations in all of its rooms, by room and time; for those who work there (手术患者情况).",
        cost=Cost(calls=1, size=100),
    )
