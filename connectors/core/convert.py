"""Converters from what hospitals send to what records hold.

Each takes the raw value and returns the converted one, None for "nothing", or raises ValueError; no error text
quotes the value. They tolerate what the documents' own examples do: numbers for strings, strings for numbers,
trailing spaces, empty strings for null.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from connectors.records.base import SHANGHAI, DocumentedEnum

E = TypeVar("E", bound=DocumentedEnum)

_CENT = Decimal("0.01")
# More digits than any amount or count has: such a number is a fault, and writing it out would take for ever.
_MOST_DIGITS = 20
# A shorter run of digits could be read as several dates.
_DIGITS_OF_A_DATE = frozenset({8, 14})
_DATE_TIME_FORMATS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%Y%m%d",
    "%Y/%m/%d %H:%M:%S",
    "%Y%m%d%H%M%S",
)


def text(value: object) -> str | None:
    """Text without surrounding spaces; empty is None; a number is written out."""
    if value is None:
        return None
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError("text expected")  # noqa: TRY004 # one error for all that cannot be read
    return str(value)


def decimal(value: object) -> Decimal | None:
    """Decimal number, as many places as sent."""
    written = text(value)
    if written is None:
        return None
    try:
        number = Decimal(written.replace(",", ""))
    except InvalidOperation:
        raise ValueError("number expected") from None
    if not number.is_finite():
        raise ValueError("finite number expected")
    if number.adjusted() >= _MOST_DIGITS:
        raise ValueError("number of ordinary size expected")
    return number


def money(value: object) -> Decimal | None:
    """Amount in yuan with two places; more places than that are refused, not rounded."""
    number = decimal(value)
    if number is None:
        return None
    cents = number.quantize(_CENT)
    if cents != number:
        raise ValueError("amount with at most two places expected")
    return cents


def integer(value: object) -> int | None:
    """Whole number."""
    number = decimal(value)
    if number is None:
        return None
    if number != int(number):
        raise ValueError("whole number expected")
    return int(number)


def flag(value: object) -> bool | None:
    """1 or true for yes; 0, -1 or false for no."""
    if isinstance(value, bool):
        return value
    written = text(value)
    if written is None:
        return None
    if written.lower() in {"1", "true"}:
        return True
    if written.lower() in {"0", "-1", "false"}:
        return False
    raise ValueError("flag expected")


def moment(value: object) -> dt.datetime | None:
    """Moment in hospital time, from any of the documented notations; a bare date is its midnight."""
    written = text(value)
    if written is None:
        return None
    if written.isdigit() and len(written) not in _DIGITS_OF_A_DATE:
        raise ValueError("date or time expected")
    for notation in _DATE_TIME_FORMATS:
        try:
            return dt.datetime.strptime(written, notation).replace(tzinfo=SHANGHAI)
        except ValueError:
            continue
    raise ValueError("date or time expected")


def day(value: object) -> dt.date | None:
    """Day, from any of the documented notations; a time behind it is cut off."""
    found = moment(value)
    return None if found is None else found.date()


def clock_on(day_: dt.date, clock: str) -> dt.datetime:
    """Moment of a clock time (HH:mm or HH:mm:ss) on a day, in hospital time."""
    try:
        hours, minutes = clock.strip().split(":")[:2]
        return dt.datetime(day_.year, day_.month, day_.day, int(hours), int(minutes), tzinfo=SHANGHAI)
    except (ValueError, OverflowError):
        raise ValueError("time of day expected") from None


def one_of(dictionary: Mapping[str, E], unknown: E) -> Callable[[object], E]:
    """Make a converter for a documented code list: any other code is `unknown`, never an error."""

    def convert(value: object) -> E:
        written = text(value)
        return unknown if written is None else dictionary.get(written, unknown)

    return convert


def if_given(convert: Callable[[object], E]) -> Callable[[object], E | None]:
    """Leave out what is not sent, so that the record's own default stands; an unknown code is still `unknown`."""
    return lambda value: None if text(value) is None else convert(value)


def in_shanghai(value: dt.datetime) -> str:
    """Write a moment as `yyyy-MM-dd HH:mm:ss` in hospital time."""
    return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def in_yuan(value: Decimal) -> str:
    """Write an amount with two places."""
    return str(value.quantize(_CENT))
