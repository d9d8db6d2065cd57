"""The guide of an outpatient visit: which rooms to go to, and what has been done there."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc, DocumentedEnum


class GuideRoomKind(DocumentedEnum):
    """What a room of the guide is for (科室类型)."""

    PHARMACY = "PHARMACY", "Pharmacy (药房)."
    WESTERN_PHARMACY = "WESTERN_PHARMACY", "Pharmacy for western medicine (西药)."
    CHINESE_PHARMACY = "CHINESE_PHARMACY", "Pharmacy for traditional Chinese medicine (中药)."
    MATERIALS = "MATERIALS", "Materials (材料)."
    LABORATORY = "LABORATORY", "Laboratory (检验)."
    IMAGING = "IMAGING", "Imaging (检查)."
    ECG = "ECG", "Electrocardiography (心电)."
    PATHOLOGY = "PATHOLOGY", "Pathology (病理)."
    OTHER = "OTHER", "Anything else (其他)."
    UNKNOWN = "UNKNOWN", "The hospital does not say (未知)."


class GuideItemStatus(DocumentedEnum):
    """How far an item of the guide is (项目状态)."""

    ORDERED = "ORDERED", "Ordered, not paid yet (已开单)."
    PAID = "PAID", "Paid; go there (已缴费)."
    REGISTERED = "REGISTERED", "The person has registered there (已登记)."
    SAMPLED = "SAMPLED", "The sample was taken (已采集)."
    EXAMINED = "EXAMINED", "The examination was made (已检查)."
    REPORTED = "REPORTED", "The report is there (已出报告)."
    DISPENSED = "DISPENSED", "The medicine was handed out (已领药)."
    PERFORMED = "PERFORMED", "It was carried out (已执行)."
    COMPLETED = "COMPLETED", "Done (已完成)."
    REFUNDED = "REFUNDED", "The money was given back (已退费)."
    UNKNOWN = "UNKNOWN", "The hospital does not say (未知)."


class GuideAppointmentStatus(DocumentedEnum):
    """Whether an item of the guide needs an appointment (项目预约状态)."""

    NOT_NEEDED = "NOT_NEEDED", "No appointment is needed (不需要预约)."
    WAITING = "WAITING", "The person has to make one (等待患者预约)."
    BOOKED = "BOOKED", "There is one (已预约)."
    UNKNOWN = "UNKNOWN", "The hospital does not say (未知)."


@dataclass(kw_only=True, slots=True)
class GuideItem:
    """Something to fetch or to have done in a room (导引单项目)."""

    name: Annotated[str, Doc("What it is (项目名称).")]
    status: Annotated[GuideItemStatus, Doc("How far it is (状态).")] = GuideItemStatus.UNKNOWN
    appointment: Annotated[GuideAppointmentStatus, Doc("Whether it needs an appointment (预约状态).")] = (
        GuideAppointmentStatus.UNKNOWN
    )
    notice: Annotated[str | None, Doc("What to look out for (注意事项).")] = None
    note: Annotated[str | None, Doc("Remark (备注).")] = None
    quantity: Annotated[Decimal | None, Doc("How many (数量).")] = None
    unit_price: Annotated[Decimal | None, Doc("Price of one in yuan (单价).")] = None
    paid_at: Annotated[dt.datetime | None, Doc("When it was paid (支付完成时间).")] = None


@dataclass(kw_only=True, slots=True)
class GuideRoom:
    """A room to go to, with what is to be done there (门诊导引单)."""

    card: Annotated[CardRef, INTERNAL]
    kind: Annotated[GuideRoomKind, Doc("What the room is for (科室类型).")]
    name: Annotated[str, Doc("Name (科室名称).")]
    address: Annotated[str | None, Doc("Where it is (科室位置).")] = None
    updated_at: Annotated[dt.datetime | None, Doc("When an item changed last (最近更新时间).")] = None
    items: Annotated[list[GuideItem], Doc("What is to be done there (项目列表).")] = field(default_factory=list)
