"""Checks of what clients send with mutations; each raises Problem BAD_INPUT that names the field."""

import datetime as dt
import re
from decimal import Decimal

from connectors.records.problems import ProblemCode
from resolvers.problems import Problem

_BUSINESS_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
_IDENTITY_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
_PHONE = re.compile(r"(?=(?:[+-]*[0-9]){7})[0-9+-]{7,20}")
_CENT = Decimal("0.01")
_LONGEST_TEXT = 200
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


def text(value: str, field: str) -> str:
    """A text: not empty, not longer than 200 characters, without control characters."""
    stripped = value.strip()
    if not stripped or len(stripped) > _LONGEST_TEXT or not stripped.isprintable():
        raise _bad("不能为空且不超过 200 字", field)
    return stripped


def identity_number(value: str) -> str:
    """A resident identity number: 18 characters, the last a digit or X."""
    written = value.strip().upper()
    if not _IDENTITY_NUMBER.fullmatch(written):
        raise _bad("身份证号格式不正确", "identityNumber")
    return written


def phone(value: str) -> str:
    """A phone number: 7 to 20 digits."""
    written = value.strip()
    if not _PHONE.fullmatch(written):
        raise _bad("联系电话格式不正确", "phone")
    return written


def birth_date(value: dt.date, today: dt.date) -> dt.date:
    """A birth date: not in the future, not more than 150 years ago."""
    if not today.replace(year=today.year - 150, day=1) <= value <= today:
        raise _bad("出生日期不正确", "birthDate")
    return value


def _bad(message: str, field: str) -> Problem:
    return Problem(ProblemCode.BAD_INPUT, message, field=field)
