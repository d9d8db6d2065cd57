"""Notices for the admitted."""

import strawberry

from connectors.records import education as records
from resolvers.communication import education as resolvers
from schema.access_control.guards import PUBLIC
from schema.base import graph_type, relation
from schema.cost import Cost


@graph_type(records.AdmissionGuide, PUBLIC)
class AdmissionGuide(records.AdmissionGuide):
    """What an admitted person has to know (住院须知)."""


@strawberry.type
class AdmissionGuidesOfHospital:
    """A hospital's notices for the admitted."""

    admission_guide = relation(
        resolvers.admission_guide,
        AdmissionGuide | None,
        "What an admitted person has to know; null where there is no such notice (住院须知).",
        cost=Cost(calls=1),
    )
