"""How the regional HIS writes ordered and booked examinations (document chapter 24)."""

import datetime as dt
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from connectors.core import convert
from connectors.core.readers import Reader, listing_each, value
from connectors.core.shape import GIVEN, Many, Row, Shape, ShapeError, Whole
from connectors.records.base import CardRef
from connectors.records.examinations import ExaminationOrder, ExaminationRoom, ExaminationSlot, Ordered
from connectors.records.scheduling import Appointment, AppointmentKind, AppointmentStatus
from connectors.regional_wechat.examination_keys import PlanKey, examination_id, times_of

# The document's examples spell the field with a space behind it.
_ITEM = ("orderName", "orderName ")
_STATUS_OF_CODE = {
    "0": AppointmentStatus.BOOKED,
    "1": AppointmentStatus.CANCELLED,
    "3": AppointmentStatus.FULFILLED,
    "4": AppointmentStatus.MISSED,
    "5": AppointmentStatus.SUSPENDED,
    "6": AppointmentStatus.SUBSTITUTED,
    "7": AppointmentStatus.CHECKED_IN,
}
_STATUS_OF_WORDS = {
    "已预约": AppointmentStatus.BOOKED,
    "取消预约": AppointmentStatus.CANCELLED,
    "已取消": AppointmentStatus.CANCELLED,
    "已就诊": AppointmentStatus.FULFILLED,
    "爽约": AppointmentStatus.MISSED,
    "停诊": AppointmentStatus.SUSPENDED,
    "替诊": AppointmentStatus.SUBSTITUTED,
    "已登记": AppointmentStatus.CHECKED_IN,
}
_by_code = convert.one_of(_STATUS_OF_CODE, AppointmentStatus.UNKNOWN)
_by_words = convert.one_of(_STATUS_OF_WORDS, AppointmentStatus.UNKNOWN)

ORDER = Shape(ExaminationOrder, card=GIVEN, id="orderId", item=_ITEM, supplement="extraParam")


def _free(row: Row) -> int | None:
    capacity, booked = convert.integer(row.get("total")), convert.integer(row.get("count"))
    return None if capacity is None or booked is None else max(capacity - booked, 0)


ROOM = Shape(
    ExaminationRoom,
    card=GIVEN,
    order=GIVEN,
    day=GIVEN,
    room_id="roomId",
    name="roomName",
    capacity="total",
    booked="count",
    remaining=Whole(_free),
)
SLOT = Shape(ExaminationSlot, card=GIVEN, id=GIVEN, starts_at=GIVEN, ends_at=GIVEN, name="planTimeName")


def _status(row: Row) -> AppointmentStatus:
    """The words win: the codes were renumbered in 1.6.49, and the document's own example still has the old ones."""
    said = _by_words(row.get("statusDes"))
    return _by_code(row.get("status")) if said is AppointmentStatus.UNKNOWN else said


def _times(row: Row) -> tuple[dt.datetime | None, dt.datetime | None]:
    """The stretch on the chosen day; a free text of the hospital's leaves the bare day."""
    day = convert.day(row.get("selectedDate"))
    if day is None:
        return None, None
    found = times_of(day, convert.text(row.get("planTimeName")) or "")
    return found if found[0] else (convert.clock_on(day, "00:00"), None)


def _can_check_in(row: Row) -> bool:
    """Whether it is admitted, and all is there that the check-in asks for."""
    needed = ("applyMainId", "orderId", "roomId", "exeDeptId")
    return convert.flag(row.get("onlineRegisterFlag")) is True and all(convert.text(row.get(name)) for name in needed)


def _registration(row: Row) -> str:
    found = convert.text(row.get("regId"))
    if found is None:
        raise ValueError("missing")
    return examination_id(found)


EXAMINATION = Shape(
    Appointment,
    card=GIVEN,
    kind=GIVEN,
    order=GIVEN,
    changeable=GIVEN,
    id=Whole(_registration),
    status=Whole(_status),
    starts_at=Whole(lambda row: _times(row)[0]),
    ends_at=Whole(lambda row: _times(row)[1]),
    item=_ITEM,
    department_id="exeDeptId",
    room_id="roomId",
    room="roomName",
    address="roomAddress",
    notice="attention",
    application_id="applyMainId",
    online_check_in=Whole(_can_check_in),
)
BOOKED = Shape(
    Appointment,
    card=GIVEN,
    kind=GIVEN,
    status=GIVEN,
    order=GIVEN,
    item=GIVEN,
    starts_at=GIVEN,
    ends_at=GIVEN,
    room_id=GIVEN,
    booking_key=GIVEN,
    id=Whole(_registration),
    notice="notice",
)

_DAYS = Many(ROOM, "data")
_ROOMS = Many(ROOM, "rooms")
_SLOTS = Many(SLOT, "data", "items")
_EXAMINATIONS = Many(EXAMINATION, "data")


def rooms(card: CardRef, order: Ordered) -> Reader[list[ExaminationRoom]]:
    """The rooms of all days in one list; each has its day."""

    def read(body: Mapping[str, Any]) -> list[ExaminationRoom]:
        return [room for row in _DAYS.rows(body) for room in _rooms_of(row, card, order)]

    return Reader(list[ExaminationRoom], read, list, _about(card, order))


def _rooms_of(row: object, card: CardRef, order: Ordered) -> list[ExaminationRoom]:
    if not isinstance(row, Mapping):
        raise ShapeError("data: objects expected")
    try:
        day = convert.day(row.get("date"))
    except ValueError as fault:
        raise ShapeError(f"date: {fault}") from None
    if day is None:
        raise ShapeError("date: missing")
    return _ROOMS.read(row, {"card": card, "order": order, "day": day})


def slots(card: CardRef, order: Ordered, room_id: str, day: dt.date) -> Reader[list[ExaminationSlot]]:
    """The stretches of a room's day; one that has neither name of its own nor both ends cannot be booked."""

    def given(row: Row) -> Mapping[str, object] | None:
        time_id, start, end = (convert.text(row.get(name)) or "" for name in ("planTimeId", "startTime", "endTime"))
        if not time_id and not (start and end):
            return None
        key = PlanKey(
            order_id=order.id,
            room_id=room_id,
            date=day.isoformat(),
            time_id=time_id,
            name=convert.text(row.get("planTimeName")) or "",
            start=start,
            end=end,
        )
        starts_at, ends_at = key.times
        return {"card": card, "id": str(key), "starts_at": starts_at, "ends_at": ends_at}

    return listing_each(_SLOTS, given, (*_about(card, order), room_id, day))


def examinations(card: CardRef, *, changes: bool) -> Reader[list[Appointment]]:
    """Booked examinations; `changes` says whether their times can be changed here at all."""

    def given(row: Row) -> Mapping[str, object]:
        return {
            "card": card,
            "kind": AppointmentKind.EXAMINATION,
            "order": _order(row, card),
            "changeable": changes and convert.flag(row.get("changeFlag")) is True,
        }

    return listing_each(_EXAMINATIONS, given, (*card, changes))


def _order(row: Row, card: CardRef) -> ExaminationOrder | None:
    named = all(any(convert.text(row.get(name)) for name in names) for names in (("orderId",), _ITEM))
    return ORDER.read(row, {"card": card}) if named else None


def checked_in(appointments: Sequence[Appointment]) -> Reader[list[Appointment] | None]:
    """Those of the appointments whose order the answer names; what kind of key it names is told nowhere else."""

    def convert_keys(keys: object) -> list[Appointment]:
        names = {convert.text(key) for key in keys} if isinstance(keys, list) else set()
        return [
            replace(appointment, status=AppointmentStatus.CHECKED_IN, online_check_in=False)
            for appointment in appointments
            if appointment.order is not None and appointment.order.id in names
        ]

    return value(list[Appointment], convert_keys, "data", "successDetailIdList")


def _about(card: CardRef, order: Ordered) -> tuple[Hashable, ...]:
    # Bare tuples: a card does not write itself out whole.
    return (*card, *order)
