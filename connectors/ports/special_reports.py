"""Reports that have lists of their own: electrocardiograms, pathology, check-ups, nucleic-acid tests."""

from collections.abc import Sequence
from typing import Protocol

from connectors.ports.outcomes import Outcomes
from connectors.records.base import Period
from connectors.records.checkup_reports import CheckupExamination, CheckupReport, CheckupReportDetail
from connectors.records.ecg_reports import EcgReport, EcgReportDetail
from connectors.records.nucleic_acid import NucleicAcidTest
from connectors.records.pathology_reports import PathologyReport, PathologyReportDetail
from connectors.records.people import CardHolder
from connectors.records.report_files import Attachment


class EcgReports(Protocol):
    """Electrocardiograms."""

    async def ecg_reports(self, holders: Sequence[CardHolder], period: Period) -> Outcomes[list[EcgReport]]:
        """List electrocardiograms."""
        ...

    async def ecg_report(self, holder: CardHolder, report_id: str) -> EcgReportDetail | None:
        """Read an electrocardiogram's report."""
        ...

    async def ecg_image(self, holder: CardHolder, report_id: str) -> Attachment | None:
        """Fetch the tracing."""
        ...


class PathologyReports(Protocol):
    """Pathology reports."""

    async def pathology_reports(self, holders: Sequence[CardHolder], period: Period) -> Outcomes[list[PathologyReport]]:
        """List pathology reports."""
        ...

    async def pathology_report(self, holder: CardHolder, report_id: str) -> PathologyReportDetail | None:
        """Read a pathology report."""
        ...

    async def pathology_file(self, holder: CardHolder, report_id: str) -> Attachment | None:
        """Fetch the report as a file."""
        ...


class CheckupReports(Protocol):
    """Lists of check-ups."""

    async def checkup_reports(self, holders: Sequence[CardHolder], period: Period) -> Outcomes[list[CheckupReport]]:
        """List check-ups."""
        ...


class CheckupContents(Protocol):
    """Contents of check-up reports."""

    async def checkup_report(self, holder: CardHolder, report_id: str) -> CheckupReportDetail | None:
        """Read the report of a check-up."""
        ...


class NumberedCheckups(Protocol):
    """Check-ups that are found by their number, and whose examinations are asked for one by one."""

    async def numbered_checkup(self, holder: CardHolder, number: str) -> CheckupReport | None:
        """Find the person's check-up by the number that the hospital gave it."""
        ...

    async def checkup(self, holder: CardHolder, report_id: str) -> CheckupReport | None:
        """Read a check-up again."""
        ...

    async def checkup_examinations(self, holder: CardHolder, report_id: str) -> list[CheckupExamination]:
        """Read all that was examined, with the results."""
        ...


class NucleicAcidTests(Protocol):
    """Nucleic-acid tests."""

    async def latest_nucleic_acid_test(self, holder: CardHolder) -> NucleicAcidTest | None:
        """Read the latest test."""
        ...
