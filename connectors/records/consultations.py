"""Online consultations: doctors one has seen, what can be ordered there, and what the hospital is told."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc, DocumentedEnum


@dataclass(kw_only=True, slots=True)
class VisitedDoctor:
    """A doctor whom the person has seen (就诊过的医生)."""

    card: Annotated[CardRef, INTERNAL]
    doctor_number: Annotated[str, Doc("The doctor's number at the hospital (医生工号).")]
    doctor_name: Annotated[str, Doc("Name (医生姓名).")]
    department_name: Annotated[str | None, Doc("Department (所属科室).")] = None
    title: Annotated[str | None, Doc("Title, in the hospital's words (职称).")] = None
    last_visited_at: Annotated[dt.datetime | None, Doc("When the person was there last (最后一次诊疗时间).")] = None


class OnlineItemKind(DocumentedEnum):
    """What can be ordered in an online consultation (项目类型)."""

    DRUG = "DRUG", "A medicine (药品)."
    LABORATORY_TEST = "LABORATORY_TEST", "A laboratory test (检验)."
    EXAMINATION = "EXAMINATION", "An examination (检查)."


@dataclass(kw_only=True, slots=True)
class OnlineItem:
    """Something that can be ordered in an online consultation (线上销售项目)."""

    id: Annotated[str, Doc("Global id; what currentPrice and recordOnlineOrder take (项目标识).")]
    hospital_id: Annotated[str, INTERNAL]
    kind: Annotated[OnlineItemKind, Doc("What it is (项目类型).")]
    name: Annotated[str, Doc("Name (项目名称).")]
    unit_price: Annotated[Decimal | None, Doc("Price of one in yuan (单价).")] = None
    approval_number: Annotated[str | None, Doc("Of a medicine: its approval number (国药准字号).")] = None
    specification: Annotated[str | None, Doc("Of a medicine: strength and package (药品规格).")] = None
    package_unit: Annotated[str | None, Doc("Of a medicine: what is sold, such as a box (包装单位).")] = None
    dose_unit: Annotated[str | None, Doc("Of a medicine: what a dose is measured in (计量单位).")] = None
    units_per_package: Annotated[Decimal | None, Doc("Of a medicine: how many a package holds (转换系数).")] = None
    manufacturer: Annotated[str | None, Doc("Of a medicine: who makes it, or where (生产厂商).")] = None


@dataclass(kw_only=True, slots=True)
class OnlineConsultation:
    """A consultation that a doctor took on, as the hospital is told of it (问诊信息).

    `number` is that of its payment, `consultation_number` that of the visit.
    """

    number: str
    consultation_number: str
    consulted_at: dt.datetime
    doctor_id: str
    doctor_name: str
    department_id: str
    department_name: str
    fee: Decimal
    paid: bool
    description: str | None = None


@dataclass(kw_only=True, slots=True)
class OnlineOrderItem:
    """One thing that was ordered and paid; what belongs to one prescription has one `group`."""

    item_id: str
    kind: OnlineItemKind
    name: str
    quantity: Decimal
    unit_price: Decimal
    group: str
    frequency: str | None = None
    route: str | None = None
    dose: str | None = None
    note: str | None = None


@dataclass(kw_only=True, slots=True)
class OnlineOrder:
    """What was ordered in a consultation and paid, as the hospital is told of it (患者支付信息)."""

    number: str
    paid_at: dt.datetime
    total: Decimal
    diagnosis_code: str
    diagnosis: str
    doctor_hospital: str
    doctor_id: str
    doctor_name: str
    items: list[OnlineOrderItem]
    description: str | None = None
    barcode: str | None = None
    consultation_number: str | None = None
