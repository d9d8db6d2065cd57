"""Beds that people book themselves."""

import datetime as dt
from dataclasses import dataclass, field

CATEGORIES = ("三人间", "双人间", "单人间")

PENDING, CANCELLED = 0, -1


@dataclass(slots=True, kw_only=True)
class BedBooking:
    """A bed that somebody booked; `status` is 0 pending, 1 looked at, 9 booked, -1 cancelled."""

    id: str
    department_id: str
    category: str
    name: str
    gender: str
    birth_date: dt.date
    identity_number: str
    phone: str
    address: str
    remark: str
    status: int = PENDING
    reason: str = ""


@dataclass(slots=True, kw_only=True)
class Beds:
    """What a hospital has of it."""

    bookings: list[BedBooking] = field(default_factory=list)
