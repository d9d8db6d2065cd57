"""Lists over several hospitals, cut into pages."""

from typing import Any, Generic, TypeVar

import strawberry

from resolvers import merging
from resolvers.context import GraphInfo
from resolvers.facilities.hospitals import by_id
from schema.access_control.guards import PUBLIC
from schema.base import graph_type, relation
from schema.cost import Cost, Size, costing
from schema.facilities.hospital import Hospital
from schema.pages import PageInfo

N = TypeVar("N")


def _hospital(root: merging.HospitalFailure, info: GraphInfo) -> Hospital:
    return by_id(info.context, root.hospital_id)  # type: ignore[return-value]  # the record stands for the type


@graph_type(merging.HospitalFailure, PUBLIC)
class HospitalFailure(merging.HospitalFailure):
    """A hospital that did not contribute to a list, and why (医院查询失败)."""

    hospital = relation(_hospital, Hospital, "The hospital (医院).")


@strawberry.type(description="A page of a list over all of a person's hospitals, newest first (分页列表).")
class Connection(Generic[N]):
    """Answers what hospitals gave, and names those that gave nothing."""

    nodes: list[N] = strawberry.field(
        description="What is on this page (本页数据).", metadata=costing(Cost(size=Size.PAGE))
    )
    page_info: PageInfo = strawberry.field(description="Where the page stands (分页信息).")
    total_count: int = strawberry.field(description="How many there are on all pages (总数).")
    failures: list[HospitalFailure] = strawberry.field(
        description="Hospitals that are missing from the list; empty when it is whole (查询失败的医院).",
        metadata=costing(Cost(size=Size.CARDS)),
    )


def list_over_hospitals(resolver: Any, node: type, description: str, calls: int) -> Any:
    """Make the field of a list that takes so many calls for each card."""
    kind = Connection[node] | None  # type: ignore[valid-type]  # a class known at run time
    return relation(resolver, kind, description, cost=Cost(card_calls=calls, holder=True))
