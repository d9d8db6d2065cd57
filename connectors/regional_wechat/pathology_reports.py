"""Pathology reports (document chapter 41)."""

from collections.abc import Mapping, Sequence

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import listing_by_hospital, single
from connectors.core.shape import GIVEN, Many, One, Row, Shape, Whole
from connectors.errors import ConnectorError
from connectors.records.base import CardRef, Period
from connectors.records.pathology_reports import PathologyReport, PathologyReportDetail
from connectors.records.people import CardHolder
from connectors.records.report_files import Attachment
from connectors.records.reports import ReportStatus
from connectors.records.visits import VisitClass
from connectors.regional_wechat.attachments import data_url, report_of
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.report_flags import SENSITIVE, STATUSES, audited
from connectors.regional_wechat.words import CODES_OF_VISIT_CLASS, gender, visit_class

_LIST = "hospital.interface.pathologyReportRecord"
_AUDITED = "2"
_SUPPLEMENTARY = "2"
# Of the time before 1.6.59 brought isPositive; the table still has it: audited, and sensitive.
_AUDITED_SENSITIVE = "3"
_STATUSES = {**STATUSES, _AUDITED_SENSITIVE: ReportStatus.FINAL}


def _is_audited_sensitive(status: object) -> bool:
    return convert.text(status) == _AUDITED_SENSITIVE


def _audited(status: object) -> bool:
    return audited(status) or _is_audited_sensitive(status)


def _sensitive(row: Row) -> bool:
    return any(convert.flag(row.get(name)) for name in SENSITIVE) or _is_audited_sensitive(row.get("reportStatus"))


REPORT = Shape(
    PathologyReport,
    id="id",
    card=GIVEN,
    title="item",
    status=("reportStatus", convert.if_given(convert.one_of(_STATUSES, ReportStatus.UNKNOWN))),
    sensitive=Whole(_sensitive),
    visit_class=("patType", visit_class),
    registered_at="regTime",
    reported_at="auditTime",
    doctor_name="auditDoctor",
    pdf_address="pdfUrl",
)
DETAIL = Shape(
    PathologyReportDetail,
    card=GIVEN,
    audited=("reportStatus", _audited),
    sensitive=Whole(_sensitive),
    patient_name="patientName",
    gender=("sex", gender),
    phone="phone",
    address="address",
    age="age",
    number="processNum",
    registration_number="regId",
    department_name="reqDepartment",
    requested_by="reqDoctor",
    method="examineMethod",
    body_part="drawnBodyPart",
    supplementary=("reportType", lambda code: convert.text(code) == _SUPPLEMENTARY),
    gross_findings="seenByEyes",
    conclusion="conclusion",
    performed_by="reportDoctor",
    audited_by="auditDoctor",
    reported_at="auditTime",
    pdf_address="pdfUrl",
)
FILE = Shape(
    Attachment, card=GIVEN, address=("reportUrl", convert.web_address), **data_url("reportFileCode", kind="fileType")
)


class PathologyReports:
    """Implements `connectors.ports.PathologyReports`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    async def pathology_reports(
        self, holders: Sequence[CardHolder], period: Period
    ) -> list[list[PathologyReport] | ConnectorError]:
        """Pathology reports, one call for all hospitals that share a card number."""

        async def ask(holder: CardHolder, cards: Mapping[str, CardRef]) -> list[PathologyReport]:
            return await self.pathology_report_list(holder, cards, period)

        return await self._regional.joined(_LIST, holders, ask, lambda report: report.card)

    @endpoint("41.1.1")
    async def pathology_report_list(
        self,
        holder: CardHolder,
        cards: Mapping[str, CardRef],
        period: Period,
        visit_class: VisitClass | None = None,
        admission_number: str | None = None,
    ) -> list[PathologyReport]:
        """Pathology reports of one card number in one or more hospitals (41.1.1)."""
        return await self.call(
            _LIST,
            holder.card.hospital_id,
            {
                "medicalCardNumber": holder.card.number,
                "patientName": holder.name,
                "idCard": holder.identity_number,
                "startTime": convert.in_shanghai(period.since),
                "endTime": convert.in_shanghai(period.until),
                "hospitalId": ",".join(cards),
                "admissionNumber": admission_number,
                "patType": CODES_OF_VISIT_CLASS[visit_class] if visit_class else "",
                # By the table it must be there, though it reads like a line of the answer and the example lacks it.
                "reportStatus": _AUDITED,
            },
            listing_by_hospital(Many(REPORT, "data"), cards, "hospitalId"),
            self._regional.read(holder.card),
        )

    @endpoint("41.1.2")
    async def pathology_report(self, holder: CardHolder, report_id: str) -> PathologyReportDetail | None:
        """Content of a pathology report (41.1.2)."""
        return await self.call(
            "hospital.interface.pathologyReportDetail",
            holder.card.hospital_id,
            report_of(self._regional, holder, report_id),
            single(One(DETAIL, "data"), holder.card),
            self._regional.read(holder.card),
        )

    @endpoint("41.1.3")
    async def pathology_file(self, holder: CardHolder, report_id: str) -> Attachment | None:
        """A pathology report as a file (41.1.3)."""
        return await self.call(
            "hospital.interface.pathologyReportFile",
            holder.card.hospital_id,
            report_of(self._regional, holder, report_id),
            single(One(FILE, "data"), holder.card),
            self._regional.read(holder.card, seconds=0),
        )
