"""Examinations to be booked, laboratory tests and packages that people order themselves."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(slots=True, kw_only=True)
class ExaminationOrder:
    """An ordered examination; `booked` once it has a time. `supplement` is the hospital's own word for it."""

    id: str
    card_number: str
    item: str
    supplement: str
    application_id: str
    department_id: str
    booked: bool = False


@dataclass(slots=True, kw_only=True)
class Room:
    """Where an item is examined."""

    id: str
    name: str
    address: str
    item: str
    notice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A time of every day at which rooms take people."""

    id: str
    start: dt.time
    end: dt.time

    @property
    def name(self) -> str:
        """As it is written."""
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


@dataclass(slots=True, kw_only=True)
class LabSource:
    """Numbers for one time of a session."""

    id: str
    start: dt.time
    end: dt.time
    capacity: int


@dataclass(slots=True, kw_only=True)
class LabSession:
    """When a test is taken; `part` is AM, PM or ALL. Without sources it takes everybody."""

    id: str
    day: dt.date
    part: str
    sources: list[LabSource] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class LabOffer:
    """A test that people order themselves."""

    id: str
    name: str
    price: Decimal
    fee: Decimal
    doctor_id: str
    sessions: list[LabSession]


@dataclass(slots=True, kw_only=True)
class LabBooking:
    """A test somebody ordered; `state` is held, paid or cancelled."""

    id: str
    key: str
    card_number: str
    offer_id: str
    session_id: str
    source_id: str
    state: str
    held_until: dt.datetime
    trade_number: str = ""
    total: Decimal = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageItem:
    """What a group contains."""

    id: str
    name: str
    price: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageGroup:
    """What is chosen as one; whoever chooses from a department must take what is `required` there."""

    id: str
    department_id: str
    name: str
    required: bool
    purpose: str
    hours: str
    place: str
    items: tuple[PackageItem, ...]

    @property
    def price(self) -> Decimal:
        """Of all items."""
        return sum((item.price for item in self.items), Decimal("0.00"))


@dataclass(slots=True, kw_only=True)
class PackageOrder:
    """Groups somebody paid; `content` is what was asked."""

    id: str
    key: str
    content: str
    card_number: str
    day: dt.date
    total: Decimal
    from_balance: Decimal
    cancelled: bool = False


@dataclass(slots=True, kw_only=True)
class Examining:
    """All of it at one hospital."""

    orders: list[ExaminationOrder] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    lab_offers: list[LabOffer] = field(default_factory=list)
    lab_bookings: list[LabBooking] = field(default_factory=list)
    groups: list[PackageGroup] = field(default_factory=list)
    package_orders: list[PackageOrder] = field(default_factory=list)
