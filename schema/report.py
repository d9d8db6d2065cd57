"""Diagnostic reports."""

from connectors.records import reports as records
from resolvers import reports as resolvers
from resolvers.scopes import Resource
from schema.base import graph_enum, graph_interface, graph_type, relation
from schema.cost import Cost
from schema.guards import owned, part_of
from schema.node import Node, of_card
from schema.owner import hospital_of

_DETAIL = Cost(calls=1, holder=True)
Withheld = graph_enum(resolvers.Withheld)
_REPORT = owned(Resource.DIAGNOSTIC_REPORT)
_WITHHELD = "Why the content is not shown; null: it is (不予展示原因)."


@graph_type(records.Observation, part_of(Resource.DIAGNOSTIC_REPORT))
class Observation(records.Observation):
    """One result of a laboratory report (检验结果, FHIR Observation)."""


@graph_type(records.LabReportDetail, _REPORT)
class LabReportDetail(records.LabReportDetail):
    """The content of a laboratory report; empty when it is withheld (检验报告明细)."""

    withheld = relation(resolvers.withheld, Withheld | None, _WITHHELD)


@graph_type(records.ImagingReportDetail, _REPORT)
class ImagingReportDetail(records.ImagingReportDetail):
    """The content of an imaging report; empty when it is withheld (检查报告明细)."""

    withheld = relation(resolvers.withheld, Withheld | None, _WITHHELD)


@graph_interface(records.DiagnosticReport)
class Report(records.DiagnosticReport, Node):
    """A laboratory or imaging report (报告, FHIR DiagnosticReport)."""

    id = of_card("Report")
    hospital = hospital_of()


@graph_type(
    records.DiagnosticReport,
    _REPORT,
    kind_of=lambda report: report.kind is records.ReportKind.LAB,
)
class LabReport(Report):
    """A laboratory report (检验报告)."""

    id = of_card("LabReport")
    detail = relation(resolvers.lab_detail, LabReportDetail | None, "The content (报告内容).", cost=_DETAIL)


@graph_type(
    records.DiagnosticReport,
    _REPORT,
    kind_of=lambda report: report.kind is records.ReportKind.IMAGING,
)
class ImagingReport(Report):
    """An imaging report (检查报告)."""

    id = of_card("ImagingReport")
    detail = relation(resolvers.imaging_detail, ImagingReportDetail | None, "The content (报告内容).", cost=_DETAIL)
