"""Lists that a hospital gives in numbered pages: only the pages are asked for that a client's page touches."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from connectors.records.problems import ProblemCode
from resolvers.opaque import decoded, encoded
from resolvers.pages import MOST, PageInfo, check_first
from resolvers.problems import Problem

N = TypeVar("N")

# What is asked of the hospital at once: the same for all clients, so that they share what is kept.
SIZE = 50
# Pages that the longest page of a client touches.
MOST_CALLS = MOST // SIZE + 1
_FARTHEST = 10**7


@dataclass(frozen=True, slots=True)
class Part(Generic[N]):
    """One of the hospital's pages, and how many nodes it says there are in all."""

    nodes: Sequence[N]
    total: int


@dataclass(frozen=True, slots=True)
class Window(Generic[N]):
    """A client's page."""

    nodes: list[N]
    page_info: PageInfo
    total_count: int


@dataclass(frozen=True, slots=True)
class OpenWindow(Generic[N]):
    """A client's page of a list whose length the hospital does not tell."""

    nodes: list[N]
    page_info: PageInfo


async def window(load: Callable[[int], Awaitable[Part[N]]], first: int, after: str | None) -> Window[N]:
    """Load the hospital's pages, counted from 1 and of SIZE nodes, one after the other until the client's is full.

    Raises Problem BAD_INPUT for a bad `first` or cursor.
    """
    check_first(first)
    begin = 0 if after is None else _read(after)
    end, total, nodes = begin + first, begin, list[N]()
    for number in range(begin // SIZE, (end - 1) // SIZE + 1):
        part = await load(number + 1)
        total, offset = part.total, number * SIZE
        nodes += part.nodes[max(begin - offset, 0) : end - offset]
        if len(part.nodes) < SIZE or offset + SIZE >= total:
            break
    reached = begin + len(nodes)
    info = PageInfo(has_next_page=bool(nodes) and reached < total, end_cursor=_write(reached) if nodes else None)
    return Window(nodes, info, total)


async def open_window(load: Callable[[int], Awaitable[Sequence[N]]], first: int, after: str | None) -> OpenWindow[N]:
    """Do what `window` does where no total is told: a page that is not full is the last.

    One node more than the client's is looked for, to tell whether there is more. Raises as `window` does.
    """
    check_first(first)
    begin = 0 if after is None else _read(after)
    end, nodes = begin + first, list[N]()
    for number in range(begin // SIZE, end // SIZE + 1):
        part, offset = await load(number + 1), number * SIZE
        nodes += part[max(begin - offset, 0) : end + 1 - offset]
        if len(part) < SIZE:
            break
    shown = nodes[:first]
    return OpenWindow(
        shown, PageInfo(has_next_page=len(nodes) > first, end_cursor=_write(begin + len(shown)) if shown else None)
    )


def _write(reached: int) -> str:
    return encoded(f"{reached}".encode())


def _read(cursor: str) -> int:
    try:
        reached = int(decoded(cursor).decode())
    except ValueError:
        reached = -1
    if not 0 <= reached <= _FARTHEST:
        raise Problem(ProblemCode.BAD_INPUT, "游标无效", field="after")
    return reached
