"""Record mappings of check-ups; "object" stands in the document where lists are meant."""

from connectors.core import convert
from connectors.core.local_id import pack
from connectors.core.shape import GIVEN, Many, Row, Shape, Whole
from connectors.palm_hospital.words import age, gender, required
from connectors.records.checkup_reports import (
    CheckupExamination,
    CheckupExaminationKind,
    CheckupReport,
    CheckupReportDetail,
)
from connectors.records.reports import ImagingReportDetail, Interpretation, Observation, ReportStatus

_TITLE = "体检报告"
_BOOKED, _CANCELLED = 0, -99
_KINDS = {
    "general": CheckupExaminationKind.GENERAL,
    "lis": CheckupExaminationKind.LAB,
    "pacs": CheckupExaminationKind.IMAGING,
}
# The reports of laboratories leave normal results without a mark; here they have one.
_TIPS = {"-": Interpretation.NORMAL, "↑": Interpretation.HIGH, "↓": Interpretation.LOW}


def _status(row: Row) -> ReportStatus:
    """By the printed form, which must be there once the report is out; the values of `status` tell of bookings only."""
    booking = convert.integer(row.get("status"))
    if booking == _CANCELLED:
        return ReportStatus.CANCELLED
    if convert.text(row.get("pdf_url")):
        return ReportStatus.FINAL
    return ReportStatus.REGISTERED if booking == _BOOKED else ReportStatus.SUBMITTED


CHECKUP = Shape(
    CheckupReport,
    id=Whole(lambda row: pack(required(row.get("peis_no")), required(row.get("peis_id")))),
    card=GIVEN,
    title=Whole(lambda _: _TITLE),
    number="peis_no",
    status=Whole(_status),
    pdf_address="pdf_url",
)
DETAIL = Shape(
    CheckupReportDetail,
    card=GIVEN,
    report_id=GIVEN,
    audited=Whole(lambda row: _status(row) is ReportStatus.FINAL),
    patient_name="name",
    gender=("sex", gender),
    phone="phone_no",
    age=("age", age),
    pdf_address="pdf_url",
)
EXAMINATION = Shape(
    CheckupExamination,
    id=("id", required),
    report_id=GIVEN,
    name="peis_item_name",
    number="peis_item_no",
    kind=("category", convert.one_of(_KINDS, CheckupExaminationKind.UNKNOWN)),
    # The number beside it, whose name says check-up number, is described as the state, too: without its values.
    status_name="status_name",
    department_name="dept_name",
    performed_by="exam_user_name",
    examined_on="peis_item_date",
    specimen="sample",
    requested_by="send_user_name",
    requested_on="send_time_full",
    audited_by="audit_user_name",
    audited_on="audit_time_full",
)
OBSERVATION = Shape(
    Observation,
    name="item_name",
    short_name="item_short_name",
    value="item_value",
    unit="item_unit",
    interpretation=("item_tip", convert.one_of(_TIPS, Interpretation.UNKNOWN)),
    reference_range="item_range",
)
IMAGING = Shape(
    ImagingReportDetail,
    card=GIVEN,
    patient_name="patient_name",
    age=("patient_age", age),
    # By their descriptions; the names would say report and state.
    body_part="report_name",
    requested_by="status_name",
    number="report_no",
    method="scan_method",
    findings="scan_view",
    conclusion="diagnosis",
    performed_by="write_user_name",
    examined_at="scan_time_full",
    reported_at="write_time_full",
    image_address=("report_image", convert.web_address),
    film_address=("epic_url", convert.web_address),
)
EXAMINATIONS = Many(EXAMINATION, "records")
OBSERVATIONS = Many(OBSERVATION, "records")
