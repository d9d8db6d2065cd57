"""Names and numbers that nobody in the world can have."""

from datetime import date

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_NO_REGION = "990000"


def name_of(number: int) -> str:
    """A name that says it is a sample: 样例甲, 样例乙, … 样例甲一, …"""
    round_, stem = divmod(number - 1, len(_STEMS))
    return f"样例{_STEMS[stem]}{'' if round_ == 0 else '一二三四五六七八九'[round_ - 1]}"


def identity_of(number: int, birthday: date, *, male: bool) -> str:
    """An identity number of the right length, of no region, with a wrong check digit."""
    sequence = number * 2 + (1 if male else 0)
    body = f"{_NO_REGION}{birthday:%Y%m%d}{sequence:03d}"
    right = check_digit(body)
    wrong = (int(right) + 1) % 10 if right.isdigit() else 0
    return f"{body}{wrong}"


def check_digit(body: str) -> str:
    """The check digit that a real identity number with this body would have."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def phone_of(number: int) -> str:
    """A phone number of no operator's range."""
    return f"100000000{number:02d}"


def address_of(number: int) -> str:
    """An address of no street."""
    return f"样例路{number}号"
