"""The town as a whole, with the look-ups every simulated vendor needs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from sandbox.town.billing import Bill, ChargeItem
from sandbox.town.clinic import Admission, Prescription, Visit
from sandbox.town.people import Account, Card, Person, StaffMember
from sandbox.town.places import Department, DepartmentCategory, Doctor, Hospital
from sandbox.town.reports import ImagingReport, LabReport
from sandbox.town.timetable import Appointment, ExamAppointment, Shift, Slot


class Owned(Protocol):
    """A record of one person at one hospital."""

    hospital: str
    person: str


R = TypeVar("R", bound=Owned)


def owned(records: Iterable[R], person: str, hospital: str) -> list[R]:
    """The records of a person at a hospital, in their order."""
    return [record for record in records if record.person == person and record.hospital == hospital]


@dataclass(slots=True)
class Town:
    """Everything the town knows. Ids are unique over all hospitals; `today` anchors all dates."""

    seed: int
    today: date
    hospitals: dict[str, Hospital] = field(default_factory=dict)
    categories: dict[str, DepartmentCategory] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    doctors: dict[str, Doctor] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    cards: dict[tuple[str, str], Card] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    staff: dict[str, StaffMember] = field(default_factory=dict)
    visits: dict[str, Visit] = field(default_factory=dict)
    admissions: dict[str, Admission] = field(default_factory=dict)
    prescriptions: dict[str, Prescription] = field(default_factory=dict)
    labs: dict[str, LabReport] = field(default_factory=dict)
    imaging: dict[str, ImagingReport] = field(default_factory=dict)
    charges: dict[str, ChargeItem] = field(default_factory=dict)
    bills: dict[str, Bill] = field(default_factory=dict)
    shifts: dict[str, Shift] = field(default_factory=dict)
    appointments: dict[str, Appointment] = field(default_factory=dict)
    exam_appointments: dict[str, ExamAppointment] = field(default_factory=dict)

    def card(self, hospital: str, number: str) -> Card | None:
        """A card by its number."""
        return self.cards.get((hospital, number))

    def cards_of(self, person: str) -> list[Card]:
        """All cards of a person, hospital by hospital."""
        return [card for card in self.cards.values() if card.person == person]

    def card_at(self, hospital: str, person: str) -> Card | None:
        """The card of a person at a hospital."""
        return next((card for card in self.cards_of(person) if card.hospital == hospital), None)

    def card_of_patient(self, hospital: str, patient: str) -> Card | None:
        """A card by the hospital's own number of the person."""
        return next((c for c in self.cards.values() if c.hospital == hospital and c.patient == patient), None)

    def person_by_identity(self, identity: str) -> Person | None:
        """Somebody by their identity number; nobody for an empty one."""
        return next((p for p in self.people.values() if identity and p.identity == identity), None)

    def departments_of(self, hospital: str) -> list[Department]:
        """The departments (second level) of a hospital."""
        return [department for department in self.departments.values() if department.hospital == hospital]

    def doctors_of(self, department: str) -> list[Doctor]:
        """The doctors of a department."""
        return [doctor for doctor in self.doctors.values() if doctor.department == department]

    def shifts_of(self, hospital: str, day: date | None = None, department: str = "", doctor: str = "") -> list[Shift]:
        """The shifts of a hospital that meet the given conditions."""
        return [
            shift
            for shift in self.shifts.values()
            if shift.hospital == hospital
            and day in (None, shift.day)
            and department in ("", shift.department)
            and doctor in ("", shift.doctor)
        ]

    def slot(self, slot: str) -> tuple[Shift, Slot] | None:
        """A slot and its shift, by the slot's id (`<shift id>-<number>`)."""
        shift = self.shifts.get(slot.rpartition("-")[0])
        return next(((shift, each) for each in shift.slots if each.id == slot), None) if shift else None

    def appointment_by_key(self, hospital: str, key: str) -> Appointment | None:
        """A booking by the booking party's own number."""
        return next((a for a in self.appointments.values() if a.hospital == hospital and a.key == key), None)

    def pending(self, person: str, hospital: str) -> list[ChargeItem]:
        """What a person has still to pay at a hospital."""
        return [charge for charge in owned(self.charges.values(), person, hospital) if charge.bill is None]
