"""Corrections of what is known of a person (/card/update), and numbers of today's queues (/offerNumber)."""

import datetime as dt

from sandbox.palm.call import Call, Payload
from sandbox.palm.failures import Failure
from sandbox.palm.lookups import card_or_fail, department_name, doctor, doctor_name, person_of
from sandbox.palm.people import GENDERS, IDENTITY_NUMBER
from sandbox.town.deeds import find_slot
from sandbox.town.desk_deeds import collect_number

UNTOLD = "未知"
"""A sex that says nothing: what is known stays."""
PEOPLE = "族"
"""What the name of every ethnicity ends with."""


def update_card(call: Call) -> Payload:
    """Correct what is given, leave the rest (/card/update); a wrong value changes nothing. There is no payload."""
    person = person_of(call, card_or_fail(call))
    sex = call.choice("sex", *GENDERS, UNTOLD) if call.given("sex") else UNTOLD
    born = _birthday(call) if call.text("birthday") else person.birth_date
    if call.text("id_no") and not IDENTITY_NUMBER.fullmatch(call.text("id_no")):
        raise Failure("身份证号错误")
    if call.text("nation_name") and not call.text("nation_name").endswith(PEOPLE):
        raise Failure("参数错误 nation_name")
    person.gender = GENDERS.get(str(sex), person.gender)
    person.birth_date = born
    person.identity_number = call.text("id_no") or person.identity_number
    person.phone = call.text("phone_no") or person.phone
    return {}


def offer_number(call: Call) -> Payload:
    """Take the number of an appointment of today (/offerNumber); again, the same. Paid or not does not matter here."""
    card = card_or_fail(call)
    made = collect_number(call.town, call.hospital, card, call.text("appointment_id"))
    session, _ = find_slot(call.hospital, made.slot_id)
    found = doctor(call.hospital, session.doctor_id)
    campus_id, campus_name = call.hospital.campuses[0]
    return {
        "queue": {
            "id": made.id,
            "patient_name": person_of(call, card).name,
            "patient_id": card.patient_id,
            "dept_id": session.department_id,
            "dept_name": department_name(call.hospital, session.department_id),
            "doctor_id": session.doctor_id,
            "doctor_name": doctor_name(call.hospital, session.doctor_id),
            "doctor_title": found.title if found else "",
            "hospital_id": campus_id,
            "hospital_name": campus_name,
            "queue_no": made.queue_number,
        }
    }


def _birthday(call: Call) -> dt.date:
    """YYYYMMDD, unlike anywhere else."""
    try:
        return dt.datetime.strptime(call.text("birthday"), "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise Failure("日期格式错误 birthday") from None
