"""Money on cards: put there, given back, and reconciled."""

import datetime as dt
from typing import Protocol

from connectors.records.base import Period
from connectors.records.billing import Payment
from connectors.records.people import CardHolder
from connectors.records.recharges import Recharge, RechargeOrder, Refund, Refundability, RefundableBalance, RefundOrder
from connectors.records.reconciliation import Transaction


class Recharges(Protocol):
    """Money put on a card."""

    async def recharge(self, holder: CardHolder, order: RechargeOrder) -> Payment:
        """Tell the hospital of a recharge; the same number again gives the same answer."""
        ...


class RechargeHistory(Protocol):
    """What was put on cards."""

    async def recharges(self, holder: CardHolder) -> list[Recharge]:
        """List it."""
        ...


class Refunds(Protocol):
    """Money given back."""

    async def refundable(self, holder: CardHolder, since: dt.date | None) -> RefundableBalance | None:
        """Look up what of the card's balance can be given back; the recharges are those since a day."""
        ...

    async def refund(self, holder: CardHolder, order: RefundOrder) -> Refund:
        """Give back a part of a recharge; the same number again gives the same answer."""
        ...

    async def refund_state(self, holder: CardHolder, recharge_number: str, refund_number: str) -> Refund:
        """Look up what became of a refund."""
        ...

    async def refundability(self, holder: CardHolder, payment_number: str) -> Refundability:
        """Ask whether a payment that the hospital did not confirm may be given back."""
        ...


class Reconciliation(Protocol):
    """What the hospital has booked of online payments."""

    async def transactions(self, hospital_id: str, period: Period) -> list[Transaction]:
        """List payments and refunds of a stretch of time."""
        ...

    async def transactions_of(self, hospital_id: str, number: str) -> list[Transaction]:
        """List what was booked of one payment."""
        ...

    async def refund_transaction(self, hospital_id: str, number: str, refund_number: str) -> Transaction | None:
        """Look up one refund of a payment."""
        ...
