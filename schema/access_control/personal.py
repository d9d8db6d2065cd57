"""Attributes of records that tell who somebody is: each shown as the asker may see it."""

from typing import Any

from resolvers.access_control.scopes import Personal
from resolvers.context import GraphInfo
from schema.base import relation
from schema.cost import FREE


def personal(attribute: str, kind: Personal, description: str) -> Any:
    """Make the field of an attribute, whole or masked by the card that the record belongs to."""

    async def resolve(root: Any, _info: GraphInfo) -> str | None:
        value: str | None = getattr(root, attribute)
        return value

    return relation(resolve, str | None, description, cost=FREE, personal=kind)
