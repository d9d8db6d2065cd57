"""How the palm hospital writes departments, doctors, sessions, slots and appointments; names are upper-case here.

The descriptions of /get_schedule and /get_time are shifted against the printed names. What a field holds follows its
description; where /get_schedule has the fitting name, that one is taken first.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from connectors.core import convert
from connectors.core.local_id import pack, unpack
from connectors.core.readers import Reader, listing_each
from connectors.core.shape import GIVEN, Many, Row, Shape, Whole
from connectors.palm_hospital.words import day_part, gender, required, stretch
from connectors.records.scheduling import (
    Appointment,
    AppointmentStatus,
    BookableDay,
    Cancellation,
    Department,
    Doctor,
    Schedule,
    Slot,
)

STATUSES = {
    "0": AppointmentStatus.PENDING,
    "9": AppointmentStatus.BOOKED,
    "1": AppointmentStatus.COLLECTED,
    "3": AppointmentStatus.CHECKED_IN,
    "5": AppointmentStatus.FULFILLED,
    "-1": AppointmentStatus.CANCELLED,
    "-2": AppointmentStatus.REFUNDED,
    "-3": AppointmentStatus.MISSED,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionKey:
    """A session, and the facts of it that its slots do not repeat; `doctor_id` is empty where no doctor is named."""

    schedule_id: str
    department_id: str
    doctor_id: str
    date: str

    def __post_init__(self) -> None:
        if not self.schedule_id:
            raise ValueError("not a key of a session")
        dt.date.fromisoformat(self.date)

    def __str__(self) -> str:
        return pack(self.schedule_id, self.department_id, self.doctor_id, self.date)

    @classmethod
    def parse(cls, key: str) -> Self:
        """Read a key back."""
        schedule_id, department_id, doctor_id, date = unpack(key, 4)
        return cls(schedule_id=schedule_id, department_id=department_id, doctor_id=doctor_id, date=date)

    @property
    def day(self) -> dt.date:
        """The day."""
        return dt.date.fromisoformat(self.date)


@dataclass(frozen=True, kw_only=True, slots=True)
class SlotKey:
    """A slot, with what a booked appointment repeats of it: the answer to a booking does not."""

    session: SessionKey
    time_id: str
    time_name: str

    def __post_init__(self) -> None:
        if not self.time_id:
            raise ValueError("not a key of a slot")
        stretch(self.session.day, self.time_name)

    def __str__(self) -> str:
        session = self.session
        return pack(
            session.schedule_id, self.time_id, session.date, self.time_name, session.department_id, session.doctor_id
        )

    @classmethod
    def parse(cls, key: str) -> Self:
        """Read a key back."""
        schedule_id, time_id, date, time_name, department_id, doctor_id = unpack(key, 6)
        session = SessionKey(schedule_id=schedule_id, department_id=department_id, doctor_id=doctor_id, date=date)
        return cls(session=session, time_id=time_id, time_name=time_name)

    @property
    def stretch(self) -> tuple[dt.datetime, dt.datetime | None]:
        """When it begins and ends."""
        return stretch(self.session.day, self.time_name)


def _either(row: Row, *names: str) -> str | None:
    """The first of the names that says something."""
    return next((found for name in names if (found := convert.text(row.get(name)))), None)


def _appointment_stretch(row: Row) -> tuple[dt.datetime | None, dt.datetime | None]:
    day = convert.day(row.get("DT"))
    return (None, None) if day is None else stretch(day, convert.text(row.get("TIME_NAME")))


def _pay_before(row: Row, condition: str) -> dt.datetime | None:
    """The limit counts only where a payment is asked for; it may stand there anyway."""
    return convert.moment(row.get("PREPAY_TIME_LIMIT")) if convert.text(row.get(condition)) == "1" else None


DEPARTMENT = Shape(
    Department,
    hospital_id=GIVEN,
    id="ID",
    name="NAME",
    category_id="REGISTER_DEPT_CATEGORY_ID",
    category_name="REGISTER_DEPT_CATEGORY_NAME",
    address="ADDRESS",
    phone="PHONE_NO",
    description="REMARK",
    campus_id="HOSPITAL_ID",
)
BOOKABLE_DAY = Shape(BookableDay, day="DT", weekday="WEEK_DAY")
# DOCTOR_PHOTO is the picture itself (Base64), not an address.
DOCTOR = Shape(
    Doctor,
    hospital_id=GIVEN,
    department_id=GIVEN,
    id="DOCTOR_ID",
    name="DOCTOR_NAME",
    gender=("DOCTOR_SEX", gender),
    title="DOCTOR_MEDICAL_TITLE_NAME",
    specialty="DOCTOR_SKILL",
    introduction="DOCTOR_REMARK",
)
SCHEDULE = Shape(
    Schedule,
    id=GIVEN,
    hospital_id=GIVEN,
    department_id="DEPT_ID",
    department_name="DEPT_NAME",
    doctor_id="DOCTOR_ID",
    doctor_name="DOCTOR_NAME",
    doctor_title="DOCTOR_MEDICAL_TITLE_NAME",
    day="DT",
    day_part=("DURATION_NAME", day_part),
    clinic=Whole(lambda row: _either(row, "PATIENT_TYPE_NAME", "CLINIC_NAME")),
    fee="TOTAL",
    capacity="APPT_MAX",
    remaining="REMAIN_COUNT",
)
SLOT = Shape(
    Slot,
    id=GIVEN,
    hospital_id=GIVEN,
    starts_at=GIVEN,
    ends_at=GIVEN,
    capacity=("APPT_MAX", "REGISTER_TYPE_NAME"),
    booked=("APPT_COUNT", "PATIENT_TYPE_ID"),
    remaining=("REMAIN_COUNT", "PATIENT_TYPE_NAME"),
)
BOOKED = Shape(
    Appointment,
    card=GIVEN,
    kind=GIVEN,
    status=GIVEN,
    booking_key=GIVEN,
    department_id=GIVEN,
    doctor_id=GIVEN,
    starts_at=GIVEN,
    ends_at=GIVEN,
    fee=GIVEN,
    cancellable=GIVEN,
    id="APPT_ID",
    pay_before=Whole(lambda row: _pay_before(row, "NEED_PREPAY")),
)
APPOINTMENT = Shape(
    Appointment,
    card=GIVEN,
    kind=GIVEN,
    id="APPT_ID",
    status=("STATUS", convert.one_of(STATUSES, AppointmentStatus.UNKNOWN)),
    starts_at=Whole(lambda row: _appointment_stretch(row)[0]),
    ends_at=Whole(lambda row: _appointment_stretch(row)[1]),
    department_id="DEPT_ID",
    department_name="DEPT_NAME",
    doctor_id="DOCTOR_ID",
    doctor_name="DOCTOR_NAME",
    address="HOSPITAL_NAME",
    fee="TOTAL",
    queue_number="QUEUE_NO",
    code="CERTIFICATE_CODE",
    pay_before=Whole(lambda row: _pay_before(row, "ALLOW_PREPAY")),
    cancellable="ALLOW_CANCEL",
)
CANCELLATION = Shape(Cancellation)

_SCHEDULES = Many(SCHEDULE, "DATA")
_SLOTS = Many(SLOT, "DATA")


def schedules(hospital_id: str, day: dt.date, doctor_id: str | None) -> Reader[list[Schedule]]:
    """The sessions of a day, of one doctor or of all: rows of others are left out, should the hospital send them."""

    def given(row: Row) -> Mapping[str, object] | None:
        key = SessionKey(
            schedule_id=required(row.get("SCHEDULE_ID")),
            department_id=required(row.get("DEPT_ID")),
            doctor_id=convert.text(row.get("DOCTOR_ID")) or "",
            date=(convert.day(row.get("DT")) or day).isoformat(),
        )
        if key.day != day or doctor_id not in (None, key.doctor_id):
            return None
        return {"id": str(key), "hospital_id": hospital_id}

    return listing_each(_SCHEDULES, given, f"{hospital_id} {day} {doctor_id}")


def slots(hospital_id: str, session: SessionKey) -> Reader[list[Slot]]:
    """The slots of a session."""

    def given(row: Row) -> Mapping[str, object]:
        key = SlotKey(
            session=session,
            time_id=required(row.get("TIME_ID")),
            time_name=required(row.get("TIME_NAME")),
        )
        starts_at, ends_at = key.stretch
        return {"id": str(key), "hospital_id": hospital_id, "starts_at": starts_at, "ends_at": ends_at}

    return listing_each(_SLOTS, given, f"{hospital_id} {session}")
