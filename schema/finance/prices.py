"""What services cost."""

import strawberry

from connectors.records import prices as records
from resolvers.finance import prices as resolvers
from resolvers.windows import MOST_CALLS
from schema.access_control.guards import PUBLIC
from schema.base import graph_type, relation
from schema.cost import Cost
from schema.node import of_hospital
from schema.pages import OpenPage


@graph_type(records.ServicePrice, PUBLIC)
class ServicePrice(records.ServicePrice):
    """A service and its price (诊疗服务价格, FHIR ChargeItemDefinition)."""

    id = of_hospital("ServicePrice")


@strawberry.type
class PricesOfHospital:
    """What a hospital charges."""

    service_prices = relation(
        resolvers.service_prices,
        OpenPage[ServicePrice] | None,
        "What its services cost (诊疗服务价格).",
        cost=Cost(calls=MOST_CALLS),
    )
