"""Clinics of today that one can register with at once (当日挂号)."""

from typing import Annotated

import strawberry

from connectors.ports import Connection
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.same_day import RegistrationTerms
from connectors.records.scheduling import Department, SameDaySession, Slot
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.offers import offered
from resolvers.patients.people import CardAtHospital
from resolvers.problems import Problem

SessionId = Annotated[strawberry.ID, strawberry.argument(description="Session of today (当日排班).")]


async def sessions(root: Department, info: GraphInfo) -> list[SameDaySession]:
    """List the sessions of a department that can be registered with today."""
    return await info.context.loaders.public(_sessions, root.hospital_id, root.id)


async def slots(root: SameDaySession, info: GraphInfo) -> list[Slot]:
    """List the slots of a session of today, in order."""
    found = await info.context.loaders.public(_slots, root.hospital_id, root.id)
    return sorted(found, key=lambda slot: slot.starts_at)


async def count(root: CardAtHospital, info: GraphInfo) -> int:
    """Say how many times the person registered today."""
    holder = await info.context.loaders.holder(root.card)
    return await info.context.loaders.alone(_count, holder)


async def terms(root: CardAtHospital, info: GraphInfo, session_id: SessionId) -> RegistrationTerms:
    """Say what a session asks of the person; raises Problem BAD_INPUT for one of another hospital."""
    key = info.context.services.ids.read(session_id, "SameDaySession")
    if key.hospital_id != root.card.hospital_id:
        raise Problem(ProblemCode.BAD_INPUT, "就诊卡与排班不属于同一医院", field="sessionId")
    holder = await info.context.loaders.holder(root.card)
    return await info.context.loaders.alone(_terms, holder, key.local_id)


async def _sessions(connection: Connection, hospital_id: str, department_id: str) -> list[SameDaySession]:
    return await offered(connection.same_day).sessions(hospital_id, department_id)


async def _slots(connection: Connection, hospital_id: str, session_id: str) -> list[Slot]:
    return await offered(connection.same_day).slots(hospital_id, session_id)


@needs(Resource.APPOINTMENT, Action.SEARCH)
async def _count(connection: Connection, holder: CardHolder) -> int:
    return await offered(connection.same_day).count(holder)


@needs(Resource.APPOINTMENT, Action.READ)
async def _terms(connection: Connection, holder: CardHolder, session_id: str) -> RegistrationTerms:
    return await offered(connection.same_day).terms(holder, session_id)
