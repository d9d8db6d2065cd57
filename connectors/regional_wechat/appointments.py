"""How the regional HIS writes appointments (document chapters 21, 24 and 42)."""

import datetime as dt
from typing import Any

from connectors.core import convert
from connectors.core.local_id import pack
from connectors.core.shape import GIVEN, Row, Shape, Whole
from connectors.records.people import CardHolder
from connectors.records.scheduling import Appointment, AppointmentStatus, Cancellation
from connectors.regional_wechat.session_keys import SlotKey

_IDENTITY_CARD = "01"
_HEALTH_CARD = "60"

_EXAMINATION_CODES = {
    "0": AppointmentStatus.BOOKED,
    "1": AppointmentStatus.CANCELLED,
    "3": AppointmentStatus.FULFILLED,
    "4": AppointmentStatus.MISSED,
    "5": AppointmentStatus.SUSPENDED,
    "6": AppointmentStatus.SUBSTITUTED,
    "7": AppointmentStatus.CHECKED_IN,
}
_EXAMINATION_WORDS = {
    "已预约": AppointmentStatus.BOOKED,
    "取消预约": AppointmentStatus.CANCELLED,
    "已取消": AppointmentStatus.CANCELLED,
    "已就诊": AppointmentStatus.FULFILLED,
    "爽约": AppointmentStatus.MISSED,
    "停诊": AppointmentStatus.SUSPENDED,
    "替诊": AppointmentStatus.SUBSTITUTED,
    "已登记": AppointmentStatus.CHECKED_IN,
}
_TRIAGE_STATES = {"0": AppointmentStatus.BOOKED, "1": AppointmentStatus.CHECKED_IN}

_by_code = convert.one_of(_EXAMINATION_CODES, AppointmentStatus.UNKNOWN)
_by_words = convert.one_of(_EXAMINATION_WORDS, AppointmentStatus.UNKNOWN)


def _examination_status(row: Row) -> AppointmentStatus:
    """The words win: the codes were renumbered in 1.6.49, and the document's own example still has the old ones."""
    said = _by_words(row.get("statusDes"))
    return _by_code(row.get("status")) if said is AppointmentStatus.UNKNOWN else said


def _examination_times(row: Row) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Read "11:30-12:00" on the chosen day; a free text of the hospital's leaves the bare day."""
    day = convert.day(row.get("selectedDate"))
    if day is None:
        return None, None
    try:
        start, _, end = (convert.text(row.get("planTimeName")) or "").partition("-")
        return convert.clock_on(day, start), convert.clock_on(day, end) if end else None
    except ValueError:
        return convert.clock_on(day, "00:00"), None


EXAMINATION = Shape(
    Appointment,
    card=GIVEN,
    kind=GIVEN,
    id=Whole(lambda row: pack("examination", _required(row, "regId"))),
    status=Whole(_examination_status),
    starts_at=Whole(lambda row: _examination_times(row)[0]),
    ends_at=Whole(lambda row: _examination_times(row)[1]),
    item=("orderName", "orderName "),
    room="roomName",
    address="roomAddress",
    notice="attention",
)
CONSULTATION = Shape(
    Appointment,
    card=GIVEN,
    kind=GIVEN,
    id=Whole(
        lambda row: pack(
            "listed",
            *(convert.text(row.get(name)) for name in ("deptId", "doctorId")),
            _required(row, "appointmentTime"),
        )
    ),
    status=("triageState", convert.one_of(_TRIAGE_STATES, AppointmentStatus.UNKNOWN)),
    starts_at="appointmentTime",
    department_id="deptId",
    department_name="deptName",
    doctor_id="doctorId",
    doctor_name="doctorName",
    room="roomName",
)
BOOKED = Shape(
    Appointment,
    card=GIVEN,
    kind=GIVEN,
    status=GIVEN,
    id=GIVEN,
    booking_key=GIVEN,
    department_id=GIVEN,
    doctor_id=GIVEN,
    starts_at=GIVEN,
    ends_at=GIVEN,
    fee=GIVEN,
    cancellable=GIVEN,
    queue_number="sn",
    code="appointmentCode",
)
CANCELLATION = Shape(Cancellation, refund_number="refundNo")


def _required(row: Row, name: str) -> str:
    found = convert.text(row.get(name))
    if found is None:
        raise ValueError("missing")
    return found


def slot_fields(slot: SlotKey) -> dict[str, Any]:
    """The slot as booking and cancelling name it."""
    return {
        "deptCode": slot.session.department_id,
        "docCode": slot.session.doctor_id,
        "date": slot.session.date,
        "amPm": slot.half,
        "startTime": slot.start,
        "endTime": slot.end or None,
    }


def person_fields(holder: CardHolder) -> dict[str, Any]:
    """The person as booking and cancelling name them: by identity number, else by the card itself."""
    return {
        "patientName": holder.name,
        "medicalCard": holder.card.number,
        "patientId": holder.identity_number or holder.card.number,
        "type": _IDENTITY_CARD if holder.identity_number else _HEALTH_CARD,
        "patientPhone": holder.phone,
    }
