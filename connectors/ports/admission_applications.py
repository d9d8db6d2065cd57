"""Applications for admission."""

from typing import Protocol

from connectors.records.admission_applications import (
    AdmissionApplication,
    AdmissionCancellation,
    AdmissionOrder,
    AdmissionRegistration,
)
from connectors.records.people import CardHolder


class AdmissionApplications(Protocol):
    """Applications for admission."""

    async def applications(self, holder: CardHolder) -> list[AdmissionApplication]:
        """List a person's applications."""
        ...

    async def confirm(self, holder: CardHolder, order: AdmissionOrder) -> AdmissionRegistration:
        """Admit the person, whose deposit was paid; the same order again gives the same admission."""
        ...

    async def cancel(self, holder: CardHolder, registration_id: str) -> AdmissionCancellation:
        """Cancel an admission that was not taken up, and give its deposit back."""
        ...
