"""Diagnostic reports: a list for each kind, and their contents."""

from collections.abc import Sequence
from typing import Any

from connectors.ports import Connection, Outcomes
from connectors.records.base import CardRef, Period
from connectors.records.checkup_reports import CheckupReport, CheckupReportDetail
from connectors.records.ecg_reports import EcgReport, EcgReportDetail
from connectors.records.hospitals import Capability
from connectors.records.nucleic_acid import NucleicAcidTest
from connectors.records.pathology_reports import PathologyReport, PathologyReportDetail
from connectors.records.people import CardHolder
from connectors.records.reports import DiagnosticReport, ImagingReportDetail, LabReportDetail, ReportKind
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.access_control.withholding import Detail, content, detail, shown
from resolvers.context import Context, GraphInfo
from resolvers.merging import listed
from resolvers.offers import offered
from resolvers.pages import Position, position
from resolvers.patients.people import CardAtHospital


@needs(Resource.DIAGNOSTIC_REPORT, Action.SEARCH)
async def list_reports(
    connection: Connection, holders: Sequence[CardHolder], when: Period
) -> Outcomes[list[DiagnosticReport]]:
    """Ask one system for the laboratory and imaging reports of several people."""
    return await offered(connection.reports).reports(holders, when)


@needs(Resource.DIAGNOSTIC_REPORT, Action.SEARCH)
async def list_ecg_reports(
    connection: Connection, holders: Sequence[CardHolder], when: Period
) -> Outcomes[list[EcgReport]]:
    """Ask one system for the electrocardiograms of several people."""
    return await offered(connection.ecg_reports).ecg_reports(holders, when)


@needs(Resource.DIAGNOSTIC_REPORT, Action.SEARCH)
async def list_pathology_reports(
    connection: Connection, holders: Sequence[CardHolder], when: Period
) -> Outcomes[list[PathologyReport]]:
    """Ask one system for the pathology reports of several people."""
    return await offered(connection.pathology_reports).pathology_reports(holders, when)


@needs(Resource.DIAGNOSTIC_REPORT, Action.SEARCH)
async def list_checkup_reports(
    connection: Connection, holders: Sequence[CardHolder], when: Period
) -> Outcomes[list[CheckupReport]]:
    """Ask one system for the check-ups of several people."""
    return await offered(connection.checkup_reports).checkup_reports(holders, when)


@needs(Resource.DIAGNOSTIC_REPORT, Action.READ)
async def _lab_report(connection: Connection, holder: CardHolder, report_id: str) -> LabReportDetail | None:
    return await offered(connection.reports).lab_report(holder, report_id)


@needs(Resource.DIAGNOSTIC_REPORT, Action.READ)
async def _imaging_report(connection: Connection, holder: CardHolder, report_id: str) -> ImagingReportDetail | None:
    return await offered(connection.reports).imaging_report(holder, report_id)


@needs(Resource.DIAGNOSTIC_REPORT, Action.READ)
async def _ecg_report(connection: Connection, holder: CardHolder, report_id: str) -> EcgReportDetail | None:
    return await offered(connection.ecg_reports).ecg_report(holder, report_id)


@needs(Resource.DIAGNOSTIC_REPORT, Action.READ)
async def _pathology_report(connection: Connection, holder: CardHolder, report_id: str) -> PathologyReportDetail | None:
    return await offered(connection.pathology_reports).pathology_report(holder, report_id)


@needs(Resource.DIAGNOSTIC_REPORT, Action.READ)
async def _checkup_report(connection: Connection, holder: CardHolder, report_id: str) -> CheckupReportDetail | None:
    return await offered(connection.checkup_contents).checkup_report(holder, report_id)


@needs(Resource.DIAGNOSTIC_REPORT, Action.READ)
async def _latest_nucleic_acid_test(connection: Connection, holder: CardHolder) -> NucleicAcidTest | None:
    return await offered(connection.nucleic_acid_tests).latest_nucleic_acid_test(holder)


_DETAILS: dict[ReportKind, Any] = {
    ReportKind.LAB: _lab_report,
    ReportKind.IMAGING: _imaging_report,
    ReportKind.ECG: _ecg_report,
    ReportKind.PATHOLOGY: _pathology_report,
    ReportKind.CHECKUP: _checkup_report,
}


async def detail_of(context: Context, kind: ReportKind, card: CardRef, report_id: str) -> Detail | None:
    """Read the content of a report of any kind as it is, withheld or not; None of a kind that has no more than rows."""
    if kind not in _DETAILS:
        return None
    found: Detail | None = await detail(context, card, report_id, _DETAILS[kind])
    return found


async def lab_detail(root: DiagnosticReport, info: GraphInfo) -> LabReportDetail | None:
    """Read a laboratory report, emptied of what is withheld."""
    return await content(root, info, _lab_report, LabReportDetail)


async def imaging_detail(root: DiagnosticReport, info: GraphInfo) -> ImagingReportDetail | None:
    """Read an imaging report, emptied of what is withheld."""
    return await content(root, info, _imaging_report, ImagingReportDetail)


async def ecg_detail(root: EcgReport, info: GraphInfo) -> EcgReportDetail | None:
    """Read an electrocardiogram's report, emptied of what is withheld."""
    return await content(root, info, _ecg_report, EcgReportDetail)


async def pathology_detail(root: PathologyReport, info: GraphInfo) -> PathologyReportDetail | None:
    """Read a pathology report, emptied of what is withheld."""
    return await content(root, info, _pathology_report, PathologyReportDetail)


async def checkup_detail(root: CheckupReport, info: GraphInfo) -> CheckupReportDetail | None:
    """Read the report of a check-up, emptied of what is withheld."""
    return await content(root, info, _checkup_report, CheckupReportDetail)


async def latest_nucleic_acid_test(root: CardAtHospital, info: GraphInfo) -> NucleicAcidTest | None:
    """Read the latest nucleic-acid test of the card's holder."""
    holder = await info.context.loaders.holder(root.card)
    return await info.context.loaders.alone(_latest_nucleic_acid_test, holder)


def _place(report: DiagnosticReport) -> Position:
    return position(report.reported_at, report.card.hospital_id, report.id)


def _place_of_ecg(report: EcgReport) -> Position:
    # What is not audited yet has no time of release.
    return position(report.recorded_at or report.reported_at, report.card.hospital_id, report.id)


def _place_of_pathology(report: PathologyReport) -> Position:
    return position(report.registered_at or report.reported_at, report.card.hospital_id, report.id)


reports = listed(Capability.REPORTS, list_reports, _place, shown)
ecg_reports = listed(Capability.ECG_REPORTS, list_ecg_reports, _place_of_ecg, shown)
pathology_reports = listed(Capability.PATHOLOGY_REPORTS, list_pathology_reports, _place_of_pathology, shown)
checkup_reports = listed(Capability.CHECKUP_REPORTS, list_checkup_reports, _place, shown)
