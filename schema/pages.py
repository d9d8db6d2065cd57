"""Pages of one hospital's list."""

from typing import Generic, TypeVar

import strawberry

from resolvers import pages
from schema.access_control.guards import PUBLIC
from schema.base import graph_type
from schema.cost import Cost, Size, costing

N = TypeVar("N")


@graph_type(pages.PageInfo, PUBLIC)
class PageInfo(pages.PageInfo):
    """Where a page stands in its list (分页信息)."""


@strawberry.type(description="A page of a list of one hospital, in the hospital's order (分页列表).")
class Page(Generic[N]):
    """A cut of the hospital's list."""

    nodes: list[N] = strawberry.field(
        description="What is on this page (本页数据).", metadata=costing(Cost(size=Size.PAGE))
    )
    page_info: PageInfo = strawberry.field(description="Where the page stands (分页信息).")
    total_count: int = strawberry.field(description="How many there are on all pages (总数).")


@strawberry.type(
    description="A page of a list whose length the hospital does not tell, in the hospital's order (分页列表)."
)
class OpenPage(Generic[N]):
    """A cut of such a list."""

    nodes: list[N] = strawberry.field(
        description="What is on this page (本页数据).", metadata=costing(Cost(size=Size.PAGE))
    )
    page_info: PageInfo = strawberry.field(description="Where the page stands (分页信息).")
