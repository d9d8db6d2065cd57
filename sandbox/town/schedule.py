"""Departments, doctors, their sessions, and what people booked."""

import datetime as dt
from decimal import Decimal
from random import Random

from sandbox.town.cases import DEPARTMENTS
from sandbox.town.model import Appointment, Card, Department, Doctor, Examination, Hospital, Session, Slot
from sandbox.town.numbers import next_id
from sandbox.town.stock import EXAMINATIONS

COMING_DAYS = 7

_PARTS = {"AM": (dt.time(8), 12), "PM": (dt.time(14), 8)}
_SLOT = dt.timedelta(minutes=15)
_SURNAMES = "赵钱孙李周吴郑王冯陈"


def staff(hospital: Hospital) -> None:
    """Fill in the departments, with an expert and another doctor each."""
    for place, (category, names) in enumerate(DEPARTMENTS[hospital.id], start=1):
        for name in names:
            number = len(hospital.departments) + 1
            department = Department(
                id=f"{hospital.id}-D{number:02}",
                name=name,
                category_id=f"{hospital.id}-C{place}",
                category_name=category,
                address=f"门诊楼{place}层{number}区",
                phone=f"000-0000{hospital.id}{number}",
                description=f"{name}为{hospital.name}{category}下设科室。",
            )
            hospital.departments.append(department)
            hospital.doctors += [_doctor(hospital, department, expert) for expert in (True, False)]


def sessions(hospital: Hospital, seed: int, today: dt.date) -> None:
    """Every doctor's mornings and afternoons, today and on the coming days."""
    rng = Random(f"{seed} sessions {hospital.id}")
    for ahead in range(COMING_DAYS + 1):
        for doctor in hospital.doctors:
            for part in _PARTS:
                hospital.sessions.append(_session(doctor, today + dt.timedelta(days=ahead), part, rng))


def appointments(hospital: Hospital, seed: int, today: dt.date) -> None:
    """For everybody one in the past; for the first few and every second one of the others also one to come."""
    for place, card in enumerate(hospital.cards):
        doctor = hospital.doctors[place % len(hospital.doctors)]
        past = "attended" if place == 0 else ("attended", "missed", "cancelled")[place % 3]
        session = _session(doctor, today - dt.timedelta(days=20 + place), "AM", Random(f"{seed} past {card.number}"))
        hospital.sessions.append(session)
        _appoint(hospital, card, session.slots[place % 12], session, past, session.day - dt.timedelta(days=3))
        if place < 3 or place % 2:  # noqa: PLR2004 - the first few
            day = today + dt.timedelta(days=1 + place % COMING_DAYS)
            session = next(s for s in hospital.sessions if (s.doctor_id, s.day, s.part) == (doctor.id, day, "AM"))
            _appoint(hospital, card, session.slots[place % 12], session, "booked", today - dt.timedelta(days=1))


def examinations(hospital: Hospital, today: dt.date) -> None:
    """One to come for the first person (not at the palm hospital) and some others, one in the past for the rest."""
    for place, card in enumerate(hospital.cards):
        if place == 0 and hospital.id == "501":
            continue
        coming = place % 3 == 0
        item, room_id, room_name, address, notice = EXAMINATIONS[place % len(EXAMINATIONS)]
        hospital.examinations.append(
            Examination(
                id=next_id(hospital.id, "E", hospital.examinations),
                card_number=card.number,
                order_id=next_id(hospital.id, "EO", hospital.examinations),
                item=item,
                room_id=f"{hospital.id}-{room_id}",
                room_name=room_name,
                address=address,
                day=today + dt.timedelta(days=2 + place % 5 if coming else -10 - place),
                time_id=f"{hospital.id}-T{1 + place % 4}",
                time_name=("08:00-09:00", "09:00-10:00", "10:00-11:00", "14:00-15:00")[place % 4],
                state="booked" if coming else ("attended", "missed", "cancelled")[place % 3],
                notice=notice,
                supplement=f"S{place:04}",
                application_id=next_id(hospital.id, "EA", hospital.examinations),
                department_id=hospital.departments[0].id,
            )
        )


def _doctor(hospital: Hospital, department: Department, expert: bool) -> Doctor:
    number = len(hospital.doctors) + (1 if expert else 2)
    title = "主任医师" if expert else "主治医师"
    return Doctor(
        id=f"{hospital.id}-DR{number:02}",
        name=f"{_SURNAMES[(number - 1) % len(_SURNAMES)]}样例{hospital.id[-1]}{number}",
        gender="MF"[number % 2],
        department_id=department.id,
        title=title,
        specialty=f"{department.name}常见病、多发病的诊治",
        introduction=f"{department.name}{title}，从事临床工作{10 + number}年。",
        fee=Decimal("25.00") if expert else Decimal("8.00"),
    )


def _session(doctor: Doctor, day: dt.date, part: str, rng: Random) -> Session:
    start, count = _PARTS[part]
    hospital_id, _, number = doctor.id.partition("-DR")
    session_id = f"{hospital_id}-S{day:%Y%m%d}{number}{part}"
    first = dt.datetime.combine(day, start)
    slots = []
    for place in range(count):
        capacity = rng.randint(1, 3)
        slots.append(
            Slot(
                id=f"{session_id}{place + 1:02}",
                starts_at=first + place * _SLOT,
                ends_at=first + (place + 1) * _SLOT,
                number=place + 1,
                capacity=capacity,
                booked=rng.randint(0, capacity),
            )
        )
    clinic = "专家号" if doctor.title == "主任医师" else "普通号"
    return Session(
        id=session_id,
        department_id=doctor.department_id,
        doctor_id=doctor.id,
        day=day,
        part=part,
        clinic=clinic,
        fee=doctor.fee,
        slots=slots,
    )


def _appoint(hospital: Hospital, card: Card, slot: Slot, session: Session, state: str, made: dt.date) -> None:
    """Add an appointment; unless it was cancelled, it is one of those that the slot counts as booked."""
    if state != "cancelled":
        slot.booked = max(1, slot.booked)
    hospital.appointments.append(
        Appointment(
            id=next_id(hospital.id, "A", hospital.appointments),
            key=next_id(hospital.id, "K", hospital.appointments),
            card_number=card.number,
            session_id=session.id,
            slot_id=slot.id,
            created_at=dt.datetime.combine(made, dt.time(9 + len(hospital.appointments) % 8)),
            state=state,
            queue_number=slot.number,
            paid=state == "attended",
        )
    )
