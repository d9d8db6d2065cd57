"""Prescriptions."""

from collections.abc import Sequence
from typing import Protocol

from connectors.ports.outcomes import Outcomes
from connectors.records.base import CardRef, Period
from connectors.records.people import CardHolder
from connectors.records.prescriptions import Prescription, PrescriptionDetail


class Prescriptions(Protocol):
    """Prescriptions."""

    async def prescriptions(self, holders: Sequence[CardHolder], period: Period) -> Outcomes[list[Prescription]]:
        """List prescriptions."""
        ...

    async def prescription(self, card: CardRef, prescription_id: str) -> PrescriptionDetail | None:
        """Read a prescription."""
        ...
