"""Booking, looking up and cancelling appointments."""

import datetime as dt

from sandbox.palm.call import Call, Payload
from sandbox.palm.failures import SENTENCES, Failure
from sandbox.palm.lookups import card_or_fail, department_name, doctor_name, moment, money, person_of
from sandbox.palm.people import GENDERS, IDENTITY_NUMBER
from sandbox.palm.schedules import DURATIONS, clinic_id, time_name
from sandbox.town.deeds import book, create_card, find_card, find_slot
from sandbox.town.desk_deeds import give_back
from sandbox.town.model import Appointment, Card, Session

STATES = {
    "booked": (9, "已确认"),
    "collected": (1, "已取号"),
    "checked_in": (3, "已报到"),
    "attended": (5, "已就诊"),
    "cancelled": (-1, "已取消"),
    "missed": (-3, "已违约"),
}
"""STATUS and STATUS_TEXT."""

PREPAY_MINUTES = 30
WHO = ("ACCOUNT_ID", "VISIT_ID", "PATIENT_ID", "NAME", "PHONE_NO", "ID_NO")
USER, SOURCE = "hpalm", "w1"


def new(call: Call) -> Payload:
    """Book a slot (/new).

    REMARK, when given, is the caller's key: the same again gives the first appointment whatever became of it. Without
    one, account, patient, schedule and time are the key for as long as the appointment is not cancelled.
    """
    card = _card(call)
    session, slot = find_slot(call.hospital, call.text("TIME_ID"))
    if session.id != call.text("SCHEDULE_ID"):
        raise Failure(SENTENCES["slot_unknown"])
    made = book(call.town, call.hospital, card, slot.id, key=call.text("REMARK") or _natural_key(call, card))
    call.memory.booked_by.setdefault(made.id, call.text("ACCOUNT_ID"))
    return {
        "APPT_ID": made.id,
        "HIS_ORDER_NO": made.id,
        "NEED_PREPAY": "1" if to_prepay(made, session) else "0",
        "PREPAY_MINUTES": str(PREPAY_MINUTES),
        "PREPAY_TIME_LIMIT": _prepay_until(made),
    }


def query(call: Call) -> Payload:
    """Appointments, newest first (/query): APPT_ID alone decides when given, else all other conditions hold together.

    The document demands no condition at all; the sandbox wants to know at least whose appointments are meant. The
    times limit the day of the appointment.
    """
    if appointment_id := call.text("APPT_ID"):
        found = [row for row in call.hospital.appointments if row.id == appointment_id]
    elif any(call.text(name) for name in WHO):
        booked = [row for row in call.hospital.appointments if row.id not in call.memory.registered]
        found = [row for row in booked if _fits(call, row)]
    else:
        raise Failure("查询条件不能为空")
    found.sort(key=lambda row: (row.created_at, row.id), reverse=True)
    return {"DATA": [_row(call, row) for row in found]}


def withdraw(call: Call) -> Payload:
    """Cancel an appointment, free its slot and give back what the card paid (/cancel); again, it succeeds.

    The answer has no payload.
    """
    call.choice("SEND_SMS", "0", "1")
    found = next((row for row in call.hospital.appointments if row.id == call.text("APPT_ID")), None)
    if found is None:
        raise Failure(SENTENCES["appointment_unknown"])
    give_back(call.town, call.hospital, _card_of(call, found), key=found.key, appointment_id=found.id)
    return {}


def _card(call: Call) -> Card:
    """Who it is for: PATIENT_ID, or without a card NAME, ID_NO and PHONE_NO, which get a card with the booking."""
    sex = str(call.choice("SEX", *GENDERS))
    if call.text("PATIENT_ID"):
        return card_or_fail(call, "PATIENT_ID")
    for name in ("NAME", "ID_NO", "PHONE_NO"):
        if not call.text(name):
            raise Failure(f"缺少参数 {name}")
    identity_number = call.text("ID_NO")
    try:
        born = dt.datetime.strptime(identity_number[6:14], "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        born = None
    if born is None or not IDENTITY_NUMBER.fullmatch(identity_number):
        raise Failure("身份证号错误")
    return create_card(
        call.town,
        call.hospital,
        number=None,
        name=call.text("NAME"),
        gender=GENDERS[sex],
        birth_date=born,
        identity_number=identity_number,
        phone=call.text("PHONE_NO"),
        address="",
    )


def _natural_key(call: Call, card: Card) -> str:
    """Numbered by the cancelled ones before it, so that who cancelled can book the same again."""
    key = "|".join((call.text("ACCOUNT_ID"), card.patient_id, call.text("SCHEDULE_ID"), call.text("TIME_ID")))
    before = [row for row in call.hospital.appointments if row.key.startswith(f"{key}#") and row.state == "cancelled"]
    return f"{key}#{len(before)}"


def _fits(call: Call, row: Appointment) -> bool:
    card = _card_of(call, row)
    person = person_of(call, card)
    session, _ = find_slot(call.hospital, row.slot_id)
    held = {
        "ACCOUNT_ID": _account(call, row, card),
        "VISIT_ID": "",
        "PATIENT_ID": card.patient_id,
        "NAME": person.name,
        "PHONE_NO": person.phone,
        "ID_NO": person.identity_number,
    }
    return (
        all(call.text(name) in ("", value) for name, value in held.items())
        and (not call.text("START_TIME") or call.day("START_TIME") <= session.day)
        and (not call.text("END_TIME") or session.day <= call.day("END_TIME"))
    )


def _row(call: Call, row: Appointment) -> dict[str, object]:
    card = _card_of(call, row)
    person = person_of(call, card)
    session, slot = find_slot(call.hospital, row.slot_id)
    campus_id, campus_name = call.hospital.campuses[0]
    kind_id = clinic_id(call.hospital, session.clinic)
    part_id, part_name = DURATIONS[session.part]
    status, status_text = STATES[row.state]
    payment_number, payment_info, balance_pay = call.memory.prepaid.get(row.id, ("", "", 0))
    return {
        "APPT_ID": row.id,
        "ACCOUNT_ID": _account(call, row, card),
        "PATIENT_ID": card.patient_id,
        "CARD_NO": card.number,
        "NAME": person.name,
        "PHONE_NO": person.phone,
        "ID_NO": person.identity_number,
        "HIS_ORDER_NO": row.id,
        "BUSINESS_NO": payment_number,
        "BUSINESS_INFO": payment_info,
        "SCHEDULE_ID": session.id,
        "CLINIC_ID": kind_id,
        "CLINIC_NAME": session.clinic,
        "REGISTER_TYPE_ID": kind_id,
        "REGISTER_TYPE_NAME": session.clinic,
        "HOSPITAL_ID": campus_id,
        "HOSPITAL_NAME": campus_name,
        "DEPT_ID": session.department_id,
        "DEPT_NAME": department_name(call.hospital, session.department_id),
        "DOCTOR_ID": session.doctor_id,
        "DOCTOR_NAME": doctor_name(call.hospital, session.doctor_id),
        "TOTAL": money(session.fee),
        "DT": f"{session.day:%Y-%m-%d}",
        "DURATION_ID": part_id,
        "DURATION_NAME": part_name,
        "TIME_ID": slot.id,
        "TIME_NAME": time_name(slot),
        "PREPAY_TIME_LIMIT": _prepay_until(row),
        # 1 is the card balance here, the opposite of balance_pay in /recipeCharge.
        "BALANCE_PAY": balance_pay,
        "CREATE_DEPT_ID": USER,
        "CREATE_DEPT_NAME": call.hospital.name,
        "CREATE_USER_ID": USER,
        "CREATE_USER_NAME": call.hospital.name,
        "CREATE_TIME": moment(row.created_at),
        "DATA_SOURCE": SOURCE,
        "VISIT_ID": "",
        "STATUS": status,
        "STATUS_TEXT": status_text,
        "ALLOW_PREPAY": int(to_prepay(row, session)),
        "ALLOW_CANCEL": int(row.state == "booked"),
        "PLATFORM_CANCEL_PAY": int(row.paid),
        "CERTIFICATE_CODE": row.id.rpartition("-")[2],
        "QUEUE_NO": str(row.queue_number),
    }


def _card_of(call: Call, row: Appointment) -> Card:
    card = find_card(call.hospital, number=row.card_number)
    if card is None:
        raise LookupError(f"appointment {row.id} has no card")
    return card


def _account(call: Call, row: Appointment, card: Card) -> str:
    """Who booked it; of appointments that were there from the start, the account that the person is bound to."""
    if row.id in call.memory.booked_by:
        return call.memory.booked_by[row.id]
    bound = (a.id for a in call.town.accounts.values() if card.person_id in dict(a.people))
    return next(bound, "")


def to_prepay(row: Appointment, session: Session) -> bool:
    """Whether the fee can be paid now."""
    return row.state == "booked" and not row.paid and session.fee > 0


def _prepay_until(row: Appointment) -> str:
    return moment(row.created_at + dt.timedelta(minutes=PREPAY_MINUTES))
