import asyncio

import pytest
from pydantic import TypeAdapter

from connectors.records.problems import ProblemCode
from resolvers.problems import Problem
from resolvers.writes.ledger import once
from tests.resolvers.fakes import MemoryLedger

NUMBER: TypeAdapter[int] = TypeAdapter(int)


class Work:
    """Counts how often it is done; fails or waits when told to."""

    def __init__(self) -> None:
        self.done = 0
        self.failure: Exception | None = None
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self) -> int:
        self.done += 1
        mine = self.done
        await self.gate.wait()
        if self.failure:
            raise self.failure
        return mine


async def code(ledger: MemoryLedger, content: str, work: Work) -> ProblemCode:
    with pytest.raises(Problem) as caught:
        await once(ledger, "k", content, work, NUMBER)
    return caught.value.code


async def test_the_same_key_with_the_same_content_is_done_once_and_answered_alike() -> None:
    ledger, work = MemoryLedger(), Work()
    assert [await once(ledger, "k", "c", work, NUMBER) for _ in range(3)] == [1, 1, 1]
    assert work.done == 1


async def test_other_keys_are_other_work() -> None:
    ledger, work = MemoryLedger(), Work()
    assert [await once(ledger, key, "c", work, NUMBER) for key in "ab"] == [1, 2]


async def test_the_same_key_with_other_content_is_a_conflict_also_after_a_failure() -> None:
    ledger, work = MemoryLedger(), Work()
    work.failure = LookupError()
    with pytest.raises(LookupError):
        await once(ledger, "k", "c", work, NUMBER)
    assert await code(ledger, "other", work) is ProblemCode.IDEMPOTENCY_CONFLICT
    work.failure = None
    assert await once(ledger, "k", "c", work, NUMBER) == 2
    assert await code(ledger, "other", work) is ProblemCode.IDEMPOTENCY_CONFLICT


async def test_while_it_is_worked_on_the_same_is_in_progress_and_other_content_a_conflict() -> None:
    ledger, work = MemoryLedger(), Work()
    work.gate.clear()
    first = asyncio.create_task(once(ledger, "k", "c", work, NUMBER))
    await asyncio.sleep(0)
    assert await code(ledger, "c", work) is ProblemCode.IN_PROGRESS
    assert await code(ledger, "other", work) is ProblemCode.IDEMPOTENCY_CONFLICT
    work.gate.set()
    assert await first == 1
    assert work.done == 1


async def test_a_failure_leaves_the_key_free_for_another_try() -> None:
    ledger, work = MemoryLedger(), Work()
    work.failure = LookupError()
    for _ in range(2):
        with pytest.raises(LookupError):
            await once(ledger, "k", "c", work, NUMBER)
    assert work.done == 2


async def test_a_result_that_is_not_final_is_returned_but_not_kept() -> None:
    ledger, work = MemoryLedger(), Work()
    found = [await once(ledger, "k", "c", work, NUMBER, final=lambda result: result == 2) for _ in range(3)]
    assert found == [1, 2, 2]


async def test_a_caller_that_leaves_does_not_keep_its_key() -> None:
    ledger, work = MemoryLedger(), Work()
    work.gate.clear()
    leaving = asyncio.create_task(once(ledger, "k", "c", work, NUMBER))
    await asyncio.sleep(0)
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    work.gate.set()
    assert await once(ledger, "k", "c", work, NUMBER) == 2


async def test_of_many_at_the_same_time_one_does_the_work() -> None:
    ledger, work = MemoryLedger(), Work()
    outcomes = await asyncio.gather(*(once(ledger, "k", "c", work, NUMBER) for _ in range(10)), return_exceptions=True)
    assert work.done == 1
    assert all(outcome == 1 or isinstance(outcome, Problem) for outcome in outcomes)
    assert not any(ledger.claimed)
