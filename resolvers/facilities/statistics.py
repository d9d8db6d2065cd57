"""Figures of hospitals' business, for those who work there (运营统计)."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

import strawberry

from connectors.core.concurrency import together
from connectors.errors import ConnectorError
from connectors.ports import Connection
from connectors.records.base import Doc, Period
from connectors.records.hospitals import Capability
from connectors.records.statistics import HospitalStatistics
from resolvers.access_control.access import Need, needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.facilities.hospitals import Hospital, by_id
from resolvers.merging import HospitalFailure, failure
from resolvers.offers import offered
from resolvers.problems import Problem
from resolvers.writes import checks

_READ = Need(Resource.MEASURE_REPORT, Action.READ)
_LONGEST = dt.timedelta(days=366)

Begin = Annotated[dt.datetime, strawberry.argument(description="From when on (开始时间).")]
End = Annotated[dt.datetime, strawberry.argument(description="Until when, at most 366 days later (结束时间).")]


@dataclass(kw_only=True, slots=True)
class StatisticsOfHospitals:
    """What several hospitals stated, and which did not (各医院运营统计)."""

    nodes: Annotated[list[HospitalStatistics], Doc("The figures of each hospital (各医院数据).")]
    failures: Annotated[
        list[HospitalFailure], Doc("Hospitals whose figures are missing; empty when all came (查询失败的医院).")
    ]


async def statistics(root: Hospital, info: GraphInfo, since: Begin, until: End) -> HospitalStatistics | None:
    """Read the figures of one hospital."""
    when = checks.period(since, until, most=_LONGEST)
    return await info.context.loaders.of_hospital(_of_hospital, root.hospital_id, when)


async def hospital_statistics(info: GraphInfo, since: Begin, until: End) -> StatisticsOfHospitals:
    """Read the figures of all hospitals that the principal works at, a call for each system."""
    context = info.context
    own = context.access.hospitals_for(_READ)
    when = checks.period(since, until, most=_LONGEST)
    answers = await together(*(_told(context, group, when) for group in _groups(context, own)))
    return StatisticsOfHospitals(
        nodes=[figures for answer in answers for figures in answer.nodes],
        failures=[failed for answer in answers for failed in answer.failures],
    )


def hospital(root: HospitalStatistics, info: GraphInfo) -> Hospital:
    """Return whose figures these are."""
    return by_id(info.context, root.hospital_id)


def _groups(context: Context, hospital_ids: frozenset[str]) -> list[tuple[str, ...]]:
    """Put the hospitals together that one system tells of; those that state no figures are left out."""
    groups: dict[int, list[str]] = {}
    for hospital_id in sorted(hospital_ids):
        connection = context.services.registry.find(hospital_id)
        if connection is not None and Capability.STATISTICS in connection.offers(hospital_id):
            groups.setdefault(id(connection), []).append(hospital_id)
    return [tuple(group) for group in groups.values()]


async def _told(context: Context, group: tuple[str, ...], when: Period) -> StatisticsOfHospitals:
    try:
        found = await context.loaders.of_hospital(_of_hospitals, group[0], group, when)
    except (ConnectorError, Problem) as error:
        return StatisticsOfHospitals(nodes=[], failures=[failure(hospital_id, error) for hospital_id in group])
    return StatisticsOfHospitals(nodes=found, failures=[])


@needs(*_READ)
async def _of_hospital(connection: Connection, hospital_id: str, when: Period) -> HospitalStatistics | None:
    return await offered(connection.statistics).of_hospital(hospital_id, when)


@needs(*_READ)
async def _of_hospitals(
    connection: Connection, _hospital_id: str, hospital_ids: tuple[str, ...], when: Period
) -> list[HospitalStatistics]:
    return await offered(connection.statistics).of_hospitals(hospital_ids, when)
