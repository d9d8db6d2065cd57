"""Numbers for clinics of today, and the fees of what was booked before."""

import datetime as dt
from decimal import Decimal

from sandbox.palm.call import Call, Payload, yuan
from sandbox.palm.failures import SENTENCES, Failure
from sandbox.palm.lookups import (
    card_or_fail,
    department,
    department_name,
    doctor,
    doctor_name,
    money,
    order_or_fail,
    person_of,
)
from sandbox.palm.schedules import DURATIONS, WEEK_DAYS, clinic_id
from sandbox.town import desk_deeds
from sandbox.town.model import Appointment, Session

FROM_CARD, OTHER_WAY = 1, 0
"""The values of BALANCE_PAY here; balance_pay of /recipeCharge means the opposite."""

INSURANCE_FIELDS = ("settlement id", "insurance_pay", "account_pay", "patient_type_id")
"""All or none of them; the blank in the first name is documented like that."""

NONE = Decimal("0.00")


def departments(call: Call) -> Payload:
    """Departments with sessions today (/getDepts); the request has no fields."""
    campus_id, campus_name = call.hospital.campuses[0]
    open_today = {session.department_id for session in _sessions(call)}
    return {
        "depts": [
            {
                "id": row.id,
                "name": row.name,
                "address": row.address,
                "hospital_id": campus_id,
                "hospital_name": campus_name,
                "dept_category_id": row.category_id,
                "dept_category_name": row.category_name,
            }
            for row in sorted(call.hospital.departments, key=lambda row: row.id)
            if row.id in open_today
        ]
    }


def schedules(call: Call) -> Payload:
    """Today's sessions of a department (/getSchedules); the rows carry no date."""
    found = sorted(
        (session for session in _sessions(call) if session.department_id == call.text("dept_id")),
        key=lambda session: (session.part, session.doctor_id),
    )
    return {"schedules": [_row(call, session, place) for place, session in enumerate(found, start=1)]}


def price(call: Call) -> Payload:
    """What somebody pays for a session (/registerGetPrice), a text."""
    card = card_or_fail(call)
    session = _session(call, "clinic_id")
    return {"data": {"total": f"{desk_deeds.fee_of(person_of(call, card), session, call.town.today):.2f}"}}


def reserve(call: Call) -> Payload:
    """Take note of what is going to be paid (/registerPre): the fee must be right and a number free."""
    card, session = card_or_fail(call), _named(call)
    if call.amount("pay_amount") != desk_deeds.fee_of(person_of(call, card), session, call.town.today):
        raise Failure(SENTENCES["fee_mismatch"])
    if not any(slot.remaining for slot in session.slots):
        raise Failure(SENTENCES["slot_full"])
    call.memory.reserved.add((card.patient_id, session.id))
    return {}


def register(call: Call) -> Payload:
    """Take the next number of a session (/register); business_no is the key: the same again gives the same number."""
    card, session = card_or_fail(call), _named(call)
    fee = desk_deeds.fee_of(person_of(call, card), session, call.town.today)
    _check_insurance(call, fee)
    slots = sorted(session.slots, key=lambda slot: slot.starts_at)
    appointment = desk_deeds.register(
        call.town,
        call.hospital,
        card,
        [slot.id for slot in slots],
        key=call.text("business_no"),
        paid=fee,
        from_balance=NONE,
    )
    call.memory.registered.add(appointment.id)
    return {"info": _registered(call, appointment, session) | {"patient_name": person_of(call, card).name}}


def prepay(call: Call) -> Payload:
    """Pay what was booked before (/prepay); no amount is told. The same number again gives the same answer."""
    balance = call.choice("BALANCE_PAY", FROM_CARD, OTHER_WAY)
    if balance == OTHER_WAY:
        call.choice("PAY_WAY_ID", "wepay", "alipay")
    appointment = next((row for row in call.hospital.appointments if row.id == call.text("APPT_ID")), None)
    if appointment is None:
        raise Failure(SENTENCES["appointment_unknown"])
    order = order_or_fail(call, "HIS_ORDER_NO", appointment.id) if call.text("HIS_ORDER_NO") else None
    if order is not None and (balance == FROM_CARD or order.way != call.text("PAY_WAY_ID")):
        raise Failure("订单与支付方式不符")
    session = next(row for row in call.hospital.sessions if row.id == appointment.session_id)
    desk_deeds.pay_booking(
        call.hospital,
        next(card for card in call.hospital.cards if card.number == appointment.card_number),
        booked_under=appointment.key,
        key=call.text("BUSINESS_NO") or f"{appointment.id} without a number",
        paid=NONE if balance == FROM_CARD else session.fee,
        from_balance=session.fee if balance == FROM_CARD else NONE,
        surcharge=desk_deeds.surcharge_of(session),
    )
    if order is not None:
        order.paid = True
    call.memory.prepaid[appointment.id] = (call.text("BUSINESS_NO"), call.text("BUSINESS_INFO"), int(balance))
    return {"CERTIFICATE_CODE": appointment.id.rpartition("-")[2]}


def days(call: Call) -> Payload:
    """Days that a department can be booked for (/get_dt)."""
    mine = [row for row in call.hospital.sessions if row.department_id == call.text("DEPT_ID")]
    coming = sorted({row.day for row in mine if row.day >= call.town.today})
    return {"DATA": [{"DT": f"{day:%Y-%m-%d}", "WEEK_DAY": f"星期{WEEK_DAYS[day.weekday()]}"} for day in coming]}


def _sessions(call: Call) -> list[Session]:
    return [session for session in call.hospital.sessions if session.day == call.town.today]


def _session(call: Call, name: str) -> Session:
    found = next((session for session in _sessions(call) if session.id == call.text(name)), None)
    if found is None:
        raise Failure(SENTENCES["slot_unknown"])
    return found


def _named(call: Call) -> Session:
    """The session, whose department and doctor must be those that are named beside it."""
    session = _session(call, "scheduling_id")
    if (session.department_id, session.doctor_id) != (call.text("dept_id"), call.text("doctor_id")):
        raise Failure(SENTENCES["slot_unknown"])
    return session


def _check_insurance(call: Call, fee: Decimal) -> None:
    if not any(call.text(name) for name in INSURANCE_FIELDS):
        return
    for name in INSURANCE_FIELDS:
        if not call.text(name):
            raise Failure(f"缺少参数 {name}")
    if sum((yuan(name, call.text(name)) for name in ("insurance_pay", "account_pay")), NONE) > fee:
        raise Failure(SENTENCES["fee_mismatch"])


def _row(call: Call, session: Session, place: int) -> dict[str, object]:
    who = doctor(call.hospital, session.doctor_id)
    return {
        "id": session.id,
        "name": f"{doctor_name(call.hospital, session.doctor_id)}{DURATIONS[session.part][1]}",
        "code": session.id,
        "order_no": place,
        "limit": sum(slot.capacity for slot in session.slots),
        "dept_id": session.department_id,
        "dept_name": department_name(call.hospital, session.department_id),
        "register_type_id": clinic_id(call.hospital, session.clinic),
        "register_type_name": session.clinic,
        "register_add_flag": 0,
        "doctor_id": session.doctor_id,
        "doctor_code": session.doctor_id,
        "doctor_name": who.name if who else "",
        "doctor_expert": who.specialty if who else "",
        "price": money(session.fee),
        "register_count": sum(slot.booked for slot in session.slots),
    }


def _registered(call: Call, appointment: Appointment, session: Session) -> dict[str, object]:
    where = department(call.hospital, session.department_id)
    day: dt.date = session.day
    return {
        "id": appointment.id,
        "patient_id": call.text("patient_id"),
        "dept_id": session.department_id,
        "dept_name": where.name if where else "",
        "dept_address": where.address if where else "",
        "register_type_id": clinic_id(call.hospital, session.clinic),
        "register_type_name": session.clinic,
        "doctor_id": session.doctor_id,
        "doctor_name": doctor_name(call.hospital, session.doctor_id),
        "visit_date": f"{day:%Y-%m-%d}",
        "visit_weekday": f"星期{WEEK_DAYS[day.weekday()]}",
        "visit_time": DURATIONS[session.part][1],
        "queue_no": appointment.queue_number,
    }
