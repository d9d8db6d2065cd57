"""Laboratory tests that people order themselves (检验项目预约)."""

from typing import Annotated

import strawberry

from connectors.ports import Connection
from connectors.records.lab_tests import LabSlot, LabTest
from connectors.records.problems import ProblemCode
from resolvers.context import Context, GraphInfo
from resolvers.facilities.hospitals import Hospital
from resolvers.offers import offered
from resolvers.problems import Problem

SessionId = Annotated[strawberry.ID, strawberry.argument(description="Session of a test of this hospital (排班).")]


async def lab_tests(root: Hospital, info: GraphInfo) -> list[LabTest]:
    """List the tests that people can order themselves."""
    return await load_tests(info.context, root.hospital_id)


async def lab_slots(root: Hospital, info: GraphInfo, session_id: SessionId) -> list[LabSlot]:
    """List the numbers of a session, in order."""
    session = info.context.services.ids.read(session_id, "LabSession")
    if session.hospital_id != root.hospital_id:
        raise Problem(ProblemCode.BAD_INPUT, "该排班不属于此医院", field="sessionId")
    found = await info.context.loaders.public(_slots, root.hospital_id, session.local_id)
    return sorted(found, key=lambda slot: slot.starts_at)


async def load_tests(context: Context, hospital_id: str) -> list[LabTest]:
    """List the tests of a hospital."""
    return await context.loaders.public(_tests, hospital_id)


async def _tests(connection: Connection, hospital: str) -> list[LabTest]:
    return await offered(connection.lab_tests).tests(hospital)


async def _slots(connection: Connection, hospital: str, session_id: str) -> list[LabSlot]:
    return await offered(connection.lab_tests).slots(hospital, session_id)
