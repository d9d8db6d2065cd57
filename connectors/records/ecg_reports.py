"""Electrocardiogram reports."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc
from connectors.records.people import Gender
from connectors.records.reports import DiagnosticReport, ReportKind
from connectors.records.visits import VisitClass


@dataclass(kw_only=True, slots=True)
class EcgReport(DiagnosticReport):
    """An electrocardiogram in the list of a person's reports (心电报告)."""

    kind: Annotated[ReportKind, INTERNAL] = ReportKind.ECG
    visit_class: Annotated[VisitClass, Doc("How the person was seen (患者类型).")] = VisitClass.UNKNOWN
    recorded_at: Annotated[dt.datetime | None, Doc("When it was recorded (采集时间).")] = None
    diagnosed_at: Annotated[dt.datetime | None, Doc("When it was read (诊断时间).")] = None


@dataclass(kw_only=True, slots=True)
class EcgReportDetail:
    """The content of an electrocardiogram report (心电报告明细)."""

    card: Annotated[CardRef, INTERNAL]
    audited: Annotated[bool, INTERNAL] = True
    sensitive: Annotated[bool, INTERNAL] = False
    patient_name: Annotated[str | None, INTERNAL] = None
    gender: Annotated[Gender, INTERNAL] = Gender.UNKNOWN
    age: Annotated[str | None, Doc("Age as printed (年龄).")] = None
    department_name: Annotated[str | None, Doc("Department that asked for it (申请科室).")] = None
    performing_department_name: Annotated[str | None, Doc("Department that read it (诊断科室).")] = None
    audited_by: Annotated[str | None, Doc("Who audited (审核医生).")] = None
    conclusion: Annotated[str | None, Doc("What the tracing says (诊断信息).")] = None
    recorded_at: Annotated[dt.datetime | None, Doc("When it was recorded (采集时间).")] = None
    diagnosed_at: Annotated[dt.datetime | None, Doc("When it was read (诊断时间).")] = None
    reported_at: Annotated[dt.datetime | None, Doc("When it was released (审核时间).")] = None
    heart_rate: Annotated[str | None, Doc("Heart rate with its unit, as printed (心率).")] = None
    r_wave_v5: Annotated[str | None, Doc("Height of the R wave in V5, in mV (RV5 值).")] = None
    s_wave_v1: Annotated[str | None, Doc("Depth of the S wave in V1, in mV (SV1 值).")] = None
    pr_interval: Annotated[str | None, Doc("P-R interval, in ms (P-R 间期).")] = None
    qrs_duration: Annotated[str | None, Doc("Duration of the QRS complex, in ms (QRS 时间).")] = None
    qt_interval: Annotated[str | None, Doc("QT interval, in ms (QT 值).")] = None
    corrected_qt_interval: Annotated[str | None, Doc("QT interval corrected for the heart rate, in ms (QTc 间期).")] = (
        None
    )
    p_axis: Annotated[str | None, Doc("Axis of the P wave, in degrees (P 波电轴).")] = None
    qrs_axis: Annotated[str | None, Doc("Axis of the QRS complex, in degrees (QRS 波群电轴).")] = None
    t_axis: Annotated[str | None, Doc("Axis of the T wave, in degrees (T 波电轴).")] = None
    pdf_address: Annotated[str | None, INTERNAL] = None
