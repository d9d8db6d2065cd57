"""Check-ups that can be booked."""

import datetime as dt
from typing import Any

import strawberry

from connectors.records import checkups as records
from resolvers.access_control.scopes import Resource
from resolvers.checkups import packages as resolvers
from resolvers.checkups.booking import group_key
from resolvers.context import GraphInfo
from schema.access_control.guards import PUBLIC, owned
from schema.base import graph_type, relation
from schema.checkups.items import CheckupItem
from schema.cost import Cost
from schema.node import node_id, of_card

_ITEMS = list[CheckupItem] | None
_OF_HOLDER = Cost(calls=1, holder=True)


def _group_id(root: Any, info: GraphInfo) -> str:
    return info.context.services.ids.write("CheckupGroup", root.card.hospital_id, root.card, group_key(root))


@graph_type(records.CheckupDay, PUBLIC)
class CheckupDay(records.CheckupDay):
    """A day on which check-ups can be booked (体检余号)."""


@graph_type(records.CheckupPackage, owned(Resource.APPOINTMENT))
class CheckupPackage(records.CheckupPackage):
    """A check-up as a hospital offers it to a person (体检套餐)."""

    id = of_card("CheckupPackage")
    items = relation(resolvers.package_items, _ITEMS, "What is examined (套餐项目明细).", cost=Cost(calls=1, size=30))
    days = relation(resolvers.days, list[CheckupDay] | None, "Days that have room (余号).", cost=Cost(calls=1, size=92))
    times = relation(
        resolvers.times,
        list[dt.datetime] | None,
        "Times of a day that the person can book (可预约时间).",
        cost=Cost(calls=1, holder=True, size=60),
    )


@graph_type(records.CheckupGroup, owned(Resource.APPOINTMENT))
class CheckupGroup(records.CheckupGroup):
    """Those of an employer's people who get the same check-up (单位分组)."""

    id = node_id(_group_id)
    items = relation(resolvers.group_items, _ITEMS, "What they get (分组项目).", cost=Cost(calls=1, size=30))


@graph_type(records.CheckupEmployer, owned(Resource.APPOINTMENT))
class CheckupEmployer(records.CheckupEmployer):
    """An employer who has check-ups arranged for a person (体检单位)."""

    groups = relation(
        resolvers.groups,
        list[CheckupGroup] | None,
        "Those who get the same (单位分组).",
        cost=Cost(calls=1, holder=True, size=10),
    )


@strawberry.type
class CheckupsOfCard:
    """What a hospital says of check-ups to one person."""

    checkup_packages = relation(
        resolvers.packages,
        list[CheckupPackage] | None,
        "Check-ups that the hospital offers to the person (体检套餐).",
        cost=Cost(calls=1, holder=True, size=20),
    )
    checkup_employers = relation(
        resolvers.employers,
        list[CheckupEmployer] | None,
        "Employers who have check-ups arranged for the person (体检单位).",
        cost=Cost(calls=1, holder=True, size=3),
    )
    checkup_booked = relation(
        resolvers.is_booked,
        bool | None,
        "Whether the person has booked a check-up for a day; null where the hospital cannot tell (是否已预约体检).",
        cost=_OF_HOLDER,
    )
    checkup_registered = relation(
        resolvers.is_registered,
        bool | None,
        "Whether the person has registered at the check-up centre on a day; null where the hospital cannot tell "
        "(体检登记状态).",
        cost=_OF_HOLDER,
    )
    checkup_notice = relation(
        resolvers.notice,
        str | None,
        "What to know before a check-up: HTML as the hospital writes it, to be cleaned before it is shown (体检须知).",
        cost=_OF_HOLDER,
    )
