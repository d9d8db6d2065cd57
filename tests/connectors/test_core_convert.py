import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.core import convert
from connectors.records.base import SHANGHAI
from connectors.records.people import Gender

SECRET = "370102199001015236"
READERS = [convert.decimal, convert.money, convert.integer, convert.flag, convert.moment, convert.day]


def at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("sent", "read"),
    [(None, None), ("", None), ("  ", None), (" a b ", "a b"), (7, "7"), (1.5, "1.5"), (Decimal("1.20"), "1.20")],
)
def test_text_is_trimmed_and_numbers_are_written_out(sent: object, read: str | None) -> None:
    assert convert.text(sent) == read


@pytest.mark.parametrize("sent", [True, [], ["x"], {"a": 1}, b"x"])
def test_text_refuses_what_is_neither_text_nor_number(sent: object) -> None:
    with pytest.raises(ValueError, match=r"^text expected$"):
        convert.text(sent)


@pytest.mark.parametrize(
    ("sent", "read"),
    [("12.5", "12.50"), (12, "12.00"), (0.1, "0.10"), (" 1,234.5 ", "1234.50"), ("-3", "-3.00"), ("12.500", "12.50")],
)
def test_money_takes_numbers_and_strings_and_has_two_places(sent: object, read: str) -> None:
    assert str(convert.money(sent)) == read


@pytest.mark.parametrize("sent", ["1.234", "NaN", "Infinity", "-inf", "abc", "1e40", "9" * 40])
def test_money_refuses_what_is_no_exact_amount(sent: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        convert.money(sent)


@pytest.mark.parametrize("sent", ["1.5", "x", "NaN", "1e999999999", 2.5])
def test_integer_refuses_what_is_not_whole_or_not_of_this_world(sent: object) -> None:
    with pytest.raises(ValueError, match="expected"):
        convert.integer(sent)


@pytest.mark.parametrize(("sent", "read"), [("3", 3), (3, 3), (3.0, 3), ("3.00", 3), ("", None), (None, None)])
def test_integer_takes_numbers_and_strings(sent: object, read: int | None) -> None:
    assert convert.integer(sent) == read


@pytest.mark.parametrize(
    ("sent", "read"),
    [(1, True), ("1", True), ("TRUE", True), (True, True), (0, False), ("-1", False), (-1, False), ("false", False)],
)
def test_flag_takes_every_documented_spelling(sent: object, read: bool) -> None:
    assert convert.flag(sent) is read


@pytest.mark.parametrize("sent", ["2", "yes", 7])
def test_flag_refuses_anything_else(sent: object) -> None:
    with pytest.raises(ValueError, match=r"^flag expected$"):
        convert.flag(sent)


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("2026-03-04 05:06:07", at(2026, 3, 4, 5, 6, 7)),
        ("2026-03-04 05:06", at(2026, 3, 4, 5, 6)),
        ("2026-03-04", at(2026, 3, 4)),
        ("20260304", at(2026, 3, 4)),
        (20260304, at(2026, 3, 4)),
        ("2026/03/04 05:06:07", at(2026, 3, 4, 5, 6, 7)),
        ("20260304050607", at(2026, 3, 4, 5, 6, 7)),
        ("2026-03-04 ", at(2026, 3, 4)),
        ("", None),
    ],
)
def test_moment_reads_every_documented_notation_as_hospital_time(sent: object, read: dt.datetime | None) -> None:
    assert convert.moment(sent) == read
    assert convert.day(sent) == (read.date() if read else None)


@pytest.mark.parametrize("sent", ["202612", "2026123", "202612345678", "2026-13-01", "20260230", "10:00", "2026"])
def test_moment_refuses_a_date_that_is_cut_short_rather_than_guess(sent: str) -> None:
    with pytest.raises(ValueError, match=r"^date or time expected$"):
        convert.moment(sent)


@given(st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2100, 1, 1)))  # noqa: DTZ001 # the zone is put on below
def test_a_moment_that_is_written_is_read_back(naive: dt.datetime) -> None:
    moment = naive.replace(microsecond=0, tzinfo=SHANGHAI)
    assert convert.moment(convert.in_shanghai(moment)) == moment


def test_a_moment_of_another_zone_is_written_in_hospital_time() -> None:
    assert convert.in_shanghai(dt.datetime(2026, 1, 1, 20, tzinfo=dt.UTC)) == "2026-01-02 04:00:00"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_an_amount_that_is_written_is_read_back(amount: Decimal) -> None:
    assert convert.money(convert.in_yuan(amount)) == amount


@pytest.mark.parametrize("clock", ["09:05", " 09:05 ", "09:05:59", "9:5"])
def test_a_clock_time_is_put_on_its_day(clock: str) -> None:
    assert convert.clock_on(dt.date(2026, 3, 4), clock) == at(2026, 3, 4, 9, 5)


@pytest.mark.parametrize("clock", ["", "0905", "25:00", SECRET, f"{SECRET}:{SECRET}", "王小明:01"])
def test_a_bad_clock_time_is_refused_without_being_quoted(clock: str) -> None:
    with pytest.raises(ValueError, match=r"^time of day expected$"):
        convert.clock_on(dt.date(2026, 3, 4), clock)


def test_a_code_outside_the_dictionary_is_unknown_and_an_absent_one_too() -> None:
    gender = convert.one_of({"1": Gender.MALE, "2": Gender.FEMALE}, Gender.UNKNOWN)
    assert [gender(code) for code in ("1", 2, " 2 ", "9", "", None)] == [
        Gender.MALE,
        Gender.FEMALE,
        Gender.FEMALE,
        Gender.UNKNOWN,
        Gender.UNKNOWN,
        Gender.UNKNOWN,
    ]


def test_if_given_tells_nothing_sent_from_an_unknown_code() -> None:
    gender = convert.if_given(convert.one_of({"1": Gender.MALE}, Gender.UNKNOWN))
    assert [gender(code) for code in (None, "", "1", "9")] == [None, None, Gender.MALE, Gender.UNKNOWN]


@given(st.text(min_size=6).filter(lambda text: text.strip() == text), st.sampled_from(READERS))
def test_no_reader_ever_quotes_what_it_cannot_read_or_fails_otherwise(sent: str, read: object) -> None:
    try:
        read(f"王{sent}")
    except ValueError as error:
        assert sent not in str(error)  # noqa: PT017 # any other exception fails the test
    else:
        raise AssertionError("a Chinese character makes it unreadable")


@given(st.one_of(st.integers(), st.floats(), st.text(alphabet="0123456789.e-+, NaInf", max_size=20)))
def test_numbers_are_read_or_refused_with_a_value_error_only(sent: object) -> None:
    for read in READERS:
        try:
            read(sent)
        except ValueError as error:
            assert "expected" in str(error)  # noqa: PT017 # any other exception fails the test
