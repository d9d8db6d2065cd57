"""Nucleic-acid tests: all that were done, booking one and paying for it."""

import datetime as dt
from typing import Protocol

from connectors.records.billing import Payment
from connectors.records.nucleic_acid import NucleicAcidTest
from connectors.records.nucleic_acid_booking import (
    NucleicAcidTestAppointment,
    NucleicAcidTestDay,
    NucleicAcidTestOrder,
    NucleicAcidTestPayment,
    NucleicAcidTestSession,
    NucleicAcidTestSite,
    NucleicAcidTestWithdrawal,
    ReportLanguage,
)
from connectors.records.people import CardHolder
from connectors.records.reports import Observation
from connectors.records.scheduling import Cancellation


class NucleicAcidTestHistory(Protocol):
    """All nucleic-acid tests of a person."""

    async def nucleic_acid_tests(self, holder: CardHolder) -> list[NucleicAcidTest]:
        """List the tests."""
        ...


class NucleicAcidTestBookings(Protocol):
    """Nucleic-acid tests that people book."""

    async def sites(self, hospital_id: str) -> list[NucleicAcidTestSite]:
        """List where tests can be booked."""
        ...

    async def days(self, hospital_id: str, site_id: str) -> list[NucleicAcidTestDay]:
        """List the days of a site."""
        ...

    async def sessions(self, hospital_id: str, site_id: str, day: dt.date) -> list[NucleicAcidTestSession]:
        """List what can be booked at a site on a day."""
        ...

    async def report_languages(self, hospital_id: str) -> list[ReportLanguage]:
        """List the languages of reports."""
        ...

    async def appointments(self, holder: CardHolder) -> list[NucleicAcidTestAppointment]:
        """List what a person booked."""
        ...

    async def appointment(
        self, holder: CardHolder, appointment_id: str, *, fresh: bool = False
    ) -> NucleicAcidTestAppointment | None:
        """Read what was booked, with what was paid for it; `fresh` from the hospital, whatever is kept of it."""
        ...

    async def results(self, holder: CardHolder, appointment_id: str) -> list[Observation]:
        """List the results of a booked test."""
        ...

    def slot_of(self, slot_id: str) -> tuple[dt.date, str]:
        """Say on which day a slot is and what it is called; raises Refused for no slot."""
        ...

    async def book(self, holder: CardHolder, order: NucleicAcidTestOrder) -> NucleicAcidTestAppointment:
        """Book a test, which waits to be paid."""
        ...

    async def cancel(self, holder: CardHolder, withdrawal: NucleicAcidTestWithdrawal) -> Cancellation:
        """Cancel a booked test."""
        ...


class NucleicAcidTestPayments(Protocol):
    """Payments of booked nucleic-acid tests."""

    async def pay(self, holder: CardHolder, payment: NucleicAcidTestPayment) -> Payment:
        """Tell the hospital of the payment, which confirms the test; no answer is not a failure.

        Where the payment names no order of the hospital's, the test's own is paid, or a new one.
        """
        ...
