"""What changes cards and the people behind them, beyond creating one."""

from typing import Protocol

from connectors.records.base import CardRef
from connectors.records.card_changes import CardLink, HolderChange, LinkOrder, NewbornCard, NewContact


class HolderChanges(Protocol):
    """Corrections of what a hospital has registered."""

    async def change_holder(self, card: CardRef, change: HolderChange) -> None:
        """Correct or complete the holder's data."""
        ...


class RelatedPeople(Protocol):
    """People who come with another: newborns and contacts."""

    async def create_newborn(self, new: NewbornCard) -> CardRef:
        """Create a newborn's card; one that exists already is success."""
        ...

    async def add_contact(self, card: CardRef, contact: NewContact) -> None:
        """Register somebody to be reached for the patient."""
        ...


class CardLinks(Protocol):
    """Physical cards behind electronic ones."""

    async def link(self, order: LinkOrder) -> CardLink:
        """Create the electronic card for a person who has the physical one: what is known of one is of the other."""
        ...

    async def unlink(self, order: LinkOrder) -> None:
        """Part them again."""
        ...
