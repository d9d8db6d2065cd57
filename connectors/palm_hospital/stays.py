"""Stays in hospital and what they cost: /getInHospitalList, /getDailyCharge, /getChargeSummary."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import Reader, listing
from connectors.core.shape import GIVEN, Many, One, Row, Shape, Whole
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.words import INPATIENT, gender, joined_moment, price
from connectors.records.base import SHANGHAI, CardRef, Period
from connectors.records.billing import BillItem
from connectors.records.inpatient import (
    Admission,
    AdmissionAccount,
    AdmissionStatus,
    DailyBill,
    ItemCost,
    StayCostSummary,
)
from connectors.records.people import CardHolder

_PAYABLE = "1"


@dataclass(kw_only=True, slots=True)
class Stay:
    """A stay with the keys that other interfaces ask for: a person in hospital may have another than outside."""

    card: CardRef
    patient_id: str
    department_id: str | None
    admission: Admission


def _status(row: Row) -> AdmissionStatus:
    """The document has no field for it: who left is discharged, who came and did not leave is there."""
    if convert.text(row.get("leave_hospital_time")):
        return AdmissionStatus.DISCHARGED
    return AdmissionStatus.ADMITTED if convert.text(row.get("admission_time")) else AdmissionStatus.UNKNOWN


def _payable(row: Row) -> bool:
    return convert.text(row.get("recharge_flag")) == _PAYABLE


ACCOUNT = Shape(
    AdmissionAccount,
    total_cost="total",
    # Called the balance of the card; for a stay it is what is left of the deposits.
    deposit_balance="balance",
    deposit_payable=Whole(_payable),
    deposit_refusal="no_recharge_reason",
)
ADMISSION = Shape(
    Admission,
    card=GIVEN,
    stay_id="visit_no",
    number="visit_no",
    status=Whole(_status),
    patient_name="name",
    gender=("sex", gender),
    identity_number="id_no",
    phone="phone_no",
    department_name="dept_name",
    bed_number="bed_no",
    admitted_at="admission_time",
    discharged_at="leave_hospital_time",
    days="hospital_days",
    account=One(ACCOUNT),
)
STAY = Shape(Stay, card=GIVEN, patient_id="id", department_id="dept_id", admission=One(ADMISSION))
ITEM = Shape(
    BillItem,
    item_id="item_id",
    category="item_category",
    name="item_name",
    unit_price=("price", price),
    quantity=("quantity", convert.decimal),
    unit="unit",
    amount="total",
    charged_at=Whole(lambda row: joined_moment(row, "charge_date", "charge_time")),
)
# The total stands in every row, not beside them: the bill is read off the first.
DAILY_BILL = Shape(DailyBill, card=GIVEN, day=GIVEN, admission_number=GIVEN, total="summary")
SUMMARY = Shape(StayCostSummary, card=GIVEN, admission_number=GIVEN, total="summary")

_ITEMS = Many(ITEM, "fees")
_DAILY_BILL = One(DAILY_BILL, "fees")
_ITEM_COSTS = Many(Shape(ItemCost, name="item_name", total="total"), "fees")
_SUMMARY = One(SUMMARY, "fees")


class Stays:
    """Implements `connectors.ports.Admissions` and `StayCosts`."""

    def __init__(self, palm: Palm) -> None:
        """Take the system."""
        self._palm = palm
        self.call = palm.call

    async def admission(self, holder: CardHolder) -> Admission | None:
        """The stay that lasts, or the last one."""
        stay = await self.find(holder)
        return None if stay is None else stay.admission

    async def admissions(self, holder: CardHolder) -> list[Admission]:
        """All stays that the hospital tells of: as a rule one."""
        return [stay.admission for stay in await self.all(holder)]

    async def daily_bill(self, holder: CardHolder, day: dt.date, admission_number: str | None) -> DailyBill | None:
        """What was charged on a day; None where nothing was, and for a stay that is not the person's."""
        stay = await self.find(holder, admission_number)
        return None if stay is None else await self.daily_charge(stay, day)

    async def summary_of_stay(self, holder: CardHolder, stay_id: str) -> StayCostSummary | None:
        """What a stay came to by item; None for one that is not the person's."""
        stay = await self.find(holder, stay_id)
        return None if stay is None else await self.charge_summary(stay)

    async def find(self, holder: CardHolder, number: str | None = None) -> Stay | None:
        """The person's stay of this number; without one the stay that lasts, or the last."""
        stays = await self.all(holder)
        if number is not None:
            return next((stay for stay in stays if stay.admission.number == number), None)
        return max(stays, key=_latest, default=None)

    async def all(self, holder: CardHolder) -> list[Stay]:
        """The person's stays that the hospital tells of; raises Refused where no identity number is known."""
        return await self.stays(holder.card, self._palm.identity_number("/getInHospitalList", holder))

    async def known(self, holder: CardHolder) -> list[Stay]:
        """The same, for lists of what happens in stays and outside: who has no identity number has none to be found."""
        return await self.all(holder) if holder.identity_number else []

    @endpoint("/getInHospitalList")
    async def stays(self, card: CardRef, identity_number: str) -> list[Stay]:
        """Stays of a person (/getInHospitalList, called a list and documented as one object; either is taken)."""
        return await self.call(
            "/getInHospitalList",
            card.hospital_id,
            {"id_no": identity_number},
            listing(Many(STAY, "patient"), card),
            self._palm.read(card),
        )

    @endpoint("/getDailyCharge")
    async def daily_charge(self, stay: Stay, day: dt.date) -> DailyBill | None:
        """Costs of a day of a stay (/getDailyCharge)."""
        return await self.call(
            "/getDailyCharge",
            stay.card.hospital_id,
            {
                "patient_id": stay.patient_id,
                "visit_no": stay.admission.number,
                "op_flag": INPATIENT,
                "query_date": day.isoformat(),
            },
            _daily_bill(stay, day),
            self._palm.read(stay.card),
        )

    @endpoint("/getChargeSummary")
    async def charge_summary(self, stay: Stay) -> StayCostSummary | None:
        """Costs of a stay by item (/getChargeSummary)."""
        return await self.call(
            "/getChargeSummary",
            stay.card.hospital_id,
            {"patient_id": stay.patient_id, "visit_no": stay.admission.number, "op_flag": INPATIENT},
            _summary(stay),
            self._palm.read(stay.card),
        )


def overlaps(stay: Stay, period: Period) -> bool:
    """Say whether a stay lies in a period, be it with one of its days; what has no date goes on as far as is known."""
    came, went = stay.admission.admitted_at, stay.admission.discharged_at
    return (came is None or _day(came) <= _day(period.until)) and (went is None or _day(went) >= _day(period.since))


def stay_named(card: CardRef, patient_id: str, number: str) -> Stay:
    """Make of its keys what a stay's costs are asked for by."""
    admission = Admission(card=card, stay_id=number, number=number)
    return Stay(card=card, patient_id=patient_id, department_id=None, admission=admission)


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(SHANGHAI).date()


def _latest(stay: Stay) -> tuple[bool, str]:
    admission = stay.admission
    began = "" if admission.admitted_at is None else admission.admitted_at.isoformat()
    return admission.status is AdmissionStatus.ADMITTED, began


def _daily_bill(stay: Stay, day: dt.date) -> Reader[DailyBill | None]:
    given = {"card": stay.card, "day": day, "admission_number": stay.admission.number}

    def read(body: Mapping[str, Any]) -> DailyBill | None:
        bill = _DAILY_BILL.read(body, given)
        if bill is not None:
            bill.items = _ITEMS.read(body)
        return bill

    return Reader(DailyBill | None, read, lambda: None, about=(_key(stay), day))


def _summary(stay: Stay) -> Reader[StayCostSummary | None]:
    given = {"card": stay.card, "admission_number": stay.admission.number}

    def read(body: Mapping[str, Any]) -> StayCostSummary | None:
        summary = _SUMMARY.read(body, given)
        if summary is not None:
            summary.by_item = _ITEM_COSTS.read(body)
        return summary

    return Reader(StayCostSummary | None, read, lambda: None, about=_key(stay))


def _key(stay: Stay) -> tuple[str, str, str | None]:
    return stay.card.hospital_id, stay.card.number, stay.admission.number
