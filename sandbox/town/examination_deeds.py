"""Booking, changing and cancelling examinations. Each is done at once or refused."""

import datetime as dt
from dataclasses import dataclass

from sandbox.town.deeds import Refusal
from sandbox.town.examining import ExaminationOrder, Room, Stretch
from sandbox.town.model import Card, Examination, Hospital, Town
from sandbox.town.numbers import next_id

ROOM_CAPACITY = 3
TAKING_A_PLACE = ("booked", "registered")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A stretch of a room's day."""

    room: Room
    day: dt.date
    stretch: Stretch


def taken(hospital: Hospital, room: Room, day: dt.date, stretch: Stretch | None = None) -> int:
    """How many have a time in a room on a day, or in one stretch of it."""
    here = [e for e in hospital.examinations if (e.room_id, e.day) == (room.id, day) and e.state in TAKING_A_PLACE]
    return sum(stretch is None or e.time_name == stretch.name for e in here)


def find_order(hospital: Hospital, card_number: str, order_id: str) -> ExaminationOrder:
    """The order of a card with this id."""
    for order in hospital.examining.orders:
        if (order.card_number, order.id) == (card_number, order_id):
            return order
    raise Refusal("application_unknown")


def book_examination(
    town: Town, hospital: Hospital, card: Card, *, order_id: str, place: Place, key: str
) -> Examination:
    """Give an order a time; the same key with the same content gives the first again."""
    if known := _known(hospital, card, order_id, place, key):
        return known
    order = find_order(hospital, card.number, order_id)
    if order.booked:
        raise Refusal("application_unknown")
    examination = _examination(town, hospital, order, place, key)
    order.booked = True
    return examination


def change_examination(
    town: Town, hospital: Hospital, card: Card, *, registration: str, order_id: str, place: Place, key: str
) -> Examination:
    """Give what is booked another time, and another id; the same key gives the first again."""
    if known := _known(hospital, card, order_id, place, key):
        return known
    before = find_examination(hospital, card, registration)
    if before.state != "booked" or before.order_id != order_id:
        raise Refusal("appointment_attended")
    order = ExaminationOrder(
        id=order_id,
        card_number=card.number,
        item=before.item,
        supplement=before.supplement,
        application_id=before.application_id,
        department_id=before.department_id,
    )
    examination = _examination(town, hospital, order, place, key)
    before.state = "cancelled"
    return examination


def cancel_examination(hospital: Hospital, card: Card, *, registration: str, key: str) -> None:
    """Cancel, and let the order wait again; what was booked under a key is cancelled under it."""
    examination = find_examination(hospital, card, registration)
    if examination.key not in ("", key):
        raise Refusal("key_conflict")
    if examination.state == "cancelled":
        return
    if examination.state != "booked":
        raise Refusal("appointment_attended")
    examination.state = "cancelled"
    for order in hospital.examining.orders:
        if order.id == examination.order_id:
            order.booked = False


def check_in(hospital: Hospital, card: Card, *, order_id: str, room_id: str, application_id: str) -> bool:
    """Take note that somebody has come for an examination; whether there is one."""
    for examination in hospital.examinations:
        told = (examination.card_number, examination.order_id, examination.room_id, examination.application_id)
        if told == (card.number, order_id, room_id, application_id) and examination.state in TAKING_A_PLACE:
            examination.state = "registered"
            return True
    return False


def find_examination(hospital: Hospital, card: Card, registration: str) -> Examination:
    """The examination of a card with this id."""
    for examination in hospital.examinations:
        if (examination.id, examination.card_number) == (registration, card.number):
            return examination
    raise Refusal("appointment_unknown")


def _known(hospital: Hospital, card: Card, order_id: str, place: Place, key: str) -> Examination | None:
    for known in hospital.examinations:
        if known.key == key:
            asked = (card.number, order_id, place.room.id, place.day, place.stretch.name)
            if (known.card_number, known.order_id, known.room_id, known.day, known.time_name) != asked:
                raise Refusal("key_conflict")
            return known
    return None


def _examination(town: Town, hospital: Hospital, order: ExaminationOrder, place: Place, key: str) -> Examination:
    if place.day < town.today or place.room.item != order.item:
        raise Refusal("slot_unknown")
    if taken(hospital, place.room, place.day, place.stretch) >= ROOM_CAPACITY:
        raise Refusal("slot_full")
    examination = Examination(
        id=next_id(hospital.id, "E", hospital.examinations),
        card_number=order.card_number,
        order_id=order.id,
        item=order.item,
        room_id=place.room.id,
        room_name=place.room.name,
        address=place.room.address,
        day=place.day,
        time_id=place.stretch.id,
        time_name=place.stretch.name,
        state="booked",
        notice=place.room.notice,
        key=key,
        supplement=order.supplement,
        application_id=order.application_id,
        department_id=order.department_id,
    )
    hospital.examinations.append(examination)
    return examination
