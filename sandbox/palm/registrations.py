"""What somebody registered for, and what their card can spend."""

from decimal import Decimal

from sandbox.palm.call import Call, Payload
from sandbox.palm.failures import Failure
from sandbox.palm.lookups import SEXES, age, card_of, day, department_name, doctor_name, moment, money, person_of
from sandbox.palm.people import SELF_PAYING
from sandbox.palm.schedules import DURATIONS, clinic_id
from sandbox.town.deeds import find_slot
from sandbox.town.model import Appointment, Card

BY_PATIENT_ID = "PATIENT_ID"
LOWEST_BALANCE = Decimal("-50.00")
SEEN, WAITING = (1, "已接诊"), (0, "未接诊")
REFUNDABLE, KEPT = 1, -1


def registrations(call: Call) -> Payload:
    """Somebody's registrations, newest first (/getVisitInfo).

    The printed names are shifted against what they hold: order_no and limit are the department's id and name, dept_id
    and dept_name the doctor's.
    """
    card = card_of(call)
    return {"records": [_row(call, card, row) for row in _registrations_of(call, card)] if card else []}


def detail(call: Call) -> Payload:
    """One of them (/getVisitInfoDetail); null when the patient has no such registration."""
    card = card_of(call)
    found = next((row for row in _registrations_of(call, card) if row.id == call.text("visit_id")), None)
    if card is None or found is None:
        return {"record": None}
    session, slot = find_slot(call.hospital, found.slot_id)
    person = person_of(call, card)
    seen, seen_name = _accepted(found)
    return {
        "record": {
            "id": found.id,
            "patient_id": card.patient_id,
            "unique_id": person.id,
            "patient_name": person.name,
            "patient_sex": SEXES[person.gender],
            "patient_age": age(person, session.day),
            "visit_no": f"MZ{found.id.rpartition('-')[2]}",
            "doctor_id": session.doctor_id,
            "doctor_name": doctor_name(call.hospital, session.doctor_id),
            "visit_date": moment(slot.starts_at),
            "visit_time": DURATIONS[session.part][1],
            "accept": seen,
            "accept_name": seen_name,
            "dept_id": session.department_id,
            "dept_name": department_name(call.hospital, session.department_id),
            "register_type_id": clinic_id(call.hospital, session.clinic),
            "register_type_name": session.clinic,
            "queue_no": found.queue_number,
            "fee": money(session.fee),
        }
    }


def patient(call: Call) -> Payload:
    """A patient with what the card can spend (/get_patient); PATIENT_ID is the only way to ask."""
    if call.text("QUERY_TYPE") != BY_PATIENT_ID:
        raise Failure("参数错误 QUERY_TYPE")
    card = card_of(call, "FIELD1")
    if card is None:
        return {"DATA": []}
    person = person_of(call, card)
    return {
        "DATA": [
            {
                "PATIENT_ID": card.patient_id,
                "CARD_NO": card.number,
                "NAME": person.name,
                "SEX": SEXES[person.gender],
                "BIRTHDAY": f"{person.birth_date:%Y-%m-%d}",
                "ID_NO": person.identity_number,
                "PHONE_NO": person.phone,
                "PATIENT_TYPE_ID": SELF_PAYING,
                "PATIENT_TYPE_NAME": "自费",
                "BALANCE": money(card.balance),
                "BALANCE_MIN": money(LOWEST_BALANCE),
                "AVAILABLE_BALANCE": money(card.balance - LOWEST_BALANCE),
                "CREATE_TIME": day(card.created_at),
            }
        ]
    }


def _registrations_of(call: Call, card: Card | None) -> list[Appointment]:
    """What was paid and stands: booked before, or for today."""
    mine = [row for row in call.hospital.appointments if card and row.card_number == card.number and row.paid]
    standing = [row for row in mine if row.state in ("booked", "collected", "checked_in", "attended")]
    return sorted(standing, key=lambda row: find_slot(call.hospital, row.slot_id)[1].starts_at, reverse=True)


def _accepted(row: Appointment) -> tuple[int, str]:
    return SEEN if row.state == "attended" else WAITING


def _row(call: Call, card: Card, row: Appointment) -> dict[str, object]:
    session, slot = find_slot(call.hospital, row.slot_id)
    seen, seen_name = _accepted(row)
    return {
        "id": row.id,
        "patient_id": card.patient_id,
        "patient_name": person_of(call, card).name,
        "order_no": session.department_id,
        "limit": department_name(call.hospital, session.department_id),
        "dept_id": session.doctor_id,
        "dept_name": doctor_name(call.hospital, session.doctor_id),
        "visit_date": moment(slot.starts_at),
        "visit_time": DURATIONS[session.part][1],
        "accept": seen,
        "accept_name": seen_name,
        "queue_no": row.queue_number,
        "refund_type": REFUNDABLE if row.state == "booked" else KEPT,
    }
