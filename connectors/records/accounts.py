"""Accounts of the region's platform, and the people bound to them."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated, Literal

from connectors.records.base import INTERNAL, CardRef

RelationCode = Literal["self", "child", "parent", "other"]


@dataclass(kw_only=True, slots=True)
class Binding:
    """A person bound to an account, with the cards that are bound; `relation` is to the account's own person."""

    person_id: Annotated[str, INTERNAL]
    relation: Annotated[RelationCode, INTERNAL]
    cards: Annotated[list[CardRef], INTERNAL] = field(default_factory=list)
    birth_date: Annotated[dt.date | None, INTERNAL] = None


@dataclass(kw_only=True, slots=True)
class Account:
    """An account (账号). Its id tells nothing of the person and stays the same."""

    id: Annotated[str, INTERNAL]
    people: Annotated[list[Binding], INTERNAL] = field(default_factory=list)
