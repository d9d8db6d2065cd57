"""Builds the week's shifts, and what is booked in them."""

from datetime import datetime, timedelta
from random import Random

from sandbox.town.clock import at
from sandbox.town.making.numbering import Numbering
from sandbox.town.people import Card
from sandbox.town.places import Department, Doctor
from sandbox.town.timetable import (
    SLOT_MINUTES,
    Appointment,
    ExamAppointment,
    Half,
    Shift,
    Slot,
)
from sandbox.town.town import Town, owned

_DAYS = 7
_SLOTS = 12
_OPENS = {Half.MORNING: 8, Half.AFTERNOON: 14}
_EXAMS = (
    ("CT一室", "影像楼一楼", "胸部CT平扫", "检查前去除金属物品"),
    ("超声三室", "影像楼二楼", "腹部彩超", "检查前空腹八小时"),
)


def schedule(town: Town, draw: Random, numbering: Numbering) -> None:
    """Draws the shifts of the coming days: each department opens mornings and afternoons."""
    for department in town.departments.values():
        doctors = town.doctors_of(department.id)
        for ahead in range(_DAYS):
            for turn, half in enumerate(Half):
                doctor = doctors[(ahead + turn) % len(doctors)]
                _open(town, draw, numbering, department, doctor, ahead, half)
    for hospital in town.hospitals:
        # one stopped shift per hospital: the last of the week
        town.shifts_of(hospital)[-1].stopped = True


def _open(
    town: Town, draw: Random, numbering: Numbering, department: Department, doctor: Doctor, ahead: int, half: Half
) -> None:
    shift = Shift(
        id=numbering.next(department.hospital, "B"),
        hospital=department.hospital,
        department=department.id,
        doctor=doctor.id,
        day=town.today + timedelta(days=ahead),
        half=half,
        register_class_id=doctor.register_class_id,
        register_class=doctor.register_class,
        fee=doctor.fee,
        room=f"{department.name}{'一' if half is Half.MORNING else '二'}诊室",
    )
    start = at(shift.day, _OPENS[half])
    for number in range(1, _SLOTS + 1):
        end = start + timedelta(minutes=SLOT_MINUTES)
        capacity = 1 if doctor.register_class_id == "1" else 3
        slot = Slot(f"{shift.id}-{number}", number, start.time(), end.time(), capacity)
        # the first slot is always full, so that a refusal can be had for the asking
        slot.taken = capacity if number == 1 else draw.randrange(capacity + 1) // 2
        shift.slots.append(slot)
        start = end
    town.shifts[shift.id] = shift


def book_ahead(town: Town, numbering: Numbering) -> None:
    """Books a doctor and an examination for some of the people with cards."""
    for number, card in enumerate(town.cards.values()):
        person = town.people[card.person]
        if person.age(town.today) > 14 and (card.person in {"p01", "p03"} or number % 2):
            _book_doctor(town, numbering, card, 1 + number % 3)
            _book_exam(town, numbering, card, number)


def _book_doctor(town: Town, numbering: Numbering, card: Card, ahead: int) -> None:
    day = town.today + timedelta(days=ahead)
    for shift in town.shifts_of(card.hospital, day):
        slot = next((each for each in shift.slots if each.free), None)
        if slot is None or any(a.shift == shift.id for a in owned(town.appointments.values(), card.person, card.hospital)):
            continue
        slot.taken += 1
        appointment = Appointment(
            id=numbering.next(card.hospital, "A"),
            key=f"seed-{card.hospital}-{card.person}",
            hospital=card.hospital,
            person=card.person,
            card=card.number,
            department=shift.department,
            doctor=shift.doctor,
            shift=shift.id,
            slot=slot.id,
            starts_at=at(day, slot.start.hour, slot.start.minute),
            ends_at=at(day, slot.end.hour, slot.end.minute),
            queue=slot.number,
            fee=shift.fee,
            booked_at=at(town.today - timedelta(days=1), 20),
        )
        town.appointments[appointment.id] = appointment
        return


def _book_exam(town: Town, numbering: Numbering, card: Card, number: int) -> None:
    room, address, name, attention = _EXAMS[number % len(_EXAMS)]
    starts_at: datetime = at(town.today + timedelta(days=2 + number % 4), 9 + number % 2, 30)
    identity = numbering.next(card.hospital, "E")
    town.exam_appointments[identity] = ExamAppointment(
        id=identity,
        hospital=card.hospital,
        person=card.person,
        card=card.number,
        order=numbering.next(card.hospital, "O"),
        order_name=name,
        apply=numbering.next(card.hospital, "Q"),
        room=f"{card.hospital}R{number % len(_EXAMS) + 1}",
        room_name=room,
        room_address=address,
        department=town.departments_of(card.hospital)[0].id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=30),
        time_id=f"{starts_at:%H%M}",
        attention=attention,
        changeable=bool(number % 2),
    )
