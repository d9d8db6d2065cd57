"""Departments, sessions, slots and appointments (document chapters 20, 21, 24 and 42)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.concurrency import together
from connectors.core.readers import done, listing
from connectors.core.shape import Many, One
from connectors.ports import Booking
from connectors.records.base import SHANGHAI, Period
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.scheduling import (
    Appointment,
    AppointmentKind,
    AppointmentStatus,
    Cancellation,
    Department,
    Doctor,
    Schedule,
    Slot,
)
from connectors.regional_wechat.appointments import (
    BOOKED,
    CANCELLATION,
    CONSULTATION,
    person_fields,
    slot_fields,
)
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.examination_keys import CHANGE
from connectors.regional_wechat.examination_shapes import examinations
from connectors.regional_wechat.same_day import SameDay
from connectors.regional_wechat.same_day_keys import cancellable, is_registration
from connectors.regional_wechat.session_keys import DAY_PARTS, BookingKey, SessionKey, SlotKey, compact
from connectors.regional_wechat.sessions import departments, moved, slots, today, topics_of_slots

_DEPARTMENTS_SECONDS = 300
_SLOTS_SECONDS = 5
_APPOINTMENTS_SECONDS = 10


class Scheduling:
    """Implements `connectors.ports.Scheduling`."""

    def __init__(self, regional: Regional, same_day: SameDay) -> None:
        """Take the system, and registration for today, which has the sessions of today."""
        self._regional = regional
        self._same_day = same_day
        self.call = regional.call

    async def departments(self, hospital_id: str) -> list[Department]:
        """Departments that can be booked, the two levels in one list."""
        return await self.departments_on_duty(hospital_id)

    @endpoint("20.1.1")
    async def departments_on_duty(self, hospital_id: str, *, fresh: bool = False) -> list[Department]:
        """Departments that can be registered with today (20.1.1); `fresh` asks past the cache."""
        return await self.call(
            "hospital.interface.todayRegisterGetDepts",
            hospital_id,
            {"hospitalId": self._regional.upstream_id(hospital_id)},
            departments(hospital_id),
            self._regional.read(f"departments {hospital_id}", 0 if fresh else _DEPARTMENTS_SECONDS),
        )

    async def doctors(self, hospital_id: str, department_id: str) -> list[Doctor]:
        """Doctors on duty today, each once; sessions that name no doctor are the department's own."""
        found = await self._same_day.roster(hospital_id, department_id, today())
        by_id: dict[str, Doctor] = {}
        for doctor in found.doctors:
            by_id.setdefault(doctor.id, doctor)
        return list(by_id.values())

    async def schedules(
        self, hospital_id: str, department_id: str, day: dt.date, doctor_id: str | None = None
    ) -> list[Schedule]:
        """Sessions on a day.

        The document has no list of sessions for other days: the doctors on duty today stand for them. What is still
        free is told for today only; the slots of the day say whether a session takes place.
        """
        now = today()
        found = (await self._same_day.roster(hospital_id, department_id, now)).schedules
        wanted = [session for session in found if doctor_id is None or session.doctor_id == doctor_id]
        return wanted if day == now else [moved(session, day) for session in wanted]

    async def slots(self, hospital_id: str, schedule_id: str) -> list[Slot]:
        """Slots of a session, morning and afternoon; both must answer, half a day is not shown as the whole."""
        session = self._regional.key("21.2.1", SessionKey.parse, schedule_id, ProblemCode.NOT_FOUND)
        halves = await together(
            *(
                self.remaining(hospital_id, session.department_id, session.doctor_id, session.day, half)
                for half in DAY_PARTS
            )
        )
        return [slot for half in halves for slot in half]

    @endpoint("21.2.1")
    async def remaining(
        self, hospital_id: str, department_id: str, doctor_id: str, day: dt.date, half: str
    ) -> list[Slot]:
        """Slots of a doctor in one half of a day, AM or PM (21.2.1)."""
        session = SessionKey(department_id=department_id, doctor_id=doctor_id, date=compact(day))
        return await self.call(
            "hospital.interface.remainApp",
            hospital_id,
            {
                "hosCode": self._hospital_code(hospital_id),
                "deptCode": department_id,
                "docCode": doctor_id,
                "scheduleDate": session.date,
                "amPm": half,
                "hospitalId": self._regional.upstream_id(hospital_id),
            },
            slots(hospital_id, session, half),
            self._regional.read(f"slots {hospital_id}", _SLOTS_SECONDS),
        )

    @endpoint("21.2.2")
    async def book(self, holder: CardHolder, booking: Booking) -> Appointment:
        """Booking of a slot (21.2.2); `recordId` is the booking's key, so the same key again books nothing more."""
        card = holder.card
        slot = self._regional.key("21.2.2", SlotKey.parse, booking.slot_id, ProblemCode.NOT_FOUND)
        return await self.call(
            "hospital.interface.appointmentInfo",
            card.hospital_id,
            {
                **self._booking_fields(holder, booking.key, slot),
                "hisTimeId": slot.time_id or None,
                "arAmt": None if booking.fee is None else convert.in_yuan(booking.fee),
            },
            done(
                One(BOOKED, "data"),
                card,
                id=str(BookingKey(record_id=booking.key, slot=slot)),
                kind=AppointmentKind.CONSULTATION,
                status=AppointmentStatus.BOOKED,
                booking_key=booking.key,
                department_id=slot.session.department_id,
                doctor_id=slot.session.doctor_id or None,
                starts_at=slot.starts_at,
                ends_at=slot.ends_at,
                fee=booking.fee,
                cancellable=True,
            ),
            self._regional.idempotent(booking.key, card, *topics_of_slots(card)),
        )

    async def cancel(self, holder: CardHolder, appointment_id: str) -> Cancellation:
        """Cancel what was booked or registered through this server; others lack the number they are named by."""
        key = self._regional.key
        if is_registration(appointment_id):
            registration = key("20.1.8", cancellable, appointment_id, ProblemCode.NOT_CANCELLABLE)
            return await self._same_day.cancel(holder.card, registration)
        booking = key("21.2.3", BookingKey.parse, appointment_id, ProblemCode.NOT_CANCELLABLE)
        return await self.cancel_booking(holder, booking)

    @endpoint("21.2.3")
    async def cancel_booking(self, holder: CardHolder, key: BookingKey) -> Cancellation:
        """Cancellation of a booking made through this server (21.2.3)."""
        card = holder.card
        return await self.call(
            "hospital.interface.cancelAppointment",
            card.hospital_id,
            self._booking_fields(holder, key.record_id, key.slot),
            done(One(CANCELLATION)),
            self._regional.idempotent(key.record_id, card, *topics_of_slots(card)),
        )

    async def appointments(self, holder: CardHolder, period: Period) -> list[Appointment]:
        """Appointments with doctors and for examinations; both lists must answer."""
        consultations, examinations = await together(self.consultations(holder), self.examinations(holder, period))
        return [found for found in consultations if period.holds(found.starts_at)] + examinations

    @endpoint("42.1.1")
    async def consultations(self, holder: CardHolder) -> list[Appointment]:
        """Appointments with doctors, triaged or not (42.1.1); the interface takes no period."""
        return await self.call(
            "hospital.interface.getAppointmentDoctors",
            holder.card.hospital_id,
            {**self._regional.card_fields(holder), "callerCode": self._regional.options.caller_code},
            listing(Many(CONSULTATION, "data"), holder.card, kind=AppointmentKind.CONSULTATION),
            self._regional.read(holder.card, _APPOINTMENTS_SECONDS),
        )

    @endpoint("24.1.5")
    async def examinations(self, holder: CardHolder, period: Period) -> list[Appointment]:
        """Appointments for examinations (24.1.5), by whole days."""
        return await self.call(
            "hospital.interface.appointment.getScheduleInfo",
            holder.card.hospital_id,
            {
                **self._regional.card_fields(holder),
                "startDate": period.since.astimezone(SHANGHAI).date().isoformat(),
                "endDate": period.until.astimezone(SHANGHAI).date().isoformat(),
            },
            examinations(holder.card, changes=self._regional.is_configured(CHANGE, holder.card.hospital_id)),
            self._regional.read(holder.card, _APPOINTMENTS_SECONDS),
        )

    def _hospital_code(self, hospital_id: str) -> str:
        return self._regional.options.hospital_codes.get(hospital_id) or self._regional.upstream_id(hospital_id)

    def _booking_fields(self, holder: CardHolder, record_id: str, slot: SlotKey) -> Mapping[str, Any]:
        return {
            "hosCode": self._hospital_code(holder.card.hospital_id),
            "hospitalId": self._regional.upstream_id(holder.card.hospital_id),
            "recordId": record_id,
            **slot_fields(slot),
            **person_fields(holder),
        }
