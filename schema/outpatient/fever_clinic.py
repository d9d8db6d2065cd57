"""Fever clinics."""

import strawberry

from connectors.records import arrivals as records
from resolvers.outpatient import arrivals as resolvers
from schema.access_control.guards import PUBLIC
from schema.base import graph_type, relation
from schema.cost import Cost


@graph_type(records.FeverClinic, PUBLIC)
class FeverClinic(records.FeverClinic):
    """A clinic for people with a fever, and how many wait there (发热门诊)."""


@strawberry.type
class FeverClinicsOfHospital:
    """The fever clinics of a hospital."""

    fever_clinics = relation(
        resolvers.fever_clinics,
        list[FeverClinic] | None,
        "Fever clinics and how many wait there (发热门诊排队).",
        cost=Cost(calls=1, size=10),
    )
