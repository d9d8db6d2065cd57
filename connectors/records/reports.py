"""Diagnostic reports: laboratory and imaging, the list and the detail."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc, DocumentedEnum
from connectors.records.people import Gender


class ReportKind(DocumentedEnum):
    """What made the report (报告类别)."""

    LAB = "LAB", "A laboratory (检验)."
    IMAGING = "IMAGING", "An imaging department (检查)."
    ECG = "ECG", "An electrocardiogram (心电)."
    PATHOLOGY = "PATHOLOGY", "A pathology department (病理)."
    CHECKUP = "CHECKUP", "A check-up (体检)."
    NUCLEIC_ACID_TEST = "NUCLEIC_ACID_TEST", "A nucleic-acid test (核酸检测)."


class ReportStatus(DocumentedEnum):
    """How far a report has come (报告状态)."""

    REGISTERED = "REGISTERED", "Registered (已登记)."
    CALLED = "CALLED", "The person was called (已叫号)."
    EXAMINED = "EXAMINED", "Examined, not yet written (已检查)."
    SUBMITTED = "SUBMITTED", "Written, not yet audited (已提交)."
    FINAL = "FINAL", "Audited and released (已审核)."
    RECALLED = "RECALLED", "Withdrawn after release (已撤销)."
    CANCELLED = "CANCELLED", "Cancelled (已取消)."
    REJECTED = "REJECTED", "Sent back by the auditor (已驳回)."
    MISSED = "MISSED", "The person did not come when called (已过号)."
    UNKNOWN = "UNKNOWN", "A state this server does not know (未知)."


class SpecialTest(DocumentedEnum):
    """Tests that are shown in a form of their own (特殊报告类型)."""

    NUCLEIC_ACID_SINGLE = "NUCLEIC_ACID_SINGLE", "Nucleic-acid test of one person (核酸单检)."
    NUCLEIC_ACID_POOLED = "NUCLEIC_ACID_POOLED", "Nucleic-acid test of a pool (核酸混检)."
    MICROBIOLOGY_POSITIVE = "MICROBIOLOGY_POSITIVE", "Microbiology, positive (微生物检测阳性)."
    MICROBIOLOGY_NEGATIVE = "MICROBIOLOGY_NEGATIVE", "Microbiology, negative (微生物检测阴性)."
    UNKNOWN = "UNKNOWN", "A type this server does not know (未知)."


class Interpretation(DocumentedEnum):
    """How a result compares with its reference (结果判断)."""

    LOW = "LOW", "Below the reference range (偏低)."
    NORMAL = "NORMAL", "Within the reference range (正常)."
    HIGH = "HIGH", "Above the reference range (偏高)."
    ABNORMAL = "ABNORMAL", "Abnormal without being high or low (异常)."
    UNKNOWN = "UNKNOWN", "The hospital does not say (未知)."


@dataclass(kw_only=True, slots=True)
class DiagnosticReport:
    """A report in the list of a person's reports (报告, FHIR DiagnosticReport)."""

    id: Annotated[str, Doc("Global id (报告标识).")]
    card: Annotated[CardRef, INTERNAL]
    kind: Annotated[ReportKind, INTERNAL]
    title: Annotated[str, Doc("What was examined (报告名称).")]
    number: Annotated[str | None, Doc("Number or bar code of the report (报告编号).")] = None
    status: Annotated[ReportStatus, Doc("How far it has come (报告状态).")] = ReportStatus.FINAL
    sensitive: Annotated[bool, Doc("Sensitive reports show no detail to patients (敏感报告).")] = False
    special_tests: Annotated[list[SpecialTest], Doc("Special forms it is shown in (特殊报告类型).")] = field(
        default_factory=list
    )
    reported_at: Annotated[dt.datetime | None, Doc("When it was audited and released (报告时间).")] = None
    department_name: Annotated[str | None, Doc("Department that made it (报告科室).")] = None
    doctor_name: Annotated[str | None, Doc("Doctor who audited it (审核医生).")] = None
    requested_by: Annotated[str | None, Doc("Doctor who asked for it (申请医生).")] = None
    specimen: Annotated[str | None, Doc("Specimen (样本).")] = None
    pdf_address: Annotated[str | None, INTERNAL] = None


@dataclass(kw_only=True, slots=True)
class Observation:
    """One result of a laboratory report (检验结果, FHIR Observation)."""

    name: Annotated[str, Doc("What was measured (项目名称).")]
    code: Annotated[str | None, Doc("The hospital's own key of what was measured (项目编号).")] = None
    short_name: Annotated[str | None, Doc("Short name (项目简称).")] = None
    value: Annotated[str | None, Doc("Result as printed (结果).")] = None
    unit: Annotated[str | None, Doc("Unit (单位).")] = None
    reference_range: Annotated[str | None, Doc("Reference range as printed (参考范围).")] = None
    interpretation: Annotated[Interpretation, Doc("Comparison with the reference (结果判断).")] = Interpretation.UNKNOWN


@dataclass(kw_only=True, slots=True)
class LabReportDetail:
    """The content of a laboratory report (检验报告明细)."""

    card: Annotated[CardRef, INTERNAL]
    audited: Annotated[bool, INTERNAL] = True
    sensitive: Annotated[bool, INTERNAL] = False
    patient_name: Annotated[str | None, INTERNAL] = None
    gender: Annotated[Gender, INTERNAL] = Gender.UNKNOWN
    age: Annotated[str | None, Doc("Age as printed (年龄).")] = None
    department_name: Annotated[str | None, Doc("Department that asked for it (科室).")] = None
    ward: Annotated[str | None, Doc("Ward (病房号).")] = None
    bed: Annotated[str | None, Doc("Bed (床号).")] = None
    specimen: Annotated[str | None, Doc("Kind of specimen (标本类别).")] = None
    specimen_number: Annotated[str | None, Doc("Number of the specimen (标本号).")] = None
    requested_by: Annotated[str | None, Doc("Doctor who asked for it (开单医生).")] = None
    requested_at: Annotated[dt.datetime | None, Doc("When it was asked for (送检日期).")] = None
    performed_by: Annotated[str | None, Doc("Who examined (检验医生).")] = None
    audited_by: Annotated[str | None, Doc("Who audited (审核医生).")] = None
    reported_at: Annotated[dt.datetime | None, Doc("When it was released (审核时间).")] = None
    observations: Annotated[list[Observation], Doc("The results (项目明细).")] = field(default_factory=list)
    culture_ids: Annotated[list[str], INTERNAL] = field(default_factory=list)
    pdf_address: Annotated[str | None, INTERNAL] = None


@dataclass(kw_only=True, slots=True)
class ImagingReportDetail:
    """The content of an imaging report (检查报告明细)."""

    card: Annotated[CardRef, INTERNAL]
    audited: Annotated[bool, INTERNAL] = True
    sensitive: Annotated[bool, INTERNAL] = False
    patient_name: Annotated[str | None, INTERNAL] = None
    gender: Annotated[Gender, INTERNAL] = Gender.UNKNOWN
    age: Annotated[str | None, Doc("Age as printed (年龄).")] = None
    department_name: Annotated[str | None, Doc("Department that asked for it (开单科室).")] = None
    body_part: Annotated[str | None, Doc("What was examined (检查部位).")] = None
    method: Annotated[str | None, Doc("How it was examined (检查方式).")] = None
    findings: Annotated[str | None, Doc("What was seen (检查所见).")] = None
    conclusion: Annotated[str | None, Doc("Conclusion and advice (结论).")] = None
    requested_by: Annotated[str | None, Doc("Doctor who asked for it (申请医生).")] = None
    performed_by: Annotated[str | None, Doc("Who examined (检查医生).")] = None
    audited_by: Annotated[str | None, Doc("Who audited (审核医生).")] = None
    number: Annotated[str | None, Doc("Number of the examination (单号).")] = None
    examined_at: Annotated[dt.datetime | None, Doc("When it was done (检查时间).")] = None
    reported_at: Annotated[dt.datetime | None, Doc("When it was released (审核时间).")] = None
    pdf_address: Annotated[str | None, INTERNAL] = None
    image_address: Annotated[str | None, INTERNAL] = None
    film_address: Annotated[str | None, INTERNAL] = None
