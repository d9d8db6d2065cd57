"""Pages of merged lists: sorted newest first, cut by `first` and `after`."""

import base64
import binascii
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Annotated, Generic, TypeVar

import strawberry

from connectors.records.base import SHANGHAI, Doc
from connectors.records.problems import ProblemCode
from resolvers.problems import Problem

N = TypeVar("N")

MOST = 200

First = Annotated[int, strawberry.argument(description=f"How many nodes at most, 1 to {MOST} (条数).")]
After = Annotated[str | None, strawberry.argument(description="Cursor behind which to go on (游标).")]

Position = tuple[dt.datetime, str, str]
# A position, and how many nodes of the same position stand before it.
_Place = tuple[Position, int]

_NEVER = dt.datetime.min.replace(tzinfo=SHANGHAI)


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


def position(moment: dt.datetime | None, hospital_id: str, local_id: str) -> Position:
    """Make the place of a node in its list: by time, then hospital and key, never by who answered first."""
    return (moment or _NEVER, hospital_id, local_id)


def check_first(first: int) -> None:
    """Raise Problem BAD_INPUT for a page of no or of too many nodes."""
    if not 1 <= first <= MOST:
        raise Problem(ProblemCode.BAD_INPUT, f"first 须为 1 至 {MOST}", field="first")


def cut(nodes: Sequence[N], place: Callable[[N], Position], first: int, after: str | None) -> Page[N]:
    """Sort newest first and cut; raises Problem BAD_INPUT for a bad `first` or cursor."""
    check_first(first)
    # Nodes of the same position keep their order.
    placed = sorted([(place(node), node) for node in nodes], key=itemgetter(0), reverse=True)
    begin = 0 if after is None else _behind(placed, _read(after))
    end = min(begin + first, len(placed))
    return Page(
        nodes=[node for _, node in placed[begin:end]],
        total=len(placed),
        info=PageInfo(
            has_next_page=end < len(placed),
            end_cursor=_write(_place(placed, end - 1)) if end > begin else None,
        ),
    )


def _place(placed: Sequence[tuple[Position, object]], index: int) -> _Place:
    """Tell the place of one of the ordered nodes; equal positions are counted, so that none is skipped."""
    where, begin = placed[index][0], index
    while begin and placed[begin - 1][0] == where:
        begin -= 1
    return where, index - begin


def _behind(placed: Sequence[tuple[Position, object]], cursor: _Place) -> int:
    """Find the first node behind a cursor."""
    where, count = cursor
    same = 0
    for index, (position_, _) in enumerate(placed):
        if position_ < where or (position_ == where and same > count):
            return index
        same += position_ == where
    return len(placed)


def _write(place: _Place) -> str:
    (moment, hospital_id, local_id), count = place
    text = "\x1f".join((str(count), moment.isoformat(), hospital_id, local_id))
    return base64.urlsafe_b64encode(text.encode()).decode()


def _read(cursor: str) -> _Place:
    try:
        count, moment, hospital_id, local_id = base64.urlsafe_b64decode(cursor.encode()).decode().split("\x1f", 3)
        return (_moment(moment), hospital_id, local_id), int(count)
    except (ValueError, binascii.Error):
        raise Problem(ProblemCode.BAD_INPUT, "游标无效", field="after") from None


def _moment(written: str) -> dt.datetime:
    """Read what `_write` wrote; raises ValueError for a time without zone, which could not be compared."""
    moment = dt.datetime.fromisoformat(written)
    if moment.tzinfo is None:
        raise ValueError("time without zone")
    return moment
