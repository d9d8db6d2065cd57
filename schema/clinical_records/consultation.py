"""Online consultations."""

from decimal import Decimal

import strawberry

from connectors.records import consultations as records
from resolvers.access_control.scopes import Resource
from resolvers.clinical_records import consultations as resolvers
from resolvers.clinical_records import online_records
from schema.access_control.guards import PUBLIC, owned
from schema.base import graph_input, graph_type, relation
from schema.cost import Cost
from schema.node import node_id
from schema.payloads import mutation, payload, result


@graph_type(records.VisitedDoctor, owned(Resource.ENCOUNTER))
class VisitedDoctor(records.VisitedDoctor):
    """A doctor whom the person has seen (就诊过的医生)."""


@graph_type(records.OnlineItem, PUBLIC)
class OnlineItem(records.OnlineItem):
    """Something that can be ordered in an online consultation (线上销售项目)."""

    id = node_id(resolvers.item_id)


@strawberry.type
class ConsultationsOfCard:
    """What an online consultation begins with."""

    visited_doctors = relation(
        resolvers.visited_doctors,
        list[VisitedDoctor] | None,
        "Doctors whom the person has seen there, the last one first (就诊过的医生).",
        cost=Cost(calls=1, size=20),
    )


@strawberry.type
class ConsultationsOfHospital:
    """What can be ordered in online consultations."""

    online_items = relation(
        resolvers.online_items,
        list[OnlineItem] | None,
        "What can be ordered online of one kind (线上销售目录).",
        cost=Cost(calls=1, size=500),
    )
    current_price = relation(
        resolvers.current_price,
        Decimal | None,
        "What one thing costs now, in yuan; an error where it is not sold any more or is out of stock (项目价格).",
        cost=Cost(calls=1),
    )


@graph_input(online_records.RecordConsultationInput)
class RecordConsultationInput(online_records.RecordConsultationInput):
    """What recordConsultation takes: a consultation that a doctor took on (问诊信息)."""


@graph_input(online_records.OnlineOrderItemInput)
class OnlineOrderItemInput(online_records.OnlineOrderItemInput):
    """One thing that was ordered (订单明细)."""


@graph_input(online_records.RecordOnlineOrderInput)
class RecordOnlineOrderInput(online_records.RecordOnlineOrderInput):
    """What recordOnlineOrder takes: what was ordered in a consultation and paid (患者支付信息)."""

    items: list[OnlineOrderItemInput] = strawberry.field(description="What was ordered (订单明细).")  # type: ignore[assignment]  # the input stands for its record


_CONSULTATION = payload(
    "RecordConsultationPayload",
    "What recordConsultation came to (问诊同步结果).",
    recorded=result(bool, "True when the hospital has it (已同步)."),
)
_ORDER = payload(
    "RecordOnlineOrderPayload",
    "What recordOnlineOrder came to (支付同步结果).",
    recorded=result(bool, "True when the hospital has it (已同步)."),
)
_WRITE = Cost(calls=1, holder=True)


@strawberry.type
class ConsultationMutations:
    """What a hospital is told of online consultations, by its own staff and systems."""

    record_consultation = mutation(
        online_records.record_consultation,
        RecordConsultationInput,
        _CONSULTATION,
        "Tell the hospital of a consultation that a doctor took on; staff and systems only (同步问诊信息).",
        cost=_WRITE,
    )
    record_online_order = mutation(
        online_records.record_order,
        RecordOnlineOrderInput,
        _ORDER,
        "Tell the hospital of what was ordered online and paid; staff and systems only (同步患者支付信息).",
        cost=_WRITE,
    )
