"""Laboratory and imaging reports: /getLisPacsList, /getLisReport, /getPacsReport."""

from collections.abc import Mapping, Sequence
from typing import Any

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.local_id import pack
from connectors.core.outcomes import outcomes
from connectors.core.readers import Reader, listing, single
from connectors.core.shape import GIVEN, Many, One, Row, Shape, Whole
from connectors.errors import ConnectorError
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.words import OUTPATIENT, age, date_in_shanghai, required
from connectors.records.base import CardRef, Period
from connectors.records.people import CardHolder
from connectors.records.reports import (
    DiagnosticReport,
    ImagingReportDetail,
    Interpretation,
    LabReportDetail,
    Observation,
    ReportKind,
    ReportStatus,
)

_LAB, _IMAGING = "lis", "pacs"
_BACTERIAL = 2
# The document prints "fixed value lis" for both details, also for the imaging one.
_FIXED_CATEGORY = "lis"

_KINDS = {_LAB: ReportKind.LAB, _IMAGING: ReportKind.IMAGING}
_TIPS = {"": Interpretation.NORMAL, "↑": Interpretation.HIGH, "↓": Interpretation.LOW}


def _status(row: Row) -> ReportStatus:
    """By the date of the audit: the values of `status` are not documented, and what is not audited is withheld."""
    return ReportStatus.FINAL if convert.text(row.get("audit_time_full")) else ReportStatus.SUBMITTED


def _interpretation(row: Row) -> Interpretation:
    """An empty mark is the documented one for normal; a row without the field says nothing."""
    if "item_tip" not in row:
        return Interpretation.UNKNOWN
    return _TIPS.get(convert.text(row["item_tip"]) or "", Interpretation.UNKNOWN)


def _audited(auditor: object) -> bool:
    """Who audited tells it: the date beside it is described as that of the report, and stands there before."""
    return convert.text(auditor) is not None


REPORT = Shape(
    DiagnosticReport,
    id=Whole(lambda row: pack(required(row.get("category")), required(row.get("id")))),
    card=GIVEN,
    # A record is of one kind or the other: an unknown category is listed with the laboratory's.
    kind=("category", convert.one_of(_KINDS, ReportKind.LAB)),
    title="report_name",
    number="report_no",
    status=Whole(_status),
    reported_at=Whole(lambda row: convert.moment(row.get("audit_time_full")) or convert.moment(row.get("report_date"))),
    department_name="dept_name",
    doctor_name="audit_user_name",
    requested_by="send_user_name",
    specimen="sample",
    pdf_address="origin_url",
)
OBSERVATION = Shape(
    Observation,
    name="item_name",
    short_name="item_short_name",
    value="item_value",
    unit="item_unit",
    reference_range="item_range",
    interpretation=Whole(_interpretation),
)
LAB_REPORT = Shape(
    LabReportDetail,
    card=GIVEN,
    audited=("audit_user_name", _audited),
    patient_name="patient_name",
    age=("patient_age", age),
    specimen="sample",
    specimen_number="report_no",
    requested_by="send_user_name",
    requested_at="send_time_full",
    performed_by="exam_user_name",
    audited_by="audit_user_name",
    reported_at="audit_time_full",
    pdf_address="origin_url",
)
IMAGING_REPORT = Shape(
    ImagingReportDetail,
    card=GIVEN,
    patient_name="patient_name",
    age=("patient_age", age),
    # By its description; the name would say department.
    body_part="dept_name",
    method="scan_method",
    findings="scan_view",
    conclusion="diagnosis",
    requested_by="send_user_name",
    performed_by="write_user_name",
    examined_at="scan_time_full",
    reported_at="write_time_full",
    # The notation is not documented; only an address can be passed on as one.
    image_address=("report_image", convert.web_address),
)

_LAB_HEAD = One(LAB_REPORT, "recordInfo")
_OBSERVATIONS = Many(OBSERVATION, "records")


def _cultures(body: Mapping[str, Any], number: str) -> list[str]:
    """Keys of the results that are cultures; the row's id is the only one that could name a culture."""
    rows = [row for row in _OBSERVATIONS.rows(body) if convert.integer(row.get("item_category")) == _BACTERIAL]
    return [pack(number, required(row.get("id"))) for row in rows]


def _lab_report(card: CardRef, number: str) -> Reader[LabReportDetail | None]:
    """The report's head and its results stand side by side."""

    def read(body: Mapping[str, Any]) -> LabReportDetail | None:
        found = _LAB_HEAD.read(body, {"card": card})
        if found is not None:
            found.observations = _OBSERVATIONS.read(body)
            found.culture_ids = _cultures(body, number)
        return found

    return Reader(LabReportDetail | None, read, lambda: None, about=f"{card.hospital_id} {card.number} {number}")


class Reports:
    """Implements `connectors.ports.Reports`."""

    def __init__(self, palm: Palm) -> None:
        """Take the system."""
        self._palm = palm
        self.call = palm.call

    async def reports(
        self, holders: Sequence[CardHolder], period: Period
    ) -> list[list[DiagnosticReport] | ConnectorError]:
        """Outpatient reports, by whole days."""
        return await outcomes(*(self.report_list(holder.card, period) for holder in holders))

    @endpoint("/getLisPacsList")
    async def report_list(self, card: CardRef, period: Period) -> list[DiagnosticReport]:
        """Reports of both kinds of a card (/getLisPacsList)."""
        return await self.call(
            "/getLisPacsList",
            card.hospital_id,
            {
                "patient_id": self._palm.patient_id(card),
                "card_no": card.number,
                # Required, yet an outpatient has none.
                "visit_no": "",
                "op_flag": OUTPATIENT,
                "start_time": date_in_shanghai(period.since),
                "end_time": date_in_shanghai(period.until),
            },
            listing(Many(REPORT, "records"), card),
            self._palm.read(card),
        )

    @endpoint("/getLisReport")
    async def lab_report(self, holder: CardHolder, report_id: str) -> LabReportDetail | None:
        """Content of a laboratory report (/getLisReport)."""
        return await self.call(
            "/getLisReport",
            holder.card.hospital_id,
            self._detail_request("/getLisReport", report_id),
            _lab_report(holder.card, self._number("/getLisReport", report_id)),
            self._palm.read(holder.card),
        )

    @endpoint("/getPacsReport")
    async def imaging_report(self, holder: CardHolder, report_id: str) -> ImagingReportDetail | None:
        """Content of an imaging report (/getPacsReport), the first of the array that it comes in.

        It carries no sign of an audit: what is not audited shows in the list alone.
        """
        return await self.call(
            "/getPacsReport",
            holder.card.hospital_id,
            self._detail_request("/getPacsReport", report_id),
            single(One(IMAGING_REPORT, "records"), holder.card),
            self._palm.read(holder.card),
        )

    def _detail_request(self, path: str, report_id: str) -> dict[str, Any]:
        return {"report_id": self._number(path, report_id), "category": _FIXED_CATEGORY, "op_flag": OUTPATIENT}

    def _number(self, path: str, report_id: str) -> str:
        return self._palm.key(path, report_id, 2)[1]
