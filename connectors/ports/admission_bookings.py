"""Beds that people book themselves, and certificates of admission."""

from typing import Protocol

from connectors.records.admission_bookings import (
    AdmissionBooking,
    AdmissionBookingCancellation,
    AdmissionBookingOrder,
    AdmissionDepartment,
    BedCategory,
)
from connectors.records.admission_certificates import AdmissionCertificate, AdmissionCheckIn
from connectors.records.base import CardRef
from connectors.records.people import CardHolder


class AdmissionBookings(Protocol):
    """Beds that people book themselves. The key of a booking is worth something together with its person only."""

    async def departments(self, hospital_id: str, campus_id: str) -> list[AdmissionDepartment]:
        """List the departments of a campus whose beds can be booked."""
        ...

    async def bed_categories(self, hospital_id: str, department_id: str) -> list[BedCategory]:
        """List the kinds of beds of a department."""
        ...

    async def booking(self, holder: CardHolder, booking_id: str) -> AdmissionBooking | None:
        """Read a booking of the person."""
        ...

    async def book(self, holder: CardHolder, order: AdmissionBookingOrder) -> AdmissionBooking:
        """Book an admission; sent once, since the same again may be another."""
        ...

    async def cancel(self, holder: CardHolder, booking_id: str, reason: str) -> AdmissionBookingCancellation:
        """Cancel a booking."""
        ...


class AdmissionCertificates(Protocol):
    """Certificates of admission, at hospitals where people admit themselves."""

    async def certificate(self, card: CardRef) -> AdmissionCertificate:
        """Read what the hospital has of a person's certificate."""
        ...

    async def check_in(self, holder: CardHolder, application_number: str) -> AdmissionCheckIn:
        """Be admitted by the application on the certificate; sent once."""
        ...
