"""A hospital's check-up centre: what it offers, for whom employers arrange it, and who has booked."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

OPENS, CLOSES, STEP = dt.time(7, 30), dt.time(11, 30), dt.timedelta(minutes=5)
COMING_DAYS = 60
_SUNDAY = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that is examined; `gender` is `M`, `F` or empty for everybody."""

    code: str
    name: str
    standard_price: Decimal
    price: Decimal
    department: str
    gender: str = ""
    before_meal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A check-up for one price; `kind` is the number of its type, `occupation` narrows it to those of one."""

    code: str
    name: str
    kind: int
    introduction: str
    price: Decimal
    items: tuple[Item, ...]
    occupation: str = ""

    @property
    def standard_price(self) -> Decimal:
        """What the items cost one by one."""
        return sum((item.standard_price for item in self.items), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People of an employer who get the same; ages are 0 where there is no limit."""

    code: str
    name: str
    gender: str
    youngest: int
    oldest: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer:
    """Arranges check-ups for its people, named by their ids."""

    code: str
    name: str
    people: tuple[str, ...]
    groups: tuple[Group, ...]


@dataclass(slots=True, kw_only=True)
class Booking:
    """A booked check-up; `state` is booked, registered or cancelled. `key` is the caller's, `content` what it asked."""

    id: str
    key: str
    content: str
    card_number: str
    starts_at: dt.datetime
    state: str = "booked"


@dataclass(slots=True, kw_only=True)
class Centre:
    """All of it."""

    items: tuple[Item, ...]
    packages: tuple[Package, ...]
    employers: tuple[Employer, ...]
    bookings: list[Booking] = field(default_factory=list)

    def free_times(self, today: dt.date, day: dt.date) -> list[dt.datetime]:
        """The times of a day that nobody has; none on Sundays, today and too far ahead."""
        if not dt.timedelta(0) < day - today <= dt.timedelta(days=COMING_DAYS) or day.weekday() == _SUNDAY:
            return []
        taken = {booking.starts_at for booking in self.bookings if booking.state != "cancelled"}
        at, end = dt.datetime.combine(day, OPENS), dt.datetime.combine(day, CLOSES)
        return [time for time in (at + STEP * count for count in range((end - at) // STEP)) if time not in taken]

    def of_day(self, card_number: str, day: dt.date) -> list[Booking]:
        """What a card has for a day, but for what was cancelled."""
        mine = [booking for booking in self.bookings if booking.card_number == card_number]
        return [booking for booking in mine if booking.starts_at.date() == day and booking.state != "cancelled"]
