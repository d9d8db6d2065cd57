"""Whose data a type shows: said with the type, and checked at every object that enters an answer.

The check is the type's `is_type_of`, which whatever executes an operation has to ask; compiled operations, which know
the class, ask the guard itself.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from connectors.records.base import CardRef
from resolvers.access_control.access import Access
from resolvers.access_control.masking import shown
from resolvers.access_control.scopes import Personal, Resource
from resolvers.context import GraphInfo

# Where a field's metadata has what kind of personal value it is.
PERSONAL = "personal"


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose data objects of a type are.

    `resource` is what kind of patient data it is, None for what is public. `card` names the attribute with the card
    of the person, or with the cards where there are `many`; None for parts, which stand only inside of what was
    checked.
    """

    resource: Resource | None
    card: str | None = None
    many: bool = False


PUBLIC = Whose(None)


def owned(resource: Resource) -> Whose:
    """Data of the person whose card the record has (`card`)."""
    return Whose(resource, "card")


def owned_by_all(resource: Resource) -> Whose:
    """Data of the person whose cards the record has (`cards`)."""
    return Whose(resource, "cards", many=True)


def part_of(resource: Resource) -> Whose:
    """Data that is only shown inside of an object that is checked."""
    return Whose(resource)


def type_check(record: type, whose: Whose, kind_of: Callable[[Any], bool] | None) -> Callable[..., bool]:
    """Make `is_type_of`, which raises Problem for what may not be seen.

    Where the class alone decides, it tells which it is (`of_every`), and what then is left to check (`guard`).
    """
    guard = _guard(whose)

    def check(_: type, value: Any, info: GraphInfo) -> bool:
        if not isinstance(value, record) or not (kind_of is None or kind_of(value)):
            return False
        if guard is not None:
            guard(value, info.context.access)
        return True

    if kind_of is None:
        check.of_every = record  # type: ignore[attr-defined]  # functions take any attribute
        check.guard = guard  # type: ignore[attr-defined]  # ditto
    return check


def masked(resolver: Callable[..., Awaitable[str | None]], personal: Personal) -> Callable[..., Any]:
    """Make the resolver of a personal value, shown as the asker may see it."""

    async def resolve(root: Any, info: GraphInfo) -> str | None:
        value = await resolver(root, info)
        return shown(info.context.principal, personal, _card_of(root), value) if value else None

    return resolve


def _guard(whose: Whose) -> Callable[[Any, Access], None] | None:
    resource, name = whose.resource, whose.card
    if resource is None or name is None:
        return None

    def one(value: Any, access: Access) -> None:
        card = getattr(value, name)
        # A bare tuple equals the one that is kept, and costs less.
        if (resource, card) not in access.seen:
            access.see(resource, card)

    def each(value: Any, access: Access) -> None:
        for card in getattr(value, name):
            access.see(resource, card)

    return each if whose.many else one


def _card_of(root: Any) -> CardRef:
    card: CardRef = root.cards[0] if hasattr(root, "cards") else root.card
    return card
