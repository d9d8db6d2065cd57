"""Diagnostic reports, and what of them is withheld from patients."""

from collections.abc import Sequence
from typing import TypeVar

from connectors.ports import Connection, Outcomes
from connectors.records.base import DocumentedEnum, Period
from connectors.records.hospitals import Capability
from connectors.records.people import CardHolder
from connectors.records.reports import DiagnosticReport, ImagingReportDetail, LabReportDetail, ReportStatus
from resolvers.access import Access, needs
from resolvers.context import GraphInfo
from resolvers.loaders import Single
from resolvers.merging import listed
from resolvers.offers import offered
from resolvers.pages import Position, position
from resolvers.scopes import Action, Resource

D = TypeVar("D", LabReportDetail, ImagingReportDetail)


class Withheld(DocumentedEnum):
    """Why a report does not show its content (不予展示原因)."""

    SENSITIVE = "SENSITIVE", "A sensitive report; a doctor tells the person (敏感报告)."
    NOT_AUDITED = "NOT_AUDITED", "Not audited yet, or recalled (未审核或已召回)."


async def lab_detail(root: DiagnosticReport, info: GraphInfo) -> LabReportDetail | None:
    """Read a laboratory report, emptied of what is withheld."""
    return await _content(root, info, _lab_report, LabReportDetail)


async def imaging_detail(root: DiagnosticReport, info: GraphInfo) -> ImagingReportDetail | None:
    """Read an imaging report, emptied of what is withheld."""
    return await _content(root, info, _imaging_report, ImagingReportDetail)


async def _content(root: DiagnosticReport, info: GraphInfo, read: "Single[D | None]", emptied: type[D]) -> D | None:
    """Read the detail; what is withheld by the row is not even asked for."""
    if _withheld_row(root, info):
        return emptied(card=root.card, sensitive=root.sensitive, audited=root.status is ReportStatus.FINAL)
    holder = await info.context.loaders.holder(root.card)
    found = await info.context.loaders.alone(read, holder, root.id)
    if found is None or not _withheld(found, info):
        return found
    return emptied(card=found.card, sensitive=found.sensitive, audited=found.audited)


def shown(report: DiagnosticReport, access: Access) -> bool:
    """Say whether the asker may know of the report at all: patients not of one that is unaudited or recalled."""
    return access.sees_withheld or report.status in {ReportStatus.FINAL, ReportStatus.UNKNOWN}


def withheld(root: LabReportDetail | ImagingReportDetail, info: GraphInfo) -> Withheld | None:
    """Say why the content is not shown."""
    return _withheld(root, info)


def _withheld(detail: LabReportDetail | ImagingReportDetail, info: GraphInfo) -> Withheld | None:
    if info.context.access.sees_withheld:
        return None
    if not detail.audited:
        return Withheld.NOT_AUDITED
    return Withheld.SENSITIVE if detail.sensitive else None


def _withheld_row(report: DiagnosticReport, info: GraphInfo) -> bool:
    """Decide by the row where it suffices: the hospital is then not even asked."""
    if info.context.access.sees_withheld:
        return False
    return report.sensitive or not shown(report, info.context.access)


@needs(Resource.DIAGNOSTIC_REPORT, Action.SEARCH)
async def list_reports(
    connection: Connection, holders: Sequence[CardHolder], when: Period
) -> Outcomes[list[DiagnosticReport]]:
    """Ask one system for the reports of several people."""
    return await offered(connection.reports).reports(holders, when)


@needs(Resource.DIAGNOSTIC_REPORT, Action.READ)
async def _lab_report(connection: Connection, holder: CardHolder, report_id: str) -> LabReportDetail | None:
    return await offered(connection.reports).lab_report(holder, report_id)


@needs(Resource.DIAGNOSTIC_REPORT, Action.READ)
async def _imaging_report(connection: Connection, holder: CardHolder, report_id: str) -> ImagingReportDetail | None:
    return await offered(connection.reports).imaging_report(holder, report_id)


def _place(report: DiagnosticReport) -> Position:
    return position(report.reported_at, report.card.hospital_id, report.id)


reports = listed(Capability.REPORTS, list_reports, _place, shown)
