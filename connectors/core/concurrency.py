"""Several things at once, with a task only for what really waits.

A coroutine is run up to where it first waits, right away and outside any task (`begin`). What is known already, such
as a cached answer, is there without a turn of the event loop. What waits goes on in a task, in the same context.

So the first stretch of such a coroutine must not ask for its task: `asyncio.timeout` and libraries that do (redis,
httpx) raise RuntimeError there. Calls have deadlines of their own (`deadline.within`); a library's coroutine is
awaited through `in_task`.
"""

import asyncio
import contextvars
from asyncio import current_task
from asyncio.tasks import _enter_task, _leave_task  # documented, for those who write tasks of their own
from collections.abc import Coroutine, Generator, Iterable, Sequence
from types import CoroutineType
from typing import Any, Self, TypeVar, overload

T = TypeVar("T")
U = TypeVar("U")


class Suspended(Coroutine[Any, Any, Any]):
    """A coroutine that has begun and waits; awaiting it, or a task of it, goes on from there in its own context."""

    __slots__ = ("_future", "_run", "_told", "_work")

    def __init__(self, work: Coroutine[Any, Any, Any], future: Any, context: contextvars.Context) -> None:
        """Take the coroutine, the future it waits for (None: for its turn), and the context it has begun in."""
        self._work = work
        self._future = future
        self._told = False
        self._run = context.run
        if future is not None:
            # The mark by which a task knows an awaited future: off, as tasks do, since others may await it too.
            future._asyncio_future_blocking = False  # noqa: SLF001 # the protocol between futures and tasks

    def __next__(self) -> Any:
        """Tell first what is waited for already, then go on."""
        if self._told:
            return self._run(self._work.send, None)
        return self._tell()

    def send(self, value: Any) -> Any:
        """Go on."""
        return self._run(self._work.send, value) if self._told else self._tell()

    def throw(self, *error: Any) -> Any:
        """Raise where it waits. To be cancelled is to have cancelled what is waited for, as with a task."""
        cancelled = isinstance(error[0], asyncio.CancelledError)
        if cancelled and not self._told and self._future is not None and self._future.cancel():
            return self._tell()
        self._told = True
        return self._run(self._work.throw, *error)

    def close(self) -> None:
        """Give up."""
        self._run(self._work.close)

    def __await__(self) -> Generator[Any, Any, Any]:
        """Be awaited by another coroutine."""
        return self

    def __iter__(self) -> Self:
        """Be its own iterator, as generators are."""
        return self

    def _tell(self) -> Any:
        self._told = True
        if self._future is not None:
            self._future._asyncio_future_blocking = True  # noqa: SLF001 # ditto
        return self._future


def begin(work: Coroutine[Any, Any, Any], loop: asyncio.AbstractEventLoop) -> Any:
    """Run up to where it first waits; answers its result, or a `Suspended`. Raises what it raises before that."""
    task = current_task(loop)
    context = contextvars.copy_context()
    if task is not None:
        _leave_task(loop, task)
    try:
        future = context.run(work.send, None)
    except StopIteration as end:
        return end.value
    finally:
        if task is not None:
            _enter_task(loop, task)
    return Suspended(work, future, context)


async def join(waiting: Sequence[Any]) -> list[Any]:
    """Wait for all: what `begin` answered, coroutines or other awaitables.

    The first to fail ends the others, and so does being cancelled: what asyncio.gather does, for less.
    """
    loop = asyncio.get_running_loop()
    tasks = [task_of(one, loop) for one in waiting]
    over = _Countdown(tasks, loop)
    for task in tasks:
        task.add_done_callback(over.finished)
    try:
        if tasks:
            await over
    except Exception:
        # Not where it is cancelled: the tasks have been, with it.
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise
    return [task.result() for task in tasks]


@overload
async def together(first: Coroutine[Any, Any, T], second: Coroutine[Any, Any, U], /) -> tuple[T, U]: ...
@overload
async def together(*works: Coroutine[Any, Any, T]) -> list[T]: ...
async def together(*works: Coroutine[Any, Any, Any]) -> Any:
    """Do all side by side; the results in order. The first to fail ends the others."""
    loop = asyncio.get_running_loop()
    results: list[Any] = []
    pending: list[int] = []
    for position, work in enumerate(works):
        try:
            result = begin(work, loop)
        except BaseException:
            await _abandon([results[key] for key in pending], works[position + 1 :])
            raise
        if result.__class__ is Suspended:
            pending.append(position)
        results.append(result)
    if pending:
        for key, result in zip(pending, await join([results[key] for key in pending]), strict=True):
            results[key] = result
    return results


async def in_task(work: Coroutine[Any, Any, T]) -> T:
    """Await in a task of its own: for libraries that ask which task they are in."""
    return await asyncio.get_running_loop().create_task(work)


async def _abandon(begun: list[Any], others: Iterable[Coroutine[Any, Any, Any]]) -> None:
    for other in others:
        other.close()
    loop = asyncio.get_running_loop()
    tasks = [task_of(one, loop) for one in begun]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def task_of(one: Any, loop: asyncio.AbstractEventLoop) -> "asyncio.Future[Any]":
    """Let go on what `begin` answered, or let begin what can be awaited."""
    if one.__class__ is Suspended or one.__class__ is CoroutineType:
        return loop.create_task(one)
    future: asyncio.Future[Any] = asyncio.ensure_future(one)
    return future


class _Countdown(asyncio.Future[None]):
    """Done when all tasks are or one has failed; cancelling it is cancelling them, at once and on all levels."""

    def __init__(self, tasks: "list[asyncio.Future[Any]]", loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop=loop)
        self._tasks = tasks
        self._left = len(tasks)
        self._cancelling = False

    def cancel(self, msg: Any | None = None) -> bool:
        """Cancel the tasks; it is done when they are."""
        if self.done():
            return False
        # All of them, so no short cut over the first that agrees.
        agreed = [task.cancel(msg) for task in self._tasks]
        self._cancelling = any(agreed)
        return self._cancelling

    def finished(self, task: "asyncio.Future[Any]") -> None:
        """Count a task."""
        self._left -= 1
        cancelled = task.cancelled()
        error = None if cancelled else task.exception()
        if self.done():
            return
        if cancelled or (self._cancelling and not self._left):
            self.set_exception(asyncio.CancelledError())
        elif error is not None:
            self.set_exception(error)
        elif not self._left:
            self.set_result(None)
