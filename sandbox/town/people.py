"""Who lives in the town, which cards they hold, and which accounts act for them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class Sex(StrEnum):
    """Sex, by its Chinese word: the form all vendors share."""

    MALE = "男"
    FEMALE = "女"


class Relation(StrEnum):
    """What a person is to the account that acts for them."""

    SELF = "self"
    CHILD = "child"
    PARENT = "parent"
    OTHER = "other"


@dataclass(slots=True)
class Person:
    """Somebody of the town. `identity` is empty for a new-born without papers."""

    id: str
    name: str
    sex: Sex
    birthday: date
    identity: str
    phone: str
    address: str
    nation: str = "汉族"
    marital: str = "未婚"
    guardian: str | None = None
    impoverished: bool = False
    insured: bool = True

    def age(self, on: date) -> int:
        """Completed years on a day."""
        return on.year - self.birthday.year - ((on.month, on.day) < (self.birthday.month, self.birthday.day))

    def age_text(self, on: date) -> str:
        """Age with its unit, as hospitals print it: months below two years."""
        months = (on.year - self.birthday.year) * 12 + on.month - self.birthday.month - (on.day < self.birthday.day)
        return f"{months}月" if months < 24 else f"{self.age(on)}岁"


@dataclass(slots=True)
class Card:
    """A person at one hospital. `patient` is the hospital's own number of the person."""

    hospital: str
    number: str
    person: str
    patient: str
    balance: Decimal
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Binding:
    """A person bound to an account."""

    person: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Account:
    """A patient's account in the app: the people it may act for."""

    id: str
    people: tuple[Binding, ...]


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who works for hospitals."""

    id: str
    hospitals: tuple[str, ...]
