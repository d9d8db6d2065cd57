"""What happened to patients: visits, stays on a ward, prescriptions."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sandbox.town.money import total_of


class VisitKind(StrEnum):
    """Where a visit took place."""

    OUTPATIENT = "outpatient"
    INPATIENT = "inpatient"


@dataclass(frozen=True, slots=True)
class Vitals:
    """The physical examination of a visit."""

    temperature: str
    blood_pressure: str
    pulse: str
    respiratory_rate: str
    other: str


@dataclass(slots=True)
class Visit:
    """One visit with its medical record; `admission` names the stay of an inpatient."""

    id: str
    hospital: str
    person: str
    card: str
    kind: VisitKind
    number: str
    department: str
    doctor: str
    at: datetime
    complaint: str
    present_illness: str
    past_history: str
    diagnosis: str
    icd: str
    advice: str
    education: str
    vitals: Vitals
    signed_at: datetime
    admission: str | None = None


@dataclass(frozen=True, slots=True)
class WardCharge:
    """One charge of one day of a stay."""

    id: str
    day: date
    category: str
    item_code: str
    name: str
    unit: str
    price: Decimal
    quantity: Decimal
    amount: Decimal
    doctor: str


@dataclass(slots=True)
class Admission:
    """A stay on a ward; `discharged_at` is None while the patient is in."""

    id: str
    hospital: str
    person: str
    card: str
    number: str
    visit: str
    department: str
    doctor: str
    admitted_at: datetime
    discharged_at: datetime | None
    diagnosis: str
    ward: str
    bed: str
    deposit: Decimal
    charges: list[WardCharge] = field(default_factory=list)

    @property
    def cost(self) -> Decimal:
        """What the stay has cost so far."""
        return total_of(charge.amount for charge in self.charges)


@dataclass(frozen=True, slots=True)
class DrugLine:
    """A drug of a prescription. `quantity` counts `unit`s (boxes, bottles, grams of a herb)."""

    drug: str
    name: str
    spec: str
    quantity: Decimal
    unit: str
    usage: str
    dose: str
    frequency: str
    frequency_name: str
    price: Decimal
    storage: str
    notice: str


@dataclass(slots=True)
class Prescription:
    """A prescription; for herbs (`tcm`), `doses` says how many times the recipe is made."""

    id: str
    hospital: str
    person: str
    card: str
    visit: str
    kind: str
    tcm: bool
    created_at: datetime
    diagnosis: str
    department: str
    doctor: str
    lasts: str
    next_visit: date | None
    doses: int
    drugs: list[DrugLine] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        """The price of the whole recipe."""
        return total_of(line.price * line.quantity for line in self.drugs)
