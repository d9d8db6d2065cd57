"""Keys of laboratory tests that people order themselves: the regional HIS names them by several fields.

Each is made from its parts or read back from text; both raise ValueError for what is no such key.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from connectors.core import convert
from connectors.core.local_id import pack, unpack

_RESERVED = "reserved"
_PAID = "paid"


@dataclass(frozen=True, kw_only=True, slots=True)
class LabSessionKey:
    """A session of a test; `unlimited` says that it has no numbers."""

    test_id: str
    session_id: str
    date: str
    unlimited: bool = False

    def __post_init__(self) -> None:
        if not self.test_id or not self.session_id or self.day.isoformat() != self.date:
            raise ValueError("not a key of a session")

    def __str__(self) -> str:
        return pack(self.test_id, self.session_id, self.date, "1" if self.unlimited else "")

    @classmethod
    def parse(cls, key: str) -> Self:
        """Read a key back."""
        test_id, session_id, date, unlimited = unpack(key, 4)
        return cls(test_id=test_id, session_id=session_id, date=date, unlimited=unlimited == "1")

    @property
    def day(self) -> dt.date:
        """The day."""
        return dt.date.fromisoformat(self.date)


@dataclass(frozen=True, kw_only=True, slots=True)
class LabSlotKey:
    """A number of a session; without `source_id` the session itself, whose numbers are not counted."""

    session: LabSessionKey
    source_id: str = ""
    start: str = ""
    end: str = ""

    def __post_init__(self) -> None:
        if not self.source_id and not self.session.unlimited:
            raise ValueError("not a key of a number")
        for clock in (self.start, self.end):
            if clock:
                convert.clock_on(self.session.day, clock)

    def __str__(self) -> str:
        return f"{self.session}:{pack(self.source_id, self.start, self.end)}"

    @classmethod
    def parse(cls, key: str) -> Self:
        """Read a key back; that of a session without numbers is one too."""
        parts = key.split(":")
        session = LabSessionKey.parse(":".join(parts[:4]))
        source_id, start, end = unpack(":".join(parts[4:]), 3) if len(parts) > 4 else ("", "", "")  # noqa: PLR2004
        return cls(session=session, source_id=source_id, start=start, end=end)

    @property
    def starts_at(self) -> dt.datetime:
        """When it begins; the day where no time is told."""
        return convert.clock_on(self.session.day, self.start or "00:00")

    @property
    def ends_at(self) -> dt.datetime | None:
        """When it ends, where that is told."""
        return convert.clock_on(self.session.day, self.end) if self.end else None


@dataclass(frozen=True, kw_only=True, slots=True)
class LabReservationKey:
    """A number that is kept free: under which key, and for which fee."""

    record_id: str
    fee: Decimal
    slot: LabSlotKey

    def __str__(self) -> str:
        return f"{pack(_RESERVED, self.record_id, str(self.fee))}:{self.slot}"

    @classmethod
    def parse(cls, key: str) -> Self:
        """Read a key back."""
        kind, record_id, fee, *slot = key.split(":")
        if kind != _RESERVED or not record_id:
            raise ValueError("not a key of a reservation")
        amount = convert.money(fee)
        if amount is None:
            raise ValueError("not a key of a reservation")
        (record,) = unpack(record_id, 1)
        return cls(record_id=record, fee=amount, slot=LabSlotKey.parse(":".join(slot)))


@dataclass(frozen=True, kw_only=True, slots=True)
class LabBookingKey:
    """A paid test: the HIS's key of it, and the number of the payment."""

    record_id: str
    payment_number: str

    def __str__(self) -> str:
        return pack(_PAID, self.record_id, self.payment_number)

    @classmethod
    def parse(cls, key: str) -> Self:
        """Read a key back."""
        kind, record_id, payment_number = unpack(key, 3)
        if kind != _PAID or not record_id or not payment_number:
            raise ValueError("not a key of a booking")
        return cls(record_id=record_id, payment_number=payment_number)
