"""Keys of same-day registration, and what the keys of appointments say of the place that they are at.

The regional HIS names a session of today by many fields and wants them all back: they travel in the keys. Each key is
made from its parts or read back from text; both raise ValueError for what is no such key.
"""

import datetime as dt
from dataclasses import astuple, dataclass
from typing import NamedTuple, Self

from connectors.core import convert
from connectors.core.local_id import pack, unpack
from connectors.regional_wechat.session_keys import BookingKey, compact
from connectors.regional_wechat.stretches import Stretch

_TODAY, _REGISTRATION, _LISTED = "today", "registration", "listed"
_SESSION_PARTS, _SLOT_PARTS = 9, 15
_NOON = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class TodayKey:
    """A session of one day; the doctor's parts are empty where the department itself is registered with."""

    department_id: str
    department_name: str
    doctor_id: str
    doctor_name: str
    clinic_id: str
    clinic: str
    timing: str
    date: str

    def __post_init__(self) -> None:
        if not self.department_id or compact(self.day) != self.date:
            raise ValueError("not a key of a session of today")

    def __str__(self) -> str:
        return pack(_TODAY, *astuple(self))

    @classmethod
    def parse(cls, key: str) -> Self:
        """Read a key back."""
        return cls.of(unpack(key, _SESSION_PARTS))

    @classmethod
    def of(cls, parts: tuple[str, ...]) -> Self:
        """Make it of the parts of a key, of which the first says what kind it is."""
        kind, department_id, department_name, doctor_id, doctor_name, clinic_id, clinic, timing, date = parts
        if kind != _TODAY:
            raise ValueError("not a key of a session of today")
        return cls(
            department_id=department_id,
            department_name=department_name,
            doctor_id=doctor_id,
            doctor_name=doctor_name,
            clinic_id=clinic_id,
            clinic=clinic,
            timing=timing,
            date=date,
        )

    @property
    def day(self) -> dt.date:
        """The day."""
        return dt.datetime.strptime(self.date, "%Y%m%d").date()  # noqa: DTZ007 # a day has no zone


@dataclass(frozen=True, kw_only=True, slots=True)
class TodaySlotKey(Stretch):
    """A stretch of a session of today; `half` is A, P or N, `sequence` and `time_code` the HIS's names of it."""

    session: TodayKey
    start: str
    end: str
    half: str
    sequence: str
    time_code: str
    number: str

    def __str__(self) -> str:
        return f"{self.session}:{pack(self.start, self.end, self.half, self.sequence, self.time_code, self.number)}"

    @classmethod
    def parse(cls, key: str) -> Self:
        """Read a key back."""
        parts = unpack(key, _SLOT_PARTS)
        start, end, half, sequence, time_code, number = parts[_SESSION_PARTS:]
        return cls(
            session=TodayKey.of(parts[:_SESSION_PARTS]),
            start=start,
            end=end,
            half=half,
            sequence=sequence,
            time_code=time_code,
            number=number,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class RegistrationKey:
    """A registration made through this server: the number it was made under and the hospital's own."""

    record_id: str
    registration_number: str
    department_id: str
    doctor_id: str

    def __str__(self) -> str:
        return pack(_REGISTRATION, *astuple(self))

    @classmethod
    def parse(cls, key: str) -> Self:
        """Read a key back."""
        kind, record_id, registration_number, department_id, doctor_id = unpack(key, 5)
        if kind != _REGISTRATION or not record_id:
            raise ValueError("not a key of a registration")
        return cls(
            record_id=record_id,
            registration_number=registration_number,
            department_id=department_id,
            doctor_id=doctor_id,
        )


def cancellable(key: str) -> RegistrationKey:
    """Read the key of a registration that can be given back: the hospital's own number names it then."""
    registration = RegistrationKey.parse(key)
    if not registration.registration_number:
        raise ValueError("not a key of a registration with a number")
    return registration


class Seat(NamedTuple):
    """Where and when an appointment with a doctor is."""

    department_id: str
    doctor_id: str
    day: dt.date
    half: str


def seat_of(appointment_id: str) -> Seat:
    """Read it from the key of an appointment, booked here or listed; raises ValueError for other keys."""
    if appointment_id.startswith(f"{_LISTED}:"):
        _, department_id, doctor_id, written = unpack(appointment_id, 4)
        starts_at = convert.moment(written)
        if starts_at is None:
            raise ValueError("not a key of an appointment")
        return Seat(department_id, doctor_id, starts_at.date(), "AM" if starts_at.hour < _NOON else "PM")
    slot = BookingKey.parse(appointment_id).slot
    return Seat(slot.session.department_id, slot.session.doctor_id, slot.session.day, slot.half)


def is_registration(appointment_id: str) -> bool:
    """Say whether the key is one of a registration."""
    return appointment_id.startswith(f"{_REGISTRATION}:")
