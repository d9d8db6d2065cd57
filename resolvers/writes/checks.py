"""Checks of what clients send with mutations; each raises Problem BAD_INPUT that names the field."""

import base64
import datetime as dt
import re
from decimal import Decimal

from connectors.records.base import Period
from connectors.records.billing import PaymentMethod
from connectors.records.people import Gender
from connectors.records.problems import ProblemCode
from resolvers.problems import Problem

_BUSINESS_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
_IDENTITY_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
_PHONE = re.compile(r"(?=(?:[+-]*[0-9]){7})[0-9+-]{7,20}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_NUMBER = re.compile(r"[!-~]{1,64}")
_IMAGE_KIND = re.compile(r"data:image/[a-z.+-]{1,20};base64")
_LONGEST_IMAGE = 60_000
_CENT = Decimal("0.01")
_LONGEST_TEXT = 200
_CLOCKS_DIFFER = dt.timedelta(minutes=5)
_MOST = Decimal(10**9)


def business_key(value: str) -> str:
    """A business key: 8 to 64 letters, digits, hyphens and underscores."""
    if not _BUSINESS_KEY.fullmatch(value):
        raise _bad("业务单号须为 8 至 64 位字母、数字、连字符或下划线", "businessKey")
    return value


def amount(value: Decimal, field: str) -> Decimal:
    """An amount in yuan: not negative, at most two places."""
    if not value.is_finite() or not 0 <= value < _MOST or value.quantize(_CENT) != value:
        raise _bad("金额须为非负数且最多两位小数", field)
    return value.quantize(_CENT)


def positive_amount(value: Decimal, field: str) -> Decimal:
    """An amount in yuan: more than nothing, at most two places."""
    checked = amount(value, field)
    if not checked:
        raise _bad("金额须大于零", field)
    return checked


def payment_method(value: PaymentMethod, field: str = "method") -> PaymentMethod:
    """A way of paying that a hospital can be told of."""
    if value is PaymentMethod.UNKNOWN:
        raise _bad("请指定支付方式", field)
    return value


def count(value: int, field: str, *, most: int) -> int:
    """A whole number from 1 to `most`."""
    if not 1 <= value <= most:
        raise _bad(f"须为 1 至 {most} 的整数", field)
    return value


def paid_online(value: PaymentMethod, field: str = "method") -> PaymentMethod:
    """A way of paying online: not with what is on the card."""
    if value is PaymentMethod.CARD_BALANCE:
        raise _bad("不支持卡余额支付", field)
    return payment_method(value, field)


def paid_at(value: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    """When something was paid: now when it is not said, never later."""
    if value is None:
        return now
    if value.tzinfo is None or value > now + _CLOCKS_DIFFER:
        raise _bad("支付时间须带时区且不晚于当前时间", "paidAt")
    return value


def text(value: str, field: str) -> str:
    """A text: not empty, not longer than 200 characters, without control characters."""
    stripped = value.strip()
    if not stripped or len(stripped) > _LONGEST_TEXT or not stripped.isprintable():
        raise _bad("不能为空且不超过 200 字", field)
    return stripped


def number(value: str, field: str) -> str:
    """A number that a hospital or a payment platform gave: printable, without spaces, up to 64 characters."""
    written = value.strip()
    if not _NUMBER.fullmatch(written):
        raise _bad("编号格式不正确", field)
    return written


def identity_number(value: str, *, verified: bool, field: str = "identityNumber") -> str:
    """A resident identity number: 18 characters, the last a digit or X; where `verified`, the right one (GB 11643)."""
    written = value.strip().upper()
    if not _IDENTITY_NUMBER.fullmatch(written):
        raise _bad("身份证号格式不正确", field)
    if verified and written[-1] != _check_digit(written[:-1]):
        raise _bad("身份证号校验位不正确", field)
    return written


def phone(value: str, field: str = "phone") -> str:
    """A phone number: 7 to 20 digits."""
    written = value.strip()
    if not _PHONE.fullmatch(written):
        raise _bad("联系电话格式不正确", field)
    return written


def birth_date(value: dt.date, today: dt.date, field: str = "birthDate") -> dt.date:
    """A birth date: not in the future, not more than 150 years ago."""
    if not today.replace(year=today.year - 150, day=1) <= value <= today:
        raise _bad("出生日期不正确", field)
    return value


def period(since: dt.datetime, until: dt.datetime, *, most: dt.timedelta, field: str = "until") -> Period:
    """A stretch of time: the end not before the start, not longer than `most`; `field` names the end."""
    if since.tzinfo is None or until.tzinfo is None:
        raise _bad("时间须带时区", field)
    if until < since:
        raise _bad("结束时间早于开始时间", field)
    if until - since > most:
        raise _bad(f"查询时间段不可超过 {most.days} 天", field)
    return Period(since, until)


def male_or_female(value: Gender, field: str = "gender") -> Gender:
    """A gender, where a hospital takes these two only."""
    if value not in {Gender.MALE, Gender.FEMALE}:
        raise _bad("性别须为男或女", field)
    return value


def image(value: str, field: str) -> str:
    """A small image as a data URL in base64."""
    kind, _, content = value.partition(",")
    if len(value) > _LONGEST_IMAGE:
        raise _bad("图片过大", field)
    if not _IMAGE_KIND.fullmatch(kind) or not content or not _is_base64(content):
        raise _bad("图片格式不正确", field)
    return value


def _is_base64(content: str) -> bool:
    try:
        base64.b64decode(content, validate=True)
    except ValueError:
        return False
    return True


def _check_digit(first_17: str) -> str:
    """The check digit of an identity number: ISO 7064, MOD 11-2."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_17, strict=True))
    return _CHECK_DIGITS[total % len(_CHECK_DIGITS)]


def coming(value: dt.datetime, now: dt.datetime, field: str) -> dt.datetime:
    """A time still to come, with its zone."""
    if value.tzinfo is None or value <= now:
        raise _bad("时间须晚于当前时间", field)
    return value


def not_before(value: dt.date, first: dt.date, field: str) -> dt.date:
    """A day: not before another."""
    if value < first:
        raise _bad(f"日期不可早于 {first.isoformat()}", field)
    return value


def past(value: dt.datetime, now: dt.datetime, field: str) -> dt.datetime:
    """A time that has come, with its zone."""
    if value.tzinfo is None or value > now:
        raise _bad("时间不能晚于当前时间", field)
    return value


def days(first: dt.date, last: dt.date, most: int, field: str) -> dt.date:
    """The last day of a stretch: not before its first, which counts, and not more than so many days."""
    if last < first:
        raise _bad("结束日期早于开始日期", field)
    if (last - first).days >= most:
        raise _bad(f"时间段不可超过 {most} 天", field)
    return last


def exactly_one(one: object, other: object, field: str) -> None:
    """Two values of which one, and only one, is to be given; `field` names the first."""
    if (one is None) == (other is None):
        raise _bad("两项须且只须填写一项", field)


def _bad(message: str, field: str) -> Problem:
    return Problem(ProblemCode.BAD_INPUT, message, field=field)
