"""Laboratory tests that people order themselves."""

from decimal import Decimal
from typing import Protocol

from connectors.records.lab_tests import LabPayment, LabReservation, LabSlot, LabTest
from connectors.records.people import CardHolder
from connectors.records.scheduling import Appointment, Cancellation


class LabTests(Protocol):
    """Laboratory tests that people order themselves."""

    async def tests(self, hospital_id: str) -> list[LabTest]:
        """List the tests with their sessions."""
        ...

    async def slots(self, hospital_id: str, session_id: str) -> list[LabSlot]:
        """List the numbers of a session; none where it has no numbers."""
        ...

    def test_of(self, place_id: str) -> str:
        """Tell which test a session, a slot or a reservation is of; raises ConnectorError NOT_FOUND for others."""
        ...

    def quoted(self, place_id: str) -> Decimal | None:
        """Tell the fee that a reservation was made for; None for a session."""
        ...

    async def reserve(self, holder: CardHolder, reservation: LabReservation) -> Appointment:
        """Keep a number free until it is paid; the same key again gives the same reservation."""
        ...

    async def pay(self, holder: CardHolder, payment: LabPayment) -> Appointment:
        """Tell the hospital of a payment, which books the test; the same number again gives the same appointment."""
        ...

    async def cancel(self, holder: CardHolder, appointment_id: str) -> Cancellation:
        """Cancel a paid test; one that is cancelled already is success."""
        ...
