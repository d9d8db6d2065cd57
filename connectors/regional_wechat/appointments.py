"""How the regional HIS writes appointments (document chapters 21 and 42)."""

from typing import Any

from connectors.core import convert
from connectors.core.local_id import pack
from connectors.core.shape import GIVEN, Row, Shape, Whole
from connectors.records.people import CardHolder
from connectors.records.scheduling import Appointment, AppointmentStatus, Cancellation
from connectors.regional_wechat.session_keys import SlotKey

_IDENTITY_CARD = "01"
_HEALTH_CARD = "60"

_TRIAGE_STATES = {"0": AppointmentStatus.BOOKED, "1": AppointmentStatus.CHECKED_IN}

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
