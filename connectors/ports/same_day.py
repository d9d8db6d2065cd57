"""Registering with a clinic of today, and paying what was booked before."""

from decimal import Decimal
from typing import Protocol

from connectors.records.billing import Payment
from connectors.records.people import CardHolder
from connectors.records.same_day import FeeOrder, RegistrationTerms, SameDayOrder
from connectors.records.scheduling import Appointment, SameDaySession, Slot


class SameDay(Protocol):
    """Sessions of today, and numbers for them. What was registered is cancelled through `Scheduling.cancel`."""

    async def sessions(self, hospital_id: str, department_id: str) -> list[SameDaySession]:
        """List the sessions of a department that can be registered with today."""
        ...

    async def slots(self, hospital_id: str, session_id: str) -> list[Slot]:
        """List the slots of a session of today that are still free."""
        ...

    async def count(self, holder: CardHolder) -> int:
        """Say how many times the person registered today."""
        ...

    async def terms(self, holder: CardHolder, session_id: str) -> RegistrationTerms:
        """Say whether the person is admitted, and at what fee."""
        ...

    async def register(self, holder: CardHolder, order: SameDayOrder) -> Appointment:
        """Take a number; the same key again gives the same one."""
        ...


class AppointmentFees(Protocol):
    """Fees of appointments that were booked before."""

    async def surcharge(self, holder: CardHolder, appointment_id: str) -> Decimal:
        """Say what is to be paid beside the fee; 0 for nothing."""
        ...

    async def pay(self, holder: CardHolder, order: FeeOrder) -> Payment:
        """Tell the hospital that the fee was paid; no answer is not a failure."""
        ...
