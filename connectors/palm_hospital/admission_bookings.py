"""Beds that people book.

Interfaces: /getDepartment, /getBedNo, /ipAppointmentConfirm, /ipAppointmentQuery, /ipAppointmentCancel.
"""

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import done, listing, single
from connectors.core.shape import GIVEN, Many, One, Shape
from connectors.errors import Refused
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.words import WORDS_OF_GENDER, gender
from connectors.records.admission_bookings import (
    AdmissionBooking,
    AdmissionBookingCancellation,
    AdmissionBookingOrder,
    AdmissionBookingStatus,
    AdmissionDepartment,
    BedCategory,
)
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode

_STATUSES = {
    "0": AdmissionBookingStatus.PENDING,
    "1": AdmissionBookingStatus.PROCESSED,
    "9": AdmissionBookingStatus.BOOKED,
    "-1": AdmissionBookingStatus.CANCELLED,
}
_PLACES_SECONDS = 300
_BOOKING_SECONDS = 10

DEPARTMENT = Shape(AdmissionDepartment, id="dept_id", hospital_id=GIVEN, name="dept_name")
# Its path speaks of bed numbers, its title and its answer of kinds of beds.
BED_CATEGORY = Shape(BedCategory, name="bed_category")
BOOKING = Shape(
    AdmissionBooking,
    id="appointment_id",
    card=GIVEN,
    status=("status", convert.one_of(_STATUSES, AdmissionBookingStatus.UNKNOWN)),
    department_name="dept_name",
    bed_category="bed_category",
    patient_name="name",
    gender=("sex", gender),
    birth_date="birthday",
    identity_number="id_no",
    phone="phone_no",
    address="address",
    remark="remark",
)
# A list, although one admission is booked, and of it the key alone.
BOOKED = Shape(AdmissionBooking, id="appointment_id", card=GIVEN, bed_category=GIVEN, remark=GIVEN)
CANCELLED = Shape(AdmissionBookingCancellation, status=GIVEN)


class AdmissionBookings:
    """Implements `connectors.ports.AdmissionBookings`."""

    def __init__(self, palm: Palm) -> None:
        """Take the system."""
        self._palm = palm
        self.call = palm.call

    @endpoint("/getDepartment")
    async def departments(self, hospital_id: str, campus_id: str) -> list[AdmissionDepartment]:
        """Departments of a campus whose beds can be booked (/getDepartment)."""
        return await self.call(
            "/getDepartment",
            hospital_id,
            {"hospital_id": campus_id},
            listing(Many(DEPARTMENT, "records"), hospital_id=hospital_id),
            self._palm.read(f"admission departments {hospital_id}", _PLACES_SECONDS),
        )

    @endpoint("/getBedNo")
    async def bed_categories(self, hospital_id: str, department_id: str) -> list[BedCategory]:
        """Kinds of beds of a department (/getBedNo)."""
        return await self.call(
            "/getBedNo",
            hospital_id,
            {"dept_id": department_id},
            listing(Many(BED_CATEGORY, "records")),
            self._palm.read(f"bed categories {hospital_id}", _PLACES_SECONDS),
        )

    @endpoint("/ipAppointmentQuery")
    async def booking(self, holder: CardHolder, booking_id: str) -> AdmissionBooking | None:
        """Booking of a person (/ipAppointmentQuery); it lists nothing without the key of one."""
        card = holder.card
        return await self.call(
            "/ipAppointmentQuery",
            card.hospital_id,
            {
                "name": holder.name,
                "id_no": self._palm.identity_number("/ipAppointmentQuery", holder),
                "appointment_id": booking_id,
            },
            single(One(BOOKING, "records"), card),
            self._palm.read(card, _BOOKING_SECONDS),
        )

    @endpoint("/ipAppointmentConfirm")
    async def book(self, holder: CardHolder, order: AdmissionBookingOrder) -> AdmissionBooking:
        """Booking of an admission (/ipAppointmentConfirm). The document has no business key, so it is sent once."""
        card, phone = holder.card, order.phone or holder.phone
        if phone is None:
            raise self._incomplete("no phone", "请填写联系电话")
        if holder.birth_date is None:
            raise self._incomplete("no birth date", "就诊卡无出生日期，请到医院完善")
        return await self.call(
            "/ipAppointmentConfirm",
            card.hospital_id,
            {
                "dept_id": order.department_id,
                "bed_category": order.bed_category,
                "name": holder.name,
                "sex": WORDS_OF_GENDER[holder.gender],
                "birthday": holder.birth_date.isoformat(),
                "id_no": self._palm.identity_number("/ipAppointmentConfirm", holder),
                "phone_no": phone,
                "address": order.address,
                # Required, yet not everybody has something to say.
                "remark": order.remark,
            },
            done(
                One(BOOKED, "records"),
                card,
                bed_category=order.bed_category,
                remark=order.remark or None,
            ),
            self._palm.once(card),
        )

    @endpoint("/ipAppointmentCancel")
    async def cancel(self, holder: CardHolder, booking_id: str, reason: str) -> AdmissionBookingCancellation:
        """Cancellation of a booking (/ipAppointmentCancel)."""
        return await self.call(
            "/ipAppointmentCancel",
            holder.card.hospital_id,
            {"appointment_id": booking_id, "reason": reason},
            done(One(CANCELLED), status=AdmissionBookingStatus.CANCELLED),
            self._palm.once(holder.card),
        )

    def _incomplete(self, detail: str, told: str) -> Refused:
        return self._palm.refused("/ipAppointmentConfirm", ProblemCode.BAD_INPUT, detail, told)
