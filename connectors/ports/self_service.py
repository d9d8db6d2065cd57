"""Packages of examinations that people choose themselves."""

from collections.abc import Sequence
from typing import Protocol

from connectors.records.people import CardHolder
from connectors.records.scheduling import Cancellation
from connectors.records.self_service import (
    ChosenPackage,
    SelfServiceDay,
    SelfServiceOrder,
    SelfServicePackage,
    SelfServicePurchase,
)


class SelfService(Protocol):
    """Packages of examinations that people choose themselves."""

    async def packages(self, holder: CardHolder) -> list[SelfServicePackage]:
        """List what can be chosen."""
        ...

    async def days(self, holder: CardHolder, chosen: Sequence[ChosenPackage]) -> list[SelfServiceDay]:
        """List the days for which the chosen packages can be booked."""
        ...

    async def purchase(self, holder: CardHolder, purchase: SelfServicePurchase) -> SelfServiceOrder:
        """Tell the hospital of paid packages; the same number again gives the same order."""
        ...

    async def cancel(self, holder: CardHolder, order_id: str) -> Cancellation:
        """Cancel an order; one that is cancelled already is success."""
        ...
