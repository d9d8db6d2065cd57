"""Reports of check-ups (document chapter 17)."""

from collections.abc import Sequence

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.outcomes import outcomes
from connectors.core.readers import listing, single
from connectors.core.shape import GIVEN, Many, One, Row, Shape, Whole
from connectors.errors import ConnectorError
from connectors.records.base import Period
from connectors.records.checkup_reports import (
    CheckupAttribute,
    CheckupExamination,
    CheckupPurpose,
    CheckupReport,
    CheckupReportDetail,
)
from connectors.records.people import CardHolder
from connectors.records.reports import Observation, ReportStatus
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.report_flags import SENSITIVE
from connectors.regional_wechat.reports import reference_range
from connectors.regional_wechat.words import gender

_PURPOSES = {
    "0": CheckupPurpose.HEALTH,
    "1": CheckupPurpose.OCCUPATIONAL_DISEASE,
    "2": CheckupPurpose.EMPLOYMENT,
    "3": CheckupPurpose.EXPRESS,
    "4": CheckupPurpose.HEALTH_CERTIFICATE,
}
# Check-ups have no title of their own.
_TITLES = {"0": "健康体检", "1": "职业病体检", "2": "招工体检", "3": "绿色通道体检", "4": "健康证体检"}
_TITLE = "体检"


def _finished(flag: object) -> bool:
    """Read isFinished, which means finished where it is missing."""
    return convert.flag(flag) is not False


def _status(row: Row) -> ReportStatus:
    return ReportStatus.FINAL if _finished(row.get("isFinished")) else ReportStatus.SUBMITTED


def _title(row: Row) -> str:
    return _TITLES.get(convert.text(row.get("bnsTypeCode")) or "", _TITLE)


REPORT = Shape(
    CheckupReport,
    id="healthExamNo",
    card=GIVEN,
    title=Whole(_title),
    number="healthExamNo",
    status=Whole(_status),
    sensitive=SENSITIVE,
    purpose=("bnsTypeCode", convert.one_of(_PURPOSES, CheckupPurpose.UNKNOWN)),
    # By the table 0 and nothing both mean that the person did not pass.
    qualified=("qualifiedFlag", lambda flag: convert.flag(flag) or False),
    started_on="startTime",
    ended_on="endTime",
    reported_at="summaryTime",
    doctor_name="doctor",
    pdf_address="pdfUrl",
)
OBSERVATION = Shape(Observation, name="key", value="value", unit="unit", reference_range=Whole(reference_range))
EXAMINATION = Shape(
    CheckupExamination,
    name="examName",
    department_name="dept",
    conclusion="summary",
    performed_by="doctor",
    examined_on="time",
    observations=Many(OBSERVATION, "detail"),
)
DETAIL = Shape(
    CheckupReportDetail,
    card=GIVEN,
    audited=("isFinished", _finished),
    sensitive=SENSITIVE,
    patient_name="patientName",
    gender=("sex", gender),
    phone="phone",
    age="age",
    employer="workUnit",
    department_name="department",
    started_on="startTime",
    ended_on="endTime",
    reported_at="summaryTime",
    audited_by="doctor",
    conclusion="examSummary",
    advice="advice",
    marital_status="maritalStatusName",
    occupation="occupationName",
    # Spelt so in the document.
    habits=("habbit", "habit"),
    allergy_history="allergyHistory",
    disease_history="diseaseHistory",
    menstrual_history="menstrualHistory",
    birth_history="birthHistory",
    operation_history="operationHistory",
    attributes=Many(Shape(CheckupAttribute, name="key", value="value"), "attachment"),
    examinations=Many(EXAMINATION, "exam"),
    pdf_address="pdfUrl",
)


class CheckupReports:
    """Implements `connectors.ports.CheckupReports`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    async def checkup_reports(
        self, holders: Sequence[CardHolder], period: Period
    ) -> list[list[CheckupReport] | ConnectorError]:
        """Check-ups, hospital by hospital: this list takes one hospital id."""
        return await outcomes(*(self.checkup_report_list(holder, period) for holder in holders))

    @endpoint("17.1.1")
    async def checkup_report_list(self, holder: CardHolder, period: Period) -> list[CheckupReport]:
        """Check-ups of one card (17.1.1)."""
        return await self.call(
            "hospital.interface.physicalExaminationReportList",
            holder.card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(holder.card.hospital_id),
                "medicalCardNumber": holder.card.number,
                "idcard": holder.identity_number,
                "startTime": convert.in_shanghai(period.since),
                "endTime": convert.in_shanghai(period.until),
            },
            listing(Many(REPORT, "data", "report"), holder.card),
            self._regional.read(holder.card),
        )

    @endpoint("17.1.2")
    async def checkup_report(self, holder: CardHolder, report_id: str) -> CheckupReportDetail | None:
        """Content of a check-up's report (17.1.2)."""
        return await self.call(
            "hospital.interface.physicalExaminationReportDetail",
            holder.card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(holder.card.hospital_id),
                "medicalCardNumber": holder.card.number,
                "idCard": holder.identity_number,
                "healthExamNo": report_id,
            },
            single(One(DETAIL, "data"), holder.card),
            self._regional.read(holder.card),
        )
