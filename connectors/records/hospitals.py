"""Hospitals and what they can do."""

from dataclasses import dataclass
from typing import Annotated

from connectors.records.base import Doc, DocumentedEnum


class Capability(DocumentedEnum):
    """Something a hospital offers through this API (医院能力)."""

    CARDS = "CARDS", "Looks up cards and their holders (就诊卡查询)."
    CARD_CREATION = "CARD_CREATION", "Creates cards (在线建卡)."
    CHARGES = "CHARGES", "Lists pending charges (待缴费查询)."
    CHARGE_PAYMENT = "CHARGE_PAYMENT", "Takes payments of charges (门诊缴费)."
    BILLS = "BILLS", "Lists paid outpatient bills (门诊费用)."
    VISITS = "VISITS", "Lists visits and their medical records (就诊记录)."
    REPORTS = "REPORTS", "Lists laboratory and imaging reports (检验检查报告)."
    PRESCRIPTIONS = "PRESCRIPTIONS", "Lists prescriptions (处方)."
    SCHEDULES = "SCHEDULES", "Lists departments, doctors, schedules and slots (科室排班)."
    APPOINTMENTS = "APPOINTMENTS", "Lists, books and cancels appointments (预约挂号)."
    CAMPUSES = "CAMPUSES", "Names its campuses (院区)."


@dataclass(kw_only=True, slots=True)
class Campus:
    """A site of a hospital (院区)."""

    id: Annotated[str, Doc("The hospital's own key of the campus (院区编码).")]
    name: Annotated[str, Doc("Name (院区名称).")]
