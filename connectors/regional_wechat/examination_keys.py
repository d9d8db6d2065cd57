"""Keys of examinations: the regional HIS names a time by the order, the room, the day and the stretch.

Each is made from its parts or read back from text; both raise ValueError for what is no such key.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Self

from connectors.core import convert
from connectors.core.local_id import pack, unpack

# The interface that changes the time of what is booked: the document gives it no name.
CHANGE = "24.1.7"
_EXAMINATION = "examination"


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanKey:
    """A stretch of a room's day, for one order; the HIS has a name of its own for it, or it has both ends."""

    order_id: str
    room_id: str
    date: str
    time_id: str
    name: str
    start: str
    end: str

    def __post_init__(self) -> None:
        if not self.order_id or not self.room_id or self.day.isoformat() != self.date:
            raise ValueError("not a key of a plan")
        if not self.time_id and not (self.start and self.end):
            raise ValueError("not a key of a plan")

    def __str__(self) -> str:
        return pack(self.order_id, self.room_id, self.date, self.time_id, self.name, self.start, self.end)

    @classmethod
    def parse(cls, key: str) -> Self:
        """Read a key back."""
        order_id, room_id, date, time_id, name, start, end = unpack(key, 7)
        return cls(order_id=order_id, room_id=room_id, date=date, time_id=time_id, name=name, start=start, end=end)

    @property
    def day(self) -> dt.date:
        """The day."""
        return dt.date.fromisoformat(self.date)

    @property
    def title(self) -> str:
        """What the HIS writes for the stretch; always asked for, so made of its ends where it has none."""
        return self.name or f"{self.start}-{self.end}"

    @property
    def times(self) -> tuple[dt.datetime | None, dt.datetime | None]:
        """When it begins and ends; the name of the stretch goes before the ends, as its id does."""
        by_name = times_of(self.day, self.name)
        return by_name if by_name[0] else times_of(self.day, f"{self.start}-{self.end}")

    @property
    def fields(self) -> dict[str, Any]:
        """The stretch as booking and changing name it: all that the HIS itself has told of it."""
        return {
            "roomId": self.room_id,
            "selectedDate": self.date,
            "planTimeId": self.time_id or None,
            "planTimeName": self.title,
            "startTime": self.start or None,
            "endTime": self.end or None,
        }


def times_of(day: dt.date, stretch: str) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Read "11:30-12:00" on a day; a free text has no times."""
    start, _, end = stretch.partition("-")
    try:
        return convert.clock_on(day, start), convert.clock_on(day, end) if end else None
    except ValueError:
        return None, None


def examination_id(registration: str) -> str:
    """Make the id of a booked examination."""
    return pack(_EXAMINATION, registration)


def registration_of(appointment_id: str) -> str:
    """Return the HIS's key of a booked examination."""
    kind, registration = unpack(appointment_id, 2)
    if kind != _EXAMINATION or not registration:
        raise ValueError("not a key of an examination")
    return registration
