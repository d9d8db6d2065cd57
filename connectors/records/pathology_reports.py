"""Pathology reports."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc
from connectors.records.people import Gender
from connectors.records.reports import DiagnosticReport, ReportKind
from connectors.records.visits import VisitClass


@dataclass(kw_only=True, slots=True)
class PathologyReport(DiagnosticReport):
    """A pathology report in the list of a person's reports (病理报告)."""

    kind: Annotated[ReportKind, INTERNAL] = ReportKind.PATHOLOGY
    visit_class: Annotated[VisitClass, Doc("How the person was seen (患者类型).")] = VisitClass.UNKNOWN
    registered_at: Annotated[dt.datetime | None, Doc("When the specimen was registered (登记时间).")] = None


@dataclass(kw_only=True, slots=True)
class PathologyReportDetail:
    """The content of a pathology report (病理报告明细)."""

    card: Annotated[CardRef, INTERNAL]
    audited: Annotated[bool, INTERNAL] = True
    sensitive: Annotated[bool, INTERNAL] = False
    patient_name: Annotated[str | None, INTERNAL] = None
    gender: Annotated[Gender, INTERNAL] = Gender.UNKNOWN
    phone: Annotated[str | None, INTERNAL] = None
    address: Annotated[str | None, INTERNAL] = None
    age: Annotated[str | None, Doc("Age with its unit, as printed (年龄).")] = None
    number: Annotated[str | None, Doc("Pathology number (病理号).")] = None
    registration_number: Annotated[str | None, Doc("Number that the specimen was registered under (登记号).")] = None
    department_name: Annotated[str | None, Doc("Department that sent the specimen (送检科室).")] = None
    requested_by: Annotated[str | None, Doc("Doctor who sent the specimen (送检医生).")] = None
    method: Annotated[str | None, Doc("How it was examined (检查方法).")] = None
    body_part: Annotated[str | None, Doc("Where the specimen was taken (取材部位).")] = None
    supplementary: Annotated[bool, Doc("Adds to an earlier report of the same number (补发报告).")] = False
    gross_findings: Annotated[str | None, Doc("What the eye sees (肉眼所见).")] = None
    conclusion: Annotated[str | None, Doc("Diagnosis (诊断信息).")] = None
    performed_by: Annotated[str | None, Doc("Who wrote and signed it (报告医生).")] = None
    audited_by: Annotated[str | None, Doc("Who audited (审核医生).")] = None
    reported_at: Annotated[dt.datetime | None, Doc("When it was released (审核时间).")] = None
    pdf_address: Annotated[str | None, INTERNAL] = None
