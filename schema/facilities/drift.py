"""Where a hospital's answers are not as documented."""

import strawberry

from connectors.records import drift as records
from resolvers.facilities import drift as resolvers
from schema.access_control.guards import PUBLIC
from schema.base import graph_type, relation


@graph_type(records.FieldDrift, PUBLIC)
class FieldDrift(records.FieldDrift):
    """A field of a hospital's answers that is not as documented (接口字段差异)."""


@strawberry.type
class DriftOfHospital:
    """What those who look after a hospital's system want to know."""

    drift = relation(
        resolvers.drift,
        list[FieldDrift] | None,
        "Fields of the answers of the hospital's system that are not as documented, since this server was started; "
        "null where they are not compared. For staff of the hospital (接口字段差异).",
    )
