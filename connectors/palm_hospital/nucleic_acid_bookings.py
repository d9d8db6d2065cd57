"""Nucleic-acid tests that people book.

Where and when: /hospital/area/list, /date/list, /type/list, /appointment/language/get. What was booked:
/appointment/info/get2, /appointment/info/get, /appointment/result/get. Writes: /appointment/pre, /appointment/cancel.
"""

import datetime as dt
from decimal import Decimal

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import done, listing, single
from connectors.core.shape import Many, One
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.nucleic_acid_shapes import (
    BOOKED,
    CANCELLED,
    DAY,
    DETAIL,
    DOCUMENTS,
    LANGUAGE,
    PAY_WAYS,
    RESULTS,
    SITE,
    SlotKey,
    appointments,
    sessions,
    times,
)
from connectors.palm_hospital.words import SOURCE, WORDS_OF_GENDER
from connectors.records.base import CardRef
from connectors.records.billing import PaymentMethod
from connectors.records.nucleic_acid_booking import (
    NucleicAcidTestAppointment,
    NucleicAcidTestDay,
    NucleicAcidTestOrder,
    NucleicAcidTestSession,
    NucleicAcidTestSite,
    NucleicAcidTestWithdrawal,
    ReportLanguage,
)
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.reports import Observation
from connectors.records.scheduling import AppointmentStatus, Cancellation

_NOT_PAID = 0
_REGIONS = {True: "1", False: "2", None: None}
_PLACES_SECONDS = 300
_SLOTS_SECONDS = 5
_APPOINTMENTS_SECONDS = 10


class NucleicAcidTestBookings:
    """Implements `connectors.ports.NucleicAcidTestBookings`."""

    def __init__(self, palm: Palm) -> None:
        """Take the system."""
        self._palm = palm
        self.call = palm.call

    @endpoint("/hospital/area/list")
    async def sites(self, hospital_id: str) -> list[NucleicAcidTestSite]:
        """Campuses where tests can be booked (/hospital/area/list); the request has no fields."""
        return await self.call(
            "/hospital/area/list",
            hospital_id,
            {},
            listing(Many(SITE, "data"), hospital_id=hospital_id),
            self._palm.read(f"nucleic-acid sites {hospital_id}", _PLACES_SECONDS),
        )

    @endpoint("/date/list")
    async def days(self, hospital_id: str, site_id: str) -> list[NucleicAcidTestDay]:
        """Days on which a campus takes bookings (/date/list)."""
        return await self.call(
            "/date/list",
            hospital_id,
            {"hospital_id": site_id},
            listing(Many(DAY, "data"), hospital_id=hospital_id, site_id=site_id),
            self._palm.read(f"nucleic-acid days {hospital_id}", _PLACES_SECONDS),
        )

    @endpoint("/type/list")
    async def sessions(self, hospital_id: str, site_id: str, day: dt.date) -> list[NucleicAcidTestSession]:
        """What a campus offers on a day (/type/list)."""
        return await self.call(
            "/type/list",
            hospital_id,
            {"hospital_id": site_id, "appt_date": day.isoformat()},
            sessions(hospital_id, site_id, day),
            self._palm.read(_slots_topic(hospital_id), _SLOTS_SECONDS),
        )

    @endpoint("/appointment/language/get")
    async def report_languages(self, hospital_id: str) -> list[ReportLanguage]:
        """Languages of reports (/appointment/language/get): one object or, as its description has it, a list."""
        return await self.call(
            "/appointment/language/get",
            hospital_id,
            {},
            listing(Many(LANGUAGE, "data")),
            self._palm.read(f"nucleic-acid report languages {hospital_id}", _PLACES_SECONDS),
        )

    @endpoint("/appointment/info/get2")
    async def appointments(self, holder: CardHolder) -> list[NucleicAcidTestAppointment]:
        """Booked tests of a person (/appointment/info/get2), who is named by identity number and phone."""
        path = "/appointment/info/get2"
        return await self.call(
            path,
            holder.card.hospital_id,
            {"user_id_no": self._palm.identity_number(path, holder), "user_phone_no": self._phone(path, holder.phone)},
            appointments(holder.card),
            self._palm.read(holder.card, _APPOINTMENTS_SECONDS),
        )

    @endpoint("/appointment/info/get")
    async def appointment(
        self, holder: CardHolder, appointment_id: str, *, fresh: bool = False
    ) -> NucleicAcidTestAppointment | None:
        """Booked test with the numbers of its payment (/appointment/info/get); `fresh` is not what was kept."""
        return await self.call(
            "/appointment/info/get",
            holder.card.hospital_id,
            {"appt_id": appointment_id},
            single(One(DETAIL, "data"), holder.card),
            self._palm.read(holder.card, 0 if fresh else _APPOINTMENTS_SECONDS),
        )

    @endpoint("/appointment/result/get")
    async def results(self, holder: CardHolder, appointment_id: str) -> list[Observation]:
        """Results of a booked test (/appointment/result/get)."""
        return await self.call(
            "/appointment/result/get",
            holder.card.hospital_id,
            {"appt_id": appointment_id},
            listing(RESULTS),
            self._palm.read(holder.card),
        )

    def slot_of(self, slot_id: str) -> tuple[dt.date, str]:
        """Read it from the slot's key."""
        slot = self._slot(slot_id)
        return slot.day, slot.name

    @endpoint("/appointment/pre")
    async def book(self, holder: CardHolder, order: NucleicAcidTestOrder) -> NucleicAcidTestAppointment:
        """Booking of a test that is not paid yet (/appointment/pre).

        The document has no field for a business key, so it is sent once. A slot is named by what it is called.
        """
        path, card = "/appointment/pre", holder.card
        slot = self._slot(order.slot_id)
        starts_at, ends_at = times(slot.day, slot.name)
        identity_number = self._palm.identity_number(path, holder)
        phone = self._phone(path, order.phone or holder.phone)
        return await self.call(
            path,
            card.hospital_id,
            {
                "user_name": holder.name,
                "user_id_no": identity_number,
                "user_phone_no": phone,
                "user_sex": WORDS_OF_GENDER[holder.gender],
                "user_birthday": holder.birth_date.isoformat() if holder.birth_date else None,
                "hospital_id": slot.site_id,
                "appt_date": slot.day.isoformat(),
                "time_slot": slot.name,
                "pay_way": pay_way(self._palm, path, order.method),
                "pay_status": _NOT_PAID,
                "create_time": convert.in_shanghai(order.ordered_at),
                "data_source": SOURCE,
                "id_type_code": DOCUMENTS[order.document] if order.document else None,
                "nationality": _REGIONS[order.from_mainland],
                "report_lanuage": order.report_language,
            },
            done(
                One(BOOKED, "data"),
                card,
                status=AppointmentStatus.PENDING,
                day=slot.day,
                slot_name=slot.name,
                starts_at=starts_at,
                ends_at=ends_at,
                fee=Decimal(slot.fee) if slot.fee else None,
                patient_name=holder.name,
                gender=holder.gender,
                birth_date=holder.birth_date,
                identity_number=identity_number,
                phone=phone,
            ),
            self._palm.once(*stale(card)),
        )

    @endpoint("/appointment/cancel")
    async def cancel(self, holder: CardHolder, withdrawal: NucleicAcidTestWithdrawal) -> Cancellation:
        """Cancellation of a booked test (/appointment/cancel), named by its own id and so safe to send again."""
        return await self.call(
            "/appointment/cancel",
            holder.card.hospital_id,
            {
                "appt_id": withdrawal.appointment_id,
                # Required, yet nothing has them before it is paid.
                "receipt_id": withdrawal.invoice_number,
                "his_order_no": withdrawal.refund_order_number,
                "data_source": SOURCE,
            },
            done(
                One(CANCELLED),
                refund_number=withdrawal.refund_order_number or None,
                invoice_number=withdrawal.invoice_number or None,
            ),
            self._palm.idempotent(withdrawal.appointment_id, *stale(holder.card)),
        )

    def _slot(self, slot_id: str) -> SlotKey:
        try:
            return SlotKey.parse(slot_id)
        except ValueError:
            raise self._palm.refused("/appointment/pre", ProblemCode.NOT_FOUND, "not a key of ours") from None

    def _phone(self, path: str, phone: str | None) -> str:
        if phone is None:
            told = "就诊卡无联系电话，请到医院完善"
            raise self._palm.refused(path, ProblemCode.BAD_INPUT, "no phone", told)
        return phone


def _slots_topic(hospital_id: str) -> str:
    return f"nucleic-acid slots {hospital_id}"


def stale(card: CardRef) -> tuple[CardRef, str]:
    """Name what a change of somebody's booking makes stale: what is known of the card, and what is still free."""
    return card, _slots_topic(card.hospital_id)


def pay_way(palm: Palm, path: str, method: PaymentMethod) -> str:
    """Write a payment method as booking and paying have it; raises Refused where there is no word for it."""
    if method not in PAY_WAYS:
        raise palm.refused(path, ProblemCode.BAD_INPUT, "no word for this payment method", "不支持此支付方式")
    return PAY_WAYS[method]
