"""The quick ways of the converters, held to the rules written out at length."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from connectors.core import convert
from connectors.core.shape import Shape, ShapeError
from connectors.records.base import SHANGHAI
from connectors.records.people import Gender

NOTATIONS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y%m%d", "%Y/%m/%d %H:%M:%S", "%Y%m%d%H%M%S")
DIGITS = "0123456789"
# Digits of other scripts, spaces of other kinds, and all that a number may have around its digits.
ODD_CHARACTERS = DIGITS * 3 + "+-.,_eE: /TZW\t\u3000\xa0٣３²½NaInfitrueTRUE"


def decimal(value: object) -> Decimal | None:
    written = convert.text(value)
    if written is None:
        return None
    try:
        number = Decimal(written.replace(",", ""))
    except InvalidOperation:
        raise ValueError("number expected") from None
    if not number.is_finite():
        raise ValueError("finite number expected")
    if number.adjusted() >= 20:
        raise ValueError("number of ordinary size expected")
    return number


def money(value: object) -> Decimal | None:
    number = decimal(value)
    if number is None:
        return None
    cents = number.quantize(Decimal("0.01"))
    if cents != number:
        raise ValueError("amount with at most two places expected")
    return cents


def integer(value: object) -> int | None:
    number = decimal(value)
    if number is None:
        return None
    if number != int(number):
        raise ValueError("whole number expected")
    return int(number)


def flag(value: object) -> bool | None:
    written = str(value).lower() if isinstance(value, bool) else (convert.text(value) or "").lower()
    if written not in {"", "1", "true", "0", "-1", "false"}:
        raise ValueError("flag expected")
    return written in {"1", "true"} if written else None


def moment(value: object) -> dt.datetime | None:
    written = convert.text(value)
    if written is None:
        return None
    for notation in () if written.isdigit() and len(written) not in {8, 14} else NOTATIONS:
        try:
            return dt.datetime.strptime(written, notation).replace(tzinfo=SHANGHAI)
        except ValueError:
            continue
    raise ValueError("date or time expected")


def day(value: object) -> dt.date | None:
    found = moment(value)
    return found.date() if found else None


def outcome(read: Callable[[object], object], value: object) -> str:
    try:
        return repr(read(value))
    except ValueError as error:
        return str(error)


NUMBERS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-(10**22), 10**22),
    st.floats(),
    st.decimals(),
    st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str),
    st.integers(-(10**22), 10**22).map(str),
    st.text(alphabet=ODD_CHARACTERS, max_size=24),
)


@pytest.mark.parametrize(
    ("quick", "rules"),
    [(convert.decimal, decimal), (convert.money, money), (convert.integer, integer), (convert.flag, flag)],
)
@given(NUMBERS)
@settings(max_examples=400)
@example("9" * 20 + ".99")
@example("9" * 20)
@example("9" * 21)
@example(10**20)
@example(10**20 - 1)
@example("0" * 21)
@example("-0.00")
@example("1_0.00")
@example("٣.٣٣")
@example("12.50\n")
def test_numbers_and_flags_are_read_by_the_rules(
    quick: Callable[[object], object], rules: Callable[[object], object], sent: object
) -> None:
    assert outcome(quick, sent) == outcome(rules, sent)


def written_like(form: str) -> st.SearchStrategy[str]:
    """Text of a form: 9 stands for any digit, now and then a character is another one."""
    character = st.sampled_from(ODD_CHARACTERS)
    return st.tuples(
        *(st.sampled_from(DIGITS) if each == "9" else st.just(each) for each in form),
    ).flatmap(
        lambda drawn: st.builds(
            lambda place, other, changes: "".join(
                other if changes and at == place else each for at, each in enumerate(drawn)
            ),
            st.integers(0, len(drawn) - 1),
            character,
            st.booleans(),
        )
    )


MOMENTS = st.one_of(
    *(st.datetimes().map(lambda found, notation=notation: found.strftime(notation)) for notation in NOTATIONS),
    *(written_like(form) for form in ("2099-09-99 99:99:99", "2099-09-99 99:99", "2099-09-99", "2099-W99-9 99:99:99")),
    st.datetimes().map(str),
    st.datetimes(timezones=st.just(SHANGHAI)).map(str),
    st.text(alphabet=ODD_CHARACTERS, max_size=24),
    st.integers(0, 10**15),
)


@pytest.mark.parametrize(("quick", "rules"), [(convert.moment, moment), (convert.day, day)])
@given(MOMENTS)
@settings(max_examples=400)
@example("2026-03-04T05:06:07")
@example("2026-03-04 24:00:00")
@example("2026-03-04 24:00")
@example("2026-03-04 05:06:60")
@example("2026-03-04 05:06:07.5")
@example("2026-03-04 05:06+08")
@example("2026-03-04 05:06:07+08:00")
@example("2026-03-04 05+08")
@example("2026-W10-3 05:06:07")
@example("2026-W10-3")
@example("2026-3-4 5:6:7")
@example("2026-03-04\u300005:06")
@example("2026-03-04\n")
@example("0000-01-01")
@example("0001-01-01 00:00:00")
@example("9999-12-31 23:59:59")
@example("٢٠٢٦-03-04")
def test_moments_are_read_by_the_rules(
    quick: Callable[[object], object], rules: Callable[[object], object], sent: object
) -> None:
    assert outcome(quick, sent) == outcome(rules, sent)


@dataclass
class Sent:
    value: object | None = None


CODES = {"1": Gender.MALE, "男": Gender.MALE, " 2": Gender.FEMALE, "": Gender.FEMALE}
CONVERTERS = [
    *(convert.text, convert.decimal, convert.money, convert.integer, convert.flag, convert.moment, convert.day),
    convert.one_of(CODES, Gender.UNKNOWN),
    convert.if_given(convert.one_of(CODES, Gender.UNKNOWN)),
]


@pytest.mark.parametrize(
    ("mapping", "converter"), [(Shape(Sent, value=("sent", converter)), converter) for converter in CONVERTERS]
)
@given(NUMBERS | MOMENTS | st.sampled_from([" 男 ", "男", "2", " 2", "", " ", [], {}, ["1"], 1, 1.0, True]))
@settings(max_examples=300)
@example("12.50")
@example("0.5")
@example("2026-03-04 05:06:07")
@example("2026-03-04 05:06:60")
@example("2026-02-30")
def test_the_code_written_for_a_mapping_reads_in_place_what_the_converter_reads(
    mapping: Shape[Sent], converter: Callable[[object], object], sent: object
) -> None:
    try:
        found = repr(mapping.read({"sent": sent}).value)
    except ShapeError:
        found = "fault"
    try:
        expected = repr(converter(sent))
    except ValueError:
        expected = "fault"
    assert found == expected
