"""What services cost."""

from typing import Protocol

from connectors.records.prices import ServicePrice


class PriceLists(Protocol):
    """Price lists, in pages."""

    async def service_prices(self, hospital_id: str, page: int, size: int) -> list[ServicePrice]:
        """Read a page, counted from 1; one that is not full is the last."""
        ...
