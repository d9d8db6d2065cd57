"""What a hospital can be asked, by domain. A vendor package implements those that its system offers.

Methods that take a sequence answer one outcome per element, in order: the result or the ConnectorError of that one,
so that one hospital's fault stays its own. Vendors with a batch call use it there.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol, TypeAlias, TypeVar

from connectors.core.config import HospitalConfig
from connectors.core.upstream import Seen
from connectors.errors import ConnectorError
from connectors.records.base import CardRef, Period
from connectors.records.billing import Bill, ChargeSheet, Payment, PaymentOrder
from connectors.records.hospitals import Campus, Capability
from connectors.records.people import CardHolder, NewCard
from connectors.records.prescriptions import Prescription, PrescriptionDetail
from connectors.records.reports import DiagnosticReport, ImagingReportDetail, LabReportDetail
from connectors.records.scheduling import Appointment, Cancellation, Department, Doctor, Schedule, Slot
from connectors.records.visits import MedicalRecord, Visit

T = TypeVar("T")
Outcome: TypeAlias = T | ConnectorError
Outcomes: TypeAlias = Sequence[T | ConnectorError]


class Cards(Protocol):
    """Cards and the people behind them."""

    async def known(self, card: CardRef) -> CardHolder | None:
        """Return who holds the card, if that was looked up a short while ago; asks nobody."""
        ...

    async def holders(self, cards: Sequence[CardRef]) -> Outcomes[CardHolder | None]:
        """Look up who holds each card; None where the hospital does not know it."""
        ...

    async def cards_of(self, hospital_id: str, name: str, identity_number: str) -> list[CardHolder]:
        """Find the cards of a person by name and identity number."""
        ...

    async def balance(self, card: CardRef) -> Decimal | None:
        """Look up the money on a card, in yuan."""
        ...

    async def create(self, new: NewCard) -> CardRef:
        """Create the card; one that exists already is success."""
        ...


class Billing(Protocol):
    """Charges, payments and bills."""

    async def charges(self, holder: CardHolder) -> ChargeSheet | None:
        """List all that waits to be paid."""
        ...

    async def pay(self, holder: CardHolder, order: PaymentOrder) -> Payment:
        """Tell the hospital of a payment; the same number again gives the same answer."""
        ...

    async def bills(self, holders: Sequence[CardHolder], period: Period) -> Outcomes[list[Bill]]:
        """List what was paid."""
        ...


class Visits(Protocol):
    """Visits and medical records."""

    async def visits(self, holders: Sequence[CardHolder], period: Period) -> Outcomes[list[Visit]]:
        """List visits, outpatient and inpatient."""
        ...

    async def medical_record(self, card: CardRef, visit_id: str) -> MedicalRecord | None:
        """Read what was written down about a visit."""
        ...


class Reports(Protocol):
    """Laboratory and imaging reports."""

    async def reports(self, holders: Sequence[CardHolder], period: Period) -> Outcomes[list[DiagnosticReport]]:
        """List reports."""
        ...

    async def lab_report(self, holder: CardHolder, report_id: str) -> LabReportDetail | None:
        """Read a laboratory report."""
        ...

    async def imaging_report(self, holder: CardHolder, report_id: str) -> ImagingReportDetail | None:
        """Read an imaging report."""
        ...


class Prescriptions(Protocol):
    """Prescriptions."""

    async def prescriptions(self, holders: Sequence[CardHolder], period: Period) -> Outcomes[list[Prescription]]:
        """List prescriptions."""
        ...

    async def prescription(self, card: CardRef, prescription_id: str) -> PrescriptionDetail | None:
        """Read a prescription."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """What a hospital needs to book a slot. `fee` is what the person was shown."""

    key: str
    slot_id: str
    account: str
    fee: Decimal | None = None


class Scheduling(Protocol):
    """Departments, doctors, schedules, slots, appointments."""

    async def departments(self, hospital_id: str) -> list[Department]:
        """List the departments that can be booked."""
        ...

    async def doctors(self, hospital_id: str, department_id: str) -> list[Doctor]:
        """List the doctors of a department who can be booked."""
        ...

    async def schedules(
        self, hospital_id: str, department_id: str, day: dt.date, doctor_id: str | None
    ) -> list[Schedule]:
        """List the sessions of a department on a day, of one doctor or of all."""
        ...

    async def slots(self, hospital_id: str, schedule_id: str) -> list[Slot]:
        """List the slots of a session."""
        ...

    async def appointments(self, holder: CardHolder, period: Period) -> list[Appointment]:
        """List a person's appointments."""
        ...

    async def book(self, holder: CardHolder, booking: Booking) -> Appointment:
        """Book a slot; the same key again gives the same appointment."""
        ...

    async def cancel(self, holder: CardHolder, appointment_id: str) -> Cancellation:
        """Cancel an appointment; one that is cancelled already is success."""
        ...


class Campuses(Protocol):
    """The sites of a hospital."""

    async def campuses(self, hospital_id: str) -> list[Campus]:
        """List them."""
        ...


class System(Protocol):
    """A vendor system's life outside any domain."""

    seen: Seen

    async def probe(self, hospital_id: str) -> None:
        """Make one harmless call; raises ConnectorError."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...


def _all_together(_card: CardRef) -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A connected vendor system: its ports (None: not offered) and the hospitals it serves.

    Cards of one `batch_key` may share a call; others are asked apart, so that they do not wait for each other.
    """

    system: System
    hospitals: Mapping[str, HospitalConfig]
    capabilities: frozenset[Capability] = field(default_factory=frozenset)
    batch_key: Callable[[CardRef], str] = _all_together
    cards: Cards
    billing: Billing | None = None
    visits: Visits | None = None
    reports: Reports | None = None
    prescriptions: Prescriptions | None = None
    scheduling: Scheduling | None = None
    campuses: Campuses | None = None
