"""Nucleic-acid tests that people book, in no vendor's words."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

PRICE = Decimal("16.00")
CAPACITY = 5
DAYS = 3
SLOTS = ("08:00-09:00", "09:00-10:00", "14:00-15:00")

UNCONFIRMED, CONFIRMED, DONE, WITHDRAWN = 0, 1, 9, -1


@dataclass(slots=True, kw_only=True)
class BookedTest:
    """A test that somebody booked, by name and identity number; `status` is 0, 1 confirmed, 9 done, -1 withdrawn."""

    id: str
    number: str
    site_id: str
    day: dt.date
    slot: str
    name: str
    gender: str
    birth_date: dt.date
    identity_number: str
    phone: str
    fee: Decimal = PRICE
    status: int = UNCONFIRMED
    language: str = ""
    payment_number: str = ""
    order_number: str = ""
    receipt_number: str = ""
    refund_number: str = ""


@dataclass(slots=True, kw_only=True)
class NucleicAcidDesk:
    """What a hospital has of it."""

    booked: list[BookedTest] = field(default_factory=list)

    def taken(self, site_id: str, day: dt.date, slot: str) -> int:
        """How many hold a slot."""
        wanted = (site_id, day, slot)
        return sum((row.site_id, row.day, row.slot) == wanted for row in self.booked if row.status != WITHDRAWN)

    def next_number(self, day: dt.date) -> str:
        """A number that no booking had before."""
        return f"{day:%y%m%d}{len(self.booked) + 1:05}"
