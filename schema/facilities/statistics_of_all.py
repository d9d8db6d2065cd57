"""Figures of all hospitals that somebody works at."""

import strawberry

from resolvers.facilities import statistics as resolvers
from schema.access_control.guards import PUBLIC
from schema.base import graph_type, relation
from schema.cost import Cost
from schema.facilities.statistics import HospitalStatistics
from schema.lists import HospitalFailure

__all__ = ["HospitalFailure", "HospitalStatistics", "StatisticsOfHospitals", "StatisticsQuery"]

# A call for each system; more than a handful of them nobody works at.
_SYSTEMS = 5


@graph_type(resolvers.StatisticsOfHospitals, PUBLIC)
class StatisticsOfHospitals(resolvers.StatisticsOfHospitals):
    """What several hospitals stated, and which did not (各医院运营统计)."""


@strawberry.type
class StatisticsQuery:
    """Figures of hospitals."""

    hospital_statistics = relation(
        resolvers.hospital_statistics,
        StatisticsOfHospitals | None,
        "Figures of all hospitals that the asker works at (各医院交易数量).",
        cost=Cost(calls=_SYSTEMS),
    )
