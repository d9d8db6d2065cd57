"""Which antibiotics act on the bacteria of a culture."""

import strawberry

from connectors.records import susceptibility as records
from resolvers.access_control.scopes import Resource
from resolvers.diagnostic_reports import susceptibilities as resolvers
from schema.access_control.guards import owned
from schema.base import graph_type, relation
from schema.cost import Cost


@graph_type(records.Susceptibility, owned(Resource.DIAGNOSTIC_REPORT))
class Susceptibility(records.Susceptibility):
    """A bacterium of a culture against an antibiotic (药敏试验, FHIR Observation)."""


@strawberry.type
class CulturesOfLabReport:
    """What grew in the cultures of a report."""

    susceptibilities = relation(
        resolvers.susceptibilities,
        list[Susceptibility] | None,
        "Which antibiotics act on what grew; empty where nothing did (药敏试验).",
        # A call for each culture: as many as a large report has.
        cost=Cost(calls=3, size=30),
    )
