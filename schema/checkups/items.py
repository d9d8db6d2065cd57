"""What can be examined in a check-up."""

import strawberry

from connectors.records import checkups as records
from resolvers.checkups import packages as resolvers
from resolvers.windows import MOST_CALLS
from schema.access_control.guards import PUBLIC
from schema.base import graph_type, relation
from schema.cost import Cost
from schema.node import of_hospital
from schema.pages import Page


@graph_type(records.CheckupItem, PUBLIC)
class CheckupItem(records.CheckupItem):
    """Something that is examined in a check-up (体检项目)."""

    id = of_hospital("CheckupItem")


@strawberry.type
class CheckupItemsOfHospital:
    """What a hospital has for all."""

    checkup_items = relation(
        resolvers.items,
        Page[CheckupItem] | None,
        "All that can be examined in a check-up (体检项目).",
        cost=Cost(calls=MOST_CALLS),
    )
