"""Figures of a hospital's business; for those who work there."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from connectors.records import statistics as records
from resolvers.facilities import statistics as resolvers
from schema.access_control.guards import PUBLIC
from schema.base import graph_type, relation
from schema.cost import Cost

if TYPE_CHECKING:
    from schema.facilities.hospital import Hospital

_LazyHospital = Annotated["Hospital", strawberry.lazy("schema.facilities.hospital")]


# About nobody; that only those who work there get it is asked where it is read.
@graph_type(records.HospitalStatistics, PUBLIC)
class HospitalStatistics(records.HospitalStatistics):
    """What a hospital took in and how many came, in a time (运营数据统计, FHIR MeasureReport)."""

    hospital = relation(resolvers.hospital, _LazyHospital, "The hospital (医院).")


@strawberry.type
class StatisticsOfHospital:
    """A hospital's figures."""

    statistics = relation(
        resolvers.statistics,
        HospitalStatistics | None,
        "Figures of a time; for those who work there (运营数据统计).",
        cost=Cost(calls=1),
    )
