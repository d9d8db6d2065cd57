"""Keys of sessions, slots and bookings: the regional HIS names them by several fields.

Each is made from its parts or read back from text; both raise ValueError for what is no such key.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from connectors.core.local_id import pack, unpack
from connectors.records.scheduling import DayPart
from connectors.regional_wechat.stretches import Stretch

DAY_PARTS = {"AM": DayPart.MORNING, "PM": DayPart.AFTERNOON}

_BOOKING = "booking"


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionKey:
    """A doctor's day in a department; `doctor_id` is empty where the department itself is booked."""

    department_id: str
    doctor_id: str
    date: str

    def __post_init__(self) -> None:
        if not self.department_id or compact(self.day) != self.date:
            raise ValueError("not a key of a session")

    def __str__(self) -> str:
        return pack(self.department_id, self.doctor_id, self.date)

    @classmethod
    def parse(cls, key: str) -> Self:
        """Read a key back."""
        department_id, doctor_id, date = unpack(key, 3)
        return cls(department_id=department_id, doctor_id=doctor_id, date=date)

    @property
    def day(self) -> dt.date:
        """The day."""
        return dt.datetime.strptime(self.date, "%Y%m%d").date()  # noqa: DTZ007 # a day has no zone


@dataclass(frozen=True, kw_only=True, slots=True)
class SlotKey(Stretch):
    """A stretch of a session; `half` is AM or PM, `time_id` the HIS's own name of the stretch."""

    session: SessionKey
    half: str
    start: str
    end: str
    time_id: str = ""

    def __post_init__(self) -> None:
        if self.half not in DAY_PARTS:
            raise ValueError("not a key of a slot")
        # Named, since the class with slots is not the one that a bare super() means.
        Stretch.__post_init__(self)

    def __str__(self) -> str:
        return f"{self.session}:{pack(self.half, self.start, self.end, self.time_id)}"

    @classmethod
    def parse(cls, key: str) -> Self:
        """Read a key back."""
        department_id, doctor_id, date, half, start, end, time_id = unpack(key, 7)
        session = SessionKey(department_id=department_id, doctor_id=doctor_id, date=date)
        return cls(session=session, half=half, start=start, end=end, time_id=time_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class BookingKey:
    """A booking made through this server: the number it was made under and the slot."""

    record_id: str
    slot: SlotKey

    def __str__(self) -> str:
        slot = self.slot
        return f"{pack(_BOOKING, self.record_id)}:{slot.session}:{pack(slot.half, slot.start, slot.end)}"

    @classmethod
    def parse(cls, key: str) -> Self:
        """Read a key back."""
        kind, record_id, department_id, doctor_id, date, half, start, end = unpack(key, 8)
        if kind != _BOOKING or not record_id:
            raise ValueError("not a key of a booking")
        session = SessionKey(department_id=department_id, doctor_id=doctor_id, date=date)
        return cls(record_id=record_id, slot=SlotKey(session=session, half=half, start=start, end=end))


def compact(day: dt.date) -> str:
    """Write a day as `yyyyMMdd`."""
    return day.strftime("%Y%m%d")
