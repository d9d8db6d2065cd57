"""Online consultations."""

from decimal import Decimal
from typing import Protocol

from connectors.records.base import CardRef, Period
from connectors.records.consultations import (
    OnlineConsultation,
    OnlineItem,
    OnlineItemKind,
    OnlineOrder,
    VisitedDoctor,
)
from connectors.records.people import CardHolder


class Consultations(Protocol):
    """Online consultations."""

    async def visited_doctors(self, card: CardRef, period: Period) -> list[VisitedDoctor]:
        """List the doctors whom the person has seen."""
        ...

    async def online_items(self, hospital_id: str, kind: OnlineItemKind) -> list[OnlineItem]:
        """List what can be ordered of one kind."""
        ...

    async def current_price(self, hospital_id: str, kind: OnlineItemKind, item_id: str) -> Decimal | None:
        """Ask what one thing costs now."""
        ...

    async def record_consultation(self, holder: CardHolder, consultation: OnlineConsultation) -> None:
        """Tell the hospital of a consultation; the same number again changes nothing."""
        ...

    async def record_order(self, holder: CardHolder, order: OnlineOrder) -> None:
        """Tell the hospital of what was ordered and paid; the same number again changes nothing."""
        ...
