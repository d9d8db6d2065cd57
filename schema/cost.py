"""What a field costs in calls to hospitals: data on the schema's fields, read before anything is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from graphql import GraphQLField, GraphQLList, GraphQLNonNull

_KEY = "cost"


class Size(Enum):
    """How many objects a field leads to, where that depends on who asks and for how much."""

    PEOPLE = "the people bound to the account"
    PERSON = "one person"
    CARDS = "the cards of the person"
    HOSPITALS = "all hospitals"
    LOGIN = "one who has logged in just now: how many people and cards are bound is not known before"
    PAGE = "as many as `first` says"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The most that a field needs of hospitals that answer, nothing being cached.

    `calls` are made for each object, `card_calls` for each card of the person. With `holder` it must be known who holds
    the cards: one call a card, once for all fields of a person. `size` is how many objects are below.

    Where a hospital is asked again for each row of its own answer, or nothing limits a list, the number is that of a
    busy one. Calls that are repeated after a failure are not counted.
    """

    calls: int = 0
    card_calls: int = 0
    holder: bool = False
    size: int | Size = 1


FREE = Cost()
# What is to be paid and what was paid: a call for the visits, and one for each of them.
CHARGES_OF_A_CARD = 10
BILLS_OF_A_CARD = 25
# Those of visits, the stays, and those of each stay.
INVOICES_OF_A_CARD = REPORTS_OF_A_CARD = 4
# A list inside of a record, such as the items of a bill.
_ROWS = Cost(size=50)


def costing(cost: Cost) -> Mapping[str, Any]:
    """Make the metadata of a field."""
    return {_KEY: cost}


def declared_cost(field: GraphQLField) -> Cost | None:
    """Read what the field says; None when it says nothing."""
    definition = field.extensions.get("strawberry-definition")
    found: Cost | None = definition.metadata.get(_KEY) if definition is not None else None
    return found


def cost_of(field: GraphQLField) -> Cost:
    """Return the cost of a field; one that says nothing calls nobody."""
    return declared_cost(field) or (_ROWS if _is_list(field) else FREE)


def _is_list(field: GraphQLField) -> bool:
    kind = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    return isinstance(kind, GraphQLList)
