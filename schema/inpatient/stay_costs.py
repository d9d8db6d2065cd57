"""What stays cost."""

import strawberry

from connectors.records import inpatient as records
from resolvers.access_control.scopes import Personal, Resource
from resolvers.inpatient import stay_costs as resolvers
from schema.access_control.guards import owned, part_of
from schema.access_control.personal import personal
from schema.base import graph_type, relation
from schema.cost import Cost
from schema.finance.money import BillItem  # noqa: F401 # the lines of these bills, which must be public before them
from schema.owner import hospital_of

_BILL = owned(Resource.INVOICE)
_PART = part_of(Resource.INVOICE)
_ONE_CALL = Cost(calls=1)
_OF_HOLDER = Cost(calls=1, holder=True)
# Some hospitals are asked for the stay first.
_OF_STAY = Cost(calls=2, holder=True)
_NAME = "Name of the person; masked by role (姓名)."


@graph_type(records.StayBill, _BILL)
class StayBill(records.StayBill):
    """All that was charged for a stay, line by line (住院费用明细, FHIR Invoice)."""

    hospital = hospital_of()
    name = personal("patient_name", Personal.NAME, _NAME)


@graph_type(records.DailyBill, _BILL)
class DailyBill(records.DailyBill):
    """What was charged on one day of a stay (住院一日清单)."""

    hospital = hospital_of()
    name = personal("patient_name", Personal.NAME, _NAME)


@graph_type(records.DayCost, _PART)
class DayCost(records.DayCost):
    """What one day of a stay cost (每日费用)."""


@graph_type(records.ItemCost, _PART)
class ItemCost(records.ItemCost):
    """What one item came to over a stay (收费项目费用)."""


@graph_type(records.CategoryCost, _PART)
class CategoryCost(records.CategoryCost):
    """What one category came to over a stay (收费类型费用)."""


@graph_type(records.StayCostSummary, _BILL)
class StayCostSummary(records.StayCostSummary):
    """What a stay cost, summed up three ways (住院费用概要)."""

    hospital = hospital_of()
    name = personal("patient_name", Personal.NAME, _NAME)


@strawberry.type
class CostsOfStay:
    """What a visit has to say of its costs, where it is a stay."""

    stay_bill = relation(
        resolvers.stay_bill,
        StayBill | None,
        "All that was charged for the stay; busy hospitals show the summary and single days only (住院费用明细).",
        cost=_ONE_CALL,
    )
    daily_bill = relation(
        resolvers.daily_bill_of_stay,
        DailyBill | None,
        "What was charged on a day of the stay; null where nothing was (住院一日清单).",
        cost=_ONE_CALL,
    )
    cost_summary = relation(
        resolvers.cost_summary,
        StayCostSummary | None,
        "What the stay came to by day, item and category; null for an outpatient visit (住院费用概要).",
        cost=_OF_HOLDER,
    )


@strawberry.type
class CostsOfCard:
    """What a card's hospital charges for the stay that lasts."""

    daily_bill = relation(
        resolvers.daily_bill,
        DailyBill | None,
        "What was charged on a day, whatever the stay; null where nothing was (住院一日清单).",
        cost=_OF_STAY,
    )


@strawberry.type
class CostsOfAdmission:
    """What an admission has to say of its costs."""

    daily_bill = relation(
        resolvers.daily_bill_of_admission,
        DailyBill | None,
        "What was charged on a day of the stay; null where nothing was (住院一日清单).",
        cost=_OF_STAY,
    )
    cost_summary = relation(
        resolvers.cost_summary_of_admission,
        StayCostSummary | None,
        "What the stay came to; null where the hospital gives it no key (住院费用概要).",
        cost=_OF_STAY,
    )
