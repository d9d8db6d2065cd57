"""Arriving at the hospital: triage, check-in, queues."""

from decimal import Decimal

import strawberry

from connectors.records import arrivals as records
from resolvers.access_control.scopes import Resource
from resolvers.outpatient import appointment_payment
from resolvers.outpatient import arrivals as resolvers
from schema.access_control.guards import owned
from schema.base import graph_type, relation
from schema.cost import Cost
from schema.lists import Connection
from schema.node import of_card
from schema.owner import hospital_of

_QUEUE = Cost(calls=1, holder=True)


@graph_type(records.QueuePosition, owned(Resource.APPOINTMENT))
class QueuePosition(records.QueuePosition):
    """Where a person stands in a queue (排队)."""

    hospital = hospital_of()


@graph_type(records.ConsultingRoom, owned(Resource.APPOINTMENT))
class ConsultingRoom(records.ConsultingRoom):
    """A room, or a doctor in it, that a person may be triaged to today (诊室)."""

    id = of_card("ConsultingRoom")
    queue_position = relation(
        resolvers.queue_of_room,
        QueuePosition | None,
        "Where the person stands there; null who was not triaged (排队信息).",
        cost=_QUEUE,
    )


@graph_type(records.CheckIn, owned(Resource.APPOINTMENT))
class CheckIn(records.CheckIn):
    """An arrival that the hospital has taken note of: at a room, or for an appointment (分诊/签到)."""

    hospital = hospital_of()
    queue_position = relation(
        resolvers.queue_of_check_in, QueuePosition | None, "Where the person stands now (排队信息).", cost=_QUEUE
    )


@strawberry.type
class ArrivalsOfAppointment:
    """What there is to know of an appointment on its day, and what it costs beside the fee."""

    queue_position = relation(
        resolvers.queue_of_appointment,
        QueuePosition | None,
        "Where the person stands; null on other days and before checking in (排队信息).",
        cost=_QUEUE,
    )
    surcharge = relation(
        appointment_payment.surcharge,
        Decimal | None,
        "What is to be paid beside the fee, in yuan; 0 for nothing (附加费).",
        cost=_QUEUE,
    )


@strawberry.type
class ArrivalsOfCard:
    """Where a person may go to at a hospital."""

    consulting_rooms = relation(
        resolvers.rooms,
        list[ConsultingRoom] | None,
        "Rooms that the person may be triaged to today (可分诊诊室).",
        cost=Cost(calls=1, holder=True, size=30),
    )


@strawberry.type
class QueuesOfPatient:
    """Where a person waits."""

    examination_queues = relation(
        resolvers.examination_queues,
        Connection[QueuePosition] | None,
        "Queues for examinations that the person waits in (检查排队).",
        cost=Cost(card_calls=1, holder=True),
    )
