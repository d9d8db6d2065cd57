"""What every record builds on: documented fields, documented enums, references."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple, Self

from typing_extensions import Doc

__all__ = ["INTERNAL", "SHANGHAI", "CardRef", "Doc", "DocumentedEnum", "Internal", "Period"]

# China keeps one offset all year: a fixed zone needs no time-zone data and is quick.
SHANGHAI = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")


class Internal:
    """Marks a record field that never becomes public (`Annotated[str, INTERNAL]`)."""


INTERNAL = Internal()


class DocumentedEnum(Enum):
    """An enum whose values carry their description: `BOOKED = "BOOKED", "Booked (已预约)."`."""

    description: str

    # Members are single: their identity is quicker than what Enum makes of their names, and codes are looked up a lot.
    __hash__ = object.__hash__

    def __new__(cls, value: str, description: str) -> Self:
        """Split the pair: the name is the value, the sentence goes to the schema."""
        member = object.__new__(cls)
        member._value_ = value
        member.description = description
        return member


class CardRef(NamedTuple):
    """Names one person at one hospital: the key of every read of patient data.

    `number` is what the hospital prints on the card; `patient_id` the hospital's own key, where it has another. A
    tuple, since it is looked up all the time.
    """

    hospital_id: str
    number: str
    patient_id: str | None = None

    def __repr__(self) -> str:
        """Keep the number out of tracebacks and logs."""
        return f"CardRef({self.hospital_id!r}, ***)"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, both ends included, in hospital time (Asia/Shanghai)."""

    since: dt.datetime
    until: dt.datetime

    def __hash__(self) -> int:
        """Hash one end: periods are part of what loads are remembered by, and few share an end."""
        return hash(self.since)

    def holds(self, moment: dt.datetime | None) -> bool:
        """Say whether the moment lies inside; an unknown moment is kept rather than lost."""
        return moment is None or self.since <= moment <= self.until
