"""Laboratory and imaging reports (document chapter 16)."""

from collections.abc import Mapping, Sequence
from typing import Any

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.concurrency import together
from connectors.core.outcomes import merged
from connectors.core.readers import listing_by_hospital, single
from connectors.core.shape import GIVEN, Many, One, Row, Shape, Whole
from connectors.errors import ConnectorError
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
    SpecialTest,
)
from connectors.records.visits import VisitClass
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.report_flags import SENSITIVE, audited
from connectors.regional_wechat.words import CODES_OF_VISIT_CLASS, gender

_KIND_CODES = {ReportKind.LAB: "0", ReportKind.IMAGING: "1"}
_LISTS = {
    ReportKind.LAB: "hospital.interface.laboratoryReport",
    ReportKind.IMAGING: "hospital.interface.pacsReport",
}
_STATUSES = {
    "registered": ReportStatus.REGISTERED,
    "called": ReportStatus.CALLED,
    "checked": ReportStatus.EXAMINED,
    "submitted": ReportStatus.SUBMITTED,
    "reviewed": ReportStatus.FINAL,
    "rescinded": ReportStatus.RECALLED,
    "cancelled": ReportStatus.CANCELLED,
    "rejected": ReportStatus.REJECTED,
    "passed": ReportStatus.MISSED,
    # The list's reportStatus, which only the change log of 1.6.59 mentions: not audited, audited.
    "1": ReportStatus.SUBMITTED,
    "2": ReportStatus.FINAL,
}
_SPECIAL_TESTS = {
    "NucleicAcidSingleTesting": SpecialTest.NUCLEIC_ACID_SINGLE,
    "NucleicAcidMixedTesting": SpecialTest.NUCLEIC_ACID_POOLED,
    "MicrobiologicalTestingPositive": SpecialTest.MICROBIOLOGY_POSITIVE,
    "MicrobiologicalTestingNegative": SpecialTest.MICROBIOLOGY_NEGATIVE,
}
_INTERPRETATIONS = {
    "-1": Interpretation.LOW,
    "0": Interpretation.NORMAL,
    "1": Interpretation.HIGH,
    "2": Interpretation.ABNORMAL,
}


def _special_tests(joined: object) -> list[SpecialTest]:
    parts = (part.strip() for part in (convert.text(joined) or "").split(","))
    return [_SPECIAL_TESTS.get(part, SpecialTest.UNKNOWN) for part in parts if part]


def reference_range(row: Row) -> str | None:
    """Read the reference as it is printed, or made of its ends."""
    printed = convert.text(row.get("multiRowValue"))
    if printed:
        return printed
    lower, upper = convert.text(row.get("referValueLower")), convert.text(row.get("referValueUpper"))
    return f"{lower or ''}-{upper or ''}" if lower or upper else None


REPORT = Shape(
    DiagnosticReport,
    id="id",
    card=GIVEN,
    # A record is of one kind or the other: what the document has no type for is listed with the laboratory's.
    kind=("type", convert.one_of({code: kind for kind, code in _KIND_CODES.items()}, ReportKind.LAB)),
    title="item",
    status=("status", "reportStatus", convert.if_given(convert.one_of(_STATUSES, ReportStatus.UNKNOWN))),
    sensitive=SENSITIVE,
    special_tests=("specialTypes", _special_tests),
    reported_at="time",
    doctor_name="doctor",
    pdf_address="pdfUrl",
)
OBSERVATION = Shape(
    Observation,
    name="item",
    value="result",
    unit="unit",
    reference_range=Whole(reference_range),
    interpretation=("normal", convert.one_of(_INTERPRETATIONS, Interpretation.UNKNOWN)),
)
LAB_REPORT = Shape(
    LabReportDetail,
    card=GIVEN,
    audited=("reportStatus", audited),
    sensitive=SENSITIVE,
    patient_name="patientName",
    gender=("sex", gender),
    age="age",
    department_name="dept",
    ward="wardNumber",
    bed="bedNumber",
    specimen="specimenCategory",
    specimen_number="specimenNumber",
    requested_by="doctor",
    performed_by="executor",
    audited_by="auditor",
    reported_at="time",
    observations=Many(OBSERVATION, "details"),
    pdf_address="pdfUrl",
)
IMAGING_REPORT = Shape(
    ImagingReportDetail,
    card=GIVEN,
    audited=("reportStatus", audited),
    sensitive=SENSITIVE,
    patient_name="patientName",
    gender=("sex", gender),
    age="age",
    department_name="dept",
    body_part="parts",
    findings="result",
    conclusion="conclusion",
    performed_by="executor",
    audited_by="auditor",
    reported_at="time",
    pdf_address="pdfUrl",
)


class Reports:
    """Implements `connectors.ports.Reports`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call
        # By the document the laboratory list may serve both kinds.
        self._lists = tuple(_LISTS) if regional.options.separate_imaging_list else (ReportKind.LAB,)

    async def reports(
        self, holders: Sequence[CardHolder], period: Period
    ) -> list[list[DiagnosticReport] | ConnectorError]:
        """Reports, one call per list for all hospitals that share a card number."""
        return merged(*await together(*(self._listed(kind, holders, period) for kind in self._lists)))

    async def _listed(
        self, kind: ReportKind, holders: Sequence[CardHolder], period: Period
    ) -> list[list[DiagnosticReport] | ConnectorError]:
        async def ask(holder: CardHolder, cards: Mapping[str, CardRef]) -> list[DiagnosticReport]:
            return await self.report_list(kind, holder, cards, period)

        return await self._regional.joined(_LISTS[kind], holders, ask, lambda report: report.card)

    @endpoint("16.1.1")
    async def report_list(
        self,
        kind: ReportKind,
        holder: CardHolder,
        cards: Mapping[str, CardRef],
        period: Period,
        visit_class: VisitClass | None = None,
        admission_number: str | None = None,
    ) -> list[DiagnosticReport]:
        """Reports of one card number in one or more hospitals (16.1.1, by the name of the kind's list)."""
        return await self.call(
            _LISTS[kind],
            holder.card.hospital_id,
            {
                "medicalCardNumber": holder.card.number,
                "idCard": holder.identity_number,
                "admissionNumber": admission_number,
                "patType": CODES_OF_VISIT_CLASS[visit_class] if visit_class else "",
                "startTime": convert.in_shanghai(period.since),
                "endTime": convert.in_shanghai(period.until),
                "patientName": holder.name,
                "hospitalId": ",".join(cards),
            },
            listing_by_hospital(Many(REPORT, "data", "report"), cards, "hospitalId"),
            self._regional.read(holder.card),
        )

    @endpoint("16.1.2", variant="laboratory")
    async def lab_report(
        self,
        holder: CardHolder,
        report_id: str,
        visit_class: VisitClass | None = None,
        admission_number: str | None = None,
    ) -> LabReportDetail | None:
        """Content of a laboratory report (16.1.2, laboratory)."""
        return await self.call(
            "hospital.interface.laboratoryReportDetail",
            holder.card.hospital_id,
            self._detail_request(ReportKind.LAB, holder, report_id, visit_class, admission_number),
            single(One(LAB_REPORT, "data"), holder.card),
            self._regional.read(holder.card),
        )

    @endpoint("16.1.2", variant="imaging")
    async def imaging_report(
        self,
        holder: CardHolder,
        report_id: str,
        visit_class: VisitClass | None = None,
        admission_number: str | None = None,
    ) -> ImagingReportDetail | None:
        """Content of an imaging report (16.1.2, imaging)."""
        return await self.call(
            "hospital.interface.pacsReportDetail",
            holder.card.hospital_id,
            self._detail_request(ReportKind.IMAGING, holder, report_id, visit_class, admission_number),
            single(One(IMAGING_REPORT, "data"), holder.card),
            self._regional.read(holder.card),
        )

    def _detail_request(
        self,
        kind: ReportKind,
        holder: CardHolder,
        report_id: str,
        visit_class: VisitClass | None,
        admission_number: str | None,
    ) -> dict[str, Any]:
        return {
            "hospitalId": self._regional.upstream_id(holder.card.hospital_id),
            "id": report_id,
            "type": _KIND_CODES[kind],
            "idCard": holder.identity_number,
            "patType": CODES_OF_VISIT_CLASS[visit_class] if visit_class else "",
            "medicalCardNumber": holder.card.number,
            "admissionNumber": admission_number,
        }
