"""Reports that have lists of their own: electrocardiograms, pathology, check-ups, nucleic-acid tests."""

import strawberry

from connectors.records import checkup_reports, ecg_reports, nucleic_acid, pathology_reports
from resolvers.access_control.scopes import Personal, Resource
from resolvers.context import GraphInfo
from resolvers.diagnostic_reports import checkup_reports as checkups
from resolvers.diagnostic_reports import files
from resolvers.diagnostic_reports import reports as resolvers
from schema.access_control.guards import owned, part_of
from schema.access_control.personal import personal
from schema.base import graph_type, relation
from schema.cost import Cost
from schema.diagnostic_reports.report import CONTENT, DETAIL, PDF, REPORT, Report, why_withheld
from schema.diagnostic_reports.report_file import FILE, FileLink
from schema.lists import list_over_hospitals
from schema.node import of_card
from schema.owner import hospital_of


async def _phone(
    root: pathology_reports.PathologyReportDetail | checkup_reports.CheckupReportDetail, _info: GraphInfo
) -> str | None:
    return root.phone


async def _address(root: pathology_reports.PathologyReportDetail, _info: GraphInfo) -> str | None:
    return root.address


@graph_type(ecg_reports.EcgReportDetail, REPORT)
class EcgReportDetail(ecg_reports.EcgReportDetail):
    """The content of an electrocardiogram report; empty when it is withheld (心电报告明细)."""

    withheld = why_withheld()


@graph_type(ecg_reports.EcgReport, REPORT)
class EcgReport(ecg_reports.EcgReport, Report):
    """An electrocardiogram (心电报告)."""

    id = of_card("EcgReport")
    detail = relation(resolvers.ecg_detail, EcgReportDetail | None, CONTENT, cost=DETAIL)
    pdf = relation(files.pdf, FileLink | None, PDF, cost=FILE)
    image = relation(files.ecg_image, FileLink | None, "The tracing; null when it is withheld (心电图).", cost=FILE)


@graph_type(pathology_reports.PathologyReportDetail, REPORT)
class PathologyReportDetail(pathology_reports.PathologyReportDetail):
    """The content of a pathology report; empty when it is withheld (病理报告明细)."""

    withheld = why_withheld()
    phone = relation(
        _phone, str | None, "Phone given with the specimen (患者联系电话).", personal=Personal.PHONE, cost=Cost()
    )
    address = relation(
        _address, str | None, "Address given with the specimen (患者联系地址).", personal=Personal.ADDRESS, cost=Cost()
    )


@graph_type(pathology_reports.PathologyReport, REPORT)
class PathologyReport(pathology_reports.PathologyReport, Report):
    """A pathology report (病理报告)."""

    id = of_card("PathologyReport")
    detail = relation(resolvers.pathology_detail, PathologyReportDetail | None, CONTENT, cost=DETAIL)
    pdf = relation(files.pdf, FileLink | None, PDF, cost=FILE)
    file = relation(
        files.pathology_file,
        FileLink | None,
        "The report as a file, an image or a PDF; null when it is withheld (病理报告文件).",
        cost=FILE,
    )


@graph_type(checkup_reports.CheckupAttribute, part_of(Resource.DIAGNOSTIC_REPORT))
class CheckupAttribute(checkup_reports.CheckupAttribute):
    """Something else that is known of the person examined (附加信息)."""


@graph_type(checkup_reports.CheckupExamination, part_of(Resource.DIAGNOSTIC_REPORT))
class CheckupExamination(checkup_reports.CheckupExamination):
    """One examination of a check-up (体检项目)."""

    image = relation(files.checkup_image, FileLink | None, "The image; null where there is none (检查图像).", cost=FILE)
    film = relation(
        files.checkup_film, FileLink | None, "The electronic film; null where there is none (电子胶片).", cost=FILE
    )


@graph_type(checkup_reports.CheckupReportDetail, REPORT)
class CheckupReportDetail(checkup_reports.CheckupReportDetail):
    """The content of a check-up report; empty when it is withheld (体检报告明细)."""

    withheld = why_withheld()
    examinations = relation(
        checkups.examinations,
        list[CheckupExamination] | None,
        "What was examined; none when it is withheld (检查列表).",
        # Where each has to be asked for by itself: as many as a large check-up has.
        cost=Cost(calls=13, size=12),
    )
    phone = relation(_phone, str | None, "Phone given at the check-up (电话).", personal=Personal.PHONE, cost=Cost())


@graph_type(checkup_reports.CheckupReport, REPORT)
class CheckupReport(checkup_reports.CheckupReport, Report):
    """A check-up (体检报告)."""

    id = of_card("CheckupReport")
    detail = relation(resolvers.checkup_detail, CheckupReportDetail | None, CONTENT, cost=DETAIL)
    pdf = relation(files.pdf, FileLink | None, PDF, cost=FILE)


@graph_type(nucleic_acid.NucleicAcidTest, owned(Resource.DIAGNOSTIC_REPORT))
class NucleicAcidTest(nucleic_acid.NucleicAcidTest):
    """A nucleic-acid test with its results (核酸检测)."""

    hospital = hospital_of()
    name = personal("patient_name", Personal.NAME, "Name as the hospital has it; masked by role (受验人姓名).")
    identity_number = personal(
        "identity_number", Personal.IDENTITY_NUMBER, "Identity number; masked by role (受验人身份证号)."
    )
    phone = personal("phone", Personal.PHONE, "Phone; masked by role (受验人手机号).")
    pdf = relation(files.nucleic_acid_pdf, FileLink | None, PDF, cost=Cost())


@strawberry.type
class SpecialReportsOfPatient:
    """Lists over all of a person's hospitals."""

    ecg_reports = list_over_hospitals(resolvers.ecg_reports, EcgReport, "Electrocardiograms (心电报告).", 1)
    pathology_reports = list_over_hospitals(
        resolvers.pathology_reports, PathologyReport, "Pathology reports (病理报告).", 1
    )
    checkup_reports = list_over_hospitals(
        resolvers.checkup_reports, CheckupReport, "Reports of check-ups (体检报告).", 1
    )


@strawberry.type
class SpecialReportsOfCard:
    """What one hospital has of a person."""

    latest_nucleic_acid_test = relation(
        resolvers.latest_nucleic_acid_test,
        NucleicAcidTest | None,
        "The latest nucleic-acid test of the holder (最近一次核酸检测).",
        cost=DETAIL,
    )
    checkup_report = relation(
        checkups.numbered,
        CheckupReport | None,
        "The holder's check-up with a number; null where the hospital knows none, or none that is released (体检报告).",
        cost=DETAIL,
    )
