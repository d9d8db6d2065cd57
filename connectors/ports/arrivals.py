"""Arriving at the hospital: numbers, triage, check-in and queues."""

import datetime as dt
from typing import Protocol

from connectors.records.arrivals import CheckIn, ConsultingRoom, FeverClinic, QueuePosition
from connectors.records.people import CardHolder
from connectors.records.scheduling import Appointment


class Arrivals(Protocol):
    """Triage, check-in and the queues that people wait in."""

    async def rooms(self, holder: CardHolder) -> list[ConsultingRoom]:
        """List the rooms that the person may be triaged to today."""
        ...

    async def triage(self, holder: CardHolder, room_id: str) -> CheckIn:
        """Put the person into the queue of a room."""
        ...

    async def check_in(self, holder: CardHolder, appointment_id: str) -> CheckIn:
        """Say that the person has come to an appointment."""
        ...

    async def queue_of_room(self, holder: CardHolder, room_id: str) -> QueuePosition | None:
        """Say where the person stands in the queue of a room."""
        ...

    async def queue_of_appointment(self, holder: CardHolder, appointment_id: str) -> QueuePosition | None:
        """Say where the person stands in the queue of an appointment or registration."""
        ...

    async def examination_queues(self, holder: CardHolder) -> list[QueuePosition]:
        """List the queues for examinations that the person waits in."""
        ...


class NumberCollection(Protocol):
    """Numbers of the queues of today for those who have booked: taken before one checks in."""

    async def collect_number(self, holder: CardHolder, appointment_id: str, today: dt.date) -> Appointment:
        """Take the number of an appointment of today; one that was taken already is told again."""
        ...


class FeverClinics(Protocol):
    """Clinics for people with a fever."""

    async def fever_clinics(self, hospital_id: str) -> list[FeverClinic]:
        """List them, with how many wait there."""
        ...
