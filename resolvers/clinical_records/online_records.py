"""Telling a hospital what was done in an online consultation (在线问诊): for its staff and systems alone.

What is ordered here is handed out and carried out; a patient must not be able to write it.
"""

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.ports import Connection
from connectors.records.base import CardRef, Doc
from connectors.records.consultations import OnlineConsultation, OnlineOrder, OnlineOrderItem
from connectors.records.hospitals import Capability
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from resolvers.access_control import access
from resolvers.access_control.scopes import Action, Resource
from resolvers.clinical_records.consultations import named_item
from resolvers.context import Context, GraphInfo
from resolvers.offers import offered, require_offered
from resolvers.problems import Problem
from resolvers.writes import checks
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of

_DONE = TypeAdapter(bool)
_CONSULTATION = Write("record consultation", access.Need(Resource.ENCOUNTER, Action.CREATE), _DONE)
_ORDER = Write("record online order", access.Need(Resource.SERVICE_REQUEST, Action.CREATE), _DONE)
_CENT = Decimal("0.01")
_MOST_ITEMS = 100
_MOST = Decimal(10**6)


@dataclass(kw_only=True, slots=True)
class RecordConsultationInput:
    """What recordConsultation takes: a consultation that a doctor took on (问诊信息)."""

    business_key: Annotated[str, Doc("Number of its payment; same number, same content: done once (问诊交易订单号).")]
    card_id: Annotated[strawberry.ID, Doc("Card of the person (就诊卡).")]
    consultation_number: Annotated[str, Doc("Number of the consultation (门诊号).")]
    consulted_at: Annotated[dt.datetime, Doc("When it took place (问诊时间).")]
    doctor_number: Annotated[str, Doc("The doctor's number at the hospital (医生工号).")]
    doctor_name: Annotated[str, Doc("Doctor (医生姓名).")]
    department_number: Annotated[str, Doc("The department's number at the hospital (科室编码).")]
    department_name: Annotated[str, Doc("Department (科室名称).")]
    fee: Annotated[Decimal, Doc("Fee in yuan (问诊费用).")]
    paid: Annotated[bool, Doc("Whether the fee was paid; no where none is asked for (是否付费).")]
    description: Annotated[str | None, Doc("What the person told (病情描述).")] = None


@dataclass(kw_only=True, slots=True)
class OnlineOrderItemInput:
    """One thing that was ordered (订单明细)."""

    item_id: Annotated[strawberry.ID, Doc("What was ordered: an OnlineItem (收费项目).")]
    name: Annotated[str, Doc("Its name (项目名称).")]
    quantity: Annotated[Decimal, Doc("How many (数量).")]
    unit_price: Annotated[Decimal, Doc("Price of one in yuan, up to four places (单价).")]
    group: Annotated[str | None, Doc("Things of one prescription have one group; alone when left out (分组标识).")] = (
        None
    )
    frequency: Annotated[str | None, Doc("Of a medicine: how often (用药频率).")] = None
    route: Annotated[str | None, Doc("Of a medicine: how it is taken (用法).")] = None
    dose: Annotated[str | None, Doc("Of a medicine: dose with unit (用量).")] = None
    note: Annotated[str | None, Doc("Remark (备注).")] = None


@dataclass(kw_only=True, slots=True)
class RecordOnlineOrderInput:
    """What recordOnlineOrder takes: what was ordered in a consultation and paid (患者支付信息)."""

    business_key: Annotated[str, Doc("Number of the payment; same number, same content: done once (交易订单号).")]
    card_id: Annotated[strawberry.ID, Doc("Card of the person (就诊卡).")]
    paid_at: Annotated[dt.datetime, Doc("When it was paid (交易时间).")]
    total: Annotated[Decimal, Doc("What was paid in yuan: the sum of the items (总金额).")]
    diagnosis_code: Annotated[str, Doc("Code of the diagnosis, ICD-10 (诊断编码).")]
    diagnosis: Annotated[str, Doc("Diagnosis (诊断).")]
    doctor_hospital: Annotated[str, Doc("Hospital of the doctor who ordered it (开单医生医院).")]
    doctor_number: Annotated[str, Doc("Number of the doctor who ordered it (开单医生编码).")]
    doctor_name: Annotated[str, Doc("Doctor who ordered it (开单医生姓名).")]
    description: Annotated[str | None, Doc("What the person told (病情描述).")] = None
    barcode: Annotated[str | None, Doc("What the bar code of the order holds (条形码内容).")] = None
    consultation_number: Annotated[str | None, Doc("Number of the consultation (门诊号).")] = None
    items: Annotated[list[OnlineOrderItemInput], Doc("What was ordered (订单明细).")] = field(default_factory=list)


async def record_consultation(info: GraphInfo, given: RecordConsultationInput) -> Outcome[bool]:
    """Tell of a consultation; raises Problem UNAUTHENTICATED or FORBIDDEN for all but the hospital's own."""
    context = info.context
    card = _card(context, given.card_id, _CONSULTATION)

    async def work() -> bool:
        consultation = OnlineConsultation(
            number=checks.business_key(given.business_key),
            consultation_number=checks.number(given.consultation_number, "consultationNumber"),
            consulted_at=checks.past(given.consulted_at, context.services.clock(), "consultedAt"),
            doctor_id=checks.number(given.doctor_number, "doctorNumber"),
            doctor_name=checks.text(given.doctor_name, "doctorName"),
            department_id=checks.number(given.department_number, "departmentNumber"),
            department_name=checks.text(given.department_name, "departmentName"),
            fee=checks.amount(given.fee, "fee"),
            paid=given.paid,
            description=_optional(given.description, "description"),
        )

        async def send(connection: Connection, holder: CardHolder) -> bool:
            await offered(connection.consultations).record_consultation(_known(holder), consultation)
            return True

        return await _told(context, card, _CONSULTATION, consultation.number, consultation, send)

    return await attempt(work)


async def record_order(info: GraphInfo, given: RecordOnlineOrderInput) -> Outcome[bool]:
    """Tell of what was ordered and paid; raises Problem UNAUTHENTICATED or FORBIDDEN for all but the hospital's own."""
    context = info.context
    card = _card(context, given.card_id, _ORDER)

    async def work() -> bool:
        order = OnlineOrder(
            number=checks.business_key(given.business_key),
            paid_at=checks.past(given.paid_at, context.services.clock(), "paidAt"),
            total=checks.amount(given.total, "total"),
            diagnosis_code=checks.number(given.diagnosis_code, "diagnosisCode"),
            diagnosis=checks.text(given.diagnosis, "diagnosis"),
            doctor_hospital=checks.text(given.doctor_hospital, "doctorHospital"),
            doctor_id=checks.number(given.doctor_number, "doctorNumber"),
            doctor_name=checks.text(given.doctor_name, "doctorName"),
            description=_optional(given.description, "description"),
            barcode=checks.number(given.barcode, "barcode") if given.barcode else None,
            consultation_number=(
                checks.number(given.consultation_number, "consultationNumber") if given.consultation_number else None
            ),
            items=_items(context, card, given.items),
        )
        if _sum(order.items) != order.total:
            raise Problem(ProblemCode.AMOUNT_MISMATCH, "总金额与明细合计不一致", field="total")

        async def send(connection: Connection, holder: CardHolder) -> bool:
            known = _known(holder)
            if known.identity_number is None:
                raise Problem(ProblemCode.IDENTITY_NUMBER_MISSING, "身份证号不能为空", field="cardId")
            await offered(connection.consultations).record_order(known, order)
            return True

        return await _told(context, card, _ORDER, order.number, order, send)

    return await attempt(work)


def _card(context: Context, card_id: str, write: Write[bool]) -> CardRef:
    access.require_known(context.principal)
    card = card_of(context.services.ids.read(card_id, "Card"), "cardId")
    context.access.require_hospital(write.need, card.hospital_id)
    return card


async def _told(
    context: Context,
    card: CardRef,
    write: Write[bool],
    number: str,
    content: object,
    send: Callable[[Connection, CardHolder], Awaitable[bool]],
) -> bool:
    connection = context.loaders.connection(card.hospital_id)
    require_offered(connection, card.hospital_id, Capability.ONLINE_CONSULTATIONS)
    return await write.do(context, card, number, content, send)


def _known(holder: CardHolder) -> CardHolder:
    """Return who is known well enough: both notices need the phone and the birth date."""
    if holder.phone is None:
        raise Problem(ProblemCode.PHONE_MISSING, "手机号不能为空", field="cardId")
    if holder.birth_date is None:
        raise Problem(ProblemCode.BAD_INPUT, "医院未登记出生日期", field="cardId")
    return holder


def _items(context: Context, card: CardRef, given: list[OnlineOrderItemInput]) -> list[OnlineOrderItem]:
    if not 1 <= len(given) <= _MOST_ITEMS:
        raise Problem(ProblemCode.BAD_INPUT, f"订单明细须为 1 至 {_MOST_ITEMS} 项", field="items")
    return [_item(context, card, each) for each in given]


def _item(context: Context, card: CardRef, given: OnlineOrderItemInput) -> OnlineOrderItem:
    kind, key = named_item(context, card.hospital_id, given.item_id, "items")
    return OnlineOrderItem(
        item_id=key,
        kind=kind,
        name=checks.text(given.name, "items"),
        quantity=_factor(given.quantity, "数量"),
        unit_price=_factor(given.unit_price, "单价"),
        # The hospital's list of fields wants a group for each: what is alone is a group by itself.
        group=checks.text(given.group, "items") if given.group else key,
        frequency=_optional(given.frequency, "items"),
        route=_optional(given.route, "items"),
        dose=_optional(given.dose, "items"),
        note=_optional(given.note, "items"),
    )


def _factor(value: Decimal, name: str) -> Decimal:
    if not value.is_finite() or not 0 < value < _MOST or value != round(value, 4):
        raise Problem(ProblemCode.BAD_INPUT, f"{name}须为正数且最多四位小数", field="items")
    return value


def _sum(items: list[OnlineOrderItem]) -> Decimal:
    total = sum((item.quantity * item.unit_price for item in items), Decimal(0))
    return total.quantize(_CENT, ROUND_HALF_UP)


def _optional(value: str | None, at: str) -> str | None:
    return checks.text(value, at) if value else None
