"""Check-ups: what is offered, when, and booking one."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from connectors.records.billing import PaymentMethod
from connectors.records.checkups import (
    CheckupDay,
    CheckupEmployer,
    CheckupGroup,
    CheckupItem,
    CheckupItemPage,
    CheckupPackage,
)
from connectors.records.people import CardHolder
from connectors.records.scheduling import Appointment, Cancellation


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckupBooking:
    """What a hospital needs to book a check-up.

    `amount` is the price that the person was shown; it was paid by `method`, or is paid at the hospital where there is
    none. Ids of packages and items are the hospital's own.
    """

    key: str
    starts_at: dt.datetime
    package_ids: Sequence[str]
    item_ids: Sequence[str] = ()
    amount: Decimal
    method: PaymentMethod | None = None
    platform_info: str | None = None
    employer_id: str | None = None
    group_id: str | None = None
    occupation_code: str | None = None


class Checkups(Protocol):
    """Check-ups of a hospital."""

    async def packages(self, holder: CardHolder, occupation_code: str | None) -> list[CheckupPackage]:
        """List what the hospital offers to a person, for an occupation where one is named."""
        ...

    async def package_items(self, hospital_id: str, package_id: str) -> list[CheckupItem]:
        """List what a package holds."""
        ...

    async def days(self, hospital_id: str, first: dt.date, last: dt.date, package_id: str | None) -> list[CheckupDay]:
        """List the days from one to another that have room."""
        ...

    async def times(self, holder: CardHolder, day: dt.date, package_id: str | None) -> list[dt.datetime]:
        """List the times of a day that a person can book."""
        ...

    async def is_booked(self, holder: CardHolder, day: dt.date) -> bool | None:
        """Say whether the person has booked for the day; None where the hospital cannot tell."""
        ...

    async def is_registered(self, holder: CardHolder, day: dt.date) -> bool | None:
        """Say whether the person has registered at the check-up centre; None where the hospital cannot tell."""
        ...

    async def notice(self, holder: CardHolder) -> str | None:
        """Return what people are to know before a check-up, as HTML."""
        ...

    async def employers(self, holder: CardHolder) -> list[CheckupEmployer]:
        """List the employers who have check-ups arranged for the person."""
        ...

    async def groups(self, holder: CardHolder, employer_id: str) -> list[CheckupGroup]:
        """List an employer's groups."""
        ...

    async def group_items(self, hospital_id: str, group_id: str) -> list[CheckupItem]:
        """List what the people of a group get."""
        ...

    async def items(self, hospital_id: str, page: int, size: int) -> CheckupItemPage:
        """Return a page, counted from 1, of all that can be examined."""
        ...

    async def book(self, holder: CardHolder, booking: CheckupBooking) -> Appointment:
        """Book a check-up; the same key again gives the same appointment."""
        ...

    async def cancel(self, holder: CardHolder, appointment_id: str) -> Cancellation:
        """Cancel a check-up."""
        ...
