"""Stays in hospital, what they cost, and being admitted at a self-service desk."""

from collections.abc import Iterable
from decimal import Decimal

from sandbox.palm.call import Call, Payload
from sandbox.palm.failures import Failure
from sandbox.palm.lookups import (
    INPATIENT,
    age,
    card_or_fail,
    clock,
    day,
    department_name,
    doctor_name,
    money,
    person_of,
)
from sandbox.palm.people import basics, stay_fields
from sandbox.town.deeds import find_card
from sandbox.town.model import Admission, Card
from sandbox.town.stays import StayFile, StayItem
from sandbox.town.ward_deeds import admit

BY_CARD_NUMBER, BY_PATIENT_ID, BY_IDENTITY_NUMBER = "2", "3", "4"
STATES = {"applied": "已申请", "admitted": "已入院", "cancelled": "已取消"}


def in_hospital(call: Call) -> Payload:
    """The last stay of a person (/getInHospitalList): one object, null for who was never admitted."""
    card = _by_identity(call, call.text("id_no"))
    stays = [stay for stay in call.hospital.admissions if card and stay.card_number == card.number]
    if card is None or not stays:
        return {"patient": None}
    stay = max(stays, key=lambda each: each.admitted_at)
    file, lasts = _file(call, stay), stay.discharged_at is None
    return {
        "patient": basics(call, card)
        | stay_fields(call, stay)
        | {
            "op_flag": str(INPATIENT),
            "age": age(person_of(call, card), call.town.today),
            "health_card_id": "",
            "nation_name": "汉族",
            "si_category": "0",
            "bed_no": file.bed,
            "balance": money(file.balance),
            "recharge_flag": 1 if lasts else -1,
            "no_recharge_reason": "" if lasts else "已出院",
        }
    }


def daily_charge(call: Call) -> Payload:
    """What was charged on a day of a stay (/getDailyCharge); the total of the day stands in every row."""
    wanted = call.day("query_date")
    stay, items = _items(call)
    found = [item for item in items if item.charged_at.date() == wanted]
    total = money(_sum(found))
    return {"fees": [_item(call, stay, place, item) | {"summary": total} for place, item in enumerate(found, 1)]}


def charge_summary(call: Call) -> Payload:
    """What a stay cost by item (/getChargeSummary); the total stands in every row."""
    _, items = _items(call)
    names = list(dict.fromkeys(item.name for item in items))
    return {
        "fees": [
            {
                "id": str(place),
                "order_no": place,
                "item_name": name,
                "total": money(_sum(item for item in items if item.name == name)),
                "summary": money(_sum(items)),
            }
            for place, name in enumerate(names, 1)
        ]
    }


def certificate(call: Call) -> Payload:
    """A person's certificates of admission (/getInHospitalApply); what the answer looks like is of our making."""
    kind, value = call.choice("param_type", BY_CARD_NUMBER, BY_PATIENT_ID, BY_IDENTITY_NUMBER), call.text("param")
    if kind == BY_IDENTITY_NUMBER:
        card = _by_identity(call, value)
    elif kind == BY_PATIENT_ID:
        card = find_card(call.hospital, patient_id=value)
    else:
        card = find_card(call.hospital, number=value)
    return {
        "records": [
            {
                "id": row.id,
                "patient_name": person_of(call, card).name,
                "dept_name": department_name(call.hospital, row.department_id),
                "status": STATES[row.state],
            }
            for row in call.hospital.wards.applications
            if card and row.card_number == card.number
        ]
    }


def register(call: Call) -> Payload:
    """Admit a person by a certificate (/inHospitalReg); the same again finds the same admission."""
    card = find_card(call.hospital, number=call.text("param"))
    if card is None:
        raise Failure("未找到患者")
    number = call.text("id")
    deposit = next((row.deposit for row in call.hospital.wards.applications if row.id == number), Decimal("0.00"))
    admitted = admit(call.town, call.hospital, card, number, amount=deposit, key=f"self-service {number}")
    return {"data": {"visit_no": admitted.admission_number}}


def stay_of(call: Call, card: Card, number: str) -> Admission | None:
    """The stay of a card with this admission number."""
    found = (stay for stay in call.hospital.admissions if stay.card_number == card.number)
    return next((stay for stay in found if stay.number == number), None)


def _items(call: Call) -> tuple[Admission, list[StayItem]]:
    if call.choice("op_flag", 1, INPATIENT) != INPATIENT:
        raise Failure("非住院患者")
    stay = stay_of(call, card_or_fail(call), call.text("visit_no"))
    if stay is None:
        raise Failure("住院记录不存在")
    return stay, _file(call, stay).items


def _item(call: Call, stay: Admission, place: int, item: StayItem) -> dict[str, object]:
    when = item.charged_at
    return {
        "id": str(place),
        "item_category": item.category,
        "item_id": item.item_id,
        "item_name": item.name,
        "price": money(item.price),
        "quantity": item.quantity,
        "unit": item.unit,
        "total": money(item.amount),
        "bill_doctor_name": doctor_name(call.hospital, stay.doctor_id),
        "bill_date": day(when),
        "bill_time": clock(when),
        "charge_date": day(when),
        "charge_time": clock(when),
    }


def _file(call: Call, stay: Admission) -> StayFile:
    """The file of a stay; one of today has nothing in it yet."""
    files = (file for file in call.hospital.stay_files if file.admission_id == stay.id)
    return next(files, StayFile(admission_id=stay.id, bed=""))


def _by_identity(call: Call, number: str) -> Card | None:
    return next((card for card in call.hospital.cards if person_of(call, card).identity_number == number), None)


def _sum(items: Iterable[StayItem]) -> Decimal:
    return sum((item.amount for item in items), Decimal("0.00"))
