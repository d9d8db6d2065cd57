"""Hospitals, their departments in two levels, and the doctors who work there."""

from dataclasses import dataclass
from decimal import Decimal

from sandbox.town.people import Sex


@dataclass(frozen=True, slots=True)
class Hospital:
    """A hospital and the vendor whose system it runs (`regional` or `palm`)."""

    id: str
    code: str
    name: str
    vendor: str
    address: str
    phone: str
    level: str


@dataclass(frozen=True, slots=True)
class DepartmentCategory:
    """A department of the first level, which only groups."""

    id: str
    hospital: str
    name: str
    location: str


@dataclass(frozen=True, slots=True)
class Department:
    """A department of the second level; without `category` it stands alone."""

    id: str
    hospital: str
    category: str | None
    name: str
    location: str
    only_for: Sex | None = None
    max_age: int | None = None


@dataclass(frozen=True, slots=True)
class Doctor:
    """A doctor, who belongs to one department."""

    id: str
    hospital: str
    department: str
    name: str
    sex: Sex
    title: str
    expertise: str
    introduction: str
    register_class_id: str
    register_class: str
    fee: Decimal
