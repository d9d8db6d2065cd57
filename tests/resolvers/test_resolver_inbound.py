"""A notice is sent on and kept once, and only what is kept is confirmed."""

import asyncio
import datetime as dt
from typing import Any

import pytest

from connectors.records.base import SHANGHAI
from connectors.records.notices import MessageNotice, Notice, RefundNotice
from connectors.records.nucleic_acid_booking import NucleicAcidTestWithdrawal
from connectors.records.problems import ProblemCode
from resolvers.access_control.audit import AuditOutcome
from resolvers.access_control.principal import Principal, Role
from resolvers.access_control.scopes import Resource
from resolvers.communication.inbound import take
from resolvers.context import Context
from resolvers.diagnostic_tests.nucleic_acid_refunds import expect
from resolvers.problems import Problem
from resolvers.writes.ledger import LedgerEntry
from tests.resolvers.fakes import MINE, MemoryLedger, Region

MESSAGE = MessageNotice(patient_id="p1", category="c", heading="h")
REFUND = RefundNotice(number="R1", platform_number="P1", refunded_at=dt.datetime(2026, 3, 4, 9, tzinfo=SHANGHAI))
SYSTEM = Principal(role=Role.SYSTEM, subject="hospital:first", hospital_ids=frozenset({"first"}))


async def nowhere() -> str | None:
    return None


class Keepless(MemoryLedger):
    """A ledger that loses what it is given, silently, as one does whose store is gone in the middle."""

    async def settle(self, key: str, entry: LedgerEntry, keep_seconds: float) -> None:
        """Say nothing."""


class Unreadable(MemoryLedger):
    """A ledger whose store is gone."""

    async def peek(self, key: str) -> LedgerEntry | None:
        raise Problem(ProblemCode.INTERNAL_ERROR, key, retryable=True)


class Full:
    """An inbox that takes nothing."""

    async def put(self, _box: str, _message: bytes) -> None:
        raise Problem(ProblemCode.INTERNAL_ERROR, "x", retryable=True)


@pytest.mark.parametrize("notice", [MESSAGE, REFUND])
async def test_a_repeat_is_answered_as_the_first(region: Region, notice: Notice) -> None:
    sent = 0

    async def send_on() -> str | None:
        nonlocal sent
        sent += 1
        return "told"

    context = region.context(SYSTEM)
    first = await take(context, "first", notice, send_on)
    again = await take(context, "first", notice, send_on)

    assert (first.told, first.repeated, again.told, again.repeated) == ("told", False, "told", True)
    assert sent == 1
    assert [deed.outcome for deed in context.deeds] == [AuditOutcome.PUSHED] * 2


async def test_the_same_words_at_another_hospital_are_another_message(region: Region) -> None:
    context = region.context(SYSTEM)
    for hospital in ("first", "third"):
        assert not (await take(context, hospital, MESSAGE, nowhere)).repeated


async def test_what_it_is_about_is_on_record(region: Region) -> None:
    context = region.context(SYSTEM)
    await take(context, "first", MESSAGE, nowhere)
    await take(context, "first", REFUND, nowhere)

    message, refund = context.deeds
    assert (message.resource, message.card) == (Resource.COMMUNICATION, ("first", "", "p1"))
    assert (refund.resource, refund.card) == (Resource.PAYMENT_NOTICE, ("first", "", None))


async def test_another_word_about_a_refund_is_a_conflict(region: Region) -> None:
    context = region.context(SYSTEM)
    await take(context, "first", REFUND, nowhere)
    other = RefundNotice(number="R1", platform_number="P2", refunded_at=REFUND.refunded_at)

    assert await code(context, other) is ProblemCode.IDEMPOTENCY_CONFLICT
    assert len(context.deeds) == 1


async def test_what_is_being_worked_on_is_neither_done_twice_nor_confirmed(region: Region) -> None:
    context, go_on = region.context(SYSTEM), asyncio.Event()

    async def slowly() -> str | None:
        await go_on.wait()
        return None

    under_way = asyncio.create_task(take(context, "first", REFUND, slowly))
    await asyncio.sleep(0)
    assert await code(context, REFUND) is ProblemCode.IN_PROGRESS
    go_on.set()
    assert not (await under_way).repeated


async def test_a_message_that_cannot_be_kept_may_come_again(region: Region) -> None:
    context = region.context(SYSTEM)
    object.__setattr__(context.services, "inbox", Full())
    assert await code(context, MESSAGE) is ProblemCode.INTERNAL_ERROR
    assert context.deeds == []

    later = region.context(SYSTEM)
    assert not (await take(later, "first", MESSAGE, nowhere)).repeated


async def test_a_refund_that_cannot_be_kept_is_not_confirmed(region: Region) -> None:
    region.ledger = Keepless()
    assert await code(region.context(SYSTEM), REFUND) is ProblemCode.INTERNAL_ERROR


async def test_a_refund_that_cannot_be_expected_does_not_fail_its_cancellation(region: Region) -> None:
    region.ledger = Unreadable()
    withdrawal = NucleicAcidTestWithdrawal(appointment_id="A1", refund_order_number="R1")
    await expect(region.context(), MINE, withdrawal)
    assert region.ledger.entries == {}


async def test_what_could_not_be_sent_on_is_not_kept(region: Region) -> None:
    async def fail() -> str | None:
        raise ConnectionError

    context = region.context(SYSTEM)
    with pytest.raises(ConnectionError):
        await take(context, "first", REFUND, fail)
    assert context.deeds == []
    assert not (await take(context, "first", REFUND, nowhere)).repeated


async def code(context: Context, notice: Notice) -> Any:
    with pytest.raises(Problem) as caught:
        await take(context, "first", notice, nowhere)
    return caught.value.code
