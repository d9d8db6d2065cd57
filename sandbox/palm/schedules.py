"""Departments, doctors and when they can be booked; the names are upper-case here."""

from sandbox.palm.call import Call, Payload
from sandbox.palm.failures import Failure
from sandbox.palm.lookups import SEXES, department, doctor, money
from sandbox.town.model import Doctor, Hospital, Session, Slot

DURATIONS = {"AM": ("1", "上午"), "PM": ("2", "下午")}
"""DURATION_ID and DURATION_NAME of a part of the day; the document lists no ids, these are the sandbox's own."""

ALL_DOCTORS = "all"
WEEK_DAYS = "一二三四五六日"


def departments(call: Call) -> Payload:
    """Departments that can be booked (/get_dept); the request has no fields."""
    campus_id, _ = call.hospital.campuses[0]
    return {
        "DATA": [
            {
                "ORDER_NO": place,
                "HOSPITAL_ID": campus_id,
                "ID": row.id,
                "NAME": row.name,
                "SHORT_NAME": row.name,
                "SPELL_CODE": "",
                "STROKE_CODE": "",
                "ADDRESS": row.address,
                "PHONE_NO": row.phone,
                "REMARK": row.description,
                "REGISTER_DEPT_CATEGORY_ID": row.category_id,
                "REGISTER_DEPT_CATEGORY_NAME": row.category_name,
            }
            for place, row in enumerate(sorted(call.hospital.departments, key=lambda row: row.id), start=1)
        ]
    }


def doctors(call: Call) -> Payload:
    """Doctors of a department (/get_doctor)."""
    campus_id, campus_name = call.hospital.campuses[0]
    found = department(call.hospital, call.text("DEPT_ID"))
    mine = [row for row in call.hospital.doctors if found and row.department_id == found.id]
    return {
        "DATA": [
            {
                "HOSPITAL_ID": campus_id,
                "HOSPITAL_NAME": campus_name,
                "HOSPITAL_SPELL_CODE": "",
                "HOSPITAL_STROKE_CODE": "",
                "DEPT_ID": found.id,
                "DEPT_NAME": found.name,
                "DEPT_SPELL_CODE": "",
                "DEPT_STROKE_CODE": "",
                "DOCTOR_ID": row.id,
                "DOCTOR_NAME": row.name,
            }
            | _doctor(row)
            for row in mine
            if found
        ]
    }


def schedules(call: Call) -> Payload:
    """Sessions of a department (/get_schedule), found in one of two ways.

    By date: DT is given; a DOCTOR_ID beside it narrows. By doctor: DOCTOR_ID is given, be it blank, and all days from
    today on count; `all` means every doctor, blank the sessions without a doctor, of which this town has none.
    """
    by_date = bool(call.text("DT"))
    if not by_date and not call.given("DOCTOR_ID"):
        raise Failure("缺少参数 DT")
    day = call.day("DT") if by_date else None
    doctor_id, duration = call.text("DOCTOR_ID"), call.text("DURATION_ID")
    doctors_wanted = (ALL_DOCTORS, "") if by_date else (ALL_DOCTORS,)
    found = [
        session
        for session in call.hospital.sessions
        if session.department_id == call.text("DEPT_ID")
        and (session.day == day if day else session.day >= call.town.today)
        and (doctor_id in doctors_wanted or doctor_id == session.doctor_id)
        and duration in ("", DURATIONS[session.part][0])
    ]
    found.sort(key=lambda session: (session.day, session.part, session.doctor_id))
    return {"DATA": [_session(call.hospital, session) for session in found]}


def times(call: Call) -> Payload:
    """The slots of a session (/get_time).

    The printed names are shifted against what they hold: CLINIC_NAME is the date, DEPT_ID the part of the day,
    REGISTER_TYPE_NAME the capacity, PATIENT_TYPE_ID the booked and PATIENT_TYPE_NAME the remaining number.
    """
    found = next((row for row in call.hospital.sessions if row.id == call.text("SCHEDULE_ID")), None)
    if found is None:
        return {"DATA": []}
    return {
        "DATA": [
            {
                "CLINIC_ID": clinic_id(call.hospital, found.clinic),
                "CLINIC_NAME": f"{found.day:%Y-%m-%d}",
                "DEPT_ID": DURATIONS[found.part][0],
                "TIME_ID": slot.id,
                "TIME_NAME": time_name(slot),
                "REGISTER_TYPE_NAME": slot.capacity,
                "PATIENT_TYPE_ID": slot.booked,
                "PATIENT_TYPE_NAME": slot.remaining,
            }
            for slot in sorted(found.slots, key=lambda slot: slot.starts_at)
        ]
    }


def clinic_id(hospital: Hospital, clinic: str) -> str:
    """The town only has names of clinic kinds; their order gives them ids."""
    return str(sorted({session.clinic for session in hospital.sessions}).index(clinic) + 1)


def time_name(slot: Slot) -> str:
    """HH:MM-HH:MM."""
    return f"{slot.starts_at:%H:%M}-{slot.ends_at:%H:%M}"


def _session(hospital: Hospital, session: Session) -> dict[str, object]:
    kind_id = clinic_id(hospital, session.clinic)
    where, who = department(hospital, session.department_id), doctor(hospital, session.doctor_id)
    part_id, part_name = DURATIONS[session.part]
    return {
        "SCHEDULE_ID": session.id,
        "CLINIC_ID": kind_id,
        "CLINIC_NAME": session.clinic,
        "DEPT_ID": session.department_id,
        "DEPT_NAME": where.name if where else "",
        "REGISTER_TYPE_ID": kind_id,
        # Described as 电话号码, while PATIENT_TYPE_NAME is described as the kind of clinic.
        "REGISTER_TYPE_NAME": where.phone if where else "",
        "PATIENT_TYPE_ID": kind_id,
        "PATIENT_TYPE_NAME": session.clinic,
        "TOTAL": money(session.fee),
        "DT": f"{session.day:%Y-%m-%d}",
        "WEEK_DAY": f"星期{WEEK_DAYS[session.day.weekday()]}",
        "DURATION_ID": part_id,
        "DURATION_NAME": part_name,
        "APPT_MAX": sum(slot.capacity for slot in session.slots),
        "APPT_COUNT": sum(slot.booked for slot in session.slots),
        "REMAIN_COUNT": sum(slot.remaining for slot in session.slots),
        "DOCTOR_ID": session.doctor_id,
        "DOCTOR_NAME": who.name if who else "",
    } | (_doctor(who) if who else {})


def _doctor(row: Doctor) -> dict[str, object]:
    return {
        "SPELL_CODE": "",
        "STROKE_CODE": "",
        "DOCTOR_SEX": SEXES[row.gender],
        "DOCTOR_CONTACT_NO": "",
        "DOCTOR_PHOTO": "",
        "DOCTOR_POST": "",
        "DOCTOR_MEDICAL_TITLE_ID": "",
        "DOCTOR_MEDICAL_TITLE_NAME": row.title,
        "DOCTOR_TEACH_TITLE_ID": "",
        "DOCTOR_TEACH_TITLE_NAME": "",
        "DOCTOR_SKILL": row.specialty,
        "DOCTOR_REMARK": row.introduction,
    }
