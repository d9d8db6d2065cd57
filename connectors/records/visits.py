"""Visits and what was written down about them."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc, DocumentedEnum
from connectors.records.people import Gender


class VisitClass(DocumentedEnum):
    """How a person was seen (就诊类型)."""

    OUTPATIENT = "OUTPATIENT", "Came and went (门诊)."
    INPATIENT = "INPATIENT", "Was admitted (住院)."
    UNKNOWN = "UNKNOWN", "The hospital does not say (未知)."


@dataclass(kw_only=True, slots=True)
class Visit:
    """A person's contact with a hospital (就诊, FHIR Encounter)."""

    id: Annotated[str, Doc("Global id (就诊标识).")]
    card: Annotated[CardRef, INTERNAL]
    visit_class: Annotated[VisitClass, Doc("Outpatient or inpatient (就诊类型).")]
    number: Annotated[str | None, Doc("Number of the visit at the hospital (就诊号).")] = None
    started_at: Annotated[dt.datetime | None, Doc("When it began; for a stay, the admission (就诊时间).")] = None
    ended_at: Annotated[dt.datetime | None, Doc("For a stay, the discharge; null while admitted (出院时间).")] = None
    department_name: Annotated[str | None, Doc("Department (就诊科室).")] = None
    doctor_name: Annotated[str | None, Doc("Doctor (接诊医生).")] = None
    complaint: Annotated[str | None, Doc("What brought the person (主诉).")] = None
    diagnosis: Annotated[str | None, Doc("Diagnosis (诊断).")] = None
    cost: Annotated[Decimal | None, Doc("Cost in yuan so far (总费用).")] = None


@dataclass(kw_only=True, slots=True)
class MedicalRecordEntry:
    """A medical record in the list of a person's records (病历列表)."""

    id: Annotated[str, INTERNAL]
    card: Annotated[CardRef, INTERNAL]
    visit_class: Annotated[VisitClass, INTERNAL]
    visited_at: Annotated[dt.datetime | None, INTERNAL] = None
    department_name: Annotated[str | None, INTERNAL] = None
    doctor_name: Annotated[str | None, INTERNAL] = None
    complaint: Annotated[str | None, INTERNAL] = None


@dataclass(kw_only=True, slots=True)
class Stay:
    """An admission in the list of a person's stays (住院记录)."""

    id: Annotated[str, INTERNAL]
    card: Annotated[CardRef, INTERNAL]
    admitted_at: Annotated[dt.datetime, INTERNAL]
    discharged_at: Annotated[dt.datetime | None, INTERNAL] = None
    department_name: Annotated[str | None, INTERNAL] = None
    diagnosis: Annotated[str | None, INTERNAL] = None
    cost: Annotated[Decimal | None, INTERNAL] = None


@dataclass(kw_only=True, slots=True)
class PhysicalExamination:
    """What the doctor found on examining (体格检查)."""

    body_temperature: Annotated[str | None, Doc("Body temperature with unit (体温).")] = None
    blood_pressure: Annotated[str | None, Doc("Blood pressure with unit (血压).")] = None
    pulse: Annotated[str | None, Doc("Pulse with unit (脉搏).")] = None
    respiratory_rate: Annotated[str | None, Doc("Respiratory rate with unit (呼吸频率).")] = None
    description: Annotated[str | None, Doc("What else was found (其他相关描述).")] = None


@dataclass(kw_only=True, slots=True)
class SupportingExamination:
    """A test quoted in a medical record (辅助检查)."""

    id: Annotated[str | None, Doc("The hospital's key of the test (检查标识).")] = None
    name: Annotated[str | None, Doc("Name (检查名称).")] = None
    department_name: Annotated[str | None, Doc("Department that did it (检查科室).")] = None
    doctor_name: Annotated[str | None, Doc("Doctor who did it (检查医生).")] = None
    conclusion: Annotated[str | None, Doc("Conclusion (检查结论).")] = None
    examined_on: Annotated[dt.date | None, Doc("Day it was done (检查日期).")] = None


@dataclass(kw_only=True, slots=True)
class MedicalRecord:
    """What a doctor wrote down about a visit (病历)."""

    id: Annotated[str, Doc("Global id (病历标识).")]
    card: Annotated[CardRef, INTERNAL]
    patient_name: Annotated[str | None, INTERNAL] = None
    gender: Annotated[Gender, Doc("The person's gender (性别).")] = Gender.UNKNOWN
    age: Annotated[str | None, Doc("Age with unit at the time, as printed (年龄).")] = None
    registration_number: Annotated[str | None, Doc("Registration number of the visit (登记号).")] = None
    visited_at: Annotated[dt.datetime | None, Doc("When the visit took place (就诊时间).")] = None
    department_name: Annotated[str | None, Doc("Department (就诊科室).")] = None
    doctor_name: Annotated[str | None, Doc("Doctor who signed (医生签名).")] = None
    complaint: Annotated[str | None, Doc("What brought the person (主诉).")] = None
    present_illness: Annotated[str | None, Doc("History of the present illness (现病史).")] = None
    past_illness: Annotated[str | None, Doc("Earlier illnesses (既往史).")] = None
    diagnoses: Annotated[list[str], Doc("Diagnoses, the main one first (诊断).")] = field(default_factory=list)
    advice: Annotated[str | None, Doc("What the doctor ordered (处理意见).")] = None
    education: Annotated[str | None, Doc("What the person was taught (健康教育).")] = None
    signed_at: Annotated[dt.datetime | None, Doc("When it was signed (签名时间).")] = None
    total: Annotated[Decimal | None, Doc("Cost of the visit in yuan (总费用).")] = None
    physical_examination: Annotated[
        PhysicalExamination | None, Doc("What the doctor found on examining (体格检查).")
    ] = None
    examinations: Annotated[list[SupportingExamination], Doc("Tests quoted (辅助检查).")] = field(default_factory=list)
