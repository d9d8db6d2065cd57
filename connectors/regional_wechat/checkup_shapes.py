"""How the regional HIS writes check-ups (document chapter 28)."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from connectors.core import convert
from connectors.core.local_id import pack, unpack
from connectors.core.shape import GIVEN, Many, Shape
from connectors.records.checkups import (
    CheckupDay,
    CheckupEmployer,
    CheckupGroup,
    CheckupItem,
    CheckupItemPage,
    CheckupKind,
    CheckupPackage,
)
from connectors.records.people import Gender
from connectors.records.scheduling import Appointment

PAID, UNPAID = "1", "0"
PAID_AT_THE_HOSPITAL = "OfflinePay"
_KINDS = {
    "0": CheckupKind.HEALTH,
    "1": CheckupKind.OCCUPATIONAL,
    "2": CheckupKind.RECRUITMENT,
    "3": CheckupKind.GREEN_CHANNEL,
    "4": CheckupKind.HEALTH_CERTIFICATE,
}
_EVERYBODY = "0"
_BOOKING = "checkup"
_gender = convert.one_of({"1": Gender.MALE, "2": Gender.FEMALE}, Gender.UNKNOWN)


def _only_for(value: object) -> Gender | None:
    """Nothing for 0, which means everybody."""
    written = convert.text(value)
    return None if written is None or written == _EVERYBODY else _gender(written)


def answered(value: object) -> bool | None:
    """Read 1 as yes and 0 as no; -1 is an error of the hospital's own, and tells nothing."""
    return {"1": True, "0": False}.get(convert.text(value) or "")


def times_on(day: dt.date) -> Callable[[Any], list[dt.datetime]]:
    """Make the converter of a day's list of clock times."""

    def read(found: Any) -> list[dt.datetime]:
        clocks = found if isinstance(found, list) else [found]
        return [convert.clock_on(day, clock) for clock in map(convert.text, clocks) if clock]

    return read


def minute(moment: dt.datetime) -> str:
    """Write `yyyy-MM-dd HH:mm`, which only booking has."""
    return convert.in_shanghai(moment)[: -len(":00")]


def ids(chosen: Sequence[str]) -> list[dict[str, str]] | None:
    """Write a list of ids, each an object of its own; none at all is left out."""
    return [{"id": one} for one in chosen] or None


def _booking_id(value: object) -> str | None:
    written = convert.text(value)
    return None if written is None else pack(_BOOKING, written)


def booking_of(appointment_id: str) -> str:
    """Return what the HIS calls a booked check-up; raises ValueError for an appointment of another kind."""
    kind, id_ = unpack(appointment_id, 2)
    if kind != _BOOKING:
        raise ValueError("not a check-up")
    return id_


# The items of packages and groups have two spellings of their code.
ITEM = Shape(
    CheckupItem,
    id=("combCode", "combCodes"),
    hospital_id=GIVEN,
    name="combName",
    standard_price="stPrice",
    price="acPrice",
)
LISTED_ITEM = Shape(
    CheckupItem,
    id="combCode",
    hospital_id=GIVEN,
    name="name",
    standard_price="stPrice",
    price="acPrice",
    gender=("sexCode", _only_for),
    department_name="deptName",
    before_meal="beforeMealFlag",
    discount_percent=("disc", convert.decimal),
)
ITEM_PAGE = Shape(CheckupItemPage, hospital_id=GIVEN, items=Many(LISTED_ITEM, "itemList"), total="count")
PACKAGE = Shape(
    CheckupPackage,
    id="packageId",
    card=GIVEN,
    name="packageName",
    kind=("bnsTypeCode", convert.one_of(_KINDS, CheckupKind.UNKNOWN)),
    introduction="briefIntroduction",
    standard_price="stPrice",
    price="acPrice",
    offered_from="startDate",
    offered_until="endDate",
    occupation_code="professionCode",
)
DAY = Shape(CheckupDay, day="date", remaining="poolNumber")
EMPLOYER = Shape(CheckupEmployer, id="orgId", card=GIVEN, name="orgName")
GROUP = Shape(
    CheckupGroup,
    id="groupId",
    card=GIVEN,
    hospital_id=GIVEN,
    employer_id=GIVEN,
    name="groupName",
    gender=("sexCode", _only_for),
    youngest="minAge",
    oldest="maxAge",
    items=Many(ITEM, "groupCombs"),
)
BOOKED = Shape(
    Appointment,
    id=("id", _booking_id),
    card=GIVEN,
    kind=GIVEN,
    status=GIVEN,
    starts_at=GIVEN,
    fee=GIVEN,
    cancellable=GIVEN,
)
