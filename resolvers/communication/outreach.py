"""Whom a hospital wants to see again or to hear from: lists for those who work there (复诊提醒与满意度调查)."""

import datetime as dt
from typing import Annotated

import strawberry

from connectors.ports import Connection
from connectors.records.base import Period
from connectors.records.outreach import FollowUp, FollowUpProgram, SurveyCandidate
from connectors.records.problems import ProblemCode
from connectors.records.visits import VisitClass
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.facilities.hospitals import Hospital
from resolvers.offers import offered
from resolvers.patients import cards
from resolvers.patients.people import CardAtHospital
from resolvers.problems import Problem
from resolvers.writes import checks

_LONGEST = dt.timedelta(days=31)

Begin = Annotated[dt.datetime, strawberry.argument(description="From when on (开始时间).")]
End = Annotated[dt.datetime, strawberry.argument(description="Until when, at most 31 days later (结束时间).")]
Program = Annotated[FollowUpProgram, strawberry.argument(description="After what (复诊类别).")]
Class = Annotated[VisitClass, strawberry.argument(description="Outpatients, or the discharged (就诊类型).")]


async def follow_ups(root: Hospital, info: GraphInfo, program: Program, since: Begin, until: End) -> list[FollowUp]:
    """List who is due."""
    when = checks.period(since, until, most=_LONGEST)
    return await info.context.loaders.of_hospital(_follow_ups, root.hospital_id, program, when)


async def survey_candidates(
    root: Hospital, info: GraphInfo, visit_class: Class, since: Begin, until: End
) -> list[SurveyCandidate]:
    """List whose visit or stay is to be asked about."""
    if visit_class is VisitClass.UNKNOWN:
        raise Problem(ProblemCode.BAD_INPUT, "请指定就诊类型", field="visitClass")
    when = checks.period(since, until, most=_LONGEST)
    return await info.context.loaders.of_hospital(_survey_candidates, root.hospital_id, visit_class, when)


def card(root: FollowUp | SurveyCandidate) -> CardAtHospital | None:
    """Return the person's card, where the hospital names it."""
    return cards.of_ref(root.card) if root.card.number else None


@needs(Resource.COMMUNICATION_REQUEST, Action.SEARCH)
async def _follow_ups(
    connection: Connection, hospital_id: str, program: FollowUpProgram, when: Period
) -> list[FollowUp]:
    return await offered(connection.outreach).follow_ups(hospital_id, program, when)


@needs(Resource.COMMUNICATION_REQUEST, Action.SEARCH)
async def _survey_candidates(
    connection: Connection, hospital_id: str, visit_class: VisitClass, when: Period
) -> list[SurveyCandidate]:
    return await offered(connection.outreach).survey_candidates(hospital_id, visit_class, when)
