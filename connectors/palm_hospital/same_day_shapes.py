"""How the palm hospital writes clinics of today, and registrations with them; names are lower-case here."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from connectors.core import convert
from connectors.core.local_id import pack, unpack
from connectors.core.shape import GIVEN, Row, Shape, Whole
from connectors.palm_hospital.words import required, stretch
from connectors.records.registrations import Registration
from connectors.records.same_day import SameDayOrder
from connectors.records.scheduling import (
    Appointment,
    AppointmentKind,
    AppointmentStatus,
    DayPart,
    Department,
    SameDaySession,
)

_TODAY, _REGISTERED = "today", "registered"


@dataclass(frozen=True, kw_only=True, slots=True)
class TodayKey:
    """A session of today, with the places that a registration names beside it."""

    schedule_id: str
    department_id: str
    doctor_id: str

    def __str__(self) -> str:
        return pack(_TODAY, self.schedule_id, self.department_id, self.doctor_id)

    @classmethod
    def parse(cls, key: str) -> Self:
        """Read a key back; raises ValueError for any other."""
        kind, schedule_id, department_id, doctor_id = unpack(key, 4)
        if kind != _TODAY or not schedule_id:
            raise ValueError("not a key of a session of today")
        return cls(schedule_id=schedule_id, department_id=department_id, doctor_id=doctor_id)


def is_registration(key: str) -> bool:
    """Whether an appointment's key is that of a registration for today, which no interface cancels."""
    return key.startswith(f"{_REGISTERED}:")


def _remaining(row: Row) -> int | None:
    limit, taken = convert.integer(row.get("limit")), convert.integer(row.get("register_count"))
    return None if limit is None or taken is None else max(0, limit - taken)


def _begins(row: Row) -> dt.datetime | None:
    """Only the day is told, and the part of it: the day's beginning."""
    day = convert.day(row.get("visit_date"))
    return None if day is None else stretch(day, None)[0]


DEPARTMENT_TODAY = Shape(
    Department,
    hospital_id=GIVEN,
    id="id",
    name="name",
    category_id="dept_category_id",
    category_name="dept_category_name",
    address="address",
    campus_id="hospital_id",
    campus_name="hospital_name",
)
SESSION = Shape(
    SameDaySession,
    id=GIVEN,
    hospital_id=GIVEN,
    day=GIVEN,
    # Only what can be registered with now is listed; which part of the day that is, nothing says.
    day_part=Whole(lambda _: DayPart.UNKNOWN),
    department_id="dept_id",
    department_name="dept_name",
    doctor_id="doctor_id",
    doctor_name="doctor_name",
    specialty="doctor_expert",
    clinic="register_type_name",
    fee="price",
    capacity="limit",
    remaining=Whole(_remaining),
    added="register_add_flag",
)
REGISTERED = Shape(
    Appointment,
    card=GIVEN,
    kind=GIVEN,
    status=GIVEN,
    fee=GIVEN,
    booking_key=GIVEN,
    id=Whole(lambda row: pack(_REGISTERED, required(row.get("id")))),
    registration_number="id",
    starts_at=Whole(_begins),
    department_id="dept_id",
    department_name="dept_name",
    address="dept_address",
    doctor_id="doctor_id",
    doctor_name="doctor_name",
    queue_number="queue_no",
)


def registered(listed: Registration, order: SameDayOrder) -> Appointment:
    """What a registration answered, or would have, made of what is listed of it: but for the address, all of it."""
    return Appointment(
        id=pack(_REGISTERED, listed.id),
        card=listed.card,
        kind=AppointmentKind.CONSULTATION,
        status=AppointmentStatus.BOOKED,
        starts_at=None if listed.visited_at is None else stretch(listed.visited_at.date(), None)[0],
        department_id=listed.department_id,
        department_name=listed.department_name,
        doctor_id=listed.doctor_id,
        doctor_name=listed.doctor_name,
        fee=order.fee,
        queue_number=listed.queue_number,
        registration_number=listed.id,
        booking_key=order.key,
    )
