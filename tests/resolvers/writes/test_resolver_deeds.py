from typing import Any

import pytest

from connectors.errors import Denied, Malformed, NotFound, Refused, Unavailable
from connectors.records.problems import ProblemCode
from resolvers.access_control.access import Need
from resolvers.access_control.audit import AuditAction, AuditOutcome, Deed
from resolvers.access_control.scopes import Action, Resource
from resolvers.problems import Problem
from resolvers.writes.deeds import on_record
from tests.resolvers.fakes import MINE, Region

BOOK = Need(Resource.APPOINTMENT, Action.CREATE)
WHERE: dict[str, Any] = {"system": "town", "interface": "2.1"}


async def test_what_was_done_is_on_record(region: Region) -> None:
    context = region.context()

    async def write() -> str:
        return "booked"

    assert await on_record(context, BOOK, MINE, write()) == "booked"
    assert context.deeds == [Deed(Resource.APPOINTMENT, AuditAction.CREATE, MINE, AuditOutcome.SERVED)]


async def test_a_result_that_is_not_the_end_is_on_record_as_unknown(region: Region) -> None:
    context = region.context()

    async def write() -> str:
        return "processing"

    await on_record(context, BOOK, MINE, write(), done=lambda result: result == "confirmed")
    assert [deed.outcome for deed in context.deeds] == [AuditOutcome.UNKNOWN]


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Refused(**WHERE, code=ProblemCode.SLOT_FULL), AuditOutcome.FAILED),
        (NotFound(**WHERE), AuditOutcome.FAILED),
        (Denied(**WHERE), AuditOutcome.FAILED),
        (Problem(ProblemCode.IDEMPOTENCY_CONFLICT, "业务单号已用于其他内容"), AuditOutcome.FAILED),
        (Unavailable(**WHERE), AuditOutcome.UNKNOWN),
        (Malformed(**WHERE), AuditOutcome.UNKNOWN),
        (ValueError(), AuditOutcome.UNKNOWN),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_only_what_is_known_to_have_failed_is_on_record_as_that(
    region: Region, error: Exception, outcome: AuditOutcome
) -> None:
    context = region.context()

    async def write() -> None:
        raise error

    with pytest.raises(type(error)):
        await on_record(context, BOOK, MINE, write())
    assert [deed.outcome for deed in context.deeds] == [outcome]
