"""Registration with a clinic of today (document chapter 20)."""

import datetime as dt
from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import TypeVar

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.concurrency import together
from connectors.core.readers import DONE, done, value
from connectors.core.shape import One
from connectors.errors import Denied, Refused
from connectors.records.base import CardRef
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.same_day import RegistrationReceipt, RegistrationTerms, SameDayOrder
from connectors.records.scheduling import (
    Appointment,
    AppointmentKind,
    AppointmentStatus,
    Cancellation,
    Roster,
    SameDaySession,
    Slot,
)
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.same_day_keys import RegistrationKey, TodayKey, TodaySlotKey
from connectors.regional_wechat.same_day_shapes import CANCELLATION, RECEIPT, TELLING_WHY, free_slots
from connectors.regional_wechat.sessions import roster, today, topics_of_slots
from connectors.regional_wechat.words import WORDS_OF_PAYMENT_METHOD

K = TypeVar("K")
T = TypeVar("T")

_ROSTER_SECONDS = 60
_SLOTS_SECONDS = 5
_PAID = "1"
# Refusals that say nothing of the person: the request is at fault, or comes too early.
_NOT_OF_THE_PERSON = frozenset({ProblemCode.BAD_INPUT, ProblemCode.IN_PROGRESS})


class SameDay:
    """Implements `connectors.ports.SameDay`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    async def sessions(self, hospital_id: str, department_id: str) -> list[SameDaySession]:
        """Sessions of a department that can be registered with today."""
        return (await self.roster(hospital_id, department_id, today())).same_day

    @endpoint("20.1.2")
    async def roster(self, hospital_id: str, department_id: str, today: dt.date) -> Roster:
        """Sessions of a department that can be registered with today, and their doctors (20.1.2).

        The rows carry no date: `today` is the day they are stated for.
        """
        return await self.call(
            "hospital.interface.todayRegisterGetDoctors",
            hospital_id,
            {"departmentId": department_id, "hospitalId": self._regional.upstream_id(hospital_id)},
            roster(hospital_id, today),
            self._regional.read(f"schedules {hospital_id}", _ROSTER_SECONDS),
        )

    async def slots(self, hospital_id: str, session_id: str) -> list[Slot]:
        """Slots of a session of today; a hospital without a limit of numbers has none."""
        session = self._key("20.1.3", TodayKey.parse, session_id)
        return await self.free_slots(hospital_id, session)

    @endpoint("20.1.3")
    async def free_slots(self, hospital_id: str, session: TodayKey) -> list[Slot]:
        """Slots of a session of today that are still free (20.1.3)."""
        return await self.call(
            "hospital.interface.todayRegisterGetRemain",
            hospital_id,
            {
                "hospitalId": self._regional.upstream_id(hospital_id),
                "departmentId": session.department_id,
                "doctorId": session.doctor_id or None,
                "regClassId": session.clinic_id,
            },
            free_slots(hospital_id, session),
            self._regional.read(f"slots {hospital_id}", _SLOTS_SECONDS),
        )

    async def count(self, holder: CardHolder) -> int:
        """How many times the person registered today; a hospital that tells nothing knows of none."""
        return await self.registrations_today(holder) or 0

    @endpoint("20.1.4")
    async def registrations_today(self, holder: CardHolder) -> int | None:
        """How many times a person registered today (20.1.4), a bare number."""
        return await self.call(
            "hospital.interface.todayRegisterCounts",
            holder.card.hospital_id,
            self._regional.card_fields(holder),
            value(int, convert.integer, "data"),
            self._regional.read(holder.card, 0),
        )

    async def terms(self, holder: CardHolder, session_id: str) -> RegistrationTerms:
        """Whether the person is admitted and at what fee; a hospital need not offer either question."""
        session = self._key("20.1.5", TodayKey.parse, session_id)
        refusal, fee = await together(
            self._refusal(holder, session), _unless_closed(lambda: self.reduced_fee(holder.card, session))
        )
        return RegistrationTerms(
            card=holder.card,
            admitted=refusal is None,
            refusal=None if refusal is None else refusal.patient_message,
            fee=fee,
        )

    async def _refusal(self, holder: CardHolder, session: TodayKey) -> Refused | None:
        try:
            await _unless_closed(lambda: self.department_limit(holder, session.department_id))
        except Refused as refusal:
            if refusal.code in _NOT_OF_THE_PERSON:
                raise
            return refusal
        return None

    @endpoint("20.1.5")
    async def department_limit(self, holder: CardHolder, department_id: str) -> None:
        """Whether a department takes the person (20.1.5): refused with the reason, or nothing."""
        return await self.call(
            "hospital.interface.todayRegisterGetDeptLimit",
            holder.card.hospital_id,
            {**self._regional.card_fields(holder), "departmentId": department_id},
            DONE,
            self._regional.read(holder.card, 0),
            envelope=TELLING_WHY,
        )

    @endpoint("20.1.6")
    async def reduced_fee(self, card: CardRef, session: TodayKey) -> Decimal | None:
        """What this person pays for a session (20.1.6), a bare amount; `opType` is the kind of clinic."""
        return await self.call(
            "hospital.interface.todayRegisterGetDiscount",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "medicalCardNumber": card.number,
                "departmentId": session.department_id,
                "doctorId": session.doctor_id or None,
                "opType": session.clinic_id,
            },
            value(Decimal, convert.money, "data"),
            self._regional.read(card, 0),
        )

    async def register(self, holder: CardHolder, order: SameDayOrder) -> Appointment:
        """Take a number: of a slot, or of a session that has none."""
        slot = self._key("20.1.7", TodaySlotKey.parse, order.slot_id) if order.slot_id else None
        session = slot.session if slot else self._key("20.1.7", TodayKey.parse, order.session_id or "")
        receipt = await self.to_register(holder, order, session, slot)
        key = RegistrationKey(
            record_id=order.key,
            registration_number=receipt.registration_number or "",
            department_id=session.department_id,
            doctor_id=session.doctor_id,
        )
        return Appointment(
            id=str(key),
            card=holder.card,
            kind=AppointmentKind.CONSULTATION,
            status=AppointmentStatus.BOOKED,
            starts_at=slot.starts_at if slot else None,
            ends_at=slot.ends_at if slot else None,
            department_id=session.department_id,
            department_name=session.department_name or None,
            doctor_id=session.doctor_id or None,
            doctor_name=session.doctor_name or None,
            fee=order.fee,
            registration_number=receipt.registration_number,
            payment_reference=receipt.payment_reference,
            # The hospital's number names it when it is cancelled.
            cancellable=receipt.registration_number is not None,
            booking_key=order.key,
        )

    @endpoint("20.1.7")
    async def to_register(
        self, holder: CardHolder, order: SameDayOrder, session: TodayKey, slot: TodaySlotKey | None = None
    ) -> RegistrationReceipt:
        """A paid registration (20.1.7); `registrationFee` is net of the card balance."""
        card = holder.card
        return await self.call(
            "hospital.interface.todayRegisterToRegister",
            card.hospital_id,
            {
                **self._regional.card_fields(holder),
                "todayRegisterId": order.key,
                "patientName": holder.name,
                "departmentId": session.department_id,
                "departmentName": session.department_name,
                "doctorId": session.doctor_id or None,
                "doctorName": session.doctor_name or None,
                "registrationFee": convert.in_yuan(order.fee - order.balance_amount),
                "registrationDate": session.day.isoformat(),
                "payId": order.payment_number,
                "payState": _PAID,
                "payType": WORDS_OF_PAYMENT_METHOD[order.method],
                "regClassName": session.clinic or None,
                "regClassId": session.clinic_id,
                "scheduleType": session.timing,
                **(_slot_fields(slot) if slot else {}),
                "external": order.platform_info or None,
                "balancePayment": convert.in_yuan(order.balance_amount),
            },
            done(One(RECEIPT, "data")),
            self._regional.idempotent(order.key, card, *topics_of_slots(card)),
        )

    @endpoint("20.1.8")
    async def cancel(self, card: CardRef, registration: RegistrationKey) -> Cancellation:
        """Cancellation of a registration made through this server (20.1.8)."""
        return await self.call(
            "hospital.interface.todayRegisterCancleRegister",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "todayRegisterId": registration.record_id,
                "hisRegistrationId": registration.registration_number,
            },
            done(One(CANCELLATION, "data")),
            self._regional.idempotent(registration.record_id, card, *topics_of_slots(card)),
        )

    def _key(self, interface: str, parse: Callable[[str], K], key: str) -> K:
        return self._regional.key(interface, parse, key, ProblemCode.NOT_FOUND)


async def _unless_closed(ask: Callable[[], Awaitable[T]]) -> T | None:
    """Ask a question that a hospital need not offer; None where it does not."""
    try:
        return await ask()
    except Denied as denied:
        if denied.code is ProblemCode.UNSUPPORTED_BY_HOSPITAL:
            return None
        raise


def _slot_fields(slot: TodaySlotKey) -> dict[str, str | None]:
    return {
        "sequence": slot.sequence or None,
        "registerTime": slot.start,
        "amPm": slot.half or None,
        "serialNumber": slot.number or None,
        "timeCode": slot.time_code or None,
    }
