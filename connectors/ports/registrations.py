"""What comes before a registration, and what is known of it afterwards."""

from decimal import Decimal
from typing import Protocol

from connectors.records.base import CardRef
from connectors.records.people import CardHolder
from connectors.records.registrations import Registration, RegistrationDetail
from connectors.records.same_day import RegistrationReservation


class Registrations(Protocol):
    """What a person registered for."""

    async def registrations(self, holder: CardHolder) -> list[Registration]:
        """List a person's registrations."""
        ...

    async def detail(self, card: CardRef, registration_id: str) -> RegistrationDetail | None:
        """Read one of them; None where the hospital does not know it."""
        ...


class Reservations(Protocol):
    """Registrations that are not paid yet."""

    async def reserve(self, holder: CardHolder, session_id: str, fee: Decimal) -> RegistrationReservation:
        """Take note that a person is going to pay for a session of today."""
        ...
