"""Lists over all of a person's hospitals: asked in parallel, merged, with what failed named."""

import datetime as dt
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Generic, TypeVar

import strawberry

from connectors.core.concurrency import together
from connectors.errors import ConnectorError
from connectors.ports import Connection
from connectors.records.base import INTERNAL, SHANGHAI, CardRef, Doc, Period
from connectors.records.hospitals import Capability
from connectors.records.problems import ProblemCode
from resolvers.access_control.access import Access
from resolvers.context import Context, GraphInfo
from resolvers.loaders import Batch, Single, Told, told
from resolvers.pages import After, First, PageInfo, Position, cut
from resolvers.patients.people import Patient
from resolvers.presentation import sentence
from resolvers.problems import Problem

N = TypeVar("N")

_DEFAULT_DAYS = 365
_MOST_DAYS = 3 * 366
_FIRST_YEAR = 1900

Hospitals = Annotated[
    list[strawberry.ID] | None,
    strawberry.argument(description="Only these hospitals, by their global ids or their own (医院)."),
]
Since = Annotated[dt.date | None, strawberry.argument(description="First day; a year ago when left out (开始日期).")]
Until = Annotated[dt.date | None, strawberry.argument(description="Last day; today when left out (结束日期).")]


@dataclass(kw_only=True, slots=True)
class HospitalFailure:
    """A hospital that did not contribute to a list, and why (医院查询失败)."""

    hospital_id: Annotated[str, INTERNAL]
    code: Annotated[ProblemCode, Doc("Stable code (错误代码).")]
    message: Annotated[str, Doc("Sentence that may be shown (提示).")]
    retryable: Annotated[bool, Doc("Whether asking again may help (可重试).")]


@dataclass(frozen=True, slots=True)
class Merged(Generic[N]):
    """A page of the merged list, and the hospitals that are missing from it."""

    nodes: list[N]
    page_info: PageInfo
    total_count: int
    failures: list[HospitalFailure]


def period(context: Context, since: dt.date | None, until: dt.date | None, *, ahead_days: int = 0) -> Period:
    """Make the period of a list, whole days.

    Raises Problem BAD_INPUT for an end before the start, or too long a time.
    """
    today = context.services.clock().date()
    last = until or today + dt.timedelta(days=ahead_days)
    if last.year <= _FIRST_YEAR:
        raise Problem(ProblemCode.BAD_INPUT, "结束日期不正确", field="until")
    begin = since or min(today, last) - dt.timedelta(days=_DEFAULT_DAYS)
    if last < begin:
        raise Problem(ProblemCode.BAD_INPUT, "结束日期早于开始日期", field="until")
    if (last - begin).days > _MOST_DAYS:
        raise Problem(ProblemCode.BAD_INPUT, "查询时间段过长", field="since")
    return whole_days(begin, last)


_YEARS_BACK = 3
_DAYS_AHEAD = 90


# Most lists of a day are asked for over the same period.
@lru_cache(maxsize=256)
def whole_days(first: dt.date, last: dt.date) -> Period:
    """Make the period from the first moment of a day to the last second of another, in hospital time."""
    return Period(
        dt.datetime.combine(first, dt.time.min, SHANGHAI),
        dt.datetime.combine(last, dt.time(23, 59, 59), SHANGHAI),
    )


def whole_history(context: Context) -> Period:
    """Make the period of all that is looked through for one thing."""
    today = context.services.clock().date()
    return whole_days(today - dt.timedelta(days=366 * _YEARS_BACK), today + dt.timedelta(days=_DAYS_AHEAD))


async def merge(
    info: GraphInfo,
    patient: Patient,
    capability: Capability,
    ask: Callable[[Sequence[CardRef]], Awaitable[Sequence["Told[list[N]]"]]],
    place: Callable[[N], Position],
    *,
    first: int,
    after: str | None,
    hospitals: Sequence[str] | None,
) -> Merged[N]:
    """Ask every hospital of the person that offers it; what one fails at is told, not raised.

    `ask` answers for each card its list, or the error in its place.
    """
    cards = _chosen(info.context, patient, capability, hospitals)
    nodes: list[N] = []
    failures = []
    for card, outcome in zip(cards, await ask(cards), strict=True):
        if isinstance(outcome, Exception):
            failures.append(failure(card.hospital_id, outcome))
        else:
            nodes.extend(outcome)
    page = cut(nodes, place, first, after)
    return Merged(page.nodes, page.info, page.total, failures)


def side_by_side(
    load: Callable[[CardRef], Coroutine[Any, Any, list[N]]],
) -> Callable[[Sequence[CardRef]], Coroutine[Any, Any, list["Told[list[N]]"]]]:
    """Make `ask` of what loads the list of one card."""

    async def ask(cards: Sequence[CardRef]) -> list["Told[list[N]]"]:
        return await together(*(told(load, card) for card in cards))

    return ask


def listed(
    capability: Capability,
    batch: "Batch[list[N]]",
    place: Callable[[N], Position],
    shown: Callable[[N, Access], bool] | None = None,
) -> Callable[..., Awaitable[Merged[N]]]:
    """Make the resolver of a list that a batch port method answers for the holders of a person's cards.

    `shown` says which rows the principal may know of, all when it is left out.
    """

    async def resolve(
        root: Patient,
        info: GraphInfo,
        first: First = 20,
        after: After = None,
        since: Since = None,
        until: Until = None,
        hospitals: Hospitals = None,
    ) -> Merged[N]:
        """List over all hospitals, newest first."""
        context = info.context
        when = period(context, since, until)

        async def ask(cards: Sequence[CardRef]) -> list["Told[list[N]]"]:
            outcomes = await context.loaders.each(batch, cards, when)
            if shown is None:
                return outcomes
            return [
                rows if isinstance(rows, Exception) else [row for row in rows if shown(row, context.access)]
                for rows in outcomes
            ]

        return await merge(info, root, capability, ask, place, first=first, after=after, hospitals=hospitals)

    return resolve


def listed_whole(
    capability: Capability, call: "Single[list[N]]", place: Callable[[N], Position]
) -> Callable[..., Awaitable[Merged[N]]]:
    """Make the resolver of a list that a port method answers for the holder of one card, whatever the time."""

    async def resolve(
        root: Patient, info: GraphInfo, first: First = 20, after: After = None, hospitals: Hospitals = None
    ) -> Merged[N]:
        """List over all hospitals, newest first."""
        loaders = info.context.loaders

        async def load(card: CardRef) -> list[N]:
            return await loaders.alone(call, await loaders.holder(card))

        ask = side_by_side(load)
        return await merge(info, root, capability, ask, place, first=first, after=after, hospitals=hospitals)

    return resolve


def failure(hospital_id: str, error: ConnectorError | Problem) -> HospitalFailure:
    """Tell of a failure; what is forbidden is raised."""
    if error.code in {ProblemCode.UNAUTHENTICATED, ProblemCode.FORBIDDEN}:
        raise error
    return HospitalFailure(hospital_id=hospital_id, code=error.code, message=sentence(error), retryable=error.retryable)


def _chosen(
    context: Context, patient: Patient, capability: Capability, hospitals: Sequence[str] | None
) -> list[CardRef]:
    wanted = None if hospitals is None else {hospital_key(context, key) for key in hospitals}
    chosen = []
    for card in patient.cards:
        connection: Connection | None = context.services.registry.find(card.hospital_id)
        known = connection is not None and capability in connection.offers(card.hospital_id)
        if known and (wanted is None or card.hospital_id in wanted):
            chosen.append(card)
    return chosen


def hospital_key(context: Context, given: str) -> str:
    """Return the hospital's own id for its global or own id; raises Problem HOSPITAL_UNKNOWN."""
    if context.services.registry.find(given) is not None:
        return given
    try:
        key = context.services.ids.read(given, "Hospital")
    except Problem:
        key = None
    if key is None or context.services.registry.find(key.hospital_id) is None:
        raise Problem(ProblemCode.HOSPITAL_UNKNOWN, "医院信息不存在", field="hospital")
    return key.hospital_id
