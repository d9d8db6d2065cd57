"""Patients, their cards, and the campuses."""

import re
from decimal import Decimal

from sandbox.palm.call import Call, Payload
from sandbox.palm.failures import Failure
from sandbox.palm.lookups import INPATIENT, OUTPATIENT, SEXES, age, card_of, day, department_name, moment, money
from sandbox.palm.lookups import person_of as owner
from sandbox.palm.visits import visits_of
from sandbox.town.deeds import create_card, find_card
from sandbox.town.model import Admission, Card

GENDERS = {chinese: gender for gender, chinese in SEXES.items()}
IDENTITY_NUMBER = re.compile(r"\d{17}[\dXx]")

SELF_PAYING = "1"
NORMAL, NORMAL_NAME = 1, "正常"


def hospital_list(call: Call) -> Payload:
    """The campuses (/getHospitalList)."""
    return {"data": [{"hospital_id": key, "hospital_name": name} for key, name in call.hospital.campuses]}


def patient(call: Call) -> Payload:
    """One patient (/getPatient): patient_id alone decides when given, else card_no, else name with id_no.

    Nobody found is a success with `patient` null. For op_flag 2 card_no is the admission number, and who was never
    admitted is not found. op_flag is an integer in the request and a string in the answer, as documented.
    """
    op_flag = int(call.choice("op_flag", OUTPATIENT, INPATIENT))
    card = _wanted(call, op_flag)
    row = _patient(call, card, op_flag) if card else None
    if card is None or row is None:
        return {"patient": None}
    more = {
        "op_flag": str(op_flag),
        "age": age(owner(call, card), call.town.today),
        "nation_name": "汉族",
        "si_category": "0",
        "recharge_flag": 1,
        "no_recharge_reason": "",
    }
    return {"patient": row | more}


def patient_list(call: Call) -> Payload:
    """Several patients (/getPatientList): the body is a bare array; who is unknown is left out."""
    rows = []
    for wanted in call.rows():
        op_flag = wanted["op_flag"]
        if op_flag not in (OUTPATIENT, INPATIENT):
            raise Failure("参数错误 op_flag")
        card = find_card(call.hospital, patient_id=str(wanted["patient_id"]))
        row = _patient(call, card, INPATIENT if op_flag == INPATIENT else OUTPATIENT) if card else None
        if row:
            rows.append(row)
    return {"patients": rows}


def new_card(call: Call) -> Payload:
    """A card online (/createCard); whoever has one here gets that one again."""
    sex = call.choice("sex", *GENDERS)
    if not IDENTITY_NUMBER.fullmatch(call.text("id_no")):
        raise Failure("身份证号错误")
    card = create_card(
        call.town,
        call.hospital,
        number=None,
        name=call.text("name"),
        gender=GENDERS[str(sex)],
        birth_date=call.day("birthday"),
        identity_number=call.text("id_no"),
        phone=call.text("phone_no"),
        address=call.text("post_addr"),
    )
    kept = ("id", "name", "sex", "birthday", "card_no", "id_no", "phone_no", "patient_type_id", "balance", "status")
    row = basics(call, card)
    return {
        "card": {name: row[name] for name in kept}
        | {"age": age(owner(call, card), call.town.today), "status_name": row["status_name"]}
    }


def _wanted(call: Call, op_flag: int) -> Card | None:
    if call.text("patient_id"):
        return card_of(call)
    if number := call.text("card_no"):
        if op_flag == INPATIENT:
            number = next((a.card_number for a in call.hospital.admissions if a.number == number), "")
        return find_card(call.hospital, number=number)
    name, id_no = call.text("name"), call.text("id_no")
    if not name or not id_no:
        raise Failure("缺少参数 patient_id")
    for card in call.hospital.cards:
        person = owner(call, card)
        if (person.name, person.identity_number) == (name, id_no):
            return card
    return None


def _patient(call: Call, card: Card, op_flag: int) -> dict[str, object] | None:
    """The fields that /getPatient and /getPatientList share."""
    row = basics(call, card) | {
        "op_flag": op_flag,
        "health_card_id": "",
        "create_time": moment(card.created_at),
    }
    if op_flag == OUTPATIENT:
        return row | {"total": money(sum((visit.cost for visit in visits_of(call, card)), Decimal("0.00")))}
    stays = [stay for stay in call.hospital.admissions if stay.card_number == card.number]
    if not stays:
        return None
    return row | stay_fields(call, max(stays, key=lambda stay: stay.admitted_at))


def stay_fields(call: Call, stay: Admission) -> dict[str, object]:
    """What all interfaces tell of a stay."""
    until = stay.discharged_at.date() if stay.discharged_at else call.town.today
    return {
        "visit_no": stay.number,
        "admission_time": day(stay.admitted_at),
        "leave_hospital_time": day(stay.discharged_at) if stay.discharged_at else "",
        "dept_id": stay.department_id,
        "dept_name": department_name(call.hospital, stay.department_id),
        "bed_no": "",
        "hospital_days": (until - stay.admitted_at.date()).days,
        "total": money(stay.cost),
    }


def basics(call: Call, card: Card) -> dict[str, object]:
    """What all interfaces tell of a person."""
    person = owner(call, card)
    return {
        "id": card.patient_id,
        "name": person.name,
        "sex": SEXES[person.gender],
        "birthday": f"{person.birth_date:%Y-%m-%d}",
        "card_no": card.number,
        "id_no": person.identity_number,
        "phone_no": person.phone,
        "patient_type_id": SELF_PAYING,
        "balance": money(card.balance),
        "status": NORMAL,
        "status_name": NORMAL_NAME,
    }
