"""The town's facts, in no vendor's words. All times are hospital time (Asia/Shanghai), without a zone."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from sandbox.town.beds import Beds
from sandbox.town.checkups import Centre
from sandbox.town.claims import Claims
from sandbox.town.examining import Examining
from sandbox.town.front_desk import FrontDesk
from sandbox.town.nucleic_acid import NucleicAcidDesk
from sandbox.town.operating import Room
from sandbox.town.relations import Relations
from sandbox.town.special_reports import SpecialReports
from sandbox.town.stays import StayFile
from sandbox.town.susceptibility import Susceptibility
from sandbox.town.till import Till
from sandbox.town.wards import Wards


@dataclass(slots=True, kw_only=True)
class Person:
    """Somebody who lives in the town. `gender` is `M` or `F`."""

    id: str
    name: str
    gender: str
    birth_date: dt.date
    identity_number: str
    phone: str
    address: str


@dataclass(slots=True, kw_only=True)
class Account:
    """A login and the people bound to it, each with the relation: self, child, parent, other."""

    id: str
    people: list[tuple[str, str]]


@dataclass(slots=True, kw_only=True)
class Card:
    """A person at a hospital. `number` is printed on the card, `patient_id` is the hospital's own key."""

    hospital_id: str
    number: str
    patient_id: str
    person_id: str
    balance: Decimal
    created_at: dt.datetime


@dataclass(slots=True, kw_only=True)
class Department:
    """A department, below a category."""

    id: str
    name: str
    category_id: str
    category_name: str
    address: str
    phone: str
    description: str


@dataclass(slots=True, kw_only=True)
class Doctor:
    """A doctor of one department."""

    id: str
    name: str
    gender: str
    department_id: str
    title: str
    specialty: str
    introduction: str
    fee: Decimal


@dataclass(slots=True, kw_only=True)
class Drug:
    """One medicine of a prescription."""

    id: str
    name: str
    specification: str
    quantity: int
    unit: str
    usage: str
    dose: str
    frequency: str
    frequency_name: str
    storage: str
    notice: str
    price: Decimal

    @property
    def total(self) -> Decimal:
        """Price of all of it."""
        return self.price * self.quantity


@dataclass(slots=True, kw_only=True)
class Prescription:
    """What a doctor prescribed; `kind` is 西药处方 or 中药处方."""

    id: str
    card_number: str
    visit_id: str
    kind: str
    created_at: dt.datetime
    department_id: str
    doctor_id: str
    diagnosis: str
    drugs: list[Drug]


@dataclass(slots=True, kw_only=True)
class Visit:
    """An outpatient visit with its medical record."""

    id: str
    number: str
    card_number: str
    started_at: dt.datetime
    department_id: str
    doctor_id: str
    complaint: str
    present_illness: str
    past_illness: str
    diagnoses: list[str]
    advice: str
    education: str
    temperature: str
    blood_pressure: str
    pulse: str
    respiration: str
    cost: Decimal


@dataclass(slots=True, kw_only=True)
class Admission:
    """A stay; `discharged_at` is None while it lasts. Its record is the visit with the same id."""

    id: str
    card_number: str
    number: str
    admitted_at: dt.datetime
    discharged_at: dt.datetime | None
    department_id: str
    doctor_id: str
    complaint: str
    diagnosis: str
    cost: Decimal


@dataclass(slots=True, kw_only=True)
class Charge:
    """An ordered item, to be paid or paid (then `bill_id` is set). `group_id` groups what is paid together."""

    id: str
    card_number: str
    visit_id: str
    group_id: str
    group_title: str
    category: str
    item_id: str
    item: str
    price: Decimal
    quantity: int
    unit: str
    discount: Decimal
    doctor_id: str
    ordered_at: dt.datetime
    prescription_id: str
    traditional: bool
    bill_id: str | None = None

    @property
    def amount(self) -> Decimal:
        """Price times quantity; a discount is told apart."""
        return self.price * self.quantity


@dataclass(slots=True, kw_only=True)
class Bill:
    """What was paid at once; its items are the charges with its id and their amounts sum up to `total`."""

    id: str
    card_number: str
    visit_id: str
    charged_at: dt.datetime
    total: Decimal
    discount: Decimal
    insurance: Decimal
    insurance_fund: Decimal
    insurance_account: Decimal

    @property
    def paid(self) -> Decimal:
        """What the person paid."""
        return self.total - self.discount - self.insurance


@dataclass(slots=True, kw_only=True)
class Observation:
    """One laboratory result; `flag` is -1 low, 0 normal, 1 high, 2 abnormal."""

    name: str
    short_name: str
    value: str
    unit: str
    low: str
    high: str
    reference: str
    flag: int


@dataclass(slots=True, kw_only=True)
class Report:
    """A laboratory (`lab`) or imaging (`imaging`) report.

    `state` is one of registered, called, checked, submitted, reviewed, rescinded, cancelled, rejected, passed;
    only `reviewed` ones are audited.
    """

    id: str
    kind: str
    number: str
    card_number: str
    visit_id: str
    inpatient: bool
    title: str
    state: str
    sensitive: bool
    requested_at: dt.datetime
    reported_at: dt.datetime
    department_id: str
    requested_by: str
    performed_by: str
    audited_by: str
    specimen: str = ""
    specimen_number: str = ""
    special: str = ""
    observations: list[Observation] = field(default_factory=list)
    cultures: list[Susceptibility] = field(default_factory=list)
    body_part: str = ""
    method: str = ""
    findings: str = ""
    conclusion: str = ""


@dataclass(slots=True, kw_only=True)
class Slot:
    """A stretch of a session."""

    id: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    number: int
    capacity: int
    booked: int = 0

    @property
    def remaining(self) -> int:
        """How many are free."""
        return self.capacity - self.booked


@dataclass(slots=True, kw_only=True)
class Session:
    """A doctor's morning (`AM`) or afternoon (`PM`) on a day."""

    id: str
    department_id: str
    doctor_id: str
    day: dt.date
    part: str
    clinic: str
    fee: Decimal
    slots: list[Slot]


@dataclass(slots=True, kw_only=True)
class Appointment:
    """A booked slot; `state` is booked, collected, checked_in, attended, cancelled or missed.

    `key` is the caller's key. Who has `collected` the number has not checked in yet.
    """

    id: str
    key: str
    card_number: str
    session_id: str
    slot_id: str
    created_at: dt.datetime
    state: str
    queue_number: int
    paid: bool = False


@dataclass(slots=True, kw_only=True)
class Examination:
    """A booked examination; `state` is booked, cancelled, attended, missed, suspended, substituted, registered.

    `key` is the caller's key, `supplement` the hospital's own word for what was ordered.
    """

    id: str
    card_number: str
    order_id: str
    item: str
    room_id: str
    room_name: str
    address: str
    day: dt.date
    time_id: str
    time_name: str
    state: str
    notice: str
    key: str = ""
    supplement: str = ""
    application_id: str = ""
    department_id: str = ""


@dataclass(slots=True, kw_only=True)
class Hospital:
    """A hospital with all that happened there; lists are in no promised order."""

    id: str
    name: str
    campuses: list[tuple[str, str]]
    departments: list[Department] = field(default_factory=list)
    doctors: list[Doctor] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    admissions: list[Admission] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)
    bills: list[Bill] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    prescriptions: list[Prescription] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    examinations: list[Examination] = field(default_factory=list)
    desk: FrontDesk = field(default_factory=FrontDesk)
    examining: Examining = field(default_factory=Examining)
    stay_files: list[StayFile] = field(default_factory=list)
    checkups: Centre | None = None
    wards: Wards = field(default_factory=Wards)
    beds: Beds = field(default_factory=Beds)
    operating_rooms: list[Room] = field(default_factory=list)
    claims: Claims = field(default_factory=Claims)
    special_reports: SpecialReports = field(default_factory=SpecialReports)
    nucleic_acid: NucleicAcidDesk = field(default_factory=NucleicAcidDesk)
    till: Till = field(default_factory=Till)
    relations: Relations = field(default_factory=Relations)


@dataclass(slots=True, kw_only=True)
class Town:
    """Everything. `today` is the day that the town's past and future were drawn around.

    `payments` remembers, by hospital and business key, what was asked and the id of the bill that came of it.
    """

    seed: int
    today: dt.date
    people: dict[str, Person]
    accounts: dict[str, Account]
    hospitals: dict[str, Hospital]
    payments: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
