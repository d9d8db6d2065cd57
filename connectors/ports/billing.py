"""Charges, payments and bills."""

from collections.abc import Sequence
from typing import Protocol

from connectors.ports.outcomes import Outcomes
from connectors.records.base import Period
from connectors.records.billing import Bill, ChargeSheet, Payment, PaymentOrder
from connectors.records.people import CardHolder


class Billing(Protocol):
    """Charges, payments and bills."""

    async def charges(self, holder: CardHolder) -> ChargeSheet | None:
        """List all that waits to be paid."""
        ...

    async def pay(self, holder: CardHolder, order: PaymentOrder) -> Payment:
        """Tell the hospital of a payment; the same number again gives the same answer."""
        ...

    async def bills(self, holders: Sequence[CardHolder], period: Period) -> Outcomes[list[Bill]]:
        """List what was paid."""
        ...
