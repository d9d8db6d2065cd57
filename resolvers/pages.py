"""Pages of merged lists: sorted newest first, cut by `first` and `after`."""

import base64
import binascii
import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

import strawberry

from connectors.records.base import Doc
from connectors.records.problems import ProblemCode
from resolvers.problems import Problem

N = TypeVar("N")

MOST = 200

First = Annotated[int, strawberry.argument(description=f"How many nodes at most, 1 to {MOST} (条数).")]
After = Annotated[str | None, strawberry.argument(description="Cursor behind which to go on (游标).")]

Position = tuple[str, str, str]
_Place = tuple[Position, int]


@dataclass(kw_only=True, slots=True)
class PageInfo:
    """Where a page stands in its list (分页信息)."""

    has_next_page: Annotated[bool, Doc("Whether there is more behind it (有下一页).")]
    end_cursor: Annotated[str | None, Doc("What to pass as `after` for the next page (末尾游标).")] = None


@dataclass(frozen=True, slots=True)
class Page(Generic[N]):
    """A cut of a list and where it stands in the whole."""

    nodes: list[N]
    total: int
    info: PageInfo


def position(moment: dt.datetime | dt.date | None, hospital_id: str, local_id: str) -> Position:
    """Make the place of a node in its list: by time, then hospital and key, never by who answered first."""
    return (moment.isoformat() if moment else "", hospital_id, local_id)


def cut(nodes: Sequence[N], place: Callable[[N], Position], first: int, after: str | None) -> Page[N]:
    """Sort newest first and cut; raises Problem BAD_INPUT for a bad `first` or cursor."""
    if not 1 <= first <= MOST:
        raise Problem(ProblemCode.BAD_INPUT, f"first 须为 1 至 {MOST}", field="first")
    placed = _placed(nodes, place)
    behind = placed
    if after is not None:
        cursor = _read(after)
        behind = [pair for pair in placed if _behind(pair[0], cursor)]
    shown = behind[:first]
    return Page(
        nodes=[node for _, node in shown],
        total=len(placed),
        info=PageInfo(has_next_page=len(behind) > first, end_cursor=_write(shown[-1][0]) if shown else None),
    )


def _placed(nodes: Sequence[N], place: Callable[[N], Position]) -> list[tuple[_Place, N]]:
    """Sort newest first; nodes of the same place keep their order and are counted, so that none is skipped."""
    seen: Counter[Position] = Counter()
    placed = []
    for where, node in sorted(((place(node), node) for node in nodes), key=lambda pair: pair[0], reverse=True):
        placed.append(((where, seen[where]), node))
        seen[where] += 1
    return placed


def _behind(place: _Place, cursor: _Place) -> bool:
    return place[0] < cursor[0] or (place[0] == cursor[0] and place[1] > cursor[1])


def _write(place: _Place) -> str:
    return base64.urlsafe_b64encode("\x1f".join((str(place[1]), *place[0])).encode()).decode()


def _read(cursor: str) -> _Place:
    try:
        count, moment, hospital_id, local_id = base64.urlsafe_b64decode(cursor.encode()).decode().split("\x1f", 3)
        return (moment, hospital_id, local_id), int(count)
    except (ValueError, binascii.Error):
        raise Problem(ProblemCode.BAD_INPUT, "游标无效", field="after") from None
