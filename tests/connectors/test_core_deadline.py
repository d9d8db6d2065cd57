import asyncio

from connectors.core import deadline


async def test_without_a_deadline_nobody_hurries_and_a_started_one_stays_in_its_task() -> None:
    assert deadline.current() is None

    async def start() -> float | None:
        when = deadline.start(5)
        assert deadline.current() == when
        return deadline.current()

    assert await asyncio.create_task(start()) is not None
    assert deadline.current() is None
