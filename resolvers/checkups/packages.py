"""Check-ups that can be booked (体检预约)."""

import datetime as dt
from typing import Annotated

import strawberry

from connectors.ports import Connection
from connectors.records.base import CardRef
from connectors.records.checkups import CheckupDay, CheckupEmployer, CheckupGroup, CheckupItem, CheckupPackage
from connectors.records.people import CardHolder
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.facilities.hospitals import Day, Hospital
from resolvers.offers import offered
from resolvers.pages import After, First
from resolvers.patients.people import CardAtHospital
from resolvers.windows import SIZE, Part, Window, window
from resolvers.writes import checks

_MOST_DAYS = 92
_AHEAD = dt.timedelta(days=30)

Occupation = Annotated[
    str | None,
    strawberry.argument(description="Occupation, for check-ups that it asks for; by the hospital's code (工种编码)."),
]
FromDay = Annotated[dt.date | None, strawberry.argument(description="First day; today when left out (开始日期).")]
ToDay = Annotated[
    dt.date | None, strawberry.argument(description="Last day; thirty days later when left out (结束日期).")
]


async def packages(root: CardAtHospital, info: GraphInfo, occupation_code: Occupation = None) -> list[CheckupPackage]:
    """List what the hospital offers to the person."""
    code = None if occupation_code is None else checks.text(occupation_code, "occupationCode")
    return await info.context.loaders.alone(_packages, await _holder(root.card, info), code)


async def is_booked(root: CardAtHospital, info: GraphInfo, day: Day) -> bool | None:
    """Say whether the person has booked for the day."""
    return await info.context.loaders.alone(_is_booked, await _holder(root.card, info), day)


async def is_registered(root: CardAtHospital, info: GraphInfo, day: Day) -> bool | None:
    """Say whether the person has registered at the check-up centre."""
    return await info.context.loaders.alone(_is_registered, await _holder(root.card, info), day)


async def notice(root: CardAtHospital, info: GraphInfo) -> str | None:
    """Return what to know before a check-up."""
    return await info.context.loaders.alone(_notice, await _holder(root.card, info))


async def employers(root: CardAtHospital, info: GraphInfo) -> list[CheckupEmployer]:
    """List the employers who have check-ups arranged for the person."""
    return await info.context.loaders.alone(_employers, await _holder(root.card, info))


async def package_items(root: CheckupPackage, info: GraphInfo) -> list[CheckupItem]:
    """List what the package holds."""
    return await info.context.loaders.public(_package_items, root.card.hospital_id, root.id)


async def days(root: CheckupPackage, info: GraphInfo, since: FromDay = None, until: ToDay = None) -> list[CheckupDay]:
    """List the days that have room, the next first."""
    first = since or info.context.services.clock().date()
    last = checks.days(first, until or first + _AHEAD, _MOST_DAYS, "until")
    found = await info.context.loaders.public(_days, root.card.hospital_id, first, last, root.id)
    return sorted(found, key=lambda day: day.day)


async def times(root: CheckupPackage, info: GraphInfo, day: Day) -> list[dt.datetime]:
    """List the times of a day that the person can book, the first first."""
    return sorted(await info.context.loaders.alone(_times, await _holder(root.card, info), day, root.id))


async def groups(root: CheckupEmployer, info: GraphInfo) -> list[CheckupGroup]:
    """List the employer's groups."""
    return await info.context.loaders.alone(_groups, await _holder(root.card, info), root.id)


async def group_items(root: CheckupGroup, info: GraphInfo) -> list[CheckupItem]:
    """List what the people of the group get; asked for only where the list of groups did not say so."""
    return root.items or await info.context.loaders.public(_group_items, root.card.hospital_id, root.id)


async def items(root: Hospital, info: GraphInfo, first: First = 20, after: After = None) -> Window[CheckupItem]:
    """List all that can be examined."""

    async def load(page: int) -> Part[CheckupItem]:
        return await info.context.loaders.public(_items, root.hospital_id, page)

    return await window(load, first, after)


async def _holder(card: CardRef, info: GraphInfo) -> CardHolder:
    return await info.context.loaders.holder(card)


@needs(Resource.APPOINTMENT, Action.SEARCH)
async def _packages(connection: Connection, holder: CardHolder, occupation_code: str | None) -> list[CheckupPackage]:
    return await offered(connection.checkups).packages(holder, occupation_code)


@needs(Resource.APPOINTMENT, Action.SEARCH)
async def _is_booked(connection: Connection, holder: CardHolder, day: dt.date) -> bool | None:
    return await offered(connection.checkups).is_booked(holder, day)


@needs(Resource.APPOINTMENT, Action.SEARCH)
async def _is_registered(connection: Connection, holder: CardHolder, day: dt.date) -> bool | None:
    return await offered(connection.checkups).is_registered(holder, day)


@needs(Resource.APPOINTMENT, Action.SEARCH)
async def _notice(connection: Connection, holder: CardHolder) -> str | None:
    return await offered(connection.checkups).notice(holder)


@needs(Resource.APPOINTMENT, Action.SEARCH)
async def _employers(connection: Connection, holder: CardHolder) -> list[CheckupEmployer]:
    return await offered(connection.checkups).employers(holder)


@needs(Resource.APPOINTMENT, Action.SEARCH)
async def _times(connection: Connection, holder: CardHolder, day: dt.date, package_id: str) -> list[dt.datetime]:
    return await offered(connection.checkups).times(holder, day, package_id)


@needs(Resource.APPOINTMENT, Action.SEARCH)
async def _groups(connection: Connection, holder: CardHolder, employer_id: str) -> list[CheckupGroup]:
    return await offered(connection.checkups).groups(holder, employer_id)


async def _package_items(connection: Connection, hospital_id: str, package_id: str) -> list[CheckupItem]:
    return await offered(connection.checkups).package_items(hospital_id, package_id)


async def _days(
    connection: Connection, hospital_id: str, first: dt.date, last: dt.date, package_id: str
) -> list[CheckupDay]:
    return await offered(connection.checkups).days(hospital_id, first, last, package_id)


async def _group_items(connection: Connection, hospital_id: str, group_id: str) -> list[CheckupItem]:
    return await offered(connection.checkups).group_items(hospital_id, group_id)


async def _items(connection: Connection, hospital_id: str, page: int) -> Part[CheckupItem]:
    found = await offered(connection.checkups).items(hospital_id, page, SIZE)
    return Part(found.items, found.total)
