"""Visits and medical records."""

from collections.abc import Sequence
from typing import Protocol

from connectors.ports.outcomes import Outcomes
from connectors.records.base import CardRef, Period
from connectors.records.people import CardHolder
from connectors.records.visits import MedicalRecord, Visit


class Visits(Protocol):
    """Visits and medical records."""

    async def visits(self, holders: Sequence[CardHolder], period: Period) -> Outcomes[list[Visit]]:
        """List visits, outpatient and inpatient."""
        ...

    async def medical_record(self, card: CardRef, visit_id: str) -> MedicalRecord | None:
        """Read what was written down about a visit."""
        ...
