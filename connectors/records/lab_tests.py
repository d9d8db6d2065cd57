"""Laboratory tests that people order themselves, and the times at which they can be taken."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated

from connectors.records.base import INTERNAL, Doc, DocumentedEnum
from connectors.records.billing import PaymentMethod
from connectors.records.scheduling import DayPart


class LabNumbering(DocumentedEnum):
    """How a session gives out its numbers (号源类型)."""

    SINGLE = "SINGLE", "At a moment, one person at each (时间点)."
    STRETCH = "STRETCH", "For a stretch of time (时间段)."
    HALF_DAY = "HALF_DAY", "For a morning or an afternoon (上下午)."
    UNLIMITED = "UNLIMITED", "Without numbers: the session itself is booked (不限号)."
    UNKNOWN = "UNKNOWN", "The hospital does not say (未知)."


@dataclass(kw_only=True, slots=True)
class LabSession:
    """A day, or half of one, on which a test can be taken (检验排班)."""

    id: Annotated[str, Doc("Global id; what reserveLabTest takes for a session without numbers (排班标识).")]
    hospital_id: Annotated[str, INTERNAL]
    day: Annotated[dt.date, Doc("Day (日期).")]
    day_part: Annotated[DayPart, Doc("Part of the day (午别).")] = DayPart.UNKNOWN
    numbering: Annotated[LabNumbering, Doc("How it gives out its numbers (号源类型).")] = LabNumbering.UNKNOWN
    capacity: Annotated[int | None, Doc("How many can be booked (可约数).")] = None
    remaining: Annotated[int | None, Doc("How many are still free (剩余数).")] = None


@dataclass(kw_only=True, slots=True)
class LabTest:
    """A laboratory test that people can order themselves (可预约检验项目)."""

    id: Annotated[str, Doc("Global id (检验项目标识).")]
    hospital_id: Annotated[str, INTERNAL]
    name: Annotated[str, Doc("Name (项目名称).")]
    price: Annotated[Decimal, Doc("Price of the test in yuan (项目价格).")]
    consultation_fee: Annotated[Decimal | None, Doc("Fee for the doctor who orders it, in yuan (诊查费).")] = None
    diagnosis: Annotated[str | None, Doc("Diagnosis that it is ordered for (诊断).")] = None
    ordered_by_id: Annotated[str | None, INTERNAL] = None
    sessions: Annotated[list[LabSession], Doc("When it can be taken (可预约日期).")] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        """What is paid for it."""
        return self.price + (self.consultation_fee or Decimal(0))


@dataclass(kw_only=True, slots=True)
class LabSlot:
    """A number, or several of one time, of a session (检验号源)."""

    id: Annotated[str, Doc("Global id; what reserveLabTest takes (号源标识).")]
    hospital_id: Annotated[str, INTERNAL]
    starts_at: Annotated[dt.datetime, Doc("When it begins (开始时间).")]
    ends_at: Annotated[dt.datetime | None, Doc("When it ends (结束时间).")] = None
    remaining: Annotated[int | None, Doc("How many are still free (剩余数).")] = None


@dataclass(kw_only=True, slots=True)
class LabReservation:
    """A test to be kept free for a person until it is paid. `place_id` is a slot, or a session without numbers."""

    key: str
    place_id: str
    item: str
    fee: Decimal
    minutes: int
    asked_at: dt.datetime


@dataclass(kw_only=True, slots=True)
class LabPayment:
    """A test that was paid. `place_id` is what was reserved, or a session without numbers.

    Where nothing had to be paid there is no method.
    """

    number: str
    place_id: str
    item: str | None
    amount: Decimal
    method: PaymentMethod | None = None
