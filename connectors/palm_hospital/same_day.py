"""Registration with a clinic of today: /getDepts, /getSchedules, /registerGetPrice, /registerPre, /register.

The document promises nothing about a registration that is told twice: it is sent once, and a repeat looks for it among
the person's registrations first.
"""

import datetime as dt
from decimal import Decimal

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import DONE, Reader, done, listing, listing_each, value
from connectors.core.shape import Many, One
from connectors.errors import ConnectorError, Refused, Unavailable
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.registrations import Registrations
from connectors.palm_hospital.same_day_shapes import DEPARTMENT_TODAY, REGISTERED, SESSION, TodayKey, registered
from connectors.palm_hospital.words import SETTLEMENT_ID, SOURCE, number, required
from connectors.records.base import SHANGHAI, CardRef
from connectors.records.billing import PaymentMethod
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.same_day import (
    InsuranceSettlement,
    RegistrationReservation,
    RegistrationTerms,
    SameDayOrder,
)
from connectors.records.scheduling import (
    Appointment,
    AppointmentKind,
    AppointmentStatus,
    Department,
    SameDaySession,
    Slot,
)

_DEPARTMENTS_SECONDS = 300
_SESSIONS_SECONDS = 30
# Of the documented states of an order, -4 to 9, the one that says it is paid; what the platform tells goes first.
_PAID_ORDER = '{"status":9}'


class SameDay:
    """Implements `connectors.ports.SameDay`, `DepartmentsToday` and `Reservations`."""

    def __init__(self, palm: Palm, registrations: Registrations) -> None:
        """Take the system, and what counts a person's registrations."""
        self._palm = palm
        self._registrations = registrations
        self.call = palm.call

    @endpoint("/getDepts")
    async def departments(self, hospital_id: str) -> list[Department]:
        """Departments that can be registered with today (/getDepts); the request has no fields."""
        return await self.call(
            "/getDepts",
            hospital_id,
            {},
            listing(Many(DEPARTMENT_TODAY, "depts"), hospital_id=hospital_id),
            self._palm.read(f"departments {hospital_id}", _DEPARTMENTS_SECONDS),
        )

    async def sessions(self, hospital_id: str, department_id: str) -> list[SameDaySession]:
        """Sessions of a department; the rows carry no date: it is today's."""
        return await self.sessions_on(hospital_id, department_id, dt.datetime.now(SHANGHAI).date())

    @endpoint("/getSchedules")
    async def sessions_on(self, hospital_id: str, department_id: str, today: dt.date) -> list[SameDaySession]:
        """Sessions that can be registered with now (/getSchedules), stated for the day that is told."""
        return await self.call(
            "/getSchedules",
            hospital_id,
            {"dept_id": department_id},
            _sessions(hospital_id, today),
            self._palm.read(f"schedules {hospital_id}", _SESSIONS_SECONDS),
        )

    async def slots(self, hospital_id: str, session_id: str) -> list[Slot]:  # noqa: ARG002 # the port's form
        """None: numbers are given out in order here."""
        self._key("/getSchedules", session_id)
        return []

    async def count(self, holder: CardHolder) -> int:
        """How many of the person's registrations are for today."""
        today = dt.datetime.now(SHANGHAI).date()
        found = await self._registrations.registrations(holder)
        return sum(each.visited_at is not None and each.visited_at.date() == today for each in found)

    async def terms(self, holder: CardHolder, session_id: str) -> RegistrationTerms:
        """The fee; no interface says whom a department takes."""
        fee = await self.price(holder.card, self._key("/registerGetPrice", session_id))
        return RegistrationTerms(card=holder.card, admitted=True, fee=fee)

    @endpoint("/registerGetPrice")
    async def price(self, card: CardRef, session: TodayKey) -> Decimal | None:
        """What this person pays (/registerGetPrice); `clinic_id` holds the session's id, the total is a text."""
        return await self.call(
            "/registerGetPrice",
            card.hospital_id,
            {"patient_id": self._palm.patient_id(card), "clinic_id": session.schedule_id, "data_resource": SOURCE},
            value(Decimal, convert.money, "data", "total"),
            self._palm.read(card, 0),
        )

    async def reserve(self, holder: CardHolder, session_id: str, fee: Decimal) -> RegistrationReservation:
        """Tell the hospital that a registration is going to be paid."""
        await self.register_pre(holder.card, self._key("/registerPre", session_id), fee)
        return RegistrationReservation(card=holder.card, session_id=session_id, fee=fee)

    @endpoint("/registerPre")
    async def register_pre(self, card: CardRef, session: TodayKey, fee: Decimal) -> None:
        """Registration before it is paid (/registerPre); the answer says no more than yes."""
        await self.call(
            "/registerPre",
            card.hospital_id,
            {**self._place(card, session), "pay_amount": number(fee)},
            DONE,
            self._palm.once(card, f"schedules {card.hospital_id}"),
        )

    async def register(self, holder: CardHolder, order: SameDayOrder) -> Appointment:
        """Take a number of a session; what the card's balance pays has no field here."""
        session = self._key("/register", order.session_id or "")
        if order.balance_amount or order.method is PaymentMethod.CARD_BALANCE:
            told = "该院当日挂号不支持卡余额支付"
            raise self._palm.refused("/register", ProblemCode.BAD_INPUT, "no field for the card's balance", told)
        known = await self._registered_before(holder, order, session) if order.repeated else None
        if known is not None:
            return known
        await self._check_fee(holder.card, order, session)
        try:
            return await self.to_register(holder.card, order, session)
        except Refused as refusal:
            if await self._is_full(holder.card, session):
                raise self._palm.full(refusal) from None
            raise

    async def _check_fee(self, card: CardRef, order: SameDayOrder, session: TodayKey) -> None:
        """Compare with what the hospital takes: it is not told what was paid, and would register for any amount."""
        fee = await self.price(card, session)
        if fee is not None and fee != order.fee:
            told = "支付金额与挂号费不一致"
            raise self._palm.refused("/registerGetPrice", ProblemCode.AMOUNT_MISMATCH, "not the hospital's price", told)

    async def _is_full(self, card: CardRef, session: TodayKey) -> bool:
        """Whether the hospital says that nothing is left of a session; what it does not say is not made up."""
        try:
            found = await self.sessions(card.hospital_id, session.department_id)
        except ConnectorError:
            return False
        return any(each.id == str(session) and each.remaining == 0 for each in found)

    async def _registered_before(
        self, holder: CardHolder, order: SameDayOrder, session: TodayKey
    ) -> Appointment | None:
        """Find what came of an earlier attempt: a registration of today with the same doctor and department.

        Rows name neither the session nor the payment: one that was there before is taken for it too, since a second
        with the same doctor is the likelier mistake. Who cannot be asked must not be told again: raises Unavailable.
        """
        today = dt.datetime.now(SHANGHAI).date()
        try:
            found = await self._registrations.registrations(holder)
        except Refused as refusal:
            raise Unavailable(system=refusal.system, interface=refusal.interface, detail="no list to look in") from None
        places = [session.department_id, session.doctor_id]
        for each in found:
            if each.visited_at and each.visited_at.date() == today and [each.department_id, each.doctor_id] == places:
                return registered(each, order)
        return None

    @endpoint("/register")
    async def to_register(self, card: CardRef, order: SameDayOrder, session: TodayKey) -> Appointment:
        """Paid registration (/register)."""
        return await self.call(
            "/register",
            card.hospital_id,
            {
                **self._place(card, session),
                "business_no": order.payment_number,
                "business_info": order.platform_info or _PAID_ORDER,
                **(_insured(order.insurance) if order.insurance else {}),
            },
            done(
                One(REGISTERED, "info"),
                card,
                kind=AppointmentKind.CONSULTATION,
                status=AppointmentStatus.BOOKED,
                fee=order.fee,
                booking_key=order.key,
            ),
            self._palm.once(card, f"schedules {card.hospital_id}"),
        )

    def _place(self, card: CardRef, session: TodayKey) -> dict[str, object]:
        return {
            "dept_id": session.department_id,
            "doctor_id": session.doctor_id,
            "scheduling_id": session.schedule_id,
            "patient_id": self._palm.patient_id(card),
        }

    def _key(self, path: str, packed: str) -> TodayKey:
        try:
            return TodayKey.parse(packed)
        except ValueError:
            raise self._palm.refused(path, ProblemCode.NOT_FOUND, "not a key of ours") from None


def _sessions(hospital_id: str, today: dt.date) -> Reader[list[SameDaySession]]:
    return listing_each(
        Many(SESSION, "schedules"),
        lambda row: {
            "id": str(
                TodayKey(
                    schedule_id=required(row.get("id")),
                    department_id=required(row.get("dept_id")),
                    doctor_id=required(row.get("doctor_id")),
                )
            ),
            "hospital_id": hospital_id,
            "day": today,
        },
        f"{hospital_id} {today}",
    )


def _insured(settlement: InsuranceSettlement) -> dict[str, object]:
    """The four fields that come together."""
    return {
        SETTLEMENT_ID: settlement.number,
        "insurance_pay": convert.in_yuan(settlement.fund_amount),
        "account_pay": convert.in_yuan(settlement.account_amount),
        "patient_type_id": settlement.patient_category,
    }
