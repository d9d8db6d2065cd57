"""Medical insurance."""

from collections.abc import Sequence
from typing import Protocol

from connectors.records.base import CardRef, Period
from connectors.records.billing import Payment
from connectors.records.insurance import (
    InsuranceItem,
    InsuranceOrder,
    InsurancePayment,
    Reimbursement,
    SelfPayOrder,
    SelfPayOrderDetail,
)
from connectors.records.people import CardHolder
from connectors.records.recharges import Refundability


class Insurance(Protocol):
    """Orders that the insurance pays a part of. `card_ending`: the last digits of the social security card."""

    async def create_order(
        self, holder: CardHolder, charge_ids: Sequence[str], card_ending: str | None = None
    ) -> InsuranceOrder:
        """Make an order of charges and settle it tentatively."""
        ...

    async def settle_order(
        self, holder: CardHolder, order_id: str, known: InsuranceOrder | None, card_ending: str | None = None
    ) -> InsuranceOrder:
        """Let the insurance pay its part; `known` is the order as it was listed, which the answer does not repeat."""
        ...

    async def cancel_orders(self, card: CardRef, order_ids: Sequence[str]) -> bool | None:
        """Cancel orders; False when the hospital says that it did not."""
        ...

    async def pay_order(self, holder: CardHolder, payment: InsurancePayment) -> Payment:
        """Tell the hospital that the person's part was paid; the same number again gives the same answer."""
        ...

    async def unfinished_orders(self, holder: CardHolder, card_ending: str | None = None) -> list[InsuranceOrder]:
        """List the orders that are not paid to the end."""
        ...

    async def refundability(self, card: CardRef, order_id: str, payment_number: str) -> Refundability:
        """Say whether the payment of an order may be given back."""
        ...


class CounterInsurance(Protocol):
    """Insurance that was settled at the counter; the rest is paid here."""

    async def self_pay_orders(self, holder: CardHolder, period: Period) -> list[SelfPayOrder]:
        """List the orders whose rest waits to be paid."""
        ...

    async def self_pay_order(self, card: CardRef, order_id: str) -> SelfPayOrderDetail | None:
        """Read one."""
        ...

    async def reimbursements(self, holder: CardHolder, period: Period) -> list[Reimbursement]:
        """List what the insurance has paid back."""
        ...

    async def reimbursed_items(self, holder: CardHolder, order_id: str) -> list[InsuranceItem]:
        """List what it has paid for."""
        ...

    async def pay_rest(self, holder: CardHolder, payment: InsurancePayment) -> Payment:
        """Tell the hospital that the rest was paid; the same number again gives the same answer."""
        ...
