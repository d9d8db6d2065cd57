"""Converters from what hospitals send to what records hold.

Each takes the raw value and returns the converted one, None for "nothing", or raises ValueError; no error text
quotes the value. They tolerate what the documents' own examples do: numbers for strings, strings for numbers,
trailing spaces, empty strings for null.

What hospitals mostly send is recognised and read in one step, some of it in the code of a mapping (shape_lines.py); the
tests hold that step to the rules.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Generic, TypeVar

from connectors.records.base import SHANGHAI, DocumentedEnum

E = TypeVar("E", bound=DocumentedEnum)

_CENT = Decimal("0.01")
# More digits than any amount or count has: such a number is a fault, and writing it out would take for ever.
MOST_DIGITS = 20
_TOO_LARGE = 10**MOST_DIGITS
_NUMBERS = (int, float, Decimal)
_FLAGS = {"1": True, "true": True, "0": False, "-1": False, "false": False}
usual_moment = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?: (?:[01][0-9]|2[0-3]):[0-9]{2}(?::[0-9]{2})?)?").fullmatch
# A moment without zone is put into hospital time by its distance from here: five times as quick as `replace`.
BEGINNING = dt.datetime.min  # noqa: DTZ901 # without zone is what is meant
BEGINNING_IN_SHANGHAI = BEGINNING.replace(tzinfo=SHANGHAI)
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
    if type(value) is str:
        return value.strip() or None
    if value is None:
        return None
    if type(value) is int:
        return str(value)
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool) or not isinstance(value, _NUMBERS):
        raise ValueError("text expected")  # noqa: TRY004 # one error for all that cannot be read
    return str(value)


def web_address(value: object) -> str | None:
    """Address of a page on the web; anything else that stands there is none."""
    written = text(value)
    return written if written and written.startswith(("http://", "https://")) else None


def decimal(value: object) -> Decimal | None:
    """Decimal number, as many places as sent."""
    if (type(value) is int or type(value) is float) and -_TOO_LARGE < value < _TOO_LARGE:
        return Decimal(str(value))
    written = value.strip() if type(value) is str else text(value)
    if not written:
        return None
    try:
        number = Decimal(written.replace(",", ""))
    except InvalidOperation:
        raise ValueError("number expected") from None
    if not number.is_finite():
        raise ValueError("finite number expected")
    if number.adjusted() >= MOST_DIGITS:
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
    if type(value) is int and -_TOO_LARGE < value < _TOO_LARGE:
        return value
    if type(value) is str and value.isdecimal() and len(value) <= MOST_DIGITS:
        return int(value)
    number = decimal(value)
    if number is None:
        return None
    whole = int(number)
    if number != whole:
        raise ValueError("whole number expected")
    return whole


def flag(value: object) -> bool | None:
    """1 or true for yes; 0, -1 or false for no."""
    if type(value) is str and value in _FLAGS:
        return _FLAGS[value]
    if isinstance(value, bool):
        return value
    written = value.strip() if type(value) is str else text(value)
    if not written:
        return None
    found = _FLAGS.get(written.lower())
    if found is None:
        raise ValueError("flag expected")
    return found


def moment(value: object) -> dt.datetime | None:
    """Moment in hospital time, from any of the documented notations; a bare date is its midnight."""
    if type(value) is str and usual_moment(value):
        return _usually_written(value)
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


def _usually_written(value: str) -> dt.datetime:
    try:
        return BEGINNING_IN_SHANGHAI + (dt.datetime.fromisoformat(value) - BEGINNING)
    except ValueError:
        raise ValueError("date or time expected") from None


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


class OneOf(Generic[E]):
    """A converter for a documented code list; `usual` answers for a code just as it is listed, else None."""

    def __init__(self, dictionary: Mapping[str, E], unknown: E) -> None:
        """Take what the codes mean, and what any other code is."""
        self._meanings = dictionary
        self._unknown = unknown
        self.usual = {code: meaning for code, meaning in dictionary.items() if code and code == code.strip()}.get

    def __call__(self, value: object) -> E:
        """Convert; raises ValueError for what is no code at all."""
        if type(value) is int:
            return self._meanings.get(str(value), self._unknown)
        written = text(value)
        return self._meanings.get(written, self._unknown) if written else self._unknown


def one_of(dictionary: Mapping[str, E], unknown: E) -> OneOf[E]:
    """Make a converter for a documented code list: any other code is `unknown`, never an error."""
    return OneOf(dictionary, unknown)


def if_given(convert: Callable[[object], E]) -> Callable[[object], E | None]:
    """Leave out what is not sent, so that the record's own default stands; an unknown code is still `unknown`."""
    return lambda value: None if text(value) is None else convert(value)


# The ends of a period are written for every list of a request, and are the same for all requests of a day.
@lru_cache(maxsize=1024)
def in_shanghai(value: dt.datetime) -> str:
    """Write a moment as `yyyy-MM-dd HH:mm:ss` in hospital time."""
    return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def in_yuan(value: Decimal) -> str:
    """Write an amount with two places."""
    return str(value.quantize(_CENT))
