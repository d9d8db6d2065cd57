"""Cultures of bacteria."""

from typing import Protocol

from connectors.records.people import CardHolder
from connectors.records.susceptibility import Susceptibility


class Susceptibilities(Protocol):
    """Which antibiotics act on what grew."""

    async def susceptibilities(self, holder: CardHolder, culture_id: str) -> list[Susceptibility]:
        """List what was tried on a culture of a laboratory report."""
        ...
