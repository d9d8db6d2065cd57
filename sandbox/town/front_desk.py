"""What the front desk keeps of a day: who paid for a number, who waits where."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(slots=True, kw_only=True)
class FeePayment:
    """A paid registration fee; `content` is what was asked, `from_balance` what the card paid of it."""

    content: str
    appointment_id: str
    from_balance: Decimal


@dataclass(slots=True, kw_only=True)
class FeeOrder:
    """An order to pay for an appointment or a booked test; `payment_number` is of the payment that it is closed by.

    `way` is how it is to be paid, in the vendor's word.
    """

    number: str
    appointment_id: str
    patient_id: str
    visit_id: str = ""
    way: str
    total: Decimal
    paid: bool = False
    payment_number: str = ""


@dataclass(slots=True, kw_only=True)
class Triage:
    """Somebody who waits before a doctor's room."""

    card_number: str
    doctor_id: str
    number: int
    at: dt.datetime


@dataclass(slots=True, kw_only=True)
class QueuedExamination:
    """Somebody who waits for an examination; `place` 1 is next."""

    card_number: str
    number: int
    place: int
    department_name: str
    room_name: str
    item: str
    triaged_at: dt.datetime
    appointed_at: dt.datetime


@dataclass(slots=True, kw_only=True)
class FeverClinic:
    """A clinic for people with a fever."""

    name: str
    address: str
    campus_name: str
    campus_address: str
    phone: str
    opening_hours: str
    rooms: int
    waiting: int


@dataclass(slots=True, kw_only=True)
class FrontDesk:
    """The desk of one hospital; payments by business key, orders by their numbers."""

    payments: dict[str, FeePayment] = field(default_factory=dict)
    orders: dict[str, FeeOrder] = field(default_factory=dict)
    triages: list[Triage] = field(default_factory=list)
    examinations: list[QueuedExamination] = field(default_factory=list)
    fever_clinics: list[FeverClinic] = field(default_factory=list)
