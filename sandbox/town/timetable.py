"""When doctors work, the slots they offer, and what is booked."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

SLOT_MINUTES = 15


class Half(StrEnum):
    """Half of a working day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


class BookingState(StrEnum):
    """What became of a booking."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    MISSED = "missed"


@dataclass(slots=True)
class Slot:
    """A quarter of an hour of a shift."""

    id: str
    number: int
    start: time
    end: time
    capacity: int
    taken: int = 0

    @property
    def free(self) -> int:
        """How many more patients it takes."""
        return self.capacity - self.taken


@dataclass(slots=True)
class Shift:
    """A doctor's half day; a `stopped` one takes no bookings."""

    id: str
    hospital: str
    department: str
    doctor: str
    day: date
    half: Half
    register_class_id: str
    register_class: str
    fee: Decimal
    room: str
    stopped: bool = False
    slots: list[Slot] = field(default_factory=list)

    @property
    def free(self) -> int:
        """How many bookings it still takes."""
        return 0 if self.stopped else sum(slot.free for slot in self.slots)


@dataclass(slots=True)
class Appointment:
    """A booked doctor's slot. `key` is the booking party's own number of it."""

    id: str
    key: str
    hospital: str
    person: str
    card: str
    department: str
    doctor: str
    shift: str
    slot: str
    starts_at: datetime
    ends_at: datetime
    queue: int
    fee: Decimal
    booked_at: datetime
    state: BookingState = BookingState.BOOKED
    triaged_at: datetime | None = None
    refund: str | None = None


@dataclass(slots=True)
class ExamAppointment:
    """A booked examination."""

    id: str
    hospital: str
    person: str
    card: str
    order: str
    order_name: str
    apply: str
    room: str
    room_name: str
    room_address: str
    department: str
    starts_at: datetime
    ends_at: datetime
    time_id: str
    attention: str
    changeable: bool
    state: BookingState = BookingState.BOOKED
