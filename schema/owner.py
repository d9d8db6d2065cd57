"""The relations that every record of a person has: whose it is and where it was made."""

from typing import Any

import strawberry

from resolvers.context import GraphInfo
from resolvers.facilities import hospitals
from schema.facilities.hospital import Hospital


def hospital_of() -> Any:
    """Make the field that names the hospital of a record."""

    def resolve(root: Any, info: GraphInfo) -> hospitals.Hospital:
        return hospitals.by_id(info.context, root.card.hospital_id)

    return strawberry.field(resolver=resolve, graphql_type=Hospital, description="Where it was made (医院).")
