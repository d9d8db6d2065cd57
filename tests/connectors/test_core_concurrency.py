"""Coroutines side by side, without tasks."""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar

import pytest

from connectors.core.concurrency import Suspended, begin, in_task, join, together

PLACE: ContextVar[str] = ContextVar("place", default="outside")


async def at_once(value: str) -> str:
    return value


async def after(turns: int, value: str, log: list[str] | None = None) -> str:
    try:
        for _ in range(turns):
            await asyncio.sleep(0)
    finally:
        if log is not None:
            log.append(value)
    return value


async def failing(turns: int) -> str:
    await after(turns, "")
    raise LookupError("no")


class Gate:
    """Waits until it is opened or cancelled."""

    def __init__(self) -> None:
        self.future: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.cancelled = False

    async def passed(self) -> str:
        try:
            return await self.future
        except asyncio.CancelledError:
            self.cancelled = True
            raise


async def test_what_need_not_wait_is_there_at_once_and_runs_outside_of_any_task() -> None:
    async def whose() -> object:
        return asyncio.current_task()

    loop = asyncio.get_running_loop()
    assert begin(at_once("value"), loop) == "value"
    assert begin(whose(), loop) is None
    assert asyncio.current_task() is not None


async def test_what_it_raises_before_it_waits_is_raised() -> None:
    with pytest.raises(LookupError):
        begin(failing(0), asyncio.get_running_loop())
    assert asyncio.current_task() is not None


@pytest.mark.parametrize("turns", [(0, 0, 0), (1, 0, 3), (3, 2, 1), (5, 5, 5)])
async def test_results_stand_in_the_order_of_the_works(turns: tuple[int, ...]) -> None:
    names = ["a", "b", "c"]
    assert await together(*(after(count, name) for count, name in zip(turns, names, strict=True))) == names


async def test_nothing_to_wait_for_is_no_wait() -> None:
    assert await join([]) == []
    assert await together() == []


async def test_one_future_may_be_awaited_by_many() -> None:
    gate = Gate()

    async def open_it() -> None:
        await asyncio.sleep(0)
        gate.future.set_result("open")

    passed, _ = await asyncio.gather(together(*(gate.passed() for _ in range(3))), open_it())
    assert passed == ["open"] * 3


@pytest.mark.parametrize("turns", [0, 2])
async def test_the_first_to_fail_ends_the_others_and_they_are_over_when_it_is_raised(turns: int) -> None:
    gate, log = Gate(), list[str]()
    with pytest.raises(LookupError):
        await together(gate.passed(), failing(turns), after(50, "late", log))
    assert gate.cancelled
    assert log == ([] if turns == 0 else ["late"])


async def test_to_cancel_who_waits_is_to_cancel_all_on_all_levels() -> None:
    gates = [Gate() for _ in range(3)]

    async def inner() -> list[str]:
        return await together(gates[0].passed(), gates[1].passed())

    waiting = asyncio.ensure_future(together(inner(), gates[2].passed()))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await asyncio.sleep(0)
    assert [gate.cancelled for gate in gates] == [True] * 3


async def test_what_waits_only_for_its_turn_is_cancelled_too() -> None:
    log: list[str] = []
    waiting = asyncio.ensure_future(together(after(50, "a", log), after(50, "b", log)))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await asyncio.sleep(0)
    assert sorted(log) == ["a", "b"]


async def test_each_work_has_a_context_of_its_own_before_and_after_it_waits() -> None:
    async def placed(name: str) -> list[str]:
        token = PLACE.set(name)
        before = PLACE.get()
        await asyncio.sleep(0)
        after_ = PLACE.get()
        PLACE.reset(token)
        return [before, after_, PLACE.get()]

    assert await together(placed("a"), placed("b")) == [["a", "a", "outside"], ["b", "b", "outside"]]
    begun = begin(placed("c"), asyncio.get_running_loop())
    assert await begun == ["c", "c", "outside"]
    assert PLACE.get() == "outside"


@pytest.mark.parametrize("awaited", [lambda begun: begun, asyncio.ensure_future])
async def test_what_has_begun_can_be_awaited_or_made_a_task(
    awaited: Callable[[Suspended], Awaitable[str]],
) -> None:
    begun = begin(after(3, "value"), asyncio.get_running_loop())
    assert isinstance(begun, Suspended)
    assert await awaited(begun) == "value"


async def test_a_task_of_what_has_begun_cancels_what_that_waits_for() -> None:
    gate = Gate()
    task = asyncio.ensure_future(begin(gate.passed(), asyncio.get_running_loop()))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert gate.cancelled


async def test_join_takes_coroutines_tasks_and_futures_as_well() -> None:
    gate = Gate()
    task = asyncio.ensure_future(after(2, "task"))
    done = asyncio.ensure_future(after(0, "done"))
    await done
    asyncio.get_running_loop().call_soon(gate.future.set_result, "future")
    begun = begin(after(1, "begun"), asyncio.get_running_loop())
    assert await join([begun, after(1, "coroutine"), task, gate.future, done]) == [
        "begun",
        "coroutine",
        "task",
        "future",
        "done",
    ]


async def test_a_library_that_asks_for_its_task_is_awaited_in_one() -> None:
    async def hurried() -> str:
        async with asyncio.timeout(5):
            return await after(1, "in time")

    assert await together(in_task(hurried()), in_task(hurried())) == ["in time", "in time"]
    with pytest.raises(RuntimeError):
        begin(hurried(), asyncio.get_running_loop())
