"""What a hospital keeps of a stay beside the admission: what was charged, deposited and given along."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from sandbox.town.stock import Medicine

NONE = Decimal("0.00")


@dataclass(slots=True, kw_only=True)
class StayItem:
    """Something charged in a stay."""

    charged_at: dt.datetime
    category: str
    item_id: str
    name: str
    unit: str
    price: Decimal
    quantity: int

    @property
    def amount(self) -> Decimal:
        """Price times quantity."""
        return self.price * self.quantity


@dataclass(slots=True, kw_only=True)
class Deposit:
    """Money that was deposited, or with a negative amount given back under the number of what it is part of."""

    number: str
    receipt: str
    amount: Decimal
    method: str
    paid_at: dt.datetime


@dataclass(slots=True, kw_only=True)
class CaseCopy:
    """Copies of the case file that were paid for; `mailing_fee` is None when they are collected."""

    number: str
    application_id: str
    pages: int
    print_fee: Decimal
    mailing_fee: Decimal | None


@dataclass(slots=True, kw_only=True)
class StayFile:
    """The file of one admission, told by its id."""

    admission_id: str
    bed: str
    items: list[StayItem] = field(default_factory=list)
    deposits: list[Deposit] = field(default_factory=list)
    medicines: list[tuple[Medicine, int]] = field(default_factory=list)
    copies: list[CaseCopy] = field(default_factory=list)

    @property
    def cost(self) -> Decimal:
        """All that was charged."""
        return sum((item.amount for item in self.items), NONE)

    @property
    def deposited(self) -> Decimal:
        """All that was deposited and not given back."""
        return sum((deposit.amount for deposit in self.deposits), NONE)

    @property
    def balance(self) -> Decimal:
        """What is left of the deposits; negative when more was charged."""
        return self.deposited - self.cost
