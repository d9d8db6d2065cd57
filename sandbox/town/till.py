"""Money that went through the till of a hospital online: put on cards, given back, paid."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(slots=True, kw_only=True)
class Recharge:
    """Money that was put on a card, and what of it can still be given back."""

    id: str
    number: str
    card_number: str
    amount: Decimal
    left: Decimal
    paid_at: dt.datetime


@dataclass(slots=True, kw_only=True)
class Refund:
    """A part of a recharge that was given back."""

    id: str
    number: str
    recharge_number: str
    card_number: str
    amount: Decimal


@dataclass(slots=True, kw_only=True)
class Transaction:
    """An online payment, or, with a `refund_number`, a refund. `way` is in the words of who paid."""

    number: str
    card_number: str
    amount: Decimal
    at: dt.datetime
    way: str
    subject: str
    refund_number: str = ""


@dataclass(slots=True)
class Till:
    """All of a hospital's."""

    recharges: list[Recharge] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)
    transactions: list[Transaction] = field(default_factory=list)
