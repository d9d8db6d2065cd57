"""Departments, sessions and slots: /get_dept, /get_doctor, /get_dt, /get_schedule, /get_time.

Appointments: /new, /query, /cancel.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import done, listing
from connectors.core.shape import Many, One
from connectors.errors import ConnectorError, Refused, Unavailable
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.same_day_shapes import is_registration
from connectors.palm_hospital.sessions import (
    APPOINTMENT,
    BOOKABLE_DAY,
    BOOKED,
    CANCELLATION,
    DEPARTMENT,
    DOCTOR,
    SessionKey,
    SlotKey,
    schedules,
    slots,
)
from connectors.palm_hospital.words import NO_MESSAGE, SOURCE, USER, WORDS_OF_GENDER
from connectors.ports import Booking
from connectors.records.base import CardRef, Period
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.scheduling import (
    Appointment,
    AppointmentKind,
    AppointmentStatus,
    BookableDay,
    Cancellation,
    Department,
    Doctor,
    Schedule,
    Slot,
)

K = TypeVar("K")

_ALL_DOCTORS = "all"
_STANDING = frozenset({AppointmentStatus.PENDING, AppointmentStatus.BOOKED})

_DEPARTMENTS_SECONDS = 300
_SCHEDULES_SECONDS = 60
_SLOTS_SECONDS = 5
_APPOINTMENTS_SECONDS = 10


class Scheduling:
    """Implements `connectors.ports.Scheduling`."""

    def __init__(self, palm: Palm) -> None:
        """Take the system."""
        self._palm = palm
        self.call = palm.call

    @endpoint("/get_dept")
    async def departments(self, hospital_id: str) -> list[Department]:
        """Departments that can be booked (/get_dept); the request has no fields."""
        return await self.call(
            "/get_dept",
            hospital_id,
            {},
            listing(Many(DEPARTMENT, "DATA"), hospital_id=hospital_id),
            self._palm.read(_departments_topic(hospital_id), _DEPARTMENTS_SECONDS),
        )

    @endpoint("/get_doctor")
    async def doctors(self, hospital_id: str, department_id: str) -> list[Doctor]:
        """Doctors of a department (/get_doctor)."""
        return await self.call(
            "/get_doctor",
            hospital_id,
            {"DEPT_ID": department_id},
            listing(Many(DOCTOR, "DATA"), hospital_id=hospital_id, department_id=department_id),
            self._palm.read(_departments_topic(hospital_id), _DEPARTMENTS_SECONDS),
        )

    @endpoint("/get_dt")
    async def bookable_days(self, hospital_id: str, department_id: str) -> list[BookableDay]:
        """Days that a department can be booked for (/get_dt)."""
        return await self.call(
            "/get_dt",
            hospital_id,
            {"DEPT_ID": department_id},
            listing(Many(BOOKABLE_DAY, "DATA")),
            self._palm.read(_schedules_topic(hospital_id), _SCHEDULES_SECONDS),
        )

    @endpoint("/get_schedule")
    async def schedules(
        self, hospital_id: str, department_id: str, day: dt.date, doctor_id: str | None = None
    ) -> list[Schedule]:
        """Sessions of a department on a day (/get_schedule)."""
        return await self.call(
            "/get_schedule",
            hospital_id,
            {
                "DEPT_ID": department_id,
                "DT": day.isoformat(),
                "DOCTOR_ID": doctor_id or _ALL_DOCTORS,
                "DATA_SOURCE": SOURCE,
            },
            schedules(hospital_id, day, doctor_id),
            self._palm.read(_schedules_topic(hospital_id), _SCHEDULES_SECONDS),
        )

    @endpoint("/get_time")
    async def slots(self, hospital_id: str, schedule_id: str) -> list[Slot]:
        """Slots of a session (/get_time)."""
        session = self._key("/get_time", SessionKey.parse, schedule_id)
        return await self.call(
            "/get_time",
            hospital_id,
            {"SCHEDULE_ID": session.schedule_id, "DATA_SOURCE": SOURCE},
            slots(hospital_id, session),
            self._palm.read(_slots_topic(hospital_id), _SLOTS_SECONDS),
        )

    async def book(self, holder: CardHolder, booking: Booking) -> Appointment:
        """Book a slot, or find what an earlier attempt booked; after a refusal see whether the slot is full."""
        known = await self._booked_before(holder, booking) if booking.repeated else None
        if known is not None:
            return known
        try:
            return await self.new(holder, booking)
        except Refused as refusal:
            if refusal.code is ProblemCode.REFUSED_BY_HOSPITAL and await self._is_full(holder.card, booking.slot_id):
                raise self._palm.full(refusal) from None
            raise

    @endpoint("/new")
    async def new(self, holder: CardHolder, booking: Booking) -> Appointment:
        """Booking of a slot for a person with a card (/new).

        The document has no field for a business key: the remark carries it for people to find, and the call is sent
        once.
        """
        card = holder.card
        slot = self._key("/new", SlotKey.parse, booking.slot_id)
        starts_at, ends_at = slot.stretch
        return await self.call(
            "/new",
            card.hospital_id,
            {
                "USER_DEPT_ID": USER,
                "USER_ID": USER,
                "SCHEDULE_ID": slot.session.schedule_id,
                "TIME_ID": slot.time_id,
                "ACCOUNT_ID": booking.account,
                "PATIENT_ID": self._palm.patient_id(card),
                "SEX": WORDS_OF_GENDER[holder.gender],
                "DATA_SOURCE": SOURCE,
                "REMARK": booking.key,
            },
            done(
                One(BOOKED),
                card,
                kind=AppointmentKind.CONSULTATION,
                status=AppointmentStatus.BOOKED,
                booking_key=booking.key,
                department_id=slot.session.department_id,
                doctor_id=slot.session.doctor_id or None,
                starts_at=starts_at,
                ends_at=ends_at,
                fee=booking.fee,
                cancellable=True,
            ),
            self._palm.once(*_stale(card)),
        )

    @endpoint("/query", variant="appointments")
    async def appointments(self, holder: CardHolder, period: Period) -> list[Appointment]:
        """Appointments of a person (/query)."""
        return await self.call(
            "/query",
            holder.card.hospital_id,
            {
                "PATIENT_ID": self._palm.patient_id(holder.card),
                "START_TIME": convert.in_shanghai(period.since),
                "END_TIME": convert.in_shanghai(period.until),
                "DATA_SOURCE": SOURCE,
            },
            listing(Many(APPOINTMENT, "DATA"), holder.card, kind=AppointmentKind.CONSULTATION),
            self._palm.read(holder.card, _APPOINTMENTS_SECONDS),
        )

    @endpoint("/cancel")
    async def cancel(self, holder: CardHolder, appointment_id: str) -> Cancellation:
        """Cancellation of an appointment (/cancel), named by its own id and therefore safe to send again."""
        if is_registration(appointment_id):
            told = "当日挂号请到窗口退号"
            raise self._palm.refused("/cancel", ProblemCode.NOT_CANCELLABLE, "no interface cancels these", told)
        return await self.call(
            "/cancel",
            holder.card.hospital_id,
            {
                "APPT_ID": appointment_id,
                "SEND_SMS": NO_MESSAGE,
                "USER_ID": USER,
                "USER_DEPT_ID": USER,
                "DATA_SOURCE": SOURCE,
            },
            done(One(CANCELLATION)),
            self._palm.idempotent(appointment_id, *_stale(holder.card)),
        )

    async def _booked_before(self, holder: CardHolder, booking: Booking) -> Appointment | None:
        """Find an appointment of the person at the time and place of the slot: rows do not repeat the business key.

        Who cannot be asked must not be told again: raises Unavailable.
        """
        slot = self._key("/new", SlotKey.parse, booking.slot_id)
        session, (starts_at, _) = slot.session, slot.stretch
        day = Period(convert.clock_on(session.day, "00:00"), convert.clock_on(session.day, "23:59"))
        try:
            found = await self.appointments(holder, day)
        except Refused as refusal:
            raise Unavailable(system=refusal.system, interface=refusal.interface, detail="no list to look in") from None
        wanted = (session.department_id, session.doctor_id or None, starts_at)
        for each in found:
            if each.status in _STANDING and (each.department_id, each.doctor_id, each.starts_at) == wanted:
                return replace(each, booking_key=booking.key)
        return None

    async def _is_full(self, card: CardRef, slot_id: str) -> bool:
        """Whether the hospital says that nothing is left of a slot; what it does not say is not made up."""
        session = SlotKey.parse(slot_id).session
        try:
            found = await self.slots(card.hospital_id, str(session))
        except ConnectorError:
            return False
        return any(slot.id == slot_id and slot.remaining == 0 for slot in found)

    def _key(self, path: str, parse: Callable[[str], K], key: str) -> K:
        try:
            return parse(key)
        except ValueError:
            raise self._palm.refused(path, ProblemCode.NOT_FOUND, "not a key of ours") from None


def _departments_topic(hospital_id: str) -> str:
    return f"departments {hospital_id}"


def _schedules_topic(hospital_id: str) -> str:
    return f"schedules {hospital_id}"


def _slots_topic(hospital_id: str) -> str:
    return f"slots {hospital_id}"


def _stale(card: CardRef) -> tuple[CardRef, str, str]:
    return card, _schedules_topic(card.hospital_id), _slots_topic(card.hospital_id)
