"""Cards and the people behind them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from connectors.ports.outcomes import Outcomes
from connectors.records.base import CardRef
from connectors.records.card_funds import CardFunds
from connectors.records.people import CardHolder, NewCard


class Cards(Protocol):
    """Cards and the people behind them."""

    async def known(self, card: CardRef) -> CardHolder | None:
        """Return who holds the card, if that was looked up a short while ago; asks nobody."""
        ...

    async def holders(self, cards: Sequence[CardRef]) -> Outcomes[CardHolder | None]:
        """Look up who holds each card; None where the hospital does not know it."""
        ...

    async def cards_of(self, hospital_id: str, name: str, identity_number: str) -> list[CardHolder]:
        """Find the cards of a person by name and identity number."""
        ...

    async def balance(self, card: CardRef) -> Decimal | None:
        """Look up the money on a card, in yuan."""
        ...

    async def create(self, new: NewCard) -> CardRef:
        """Create the card; one that exists already is success."""
        ...


class Funds(Protocol):
    """What can be spent of cards."""

    async def funds(self, card: CardRef) -> CardFunds | None:
        """Look it up; None for a card that the hospital does not know."""
        ...
