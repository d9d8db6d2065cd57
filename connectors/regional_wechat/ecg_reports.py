"""Electrocardiograms (document chapter 40)."""

from collections.abc import Mapping, Sequence

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import listing_by_hospital, single
from connectors.core.shape import GIVEN, Many, One, Shape
from connectors.errors import ConnectorError
from connectors.records.base import CardRef, Period
from connectors.records.ecg_reports import EcgReport, EcgReportDetail
from connectors.records.people import CardHolder
from connectors.records.report_files import Attachment
from connectors.records.reports import ReportStatus
from connectors.regional_wechat.attachments import data_url, report_of
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.report_flags import SENSITIVE, STATUSES, audited
from connectors.regional_wechat.words import gender, visit_class

_LIST = "hospital.interface.ecgReportRecord"

REPORT = Shape(
    EcgReport,
    id="id",
    card=GIVEN,
    title="item",
    status=("reportStatus", convert.if_given(convert.one_of(STATUSES, ReportStatus.UNKNOWN))),
    sensitive=SENSITIVE,
    visit_class=("patType", visit_class),
    recorded_at="acquisitionTime",
    diagnosed_at="diagnoseTime",
    reported_at="auditTime",
    pdf_address="pdfUrl",
)
DETAIL = Shape(
    EcgReportDetail,
    card=GIVEN,
    audited=("reportStatus", audited),
    sensitive=SENSITIVE,
    patient_name="name",
    gender=("sex", gender),
    age="age",
    department_name="applyDeptName",
    performing_department_name="diagnoseDeptName",
    audited_by="doctor",
    conclusion="diagnosis",
    recorded_at="acquisitionTime",
    diagnosed_at="diagnoseTime",
    reported_at="auditTime",
    heart_rate="heartRate",
    r_wave_v5="rv5",
    s_wave_v1="sv1",
    pr_interval="pr",
    qrs_duration="qrs",
    qt_interval="qt",
    corrected_qt_interval="qtc",
    p_axis="pAxes",
    qrs_axis="qrsAxes",
    t_axis="tAxes",
    pdf_address="pdfUrl",
)
IMAGE = Shape(Attachment, card=GIVEN, **data_url("img", otherwise="image/jpeg"))


class EcgReports:
    """Implements `connectors.ports.EcgReports`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    async def ecg_reports(
        self, holders: Sequence[CardHolder], period: Period
    ) -> list[list[EcgReport] | ConnectorError]:
        """Electrocardiograms, one call for all hospitals that share a card number."""

        async def ask(holder: CardHolder, cards: Mapping[str, CardRef]) -> list[EcgReport]:
            return await self.ecg_report_list(holder, cards, period)

        return await self._regional.joined(_LIST, holders, ask, lambda report: report.card)

    @endpoint("40.1.1")
    async def ecg_report_list(
        self,
        holder: CardHolder,
        cards: Mapping[str, CardRef],
        period: Period,
        admission_number: str | None = None,
    ) -> list[EcgReport]:
        """Electrocardiograms of one card number in one or more hospitals (40.1.1)."""
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
            },
            listing_by_hospital(Many(REPORT, "data"), cards, "hospitalId"),
            self._regional.read(holder.card),
        )

    @endpoint("40.1.2")
    async def ecg_report(self, holder: CardHolder, report_id: str) -> EcgReportDetail | None:
        """Content of an electrocardiogram's report (40.1.2)."""
        return await self.call(
            "hospital.interface.ecgReportDetail",
            holder.card.hospital_id,
            report_of(self._regional, holder, report_id),
            single(One(DETAIL, "data"), holder.card),
            self._regional.read(holder.card),
        )

    @endpoint("40.1.3")
    async def ecg_image(self, holder: CardHolder, report_id: str) -> Attachment | None:
        """The tracing as an image (40.1.3)."""
        return await self.call(
            "hospital.interface.ecgReportImage",
            holder.card.hospital_id,
            report_of(self._regional, holder, report_id),
            single(One(IMAGE, "data"), holder.card),
            self._regional.read(holder.card, seconds=0),
        )
