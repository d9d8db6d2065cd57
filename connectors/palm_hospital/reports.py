"""Laboratory and imaging reports: /getLisPacsList, /getLisReport, /getPacsReport.

The hospital is asked for the reports of a card and, one by one, of each stay; a report's key says where it was found.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.concurrency import together
from connectors.core.local_id import pack
from connectors.core.outcomes import outcomes
from connectors.core.readers import Reader, listing_each, single
from connectors.core.shape import GIVEN, Many, One, Row, Shape, Whole
from connectors.errors import ConnectorError
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.stays import Stay, Stays, overlaps
from connectors.palm_hospital.words import INPATIENT, OUTPATIENT, age, date_in_shanghai, required
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
    id=GIVEN,
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

_REPORTS = Many(REPORT, "records")
_LAB_HEAD = One(LAB_REPORT, "recordInfo")
_OBSERVATIONS = Many(OBSERVATION, "records")


def _cultures(body: Mapping[str, Any], op_flag: int, number: str) -> list[str]:
    """Keys of the results that are cultures; the row's id is the only one that could name a culture."""
    rows = [row for row in _OBSERVATIONS.rows(body) if convert.integer(row.get("item_category")) == _BACTERIAL]
    return [pack(str(op_flag), number, required(row.get("id"))) for row in rows]


def _lab_report(card: CardRef, op_flag: int, number: str) -> Reader[LabReportDetail | None]:
    """The report's head and its results stand side by side."""

    def read(body: Mapping[str, Any]) -> LabReportDetail | None:
        found = _LAB_HEAD.read(body, {"card": card})
        if found is not None:
            found.observations = _OBSERVATIONS.read(body)
            found.culture_ids = _cultures(body, op_flag, number)
        return found

    about = f"{card.hospital_id} {card.number} {op_flag} {number}"
    return Reader(LabReportDetail | None, read, lambda: None, about=about)


def _once(reports: Iterable[DiagnosticReport]) -> list[DiagnosticReport]:
    """What is in the list of visits and in that of a stay is shown as of the visits: the first of its kind and id."""
    found: dict[str, DiagnosticReport] = {}
    for report in reports:
        found.setdefault(report.id.partition(":")[2], report)
    return list(found.values())


class Reports:
    """Implements `connectors.ports.Reports`."""

    def __init__(self, palm: Palm, stays: Stays) -> None:
        """Take the system, and where stays are found."""
        self._palm = palm
        self._stays = stays
        self.call = palm.call

    async def reports(
        self, holders: Sequence[CardHolder], period: Period
    ) -> list[list[DiagnosticReport] | ConnectorError]:
        """Reports of visits and of stays, by whole days; one that is in several lists is told once."""
        return await outcomes(*(self._reports_of(holder, period) for holder in holders))

    @endpoint("/getLisPacsList")
    async def report_list(self, card: CardRef, period: Period, stay: Stay | None = None) -> list[DiagnosticReport]:
        """Reports of both kinds, of a card outside of stays or of one stay (/getLisPacsList)."""
        op_flag = OUTPATIENT if stay is None else INPATIENT

        def given(row: Row) -> Mapping[str, object]:
            return {"id": pack(str(op_flag), required(row.get("category")), required(row.get("id"))), "card": card}

        return await self.call(
            "/getLisPacsList",
            card.hospital_id,
            {
                "patient_id": self._palm.patient_id(card) if stay is None else stay.patient_id,
                "card_no": card.number,
                # Required, yet an outpatient has none.
                "visit_no": "" if stay is None else stay.admission.number,
                "op_flag": op_flag,
                "start_time": date_in_shanghai(period.since),
                "end_time": date_in_shanghai(period.until),
            },
            listing_each(_REPORTS, given, (card.hospital_id, card.number, card.patient_id)),
            self._palm.read(card),
        )

    @endpoint("/getLisReport")
    async def lab_report(self, holder: CardHolder, report_id: str) -> LabReportDetail | None:
        """Content of a laboratory report (/getLisReport)."""
        op_flag, number = self._key("/getLisReport", report_id)
        return await self.call(
            "/getLisReport",
            holder.card.hospital_id,
            _detail_request(op_flag, number),
            _lab_report(holder.card, op_flag, number),
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
            _detail_request(*self._key("/getPacsReport", report_id)),
            single(One(IMAGING_REPORT, "records"), holder.card),
            self._palm.read(holder.card),
        )

    async def _reports_of(self, holder: CardHolder, period: Period) -> list[DiagnosticReport]:
        of_visits, of_stays = await together(self.report_list(holder.card, period), self._of_stays(holder, period))
        return _once([*of_visits, *of_stays]) if of_stays else of_visits

    async def _of_stays(self, holder: CardHolder, period: Period) -> list[DiagnosticReport]:
        """Reports of all stays of the period; a stay without a number cannot be asked for."""
        stays = await self._stays.known(holder)
        asked = [stay for stay in stays if stay.admission.number and overlaps(stay, period)]
        found = await together(*(self.report_list(holder.card, period, stay) for stay in asked))
        return [report for reports in found for report in reports]

    def _key(self, path: str, report_id: str) -> tuple[int, str]:
        """Where the report was found, and its own key."""
        op_flag, _, number = self._palm.key(path, report_id, 3)
        return int(op_flag), number


def _detail_request(op_flag: int, number: str) -> dict[str, Any]:
    return {"report_id": number, "category": _FIXED_CATEGORY, "op_flag": op_flag}
