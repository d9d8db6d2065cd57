"""Beds that people book themselves: where one can be admitted, to what kind of bed, and what became of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc, DocumentedEnum
from connectors.records.people import Gender


class AdmissionBookingStatus(DocumentedEnum):
    """What became of a booked admission (住院预约状态)."""

    PENDING = "PENDING", "Nobody has looked at it yet (未处理)."
    PROCESSED = "PROCESSED", "The hospital has looked at it (已处理)."
    BOOKED = "BOOKED", "A bed is booked (已预约成功)."
    CANCELLED = "CANCELLED", "Cancelled (已取消)."
    UNKNOWN = "UNKNOWN", "A state that was not told, or that this server does not know (未知)."


@dataclass(kw_only=True, slots=True)
class AdmissionDepartment:
    """A department whose beds can be booked (住院可预约科室)."""

    id: Annotated[str, Doc("Global id; what bookAdmission takes (科室标识).")]
    hospital_id: Annotated[str, INTERNAL]
    name: Annotated[str, Doc("Name (科室名称).")]


@dataclass(kw_only=True, slots=True)
class BedCategory:
    """A kind of bed (床位类别)."""

    name: Annotated[str, Doc("Name; what bookAdmission takes (床位类别名称).")]


@dataclass(kw_only=True, slots=True)
class AdmissionBooking:
    """An admission that a person booked (住院预约, FHIR Appointment)."""

    id: Annotated[str, Doc("Global id; what cancelAdmissionBooking takes (住院预约标识).")]
    card: Annotated[CardRef, INTERNAL]
    status: Annotated[AdmissionBookingStatus, Doc("What became of it; bookAdmission does not tell (状态).")] = (
        AdmissionBookingStatus.UNKNOWN
    )
    department_name: Annotated[str | None, Doc("Department (科室名称).")] = None
    bed_category: Annotated[str | None, Doc("Kind of bed (床位类别).")] = None
    patient_name: Annotated[str | None, INTERNAL] = None
    gender: Annotated[Gender, Doc("Gender (性别).")] = Gender.UNKNOWN
    birth_date: Annotated[dt.date | None, Doc("Birth date (出生日期).")] = None
    identity_number: Annotated[str | None, INTERNAL] = None
    phone: Annotated[str | None, INTERNAL] = None
    address: Annotated[str | None, INTERNAL] = None
    remark: Annotated[str | None, Doc("Remark (备注).")] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AdmissionBookingOrder:
    """What is booked for a person; the phone on the card stands where none is named."""

    department_id: str
    bed_category: str
    address: str
    phone: str | None = None
    remark: str = ""


@dataclass(kw_only=True, slots=True)
class AdmissionBookingCancellation:
    """A booked admission that was cancelled (住院预约取消结果)."""

    status: Annotated[AdmissionBookingStatus, Doc("What became of the booking (状态).")]
