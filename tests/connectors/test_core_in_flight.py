import asyncio

import pytest

from connectors.core import deadline
from connectors.core.in_flight import InFlight, Remembered


class Call:
    """A call that ends when it is told to; counts its starts and stops."""

    def __init__(self) -> None:
        self.started = 0
        self.stopped = 0
        self.gate = asyncio.Event()

    async def __call__(self) -> int:
        self.started += 1
        mine = self.started
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.stopped += 1
            raise
        return mine


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def leave(task: "asyncio.Task[int]") -> None:
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_many_waiters_share_one_call() -> None:
    flights, call = InFlight(), Call()
    waiters = [asyncio.create_task(flights.share("k", call)) for _ in range(20)]
    await settle()
    call.gate.set()
    assert await asyncio.gather(*waiters) == [1] * 20
    assert call.started == 1


async def test_different_keys_do_not_share() -> None:
    flights, call = InFlight(), Call()
    call.gate.set()
    assert sorted(await asyncio.gather(flights.share("a", call), flights.share("b", call))) == [1, 2]


async def test_a_waiter_that_leaves_does_not_stop_the_others() -> None:
    flights, call = InFlight(), Call()
    first, second, third = (asyncio.create_task(flights.share("k", call)) for _ in range(3))
    await settle()
    await leave(second)
    call.gate.set()
    assert await asyncio.gather(first, third) == [1, 1]
    assert call.stopped == 0


async def test_when_the_maker_leaves_one_of_the_others_makes_the_call_and_the_rest_still_share_it() -> None:
    flights, call = InFlight(), Call()
    first, *others = (asyncio.create_task(flights.share("k", call)) for _ in range(4))
    await settle()
    await leave(first)
    await settle()
    call.gate.set()
    assert await asyncio.gather(*others) == [2, 2, 2]
    assert (call.started, call.stopped) == (2, 1)


async def test_every_waiter_keeps_to_its_own_deadline_the_maker_too() -> None:
    flights, call = InFlight(), Call()

    async def hurried(seconds: float) -> str:
        deadline.start(seconds)
        try:
            return str(await flights.share("k", made))
        except deadline.Passed:
            return "late"

    async def made() -> int:
        waiter: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        call.started += 1
        call.gate.set()
        if call.started == 2:
            asyncio.get_running_loop().call_soon(waiter.set_result, call.started)
        return await deadline.wait(waiter)

    maker, hasty, patient = (asyncio.create_task(hurried(seconds)) for seconds in (0.05, 0.01, 30))
    assert await asyncio.gather(maker, hasty, patient) == ["late", "late", "2"]


async def test_what_is_remembered_is_made_once_and_what_failed_fails_again_without_a_call() -> None:
    flights, call = Remembered(), Call()
    call.gate.set()
    assert [await flights.share("k", call) for _ in range(2)] == [1, 1]

    async def fail() -> int:
        call.started += 1
        raise LookupError("no")

    for _ in range(2):
        with pytest.raises(LookupError):
            await flights.share("other", fail)
    assert call.started == 2


async def test_the_last_waiter_that_leaves_stops_the_call_and_the_next_starts_anew() -> None:
    flights, call = InFlight(), Call()
    waiters = [asyncio.create_task(flights.share("k", call)) for _ in range(2)]
    await settle()
    for waiter in reversed(waiters):
        await leave(waiter)
    await settle()
    assert call.stopped == 1
    call.gate.set()
    assert await flights.share("k", call) == 2


async def test_a_failure_is_shared_and_the_next_call_starts_anew() -> None:
    flights, started = InFlight(), 0

    async def fail() -> int:
        nonlocal started
        started += 1
        await asyncio.sleep(0)
        raise LookupError("no")

    outcomes = await asyncio.gather(*(flights.share("k", fail) for _ in range(3)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [LookupError] * 3
    assert started == 1
    with pytest.raises(LookupError):
        await flights.share("k", fail)
    assert started == 2


async def test_a_call_that_ended_is_not_joined() -> None:
    flights, call = InFlight(), Call()
    call.gate.set()
    assert [await flights.share("k", call), await flights.share("k", call)] == [1, 2]


async def test_parting_lets_earlier_waiters_finish_and_later_ones_start_anew() -> None:
    flights, call = InFlight(), Call()
    early = asyncio.create_task(flights.share(("scope", "k"), call))
    other = asyncio.create_task(flights.share(("other", "k"), call))
    await settle()
    flights.part("scope")
    late = asyncio.create_task(flights.share(("scope", "k"), call))
    joined = asyncio.create_task(flights.share(("other", "k"), call))
    await settle()
    call.gate.set()
    assert await asyncio.gather(early, other, late, joined) == [1, 2, 3, 2]
