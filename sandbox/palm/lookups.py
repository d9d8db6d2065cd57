"""Small questions that several domains ask, and this vendor's notations."""

import datetime as dt
from decimal import Decimal

from sandbox.palm.call import Call
from sandbox.palm.failures import Failure
from sandbox.town.deeds import find_card
from sandbox.town.front_desk import FeeOrder
from sandbox.town.model import Card, Department, Doctor, Hospital, Person

OUTPATIENT, INPATIENT = 1, 2
"""The two values of op_flag."""

SEXES = {"M": "男", "F": "女"}


def card_of(call: Call, name: str = "patient_id") -> Card | None:
    """The card whose patient id the field names."""
    return find_card(call.hospital, patient_id=call.text(name))


def card_or_fail(call: Call, name: str = "patient_id", *, check_card: bool = True) -> Card:
    """The same, for calls that mean nothing without one; a card_no beside it must be that card's if it is one."""
    card = card_of(call, name)
    if card is None:
        raise Failure("未找到患者")
    if check_card and call.text("card_no") not in ("", card.number):
        raise Failure("就诊卡与患者不符")
    return card


def order_or_fail(call: Call, name: str, appointment_id: str | None = None) -> FeeOrder:
    """The order that the field names; it must be that appointment's, where one is named."""
    order = call.hospital.desk.orders.get(call.text(name))
    if order is None or appointment_id not in (None, order.appointment_id):
        raise Failure("订单不存在")
    return order


def person_of(call: Call, card: Card) -> Person:
    """Who the card belongs to."""
    return call.town.people[card.person_id]


def department(hospital: Hospital, department_id: str) -> Department | None:
    """The department with this id."""
    return next((row for row in hospital.departments if row.id == department_id), None)


def department_name(hospital: Hospital, department_id: str) -> str:
    """Its name, blank when unknown."""
    found = department(hospital, department_id)
    return found.name if found else ""


def doctor(hospital: Hospital, doctor_id: str) -> Doctor | None:
    """The doctor with this id."""
    return next((row for row in hospital.doctors if row.id == doctor_id), None)


def doctor_name(hospital: Hospital, doctor_id: str) -> str:
    """The name; who is no doctor of the list (a technician) is told by name already."""
    found = doctor(hospital, doctor_id)
    return found.name if found else doctor_id


def age(person: Person, today: dt.date) -> int:
    """Whole years."""
    had_birthday = (today.month, today.day) >= (person.birth_date.month, person.birth_date.day)
    return today.year - person.birth_date.year - (0 if had_birthday else 1)


def money(amount: Decimal) -> float:
    """An amount as this vendor sends it: a JSON number in yuan."""
    return float(round(amount, 2))


def moment(when: dt.datetime) -> str:
    """YYYY-MM-DD HH:MM:SS."""
    return f"{when:%Y-%m-%d %H:%M:%S}"


def day(when: dt.datetime) -> str:
    """YYYY-MM-DD."""
    return f"{when:%Y-%m-%d}"


def clock(when: dt.datetime) -> str:
    """HH:MM:SS."""
    return f"{when:%H:%M:%S}"
