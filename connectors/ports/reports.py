"""Diagnostic reports."""

from collections.abc import Sequence
from typing import Protocol

from connectors.ports.outcomes import Outcomes
from connectors.records.base import Period
from connectors.records.people import CardHolder
from connectors.records.reports import DiagnosticReport, ImagingReportDetail, LabReportDetail


class Reports(Protocol):
    """Laboratory and imaging reports."""

    async def reports(self, holders: Sequence[CardHolder], period: Period) -> Outcomes[list[DiagnosticReport]]:
        """List reports."""
        ...

    async def lab_report(self, holder: CardHolder, report_id: str) -> LabReportDetail | None:
        """Read a laboratory report."""
        ...

    async def imaging_report(self, holder: CardHolder, report_id: str) -> ImagingReportDetail | None:
        """Read an imaging report."""
        ...
