"""Diagnostic reports: what all kinds have, and those of laboratories and imaging departments."""

from connectors.records import reports as records
from resolvers.access_control import withholding
from resolvers.access_control.scopes import Resource
from resolvers.diagnostic_reports import files
from resolvers.diagnostic_reports import reports as resolvers
from schema.access_control.guards import owned, part_of
from schema.base import graph_enum, graph_interface, graph_type, relation
from schema.cost import Cost
from schema.diagnostic_reports.report_file import FILE, FileLink, ImageSeries
from schema.diagnostic_reports.susceptibility import CulturesOfLabReport
from schema.node import Node, of_card
from schema.owner import hospital_of

DETAIL = Cost(calls=1, holder=True)
REPORT = owned(Resource.DIAGNOSTIC_REPORT)
CONTENT = "The content (报告内容)."
PDF = "The printed form; null where there is none, or it is withheld (报告 PDF)."
_Withheld = graph_enum(withholding.Withheld)
_IMAGES = Cost(calls=2, holder=True, size=20)


def why_withheld() -> object:
    """Make the field that says why a content is empty."""
    return relation(withholding.withheld, _Withheld | None, "Why the content is not shown; null: it is (不予展示原因).")


@graph_type(records.Observation, part_of(Resource.DIAGNOSTIC_REPORT))
class Observation(records.Observation):
    """One result of an examination (检验结果, FHIR Observation)."""


@graph_type(records.LabReportDetail, REPORT)
class LabReportDetail(CulturesOfLabReport, records.LabReportDetail):
    """The content of a laboratory report; empty when it is withheld (检验报告明细)."""

    withheld = why_withheld()


@graph_type(records.ImagingReportDetail, REPORT)
class ImagingReportDetail(records.ImagingReportDetail):
    """The content of an imaging report; empty when it is withheld (检查报告明细)."""

    withheld = why_withheld()


@graph_interface(records.DiagnosticReport)
class Report(records.DiagnosticReport, Node):
    """A report on what was examined (报告, FHIR DiagnosticReport)."""

    id = of_card("Report")
    hospital = hospital_of()


@graph_type(
    records.DiagnosticReport,
    REPORT,
    kind_of=lambda report: report.kind is records.ReportKind.LAB,
)
class LabReport(Report):
    """A laboratory report (检验报告)."""

    id = of_card("LabReport")
    detail = relation(resolvers.lab_detail, LabReportDetail | None, CONTENT, cost=DETAIL)
    pdf = relation(files.lab_pdf, FileLink | None, PDF, cost=FILE)


@graph_type(
    records.DiagnosticReport,
    REPORT,
    kind_of=lambda report: report.kind is records.ReportKind.IMAGING,
)
class ImagingReport(Report):
    """An imaging report (检查报告)."""

    id = of_card("ImagingReport")
    detail = relation(resolvers.imaging_detail, ImagingReportDetail | None, CONTENT, cost=DETAIL)
    pdf = relation(files.pdf, FileLink | None, PDF, cost=FILE)
    images = relation(
        files.image_series,
        list[ImageSeries] | None,
        "The images; none when they are withheld (影像).",
        cost=_IMAGES,
    )
