"""Passes of those who stay with an admitted person."""

import datetime as dt
from typing import Protocol

from connectors.records.base import CardRef
from connectors.records.caregivers import CaregiverDetails, CaregiverPass
from connectors.records.people import CardHolder


class Caregivers(Protocol):
    """Passes of those who stay with an admitted person."""

    async def passes(self, caregiver: CardHolder, admission_number: str) -> list[CaregiverPass]:
        """List a caregiver's passes for an admission."""
        ...

    async def add(
        self, patient: CardHolder, admission_number: str, details: CaregiverDetails, now: dt.datetime
    ) -> CaregiverPass:
        """Make a pass for somebody who stays with the admitted person."""
        ...

    async def update(self, card: CardRef, pass_id: str, details: CaregiverDetails) -> CaregiverPass:
        """Change a pass that was found or made by the card."""
        ...

    async def remove(self, card: CardRef, pass_id: str) -> None:
        """Give a pass back."""
        ...
