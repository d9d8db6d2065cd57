"""Stays in hospital: who is admitted, what it costs by the day, and what became of it."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc, DocumentedEnum
from connectors.records.billing import BillItem
from connectors.records.people import Gender


class AdmissionStatus(DocumentedEnum):
    """Whether somebody is in hospital (住院状态)."""

    ADMITTED = "ADMITTED", "In hospital (在院)."
    DISCHARGED = "DISCHARGED", "Discharged (出院)."
    CANCELLED = "CANCELLED", "The admission was taken back (作废撤销)."
    UNKNOWN = "UNKNOWN", "A state this server does not know (未知)."


@dataclass(kw_only=True, slots=True)
class AdmissionAccount:
    """The money of a stay: what it costs and what was deposited (住院账户, FHIR Account)."""

    total_cost: Annotated[Decimal | None, Doc("Cost so far in yuan (费用总额).")] = None
    deposit_total: Annotated[Decimal | None, Doc("What was deposited, in yuan (押金总额).")] = None
    deposit_balance: Annotated[
        Decimal | None, Doc("What is left of it, in yuan; negative when more was used (押金余额).")
    ] = None
    advanced_amount: Annotated[
        Decimal | None, Doc("What the hospital or medical insurance advances, in yuan (医院或医保垫付金额).")
    ] = None
    deposit_payable: Annotated[bool, Doc("Whether payDeposit takes a deposit (可缴押金).")] = False
    minimum_deposit: Annotated[Decimal | None, Doc("Least that may be paid at once, in yuan (最小缴费金额).")] = None
    maximum_deposit: Annotated[Decimal | None, Doc("Most that may be paid at once, in yuan (最大缴费金额).")] = None
    deposit_refusal: Annotated[
        str | None, Doc("Why no deposit is taken, in the hospital's words (不可缴押金原因).")
    ] = None


@dataclass(kw_only=True, slots=True)
class Admission:
    """A stay in hospital (住院, FHIR Encounter)."""

    card: Annotated[CardRef, INTERNAL]
    stay_id: Annotated[str | None, Doc("The hospital's key of this one stay (住院记录标识).")] = None
    number: Annotated[str | None, Doc("Admission number; some hospitals use one again (住院号).")] = None
    status: Annotated[AdmissionStatus, Doc("Whether the person is in hospital (住院状态).")] = AdmissionStatus.UNKNOWN
    patient_name: Annotated[str | None, INTERNAL] = None
    gender: Annotated[Gender, Doc("Gender (性别).")] = Gender.UNKNOWN
    identity_number: Annotated[str | None, INTERNAL] = None
    phone: Annotated[str | None, INTERNAL] = None
    department_name: Annotated[str | None, Doc("Department (科室名称).")] = None
    ward_name: Annotated[str | None, Doc("Ward (病区).")] = None
    bed_number: Annotated[str | None, Doc("Bed (床号).")] = None
    admitted_at: Annotated[dt.datetime | None, Doc("When it began (入院时间).")] = None
    discharged_at: Annotated[dt.datetime | None, Doc("When it ended; null while it lasts (出院时间).")] = None
    days: Annotated[int | None, Doc("How many days it has lasted, as the hospital counts them (已住院天数).")] = None
    account: Annotated[AdmissionAccount | None, Doc("Its money; null where a list shows none (住院账户).")] = None


@dataclass(kw_only=True, slots=True)
class StayBill:
    """All that was charged for a stay, line by line (住院费用明细, FHIR Invoice)."""

    card: Annotated[CardRef, INTERNAL]
    patient_name: Annotated[str | None, INTERNAL] = None
    gender: Annotated[Gender, Doc("Gender (性别).")] = Gender.UNKNOWN
    doctor_name: Annotated[str | None, Doc("Doctor (医生姓名).")] = None
    admission_number: Annotated[str | None, Doc("Admission number (住院号).")] = None
    diagnosis: Annotated[str | None, Doc("Diagnosis (诊断).")] = None
    total: Annotated[
        Decimal | None, Doc("Total in yuan, the hospital's figure; null where it states none (总费用).")
    ] = None
    items: Annotated[list[BillItem], Doc("The lines (明细).")] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class DailyBill(StayBill):
    """What was charged on one day of a stay (住院一日清单)."""

    day: Annotated[dt.date, Doc("The day (日期).")]


@dataclass(kw_only=True, slots=True)
class DayCost:
    """What one day of a stay cost (每日费用)."""

    day: Annotated[dt.date, Doc("The day (日期).")]
    total: Annotated[Decimal, Doc("Total of the day in yuan (当日总费用).")]


@dataclass(kw_only=True, slots=True)
class ItemCost:
    """What one item came to over a stay (收费项目费用)."""

    name: Annotated[str, Doc("Item (收费项目).")]
    unit_price: Annotated[Decimal | None, Doc("Price of one unit in yuan, up to four places (单价).")] = None
    quantity: Annotated[Decimal | None, Doc("How many units (数量).")] = None
    total: Annotated[Decimal, Doc("Total of the item in yuan (总金额).")]


@dataclass(kw_only=True, slots=True)
class CategoryCost:
    """What one category came to over a stay (收费类型费用)."""

    name: Annotated[str, Doc("Category, in the hospital's words (收费类型).")]
    total: Annotated[Decimal, Doc("Total of the category in yuan (总金额).")]


@dataclass(kw_only=True, slots=True)
class StayCostSummary:
    """What a stay cost, summed up three ways (住院费用概要)."""

    card: Annotated[CardRef, INTERNAL]
    patient_name: Annotated[str | None, INTERNAL] = None
    gender: Annotated[Gender, Doc("Gender (性别).")] = Gender.UNKNOWN
    doctor_name: Annotated[str | None, Doc("Doctor (医生姓名).")] = None
    admission_number: Annotated[str | None, Doc("Admission number (住院号).")] = None
    diagnosis: Annotated[str | None, Doc("Diagnosis (诊断).")] = None
    total: Annotated[Decimal | None, Doc("Total in yuan, the hospital's figure (总费用).")] = None
    by_day: Annotated[list[DayCost], Doc("By day (按日期).")] = field(default_factory=list)
    by_item: Annotated[list[ItemCost], Doc("By item (按收费项目).")] = field(default_factory=list)
    by_category: Annotated[list[CategoryCost], Doc("By category (按收费类型).")] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class Discharge:
    """A stay that has ended, with the medicines to take home (出院记录)."""

    id: Annotated[str, Doc("Global id (出院记录标识).")]
    card: Annotated[CardRef, INTERNAL]
    admission_number: Annotated[str | None, Doc("Admission number (住院号).")] = None
    admitted_at: Annotated[dt.datetime | None, Doc("When the stay began (入院时间).")] = None
    discharged_at: Annotated[dt.datetime | None, Doc("When it ended (出院时间).")] = None
    department_name: Annotated[str | None, Doc("Department or ward (住院科室或病区).")] = None
    diagnosis: Annotated[str | None, Doc("Diagnosis (诊断).")] = None
    age: Annotated[str | None, Doc("Age with unit at the time, as printed (年龄).")] = None
    prescription_category: Annotated[
        str | None, Doc("Kind of prescription of the medicines, in the hospital's words (处方类型).")
    ] = None


@dataclass(kw_only=True, slots=True)
class Inpatient:
    """Somebody who is in hospital, as its staff list them (在院患者)."""

    card: Annotated[CardRef, INTERNAL]
    name: Annotated[str, INTERNAL]
    identity_number: Annotated[str | None, INTERNAL] = None
    admission_number: Annotated[str | None, Doc("Admission number (住院号).")] = None
    department_name: Annotated[str | None, Doc("Department (科室名称).")] = None
    bed_number: Annotated[str | None, Doc("Bed (床位号).")] = None
    admitted_at: Annotated[dt.datetime | None, Doc("When the stay began, where the list tells (入院时间).")] = None
    deposit_balance: Annotated[
        Decimal | None, Doc("What is left of the deposit in yuan, where the list tells; may be negative (押金余额).")
    ] = None
