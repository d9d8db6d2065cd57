"""Stays in hospital: who is admitted, costs, deposits, discharges, copies of case files."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from connectors.ports.outcomes import Outcomes
from connectors.records.base import CardRef
from connectors.records.deposits import (
    CaseCopy,
    CaseCopyCancellation,
    CaseCopyOrder,
    Deposit,
    DepositOrder,
    DepositPayment,
)
from connectors.records.inpatient import Admission, DailyBill, Discharge, Inpatient, StayBill, StayCostSummary
from connectors.records.people import CardHolder
from connectors.records.prescriptions import PrescriptionDetail


class Admissions(Protocol):
    """Who is in hospital, and was."""

    async def admission(self, holder: CardHolder) -> Admission | None:
        """Read the stay that lasts, or the last one, with its money."""
        ...

    async def admissions(self, holder: CardHolder) -> list[Admission]:
        """List all stays, most hospitals without their money."""
        ...


class Inpatients(Protocol):
    """Who is in hospital, for those who work there."""

    async def inpatients(self, hospital_ids: Sequence[str]) -> Outcomes[list[Inpatient]]:
        """List everybody who is in each of the hospitals."""
        ...

    async def in_arrears(self, hospital_ids: Sequence[str], below: Decimal | None) -> Outcomes[list[Inpatient]]:
        """List those whose deposit has less left than `below`; the hospital's own limit where that is None."""
        ...


class StayCosts(Protocol):
    """What stays cost, as admissions name them; None for what the hospital does not know."""

    async def daily_bill(self, holder: CardHolder, day: dt.date, admission_number: str | None) -> DailyBill | None:
        """Read what was charged on a day of the person's stay: the one of this number, or the latest."""
        ...

    async def summary_of_stay(self, holder: CardHolder, stay_id: str) -> StayCostSummary | None:
        """Read what the stay with this key came to."""
        ...


class VisitCosts(Protocol):
    """What stays cost, named by the ids of their visits; None for what the hospital does not know."""

    async def stay_bill(self, card: CardRef, visit_id: str) -> StayBill | None:
        """Read all that was charged for a stay."""
        ...

    async def day_of_stay(self, card: CardRef, visit_id: str, day: dt.date) -> DailyBill | None:
        """Read what was charged on a day of a stay."""
        ...

    async def cost_summary(self, holder: CardHolder, visit_id: str, day: dt.date | None) -> StayCostSummary | None:
        """Read what a stay, or one day of it, came to by day, item and category."""
        ...


class Deposits(Protocol):
    """Deposits for stays."""

    async def deposits(self, holder: CardHolder) -> list[Deposit]:
        """List all deposits and their refunds, of all stays."""
        ...

    async def pay_deposit(self, holder: CardHolder, order: DepositOrder) -> DepositPayment:
        """Tell the hospital of a deposit; the same number again gives the same answer."""
        ...


class Discharges(Protocol):
    """Stays that have ended."""

    async def discharges(self, holder: CardHolder) -> list[Discharge]:
        """List them."""
        ...

    async def medicines(self, card: CardRef, discharge_id: str) -> PrescriptionDetail | None:
        """Read which medicines were given along."""
        ...


class CaseCopies(Protocol):
    """Copies of case files."""

    async def order_case_copy(self, holder: CardHolder, order: CaseCopyOrder) -> CaseCopy:
        """Tell the hospital of copies that were paid for; the same number again gives the same answer."""
        ...


class CaseCopyCancellations(Protocol):
    """Orders of copies that are taken back."""

    async def cancel_case_copy(self, holder: CardHolder, copy_id: str) -> CaseCopyCancellation:
        """Take a confirmed order back, and give its money back; sent once."""
        ...


class CasePages(Protocol):
    """How long case files are."""

    async def page_count(self, holder: CardHolder, admission_number: str) -> int | None:
        """Count the pages that copies of a stay's case file have."""
        ...
