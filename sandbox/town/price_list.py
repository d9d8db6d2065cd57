"""What the palm hospital charges for its services: more than fits on two pages."""

from dataclasses import dataclass
from decimal import Decimal

from sandbox.town.stock import TESTS, VISIT_FEES

_ROOMS = 100


@dataclass(frozen=True, slots=True)
class Price:
    """A service and its price in yuan."""

    code: str
    name: str
    price: Decimal


PRICES = (
    *(Price(service.code, service.name, Decimal(service.price)) for service in (*VISIT_FEES, *TESTS)),
    *(
        Price(f"B{number:03}", f"床位费 {number}床", Decimal(30) + Decimal(number) / 4)
        for number in range(1, _ROOMS + 1)
    ),
)
