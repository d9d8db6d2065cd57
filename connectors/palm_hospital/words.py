"""Words, codes and notations that several interfaces of the palm-hospital document share."""

import datetime as dt
from decimal import Decimal

from connectors.core import convert
from connectors.core.shape import Row
from connectors.records.base import SHANGHAI
from connectors.records.people import Gender
from connectors.records.scheduling import DayPart

OUTPATIENT = 1
"""`op_flag` of everything that is no stay."""
INPATIENT = 2

_CENT = Decimal("0.01")

USER = "hpalm"
SOURCE = "w1"
NO_MESSAGE = "0"
"""`SEND_SMS`: nobody is sent a text message."""
SETTLEMENT_ID = "settlement id"
"""Printed with a blank, and sent so."""

GENDER_WORDS = {"男": Gender.MALE, "女": Gender.FEMALE, "未知": Gender.UNKNOWN, "其他": Gender.OTHER}
WORDS_OF_GENDER = {meaning: word for word, meaning in GENDER_WORDS.items()}
gender = convert.one_of(GENDER_WORDS, Gender.UNKNOWN)

day_part = convert.one_of(
    {
        "上午": DayPart.MORNING,
        "下午": DayPart.AFTERNOON,
        "晚上": DayPart.NIGHT,
        "夜间": DayPart.NIGHT,
        "全天": DayPart.ALL_DAY,
    },
    DayPart.UNKNOWN,
)


def age(value: object) -> str | None:
    """Age with its unit: a bare number, as most interfaces send it, counts years."""
    written = convert.text(value)
    return f"{written}岁" if written and written.isdecimal() else written


def price(value: object) -> Decimal | None:
    """Price of one unit in yuan: it comes as a JSON number, which has no second place where that is nought."""
    found = convert.decimal(value)
    if found is None:
        return None
    cents = found.quantize(_CENT)
    return cents if cents == found else found


def required(value: object) -> str:
    """Text that must be there. Raises ValueError when it is not."""
    found = convert.text(value)
    if found is None:
        raise ValueError("missing")
    return found


def joined_moment(row: Row, date: str, clock: str) -> dt.datetime | None:
    """A moment that is sent as a date and, in another field, the time of day."""
    day = convert.day(row.get(date))
    if day is None:
        return None
    time = convert.text(row.get(clock))
    return convert.moment(f"{day.isoformat()} {time}") if time else convert.moment(row.get(date))


def stretch(day: dt.date, name: str | None) -> tuple[dt.datetime, dt.datetime | None]:
    """A stretch of a day, written `08:00-08:30`; without one, the day's beginning.

    Raises ValueError for another notation.
    """
    start, _, end = (name or "").partition("-")
    return convert.clock_on(day, start or "00:00"), convert.clock_on(day, end) if end else None


def date_in_shanghai(value: dt.datetime) -> str:
    """Write the day of a moment as `yyyy-MM-dd`, in hospital time."""
    return value.astimezone(SHANGHAI).date().isoformat()


def number(value: Decimal) -> float:
    """Write an amount as the document types it, a JSON number: two places pass through a float unchanged."""
    return float(value.quantize(_CENT))
