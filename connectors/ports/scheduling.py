"""Departments, doctors, schedules, slots, appointments."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from connectors.records.base import Period
from connectors.records.people import CardHolder
from connectors.records.scheduling import (
    Appointment,
    BookableDay,
    Cancellation,
    Department,
    Doctor,
    Schedule,
    Slot,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """What a hospital needs to book a slot.

    `fee` is what the person was shown. `repeated`: the hospital was told of it before, whatever came of that.
    """

    key: str
    slot_id: str
    account: str
    fee: Decimal | None = None
    # Not a part of what is booked: the same booking, sent again.
    repeated: bool = field(default=False, repr=False)


class Scheduling(Protocol):
    """Departments, doctors, schedules, slots, appointments."""

    async def departments(self, hospital_id: str) -> list[Department]:
        """List the departments that can be booked."""
        ...

    async def doctors(self, hospital_id: str, department_id: str) -> list[Doctor]:
        """List the doctors of a department who can be booked."""
        ...

    async def schedules(
        self, hospital_id: str, department_id: str, day: dt.date, doctor_id: str | None
    ) -> list[Schedule]:
        """List the sessions of a department on a day, of one doctor or of all."""
        ...

    async def slots(self, hospital_id: str, schedule_id: str) -> list[Slot]:
        """List the slots of a session."""
        ...

    async def appointments(self, holder: CardHolder, period: Period) -> list[Appointment]:
        """List a person's appointments."""
        ...

    async def book(self, holder: CardHolder, booking: Booking) -> Appointment:
        """Book a slot; the same key again gives the same appointment."""
        ...

    async def cancel(self, holder: CardHolder, appointment_id: str) -> Cancellation:
        """Cancel an appointment; one that is cancelled already is success."""
        ...


class BookableDays(Protocol):
    """When a department can be booked."""

    async def bookable_days(self, hospital_id: str, department_id: str) -> list[BookableDay]:
        """List the days."""
        ...


class DepartmentsToday(Protocol):
    """What can be registered with at once."""

    async def departments(self, hospital_id: str) -> list[Department]:
        """List the departments that have sessions today."""
        ...
