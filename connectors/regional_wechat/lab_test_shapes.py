"""How the regional HIS writes laboratory tests that people order themselves (document chapter 33)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from connectors.core import convert
from connectors.core.readers import Reader, done, listing_each
from connectors.core.shape import GIVEN, Many, One, Row, Shape, ShapeError
from connectors.records.base import CardRef
from connectors.records.lab_tests import LabNumbering, LabSession, LabSlot, LabTest
from connectors.records.scheduling import Appointment, AppointmentKind, AppointmentStatus, DayPart
from connectors.regional_wechat.lab_test_keys import LabBookingKey, LabReservationKey, LabSessionKey, LabSlotKey

_NUMBERING = {
    "1": LabNumbering.SINGLE,
    "2": LabNumbering.STRETCH,
    "3": LabNumbering.HALF_DAY,
    "4": LabNumbering.UNLIMITED,
}
# The codes of half days are each hospital's own; the words are not.
_DAY_PARTS = {"上午": DayPart.MORNING, "下午": DayPart.AFTERNOON, "晚上": DayPart.NIGHT, "全天": DayPart.ALL_DAY}
_numbering = convert.one_of(_NUMBERING, LabNumbering.UNKNOWN)

LAB_SESSION = Shape(
    LabSession,
    id=GIVEN,
    hospital_id=GIVEN,
    day="workDate",
    day_part=("shiftName", convert.one_of(_DAY_PARTS, DayPart.UNKNOWN)),
    numbering=("scheduleType", _numbering),
    capacity="sourceNumber",
    remaining="currentNumber",
)
LAB_TEST = Shape(
    LabTest,
    hospital_id=GIVEN,
    sessions=GIVEN,
    id="projectId",
    name="projectName",
    price="projectPrice",
    consultation_fee="inspectingPrice",
    diagnosis="diagnoseName",
    ordered_by_id="billDocSysId",
)
LAB_SLOT = Shape(LabSlot, id=GIVEN, hospital_id=GIVEN, starts_at=GIVEN, ends_at=GIVEN, remaining="remainNum")
PAID = Shape(
    Appointment,
    card=GIVEN,
    kind=GIVEN,
    status=GIVEN,
    starts_at=GIVEN,
    ends_at=GIVEN,
    item=GIVEN,
    fee=GIVEN,
    booking_key=GIVEN,
    id="hosRecordId",
    notice="tips",
)

_TESTS = Many(LAB_TEST, "data")
_SESSIONS = Many(LAB_SESSION, "scheduleList")
_SLOTS = Many(LAB_SLOT, "data")


def tests(hospital_id: str) -> Reader[list[LabTest]]:
    """The tests; a session's key has that of its test."""

    def given(row: Row) -> Mapping[str, object]:
        test_id = convert.text(row.get("projectId")) or ""
        sessions = _SESSIONS.read_each(row, lambda below: _named(below, test_id, hospital_id))
        return {"hospital_id": hospital_id, "sessions": sessions}

    return listing_each(_TESTS, given, hospital_id)


def _named(row: Row, test_id: str, hospital_id: str) -> Mapping[str, object]:
    day = convert.day(row.get("workDate"))
    key = LabSessionKey(
        test_id=test_id,
        session_id=convert.text(row.get("schedulingId")) or "",
        date=day.isoformat() if day else "",
        unlimited=_numbering(row.get("scheduleType")) is LabNumbering.UNLIMITED,
    )
    return {"hospital_id": hospital_id, "id": str(key)}


def slots(hospital_id: str, session: LabSessionKey) -> Reader[list[LabSlot]]:
    """The numbers of a session, each once: the document's own example has one twice."""

    def given(row: Row) -> Mapping[str, object]:
        key = LabSlotKey(
            session=session,
            source_id=convert.text(row.get("sourceId")) or "",
            start=convert.text(row.get("startTime")) or "",
            end=convert.text(row.get("endTime")) or "",
        )
        return {"hospital_id": hospital_id, "id": str(key), "starts_at": key.starts_at, "ends_at": key.ends_at}

    every = listing_each(_SLOTS, given, (hospital_id, str(session)))

    def read(body: Mapping[str, Any]) -> list[LabSlot]:
        return list({slot.id: slot for slot in every.read(body)}.values())

    return Reader(every.kind, read, list, every.about)


def reserved(
    card: CardRef, slot: LabSlotKey, *, record_id: str, fee: Decimal, item: str, pay_before: dt.datetime
) -> Reader[Appointment]:
    """What is kept free; where it is no number, the HIS tells the time (`timePoint`)."""

    def made(told: str | None) -> Appointment:
        timed = slot if slot.source_id else replace(slot, start=told or "")
        return Appointment(
            id=str(LabReservationKey(record_id=record_id, fee=fee, slot=timed)),
            card=card,
            kind=AppointmentKind.LAB_TEST,
            status=AppointmentStatus.PENDING,
            starts_at=timed.starts_at,
            ends_at=timed.ends_at,
            item=item,
            fee=fee,
            pay_before=pay_before,
            booking_key=record_id,
        )

    def read(body: Mapping[str, Any]) -> Appointment:
        data = body.get("data")
        try:
            return made(convert.text(data.get("timePoint")) if isinstance(data, Mapping) else None)
        except ValueError as fault:
            raise ShapeError(f"data.timePoint: {fault}") from None

    return Reader(Appointment, read, lambda: made(None))


def booked(card: CardRef, number: str, **known: object) -> Reader[Appointment]:
    """A test that was paid under this number; both its keys are asked for when it is cancelled."""
    answer = done(One(PAID, "data"), card, kind=AppointmentKind.LAB_TEST, status=AppointmentStatus.BOOKED, **known)

    def read(body: Mapping[str, Any]) -> Appointment:
        found = answer.read(body)
        return replace(found, id=str(LabBookingKey(record_id=found.id, payment_number=number)))

    return Reader(answer.kind, read, answer.nothing)
