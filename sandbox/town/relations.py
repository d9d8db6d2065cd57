"""Who and what belongs to a card: contacts, mothers of newborns, other cards."""

import datetime as dt
from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Contact:
    """Somebody to be reached for the holder of a card; codes as they were sent."""

    card_number: str
    name: str
    identity_number: str
    phone: str
    birth_date: dt.date
    ethnicity: str
    kinship: str


@dataclass(slots=True, kw_only=True)
class Newborn:
    """Whose child the holder of a card is."""

    card_number: str
    mother_identity_number: str
    birth_order: int


@dataclass(slots=True)
class Relations:
    """All of a hospital's. `links` leads from a card's number to the one that its holder is kept under."""

    contacts: list[Contact] = field(default_factory=list)
    newborns: list[Newborn] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
