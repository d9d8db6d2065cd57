"""Prescriptions and their medicines."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc
from connectors.records.people import Gender


@dataclass(kw_only=True, slots=True)
class Prescription:
    """A prescription in the list of a person's prescriptions (处方, FHIR MedicationRequest)."""

    id: Annotated[str, Doc("Global id (处方标识).")]
    card: Annotated[CardRef, INTERNAL]
    category: Annotated[str | None, Doc("Kind of prescription, in the hospital's words (处方类型).")] = None
    prescribed_at: Annotated[dt.datetime | None, Doc("When it was written (开具时间).")] = None
    department_name: Annotated[str | None, Doc("Department (开单科室).")] = None
    diagnosis: Annotated[str | None, Doc("Diagnosis (诊断).")] = None
    total: Annotated[Decimal | None, Doc("Total in yuan (总费用).")] = None


@dataclass(kw_only=True, slots=True)
class PrescribedDrug:
    """One medicine of a prescription (处方药品)."""

    card: Annotated[CardRef | None, INTERNAL] = None
    drug_id: Annotated[str | None, Doc("The hospital's key of the drug (药品标识).")] = None
    name: Annotated[str, Doc("Name (药品名称).")]
    specification: Annotated[str | None, Doc("Strength and package (规格).")] = None
    quantity: Annotated[str | None, Doc("How much is dispensed, with unit (数量).")] = None
    route: Annotated[str | None, Doc("How it is taken (用法).")] = None
    dose: Annotated[str | None, Doc("Dose with unit (用量).")] = None
    frequency_code: Annotated[str | None, Doc("How often, as an abbreviation such as tid (频次缩写).")] = None
    frequency: Annotated[str | None, Doc("How often, in words (频次).")] = None
    storage: Annotated[str | None, Doc("How to store it (存储方式).")] = None
    notice: Annotated[str | None, Doc("What to look out for (注意事项).")] = None
    category: Annotated[str | None, Doc("Category, in the hospital's words (项目类别).")] = None
    unit_price: Annotated[Decimal | None, Doc("Price of one unit in yuan (单价).")] = None
    total: Annotated[Decimal | None, Doc("Total in yuan (总费用).")] = None


@dataclass(kw_only=True, slots=True)
class LeafletSection:
    """A section of a medicine's leaflet (药品说明书)."""

    title: Annotated[str, Doc("Heading (标题).")]
    content: Annotated[str | None, Doc("What it says, as plain text (说明内容).")] = None


@dataclass(kw_only=True, slots=True)
class PrescriptionDetail:
    """The content of a prescription (处方明细)."""

    card: Annotated[CardRef, INTERNAL]
    patient_name: Annotated[str | None, INTERNAL] = None
    gender: Annotated[Gender, INTERNAL] = Gender.UNKNOWN
    age: Annotated[str | None, Doc("Age with unit, as printed (年龄).")] = None
    birth_date: Annotated[dt.date | None, INTERNAL] = None
    prescribed_at: Annotated[dt.datetime | None, Doc("When it was written (开具时间).")] = None
    charged_at: Annotated[dt.datetime | None, Doc("When it was paid (收费时间).")] = None
    department_name: Annotated[str | None, Doc("Department (开单科室).")] = None
    doctor_name: Annotated[str | None, Doc("Doctor who wrote it (开单医生).")] = None
    diagnosis: Annotated[str | None, Doc("Diagnosis (诊断).")] = None
    use_within: Annotated[str | None, Doc("In what time the drugs are to be used up (用药限定时间).")] = None
    next_visit: Annotated[str | None, Doc("When to come again, as printed (建议下次就诊时间).")] = None
    drugs: Annotated[list[PrescribedDrug], Doc("The medicines (药品列表).")] = field(default_factory=list)
