"""Giving a time to ordered examinations."""

import datetime as dt
from typing import Protocol

from connectors.records.base import CardRef
from connectors.records.examinations import ExaminationOrder, ExaminationRoom, ExaminationSlot, Ordered
from connectors.records.people import CardHolder
from connectors.records.scheduling import Appointment, Cancellation


class Examinations(Protocol):
    """Ordered examinations: rooms, times, booking. What is booked is listed by `Scheduling.appointments`."""

    async def orders(self, holder: CardHolder) -> list[ExaminationOrder]:
        """List the ordered examinations that wait for a time."""
        ...

    async def rooms(self, holder: CardHolder, order: Ordered, since: dt.date, days: int) -> list[ExaminationRoom]:
        """List the rooms that are open on so many days, the first one included."""
        ...

    async def slots(self, card: CardRef, order: Ordered, room_id: str, day: dt.date) -> list[ExaminationSlot]:
        """List the times of a room on a day."""
        ...

    def order_of(self, slot_id: str) -> str:
        """Tell which order a slot is for; raises ConnectorError NOT_FOUND for what is no slot."""
        ...

    async def book(self, holder: CardHolder, order: Ordered, slot_id: str, key: str) -> Appointment:
        """Book a time; the same key again gives the same appointment."""
        ...

    async def change(
        self, holder: CardHolder, order: Ordered, appointment_id: str, slot_id: str, key: str
    ) -> Appointment:
        """Book another time for a booked examination; the same key again gives the same appointment."""
        ...

    async def cancel(self, holder: CardHolder, appointment_id: str, key: str, reason: str) -> Cancellation:
        """Cancel a booked examination; `key` is that of its booking, or a new one where that was not made here."""
        ...

    async def check_in(self, holder: CardHolder, appointments: list[Appointment]) -> list[Appointment]:
        """Check in for booked examinations; answers those that the hospital has checked in."""
        ...
