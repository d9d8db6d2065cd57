"""Numbers of the queues of today, for those who have booked: /offerNumber, and what /query tells of the appointment.

The document does not say what a second call does. So the appointment is looked at before each, and after a refusal: a
number that was taken by a call whose answer was lost is told, not taken again.
"""

import datetime as dt
from dataclasses import dataclass, replace

from connectors.core.claims import endpoint
from connectors.core.readers import done, single
from connectors.core.shape import GIVEN, One, Shape
from connectors.errors import Refused
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.same_day_shapes import is_registration
from connectors.palm_hospital.sessions import APPOINTMENT
from connectors.palm_hospital.words import SOURCE
from connectors.records.base import SHANGHAI, CardRef
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.scheduling import Appointment, AppointmentKind, AppointmentStatus

# Who is further than that had a number, too.
_COLLECTED = frozenset({AppointmentStatus.COLLECTED, AppointmentStatus.CHECKED_IN, AppointmentStatus.FULFILLED})


@dataclass(kw_only=True, slots=True)
class HeldAppointment:
    """An appointment and whose it is, where the hospital says so."""

    card: CardRef
    kind: AppointmentKind
    patient_id: str | None = None
    appointment: Appointment


@dataclass(kw_only=True, slots=True)
class QueueNumber:
    """A place in a queue of today, and where the queue is."""

    number: str
    department_id: str | None = None
    department_name: str | None = None
    doctor_id: str | None = None
    doctor_name: str | None = None
    campus_name: str | None = None


HELD = Shape(HeldAppointment, card=GIVEN, kind=GIVEN, patient_id="PATIENT_ID", appointment=One(APPOINTMENT))
NUMBER = Shape(
    QueueNumber,
    number="queue_no",
    department_id="dept_id",
    department_name="dept_name",
    doctor_id="doctor_id",
    doctor_name="doctor_name",
    campus_name="hospital_name",
)


class QueueNumbers:
    """Implements `connectors.ports.NumberCollection`."""

    def __init__(self, palm: Palm) -> None:
        """Take the system."""
        self._palm = palm
        self.call = palm.call

    async def collect_number(self, holder: CardHolder, appointment_id: str, today: dt.date) -> Appointment:
        """Take the number of a booked appointment of today; whether the fee must be paid first, the hospital says."""
        card = holder.card
        if is_registration(appointment_id):
            raise self._refused("a registration has its number", "当日挂号无需取号")
        appointment = await self._own(card, appointment_id)
        if appointment.status in _COLLECTED:
            return appointment
        if appointment.status is not AppointmentStatus.BOOKED or _day(appointment) != today:
            raise self._refused("not booked for today", "仅可为当日已预约的号取号")
        try:
            number = await self.offer_number(card, appointment_id)
        except Refused:
            # Perhaps since an earlier call took it, whose answer was lost.
            found = await self._own(card, appointment_id)
            if found.status in _COLLECTED:
                return found
            raise
        return _collected(appointment, number)

    @endpoint("/query", variant="before a number is taken")
    async def held(self, card: CardRef, appointment_id: str) -> HeldAppointment | None:
        """An appointment (/query by its id). Never kept: what is done depends on its state."""
        return await self.call(
            "/query",
            card.hospital_id,
            {"APPT_ID": appointment_id, "DATA_SOURCE": SOURCE},
            single(One(HELD, "DATA"), card, kind=AppointmentKind.CONSULTATION),
            self._palm.read(card, 0),
        )

    @endpoint("/offerNumber")
    async def offer_number(self, card: CardRef, appointment_id: str) -> QueueNumber:
        """Number of an appointment (/offerNumber)."""
        return await self.call(
            "/offerNumber",
            card.hospital_id,
            {"appointment_id": appointment_id, "patient_id": self._palm.patient_id(card)},
            done(One(NUMBER, "queue")),
            self._palm.once(card),
        )

    async def _own(self, card: CardRef, appointment_id: str) -> Appointment:
        held = await self.held(card, appointment_id)
        if held is None or held.patient_id not in (None, self._palm.patient_id(card)):
            raise self._palm.refused("/query", ProblemCode.APPOINTMENT_UNKNOWN, "no such appointment of this person")
        return held.appointment

    def _refused(self, detail: str, told: str) -> Refused:
        return self._palm.refused("/offerNumber", ProblemCode.APPOINTMENT_UNKNOWN, detail, told)


def _day(appointment: Appointment) -> dt.date | None:
    return None if appointment.starts_at is None else appointment.starts_at.astimezone(SHANGHAI).date()


def _collected(appointment: Appointment, number: QueueNumber) -> Appointment:
    """The appointment as it is now: where the queue is may have changed since it was booked."""
    return replace(
        appointment,
        status=AppointmentStatus.COLLECTED,
        queue_number=number.number,
        department_id=number.department_id or appointment.department_id,
        department_name=number.department_name or appointment.department_name,
        doctor_id=number.doctor_id or appointment.doctor_id,
        doctor_name=number.doctor_name or appointment.doctor_name,
        address=number.campus_name or appointment.address,
        cancellable=False,
    )
