"""Several things at once, without tasks.

A coroutine is run up to where it first waits, right away (`begin`). What is known already, such as a cached answer, is
there without a turn of the event loop. What has to wait is gone on with by what it waits for, in the context that it
has begun in. A home screen has fifty such coroutines, and a task costs three times as much as all else about them.

So such coroutines must not ask for their task: `asyncio.timeout`, and libraries that use it or the like (redis, httpx),
raise RuntimeError. Calls have deadlines of their own (`deadline.within`); a library's coroutine is awaited through
`in_task`.
"""

import asyncio
import contextvars
from asyncio import current_task
from asyncio.tasks import _enter_task, _leave_task  # documented, for those who write tasks of their own
from collections.abc import Callable, Coroutine, Generator, Iterable, Sequence
from types import CoroutineType
from typing import Any, Self, TypeVar, overload

T = TypeVar("T")
U = TypeVar("U")


class Suspended(Coroutine[Any, Any, Any]):
    """A coroutine that has begun and waits; who awaits it goes on from there, in its own context."""

    __slots__ = ("_told", "context", "future", "work")

    def __init__(self, work: Coroutine[Any, Any, Any], future: Any, context: contextvars.Context) -> None:
        """Take the coroutine, the future it waits for (None: for its turn), and the context it has begun in."""
        self.work = work
        self.future = future
        self.context = context
        self._told = False
        if future is not None:
            # The mark by which a task knows an awaited future: off, as tasks do, since others may await it too.
            future._asyncio_future_blocking = False  # noqa: SLF001 # the protocol between futures and tasks

    def __next__(self) -> Any:
        """Tell first what is waited for already, then go on."""
        if self._told:
            return self.context.run(self.work.send, None)
        return self._tell()

    def send(self, value: Any) -> Any:
        """Go on."""
        return self.context.run(self.work.send, value) if self._told else self._tell()

    def throw(self, *error: Any) -> Any:
        """Raise where it waits. To be cancelled is to have cancelled what is waited for, as with a task."""
        cancelled = isinstance(error[0], asyncio.CancelledError)
        if cancelled and not self._told and self.future is not None and self.future.cancel():
            return self._tell()
        self._told = True
        return self.context.run(self.work.throw, *error)

    def close(self) -> None:
        """Give up."""
        self.context.run(self.work.close)

    def __await__(self) -> Generator[Any, Any, Any]:
        """Be awaited by another coroutine."""
        return self

    def __iter__(self) -> Self:
        """Be its own iterator, as generators are."""
        return self

    def _tell(self) -> Any:
        self._told = True
        if self.future is not None:
            self.future._asyncio_future_blocking = True  # noqa: SLF001 # ditto
        return self.future


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
    if not waiting:
        return []
    loop = asyncio.get_running_loop()
    over = _Countdown(len(waiting), loop)
    over.branches = [Branch(begun(one, loop), over.ended) for one in waiting]
    try:
        await over
    except Exception:
        # Not where it is cancelled: the branches have been, with it.
        await over.give_up()
        raise
    finally:
        branches, over.branches = over.branches, []
    return [branch.value for branch in branches]


@overload
async def together(first: Coroutine[Any, Any, T], second: Coroutine[Any, Any, U], /) -> tuple[T, U]: ...
@overload
async def together(*works: Coroutine[Any, Any, T]) -> list[T]: ...
async def together(*works: Coroutine[Any, Any, Any]) -> Any:
    """Do all side by side; the results in order. The first to fail ends the others."""
    if len(works) == 1:
        return [await works[0]]
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
    if len(pending) == 1:
        results[pending[0]] = await results[pending[0]]
    elif pending:
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


def begun(one: Any, loop: asyncio.AbstractEventLoop) -> Suspended:
    """Make of anything that can be awaited what `begin` answers; a coroutine begins in a task."""
    return one if one.__class__ is Suspended else begin(_result(task_of(one, loop)), loop)


async def _result(future: "asyncio.Future[Any]") -> Any:
    # At least one turn, so that it is always there to be waited for.
    if future.done():
        await asyncio.sleep(0)
    return await future


class Branch:
    """A coroutine that goes on beside others; what it waits for drives it."""

    __slots__ = ("_cancelled", "_context", "_ended", "_future", "_work", "error", "over", "value")

    def __init__(self, work: Suspended, ended: Callable[[Any], None]) -> None:
        """Take what has begun, and what to call with this when it is over: it then has a value or an error."""
        self.value: Any = None
        self.error: BaseException | None = None
        self.over = False
        self._work = work.work
        self._context = work.context
        self._ended = ended
        self._cancelled = False
        self._wait(work.future)

    def result(self) -> Any:
        """Return the value, or raise the error, of one that is over."""
        if self.error is not None:
            raise self.error
        return self.value

    def cancel(self) -> bool:
        """Cancel what it waits for; or, where that is over or only its turn, raise at its next step."""
        if self.over:
            return False
        if self._future is None or not self._future.cancel():
            self._cancelled = True
        return True

    def _wait(self, future: Any) -> None:
        self._future = future
        if future is None:
            asyncio.get_running_loop().call_soon(self._go_on, None, context=self._context)
        else:
            future._asyncio_future_blocking = False  # noqa: SLF001 # see `Suspended`
            future.add_done_callback(self._go_on, context=self._context)

    def _go_on(self, _: object) -> None:
        try:
            if self._cancelled:
                self._cancelled = False
                future = self._work.throw(asyncio.CancelledError())
            else:
                future = self._work.send(None)
        except StopIteration as end:
            self.value = end.value
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # noqa: BLE001 # it is raised where it is waited for
            self.error = error
        else:
            self._wait(future)
            return
        self.over = True
        self._ended(self)


class _Countdown(asyncio.Future[None]):
    """Done when all branches are or one has failed; cancelling it is cancelling them, at once and on all levels."""

    def __init__(self, count: int, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop=loop)
        self.branches: list[Branch] = []
        self._left = count
        self._cancelling = False
        self._gone: asyncio.Future[None] | None = None

    def cancel(self, msg: Any | None = None) -> bool:  # noqa: ARG002 # a future's form
        """Cancel the branches; it is done when they are."""
        if self.done():
            return False
        # All of them, so no short cut over the first that agrees.
        agreed = [branch.cancel() for branch in self.branches]
        self._cancelling = any(agreed)
        return self._cancelling

    def ended(self, branch: Branch) -> None:
        """Count a branch."""
        self._left -= 1
        if not self._left and self._gone is not None and not self._gone.done():
            self._gone.set_result(None)
        if self.done():
            return
        error = branch.error
        if error is not None and not isinstance(error, asyncio.CancelledError):
            self.set_exception(error)
        elif error is not None or (self._cancelling and not self._left):
            self.set_exception(asyncio.CancelledError())
        elif not self._left:
            self.set_result(None)

    async def give_up(self) -> None:
        """Cancel what goes on still, and wait until it is over."""
        for branch in self.branches:
            branch.cancel()
        if self._left:
            self._gone = self.get_loop().create_future()
            await self._gone
