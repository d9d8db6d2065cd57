"""Several ways to the same, begun one after the other."""

import asyncio

import pytest

from connectors.core.race import Race


async def after(gate: "asyncio.Future[str]") -> str:
    return await gate


async def at_once(value: str) -> str:
    return value


def gate() -> "asyncio.Future[str]":
    return asyncio.get_running_loop().create_future()


async def test_what_need_not_wait_is_the_next_at_once() -> None:
    race: Race[str] = Race()
    race.begin(at_once("known"))

    assert await race.next(0) == "known"
    assert await race.next(None) is None


async def test_results_come_in_the_order_in_which_they_end() -> None:
    race: Race[str] = Race()
    first, second = gate(), gate()
    race.begin(after(first))
    race.begin(after(second))
    second.set_result("second")
    assert await race.next(None) == "second"
    first.set_result("first")

    assert await race.next(None) == "first"
    assert await race.next(None) is None


async def test_two_that_end_together_are_both_told_of() -> None:
    race: Race[str] = Race()
    first, second = gate(), gate()
    race.begin(after(first))
    race.begin(after(second))
    first.set_result("first")
    second.set_result("second")
    await asyncio.sleep(0.01)

    assert [await race.next(None), await race.next(None)] == ["first", "second"]


async def test_nobody_within_the_time_is_none_and_who_comes_later_still_counts() -> None:
    race: Race[str] = Race()
    late = gate()
    race.begin(after(late))
    assert await race.next(0.01) is None

    late.set_result("late")
    assert await race.next(1) == "late"


async def test_an_error_is_raised_where_it_is_waited_for() -> None:
    race: Race[str] = Race()
    failing, other = gate(), gate()
    race.begin(after(failing))
    race.begin(after(other))
    failing.set_exception(LookupError("no"))
    with pytest.raises(LookupError):
        await race.next(None)

    other.set_result("other")
    assert await race.next(None) == "other"


async def test_who_no_longer_waits_leaves_the_others_going() -> None:
    race: Race[str] = Race()
    going = gate()
    race.begin(after(going))
    waiting = asyncio.ensure_future(race.next(None))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert not going.cancelled()
    going.set_result("there")
    assert await race.next(None) == "there"
