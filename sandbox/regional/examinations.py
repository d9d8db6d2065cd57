"""Ordered and booked examinations (chapter 24)."""

import datetime as dt

from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import INVALID_PARAMETER, MISSING_PARAMETER, Answer, Refused, done, success
from sandbox.town import examination_deeds as deeds
from sandbox.town.deeds import Refusal
from sandbox.town.examination_deeds import Place
from sandbox.town.examining import Room, Stretch
from sandbox.town.model import Examination, Hospital

STATES = {
    "booked": ("0", "已预约"),
    "cancelled": ("1", "取消预约"),
    "attended": ("3", "已就诊"),
    "missed": ("4", "爽约"),
    "suspended": ("5", "停诊"),
    "substituted": ("6", "替诊"),
    "registered": ("7", "已登记"),
}
MOST_DAYS = 31
# This one has no names for stretches: both ends are told instead.
WITHOUT_TIME_IDS = frozenset({"254"})


def bookable(call: Call) -> Answer:
    """What a card has ordered that has no time yet (24.1.1)."""
    card = call.card()
    waiting = [o for o in call.hospital.examining.orders if o.card_number == card.number and not o.booked]
    return success([{"orderName": o.item, "orderId": o.id, "extraParam": o.supplement} for o in waiting])


def week(call: Call) -> Answer:
    """How full the rooms for an item are, day by day (24.1.2)."""
    call.card()
    start, days = call.day("startDate"), call.text("days")
    if not days.isdecimal() or not 1 <= int(days) <= MOST_DAYS:
        raise Refused(INVALID_PARAMETER, "参数无效 days")
    rows = []
    for day in (start + dt.timedelta(days=ahead) for ahead in range(int(days))):
        rooms = [_room_of_day(call.hospital, room, day) for room in _rooms(call)]
        rows.append({"date": day.isoformat(), "rooms": rooms})
    return success(rows)


def _room_of_day(hospital: Hospital, room: Room, day: dt.date) -> Answer:
    return {
        "roomId": room.id,
        "roomName": room.name,
        "count": str(deeds.taken(hospital, room, day)),
        "total": str(deeds.ROOM_CAPACITY * len(hospital.examining.stretches)),
    }


def _rooms(call: Call) -> list[Room]:
    return [room for room in call.hospital.examining.rooms if room.item == call.text("orderName")]


def day_of_room(call: Call) -> Answer:
    """The stretches of a room's day that are not full (24.1.3)."""
    hospital, room, day = call.hospital, _room(call), call.day("selectedDate")
    free = [s for s in hospital.examining.stretches if deeds.taken(hospital, room, day, s) < deeds.ROOM_CAPACITY]
    return success({"roomId": room.id, "date": day.isoformat(), "items": [_stretch(hospital, s) for s in free]})


def _stretch(hospital: Hospital, stretch: Stretch) -> Answer:
    return {
        "planTimeId": "" if hospital.id in WITHOUT_TIME_IDS else stretch.id,
        "planTimeName": stretch.name,
        "startTime": f"{stretch.start:%H:%M}",
        "endTime": f"{stretch.end:%H:%M}",
    }


def _room(call: Call) -> Room:
    room = next((room for room in _rooms(call) if room.id == call.text("roomId")), None)
    if room is None:
        raise Refusal("slot_unknown")
    return room


def _place(call: Call) -> Place:
    """The stretch by its own name, which goes before its ends; there must be one or the other."""
    wanted, start, end = (call.text(field) for field in ("planTimeId", "startTime", "endTime"))
    if not wanted and not (start and end):
        raise Refused(MISSING_PARAMETER, "缺少参数 planTimeId")
    for stretch in call.hospital.examining.stretches:
        by_ends = (f"{stretch.start:%H:%M}", f"{stretch.end:%H:%M}") == (start, end)
        if stretch.id == wanted or (not wanted and by_ends):
            return Place(room=_room(call), day=call.day("selectedDate"), stretch=stretch)
    raise Refusal("slot_unknown")


def book(call: Call) -> Answer:
    """Give an order a time (24.1.4)."""
    key = call.text("appointmentId")
    found = deeds.book_examination(
        call.town, call.hospital, call.card(), order_id=call.text("orderId"), place=_place(call), key=key
    )
    return success({"regId": found.id, "notice": found.notice})


def schedule(call: Call) -> Answer:
    """A card's examinations from one day to another (24.1.5)."""
    card, start, end = call.card(), call.day("startDate"), call.day("endDate")
    found = [e for e in call.hospital.examinations if e.card_number == card.number and start <= e.day <= end]
    return success([_examination(e) for e in sorted(found, key=lambda e: (e.day, e.time_name))])


def _examination(examination: Examination) -> Answer:
    status, words = STATES[examination.state]
    open_still = "1" if examination.state == "booked" else "0"
    return {
        "regId": examination.id,
        "status": status,
        "statusDes": words,
        "orderId": examination.order_id,
        "orderName": examination.item,
        "roomId": examination.room_id,
        "roomName": examination.room_name,
        "selectedDate": examination.day.isoformat(),
        "planTimeId": examination.time_id,
        "planTimeName": examination.time_name,
        "changeFlag": open_still,
        "attention": examination.notice,
        "onlineRegisterFlag": open_still if examination.application_id else "0",
        "applyMainId": examination.application_id,
        "exeDeptId": examination.department_id,
        "roomAddress": examination.address,
        "extraParam": examination.supplement,
    }


def cancel(call: Call) -> Answer:
    """Cancel what is booked (24.1.6)."""
    deeds.cancel_examination(
        call.hospital, call.card(), registration=call.text("regId"), key=call.text("appointmentId")
    )
    return done()


def change(call: Call) -> Answer:
    """Give what is booked another time (24.1.7)."""
    found = deeds.change_examination(
        call.town,
        call.hospital,
        call.card(),
        registration=call.text("regId"),
        order_id=call.text("orderId"),
        place=_place(call),
        key=call.text("appointmentId"),
    )
    return success({"regId": found.id, "notice": found.notice})


def register(call: Call) -> Answer:
    """Take note of who has come (24.1.8); answers the orders of those that are booked."""
    card = call.card()
    come = [
        str(row["orderId"])
        for row in call.body["orderList"]
        if deeds.check_in(
            call.hospital,
            card,
            order_id=str(row["orderId"]),
            room_id=str(row["roomId"]),
            application_id=str(row["applyMainId"]),
        )
    ]
    return success({"successDetailIdList": come})


INTERFACES = (
    Interface("hospital.interface.appointment.getBookableProject", bookable),
    Interface("hospital.interface.appointment.getPlanDataOfWeek", week),
    Interface("hospital.interface.appointment.getPlanDataOfDay", day_of_room),
    Interface("hospital.interface.appointment.regSchedule", book),
    Interface("hospital.interface.appointment.getScheduleInfo", schedule),
    Interface("hospital.interface.appointment.cancelSchedule", cancel),
    Interface("24.1.7", change),
    Interface("hospital.interface.appointment.register", register),
)
