"""Reports of check-ups: the list, and all that was examined."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc, DocumentedEnum
from connectors.records.people import Gender
from connectors.records.reports import DiagnosticReport, ImagingReportDetail, Observation, ReportKind


class CheckupPurpose(DocumentedEnum):
    """What a check-up was for (体检类型)."""

    HEALTH = "HEALTH", "The person's health (健康体检)."
    OCCUPATIONAL_DISEASE = "OCCUPATIONAL_DISEASE", "Diseases of an occupation (职业病体检)."
    EMPLOYMENT = "EMPLOYMENT", "Before being employed (招工体检)."
    EXPRESS = "EXPRESS", "The express way (绿色通道)."
    HEALTH_CERTIFICATE = "HEALTH_CERTIFICATE", "A health certificate (健康证)."
    UNKNOWN = "UNKNOWN", "The hospital does not say (未知)."


@dataclass(kw_only=True, slots=True)
class CheckupReport(DiagnosticReport):
    """A check-up in the list of a person's reports (体检报告)."""

    kind: Annotated[ReportKind, INTERNAL] = ReportKind.CHECKUP
    purpose: Annotated[CheckupPurpose, Doc("What it was for (体检类型).")] = CheckupPurpose.UNKNOWN
    qualified: Annotated[bool | None, Doc("Whether the person passed; null: not said (是否合格).")] = None
    started_on: Annotated[dt.date | None, Doc("First day (体检开始日期).")] = None
    ended_on: Annotated[dt.date | None, Doc("Last day (体检结束日期).")] = None


@dataclass(kw_only=True, slots=True)
class CheckupAttribute:
    """Something else that is known of the person examined (附加信息)."""

    name: Annotated[str, Doc("What it is (名称).")]
    value: Annotated[str | None, Doc("What is known (内容).")] = None


class CheckupExaminationKind(DocumentedEnum):
    """How something is examined in a check-up (体检项目类别)."""

    GENERAL = "GENERAL", "By looking, listening and measuring (一般检查)."
    LAB = "LAB", "In a laboratory (检验)."
    IMAGING = "IMAGING", "By an imaging department (检查)."
    UNKNOWN = "UNKNOWN", "The hospital does not say (未知)."


@dataclass(kw_only=True, slots=True)
class CheckupExamination:
    """One examination of a check-up (体检项目)."""

    id: Annotated[str | None, INTERNAL] = None
    report_id: Annotated[str | None, INTERNAL] = None
    name: Annotated[str, Doc("What was examined (项目名称).")]
    number: Annotated[str | None, Doc("The hospital's number of the examination (项目编号).")] = None
    kind: Annotated[CheckupExaminationKind, Doc("How it is examined (项目类别).")] = CheckupExaminationKind.UNKNOWN
    status_name: Annotated[str | None, Doc("How far it has come, in the hospital's words (项目状态).")] = None
    department_name: Annotated[str | None, Doc("Department (科室).")] = None
    conclusion: Annotated[str | None, Doc("Summary (小结).")] = None
    performed_by: Annotated[str | None, Doc("Who examined (医生).")] = None
    examined_on: Annotated[dt.date | None, Doc("Day (日期).")] = None
    specimen: Annotated[str | None, Doc("Specimen (样本名称).")] = None
    requested_by: Annotated[str | None, Doc("Who asked for it (送检人).")] = None
    requested_on: Annotated[dt.date | None, Doc("Day it was asked for (送检日期).")] = None
    audited_by: Annotated[str | None, Doc("Who audited (审核人).")] = None
    audited_on: Annotated[dt.date | None, Doc("Day of the audit (审核日期).")] = None
    observations: Annotated[list[Observation], Doc("The results (检查结果).")] = field(default_factory=list)
    imaging: Annotated[ImagingReportDetail | None, Doc("What the images showed; null for other kinds (影像检查).")] = (
        None
    )


@dataclass(kw_only=True, slots=True)
class CheckupReportDetail:
    """The content of a check-up report (体检报告明细)."""

    card: Annotated[CardRef, INTERNAL]
    # Where the examinations have to be asked for: of which report.
    report_id: Annotated[str | None, INTERNAL] = None
    audited: Annotated[bool, INTERNAL] = True
    sensitive: Annotated[bool, INTERNAL] = False
    patient_name: Annotated[str | None, INTERNAL] = None
    gender: Annotated[Gender, INTERNAL] = Gender.UNKNOWN
    phone: Annotated[str | None, INTERNAL] = None
    age: Annotated[str | None, Doc("Age as printed (年龄).")] = None
    employer: Annotated[str | None, Doc("Employer (工作单位).")] = None
    department_name: Annotated[str | None, Doc("Department (科室).")] = None
    started_on: Annotated[dt.date | None, Doc("First day (体检开始日期).")] = None
    ended_on: Annotated[dt.date | None, Doc("Last day (体检结束日期).")] = None
    reported_at: Annotated[dt.datetime | None, Doc("When the final examination was (总检时间).")] = None
    audited_by: Annotated[str | None, Doc("Doctor of the final examination (总检医生).")] = None
    conclusion: Annotated[str | None, Doc("Conclusion (总检结论).")] = None
    advice: Annotated[str | None, Doc("Advice (健康建议).")] = None
    marital_status: Annotated[str | None, Doc("Marital status as printed (婚姻状况).")] = None
    occupation: Annotated[str | None, Doc("Occupation (职业).")] = None
    habits: Annotated[str | None, Doc("Habits (个人生活习惯).")] = None
    allergy_history: Annotated[str | None, Doc("Allergies (过敏史).")] = None
    disease_history: Annotated[str | None, Doc("Earlier illnesses (疾病史).")] = None
    menstrual_history: Annotated[str | None, Doc("Menstruation (月经史).")] = None
    birth_history: Annotated[str | None, Doc("Births (生产史).")] = None
    operation_history: Annotated[str | None, Doc("Operations (手术史).")] = None
    attributes: Annotated[list[CheckupAttribute], Doc("What else is known (附加信息).")] = field(default_factory=list)
    examinations: Annotated[list[CheckupExamination], INTERNAL] = field(default_factory=list)
    pdf_address: Annotated[str | None, INTERNAL] = None
