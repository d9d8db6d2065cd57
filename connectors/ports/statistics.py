"""Figures of hospitals' business."""

from collections.abc import Sequence
from typing import Protocol

from connectors.records.base import Period
from connectors.records.statistics import HospitalStatistics


class Statistics(Protocol):
    """Figures of hospitals' business; for those who work there."""

    async def of_hospital(self, hospital_id: str, period: Period) -> HospitalStatistics | None:
        """Figures of one hospital in the time."""
        ...

    async def of_hospitals(self, hospital_ids: Sequence[str], period: Period) -> list[HospitalStatistics]:
        """Figures of several hospitals in the time, of those that the system tells of."""
        ...
