"""The Node interface and the ids of everything that is one."""

from collections.abc import Callable
from typing import Any

import strawberry

from resolvers.context import GraphInfo

ID_DESCRIPTION = "Global id, opaque and stable (全局标识)."


@strawberry.interface(description="Anything that can be read again by its id (节点).")
class Node:
    """Anything with a global id."""

    id: strawberry.ID = strawberry.field(description=ID_DESCRIPTION)


def node_id(resolver: Callable[..., str]) -> Any:
    """Make the id field of a type from the resolver that writes it."""
    return strawberry.field(resolver=resolver, graphql_type=strawberry.ID, description=ID_DESCRIPTION)


def of_card(kind: str) -> Any:
    """Make the id field of a record that belongs to a card."""

    def write(root: Any, info: GraphInfo) -> str:
        return info.context.services.ids.write(kind, root.card.hospital_id, root.card, root.id)

    return node_id(write)


def of_hospital(kind: str) -> Any:
    """Make the id field of a record that belongs to a hospital and to nobody."""

    def write(root: Any, info: GraphInfo) -> str:
        return info.context.services.ids.write(kind, root.hospital_id, None, root.id)

    return node_id(write)
