"""A vendor system outside of any domain."""

from typing import Protocol

from connectors.core.upstream import Seen
from connectors.records.base import CardRef
from connectors.records.hospitals import Campus


class Campuses(Protocol):
    """The sites of a hospital."""

    async def campuses(self, hospital_id: str) -> list[Campus]:
        """List them."""
        ...


class System(Protocol):
    """A vendor system's life outside any domain."""

    seen: Seen

    async def probe(self, hospital_id: str) -> None:
        """Make one harmless call; raises ConnectorError."""
        ...

    async def forget(self, card: CardRef) -> None:
        """Drop what is kept about a card: the hospital has told that it is other now."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...
