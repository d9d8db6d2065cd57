"""What a hospital keeps about medical insurance and online consultations, in no vendor's words."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(slots=True, kw_only=True)
class InsuranceOrder:
    """Charges that the insurance pays a part of; `state` is pre_settled, settled, cancelled or paid."""

    id: str
    card_number: str
    charge_ids: list[str]
    total: Decimal
    discount: Decimal
    fund: Decimal
    account: Decimal
    created_at: dt.datetime
    settled_at: dt.datetime | None = None
    state: str = "pre_settled"
    payment: tuple[str, str] | None = None

    @property
    def insurance(self) -> Decimal:
        """What the insurance pays in all."""
        return self.fund + self.account

    @property
    def rest(self) -> Decimal:
        """What is left for the person."""
        return self.total - self.discount - self.insurance


@dataclass(slots=True, kw_only=True)
class CounterOrder:
    """A prescription that the insurance paid a part of at the counter; the rest waits to be paid."""

    id: str
    card_number: str
    prescription_id: str
    total: Decimal
    insurance: Decimal
    payment: tuple[str, str] | None = None

    @property
    def rest(self) -> Decimal:
        """What is left for the person."""
        return self.total - self.insurance


@dataclass(slots=True, kw_only=True)
class Claims:
    """All of it; what was told of online consultations and orders is kept by its number."""

    orders: list[InsuranceOrder] = field(default_factory=list)
    counter_orders: list[CounterOrder] = field(default_factory=list)
    consultations: dict[str, dict[str, Any]] = field(default_factory=dict)
    online_orders: dict[str, dict[str, Any]] = field(default_factory=dict)
