"""What stays cost, named by the ids of their visits: the costs of an admission under another name."""

import datetime as dt
from decimal import Decimal

from connectors.palm_hospital.stays import Stay, Stays, stay_named
from connectors.palm_hospital.visits import stay_of
from connectors.records.base import CardRef
from connectors.records.inpatient import DailyBill, ItemCost, StayBill, StayCostSummary
from connectors.records.people import CardHolder


class VisitCosts:
    """Implements `connectors.ports.VisitCosts`."""

    def __init__(self, stays: Stays) -> None:
        """Take what asks for the costs of stays."""
        self._stays = stays

    async def stay_bill(self, card: CardRef, visit_id: str) -> StayBill | None:  # noqa: ARG002 # the port's form
        """None: the document has the lines of single days, and of a stay what they come to."""
        return None

    async def day_of_stay(self, card: CardRef, visit_id: str, day: dt.date) -> DailyBill | None:
        """What was charged on a day of a stay; None for a visit that is none, and a day without costs."""
        stay = _stay(card, visit_id)
        return None if stay is None else await self._stays.daily_charge(stay, day)

    async def cost_summary(self, holder: CardHolder, visit_id: str, day: dt.date | None) -> StayCostSummary | None:
        """What a stay came to by item; of one day by its lines. None for a visit that is none."""
        stay = _stay(holder.card, visit_id)
        if stay is None:
            return None
        if day is None:
            return await self._stays.charge_summary(stay)
        bill = await self._stays.daily_charge(stay, day)
        return None if bill is None else _summary_of(bill)


def _stay(card: CardRef, visit_id: str) -> Stay | None:
    keys = stay_of(visit_id)
    return None if keys is None else stay_named(card, *keys)


def _summary_of(bill: DailyBill) -> StayCostSummary:
    totals: dict[str, Decimal] = {}
    for item in bill.items:
        totals[item.name] = totals.get(item.name, Decimal(0)) + item.amount
    return StayCostSummary(
        card=bill.card,
        admission_number=bill.admission_number,
        total=bill.total,
        by_item=[ItemCost(name=name, total=total) for name, total in totals.items()],
    )
