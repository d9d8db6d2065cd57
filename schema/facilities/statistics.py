"""Figures of a hospital's business; for those who work there."""

import strawberry

from connectors.records import statistics as records
from resolvers.facilities import statistics as resolvers
from schema.access_control.guards import PUBLIC
from schema.base import graph_type, relation, type_in
from schema.cost import Cost

_Hospital = type_in("schema.facilities.hospital", "Hospital")


# About nobody; that only those who work there get it is asked where it is read.
@graph_type(records.HospitalStatistics, PUBLIC)
class HospitalStatistics(records.HospitalStatistics):
    """What a hospital took in and how many came, in a time (运营数据统计, FHIR MeasureReport)."""

    hospital = relation(resolvers.hospital, _Hospital, "The hospital (医院).")


@strawberry.type
class StatisticsOfHospital:
    """A hospital's figures."""

    statistics = relation(
        resolvers.statistics,
        HospitalStatistics | None,
        "Figures of a time; for those who work there (运营数据统计).",
        cost=Cost(calls=1),
    )
