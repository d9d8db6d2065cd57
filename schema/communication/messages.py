"""Messages of a hospital to a person."""

import strawberry

from connectors.records import messages as records
from resolvers.access_control.scopes import Resource
from resolvers.communication import messages as resolvers
from schema.access_control.guards import owned
from schema.base import graph_type, relation
from schema.cost import Cost
from schema.owner import hospital_of


@graph_type(records.Message, owned(Resource.COMMUNICATION))
class Message(records.Message):
    """Something that the hospital told a person unasked (消息通知, FHIR Communication)."""

    hospital = hospital_of()
    appointment_id = relation(
        resolvers.appointment_id,
        strawberry.ID | None,
        "Global id of the appointment that it is about, where it names one (预约标识).",
    )


@strawberry.type
class MessagesOfCard:
    """What a hospital sent to the holder of a card."""

    messages = relation(
        resolvers.messages,
        list[Message] | None,
        "What the hospital sent to the holder, newest first: 100 at most, of 90 days (消息通知).",
        cost=Cost(holder=True, size=100),
    )
