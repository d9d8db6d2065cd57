"""Charges that wait to be paid, and the bills they become."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sandbox.town.money import money, total_of


@dataclass(slots=True)
class ChargeItem:
    """One thing to be paid. Items of one `order` are paid together where a vendor pays by group."""

    id: str
    hospital: str
    person: str
    card: str
    visit: str
    order: str
    order_title: str
    prescription: str | None
    tcm: bool
    category: str
    item_code: str
    name: str
    price: Decimal
    quantity: Decimal
    unit: str
    doctor: str
    ordered_at: datetime
    discount: Decimal = Decimal("0.00")
    bill: str | None = None

    @property
    def amount(self) -> Decimal:
        """The price of the whole quantity, before the discount."""
        return money(self.price * self.quantity)


@dataclass(frozen=True, slots=True)
class BillItem:
    """One paid thing."""

    id: str
    category: str
    item_code: str
    name: str
    price: Decimal
    quantity: Decimal
    unit: str
    amount: Decimal
    doctor: str
    ordered_at: datetime
    order: str
    prescription: str | None


@dataclass(slots=True)
class Bill:
    """A paid bill. What the patient paid is the total without discount and insurance."""

    id: str
    hospital: str
    person: str
    card: str
    visit: str
    paid_at: datetime
    trade_number: str
    flow_number: str
    pay_type: str
    from_balance: Decimal
    discount: Decimal
    insurance_fund: Decimal
    insurance_balance: Decimal
    items: list[BillItem] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        """The sum of the items."""
        return total_of(item.amount for item in self.items)

    @property
    def insurance(self) -> Decimal:
        """What insurance bore."""
        return self.insurance_fund + self.insurance_balance

    @property
    def paid(self) -> Decimal:
        """What the patient paid, card balance included."""
        return self.total - self.discount - self.insurance
