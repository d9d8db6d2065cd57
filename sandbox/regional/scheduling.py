"""Today's clinics, slots, booking and cancelling (20.1.1, 20.1.2, chapter 21, 42.1.1)."""

import datetime as dt
from typing import Any

from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import Answer, done, success
from sandbox.regional.wording import money, second
from sandbox.town import deeds
from sandbox.town.desk_deeds import give_back
from sandbox.town.lookup import department_of, doctor_of
from sandbox.town.model import Appointment, Card, Hospital, Session, Slot

COMPACT_DAY = "%Y%m%d"
CLOCK = "%H:%M"
MINUTE = "%Y-%m-%d %H:%M"
DOCUMENT_TYPES = ("01", "02", "03", "04", "05", "06", "07", "40", "41", "50", "60", "80")
BY_IDENTITY_NUMBER = ("01", "02")
# Clinic names have no codes in the town; these are those that chapter 21 has for kinds of clinic.
CLINIC_CODES = {"专家": "1", "普通": "2", "特需": "3"}
# The town keeps no check-in times: people come a quarter before their turn.
EARLY = dt.timedelta(minutes=15)


def today_departments(call: Call) -> Answer:
    """Departments with a session today, below their categories (20.1.1)."""
    hospital = call.hospital
    working = {session.department_id for session in hospital.sessions if session.day == call.town.today}
    categories: dict[str, dict[str, Any]] = {}
    for dept in hospital.departments:
        if dept.id not in working:
            continue
        category = categories.setdefault(
            dept.category_id,
            {"deptTypeId": dept.category_id, "deptTypeName": dept.category_name, "deptAddr": "", "dept": []},
        )
        category["dept"].append(
            {"departmentName": dept.name, "departmentId": dept.id, "deptAddr": dept.address},
        )
    return success(list(categories.values()))


def today_doctors(call: Call) -> Answer:
    """Doctors of a department with a session today (20.1.2)."""
    wanted = (call.town.today, call.text("departmentId"))
    sessions: dict[str, list[Session]] = {}
    for session in call.hospital.sessions:
        if (session.day, session.department_id) == wanted:
            sessions.setdefault(session.doctor_id, []).append(session)
    return success([_doctor_today(call.hospital, doctor_id, own) for doctor_id, own in sessions.items()])


def _doctor_today(hospital: Hospital, doctor_id: str, sessions: list[Session]) -> Answer:
    who, dept, first = doctor_of(hospital, doctor_id), department_of(hospital, sessions[0].department_id), sessions[0]
    return {
        "departmentId": dept.id,
        "departmentName": dept.name,
        "deptAddr": dept.address,
        "doctorId": who.id,
        "doctorName": who.name,
        "registrationFee": money(first.fee),
        "regClassId": next((code for word, code in CLINIC_CODES.items() if word in first.clinic), "2"),
        "regClassName": first.clinic,
        "freePatCount": str(sum(slot.remaining for session in sessions for slot in session.slots)),
        "professional": who.title,
        "introduce": who.introduction,
        # In the example only: the table calls introduce what this is.
        "expertIn": who.specialty,
        "doctorPic": "",
        "scheduleType": "2",
    }


def sessions_of(call: Call, day_field: str) -> list[Session]:
    """The sessions of the doctor, department, day and half of the day that a call names."""
    wanted = (
        call.text("deptCode"),
        call.text("docCode"),
        call.day(day_field, COMPACT_DAY),
        call.choice("amPm", "AM", "PM"),
    )
    return [s for s in call.hospital.sessions if (s.department_id, s.doctor_id, s.day, s.part) == wanted]


def remaining_slots(call: Call) -> Answer:
    """Slots of a doctor's half day (21.2.1); the code is a number here and the serial number too."""
    slots = [slot for session in sessions_of(call, "scheduleDate") for slot in session.slots]
    rows = [
        {
            "startTime": slot.starts_at.strftime(CLOCK),
            "endTime": slot.ends_at.strftime(CLOCK),
            "upLimit": str(slot.capacity),
            "appNum": str(slot.booked),
            "serialNumber": slot.number,
            "hisTimeId": slot.id,
        }
        for slot in sorted(slots, key=lambda slot: slot.starts_at)
    ]
    return success(rows) | {"code": 10001}


def book(call: Call) -> Answer:
    """Book a slot (21.2.2) under the platform's `recordId`."""
    card = _booking_card(call)
    appointment = deeds.book(call.town, call.hospital, card, _slot_id(call), key=call.text("recordId"))
    return success({"appointmentCode": appointment.id, "sn": f"{appointment.queue_number:03}"}, message="")


def _booking_card(call: Call) -> Card:
    """The card; its holder's number must be the document's where the document is one that carries it."""
    kind = call.choice("type", *DOCUMENT_TYPES)
    return call.card("medicalCard", "patientId" if kind in BY_IDENTITY_NUMBER else "")


def _slot_id(call: Call) -> str:
    """The slot named by `hisTimeId`, or else by its start, within the session that the call names."""
    start, wanted = call.moment("startTime", CLOCK).time(), call.text("hisTimeId")
    for session in sessions_of(call, "date"):
        for slot in session.slots:
            if slot.id == wanted or (not wanted and slot.starts_at.time() == start):
                return slot.id
    raise deeds.Refusal("slot_unknown")


def cancel(call: Call) -> Answer:
    """Cancel what was booked under a `recordId` (21.2.3); a paid one has a refund number, beside the code."""
    card = _booking_card(call)
    appointment = give_back(call.town, call.hospital, card, key=call.text("recordId"))
    if appointment.paid:
        return done(message="", refundNo=f"R{appointment.id}")
    return done(message="")


def appointments(call: Call) -> Answer:
    """Today's and coming appointments of a card (42.1.1), checked in or not."""
    card, hospital = call.card(), call.hospital
    slots = {slot.id: (session, slot) for session in hospital.sessions for slot in session.slots}
    coming = [
        (appointment, *slots[appointment.slot_id])
        for appointment in hospital.appointments
        if appointment.card_number == card.number and appointment.state in ("booked", "checked_in")
    ]
    coming = [row for row in coming if row[1].day >= call.town.today]
    coming.sort(key=lambda row: row[2].starts_at)
    return success([_appointment(hospital, *row) for row in coming], message="")


def _appointment(hospital: Hospital, appointment: Appointment, session: Session, slot: Slot) -> Answer:
    checked_in = appointment.state == "checked_in"
    return {
        "deptId": session.department_id,
        "deptName": department_of(hospital, session.department_id).name,
        "roomId": "",
        "roomName": "",
        "doctorId": session.doctor_id,
        "doctorName": doctor_of(hospital, session.doctor_id).name,
        "appointmentTime": slot.starts_at.strftime(MINUTE),
        "triageState": "1" if checked_in else "0",
        "triageTime": second(slot.starts_at - EARLY) if checked_in else "",
    }


INTERFACES = (
    Interface("hospital.interface.todayRegisterGetDepts", today_departments),
    Interface("hospital.interface.todayRegisterGetDoctors", today_doctors),
    Interface("hospital.interface.remainApp", remaining_slots),
    Interface("hospital.interface.appointmentInfo", book),
    Interface("hospital.interface.cancelAppointment", cancel),
    Interface("hospital.interface.getAppointmentDoctors", appointments),
)
