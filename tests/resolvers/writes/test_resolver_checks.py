"""What clients send is checked before any hospital is asked; nothing of it is quoted."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from connectors.records.base import SHANGHAI
from connectors.records.billing import PaymentMethod
from connectors.records.problems import ProblemCode
from resolvers.problems import Problem
from resolvers.writes import checks
from sandbox.town.numbers import check_digit, wrong_identity_number

FIRST_17 = "99000019790702000"
NOON = dt.datetime(2026, 3, 4, 12, tzinfo=SHANGHAI)
WEEK = dt.timedelta(days=7)


def field_at_fault(check: Callable[[], Any]) -> str | None:
    with pytest.raises(Problem) as caught:
        check()
    assert caught.value.code is ProblemCode.BAD_INPUT
    return caught.value.field


@pytest.mark.parametrize("last", range(10))
def test_an_identity_number_is_verified_by_its_check_digit(last: int) -> None:
    first_17 = FIRST_17[:-1] + str(last)

    assert checks.identity_number(first_17 + check_digit(first_17), verified=True) == first_17 + check_digit(first_17)
    wrong = wrong_identity_number(first_17)
    assert field_at_fault(lambda: checks.identity_number(wrong, verified=True)) == "identityNumber"
    assert field_at_fault(lambda: checks.identity_number(wrong, verified=True, field="mother")) == "mother"
    assert checks.identity_number(wrong, verified=False) == wrong


def test_the_check_digit_may_be_a_small_x() -> None:
    first_17 = next(FIRST_17[:-2] + f"{n:02}" for n in range(100) if check_digit(FIRST_17[:-2] + f"{n:02}") == "X")

    assert checks.identity_number(f" {first_17}x ", verified=True) == f"{first_17}X"


def test_an_amount_is_more_than_nothing_where_it_has_to_be() -> None:
    assert checks.positive_amount(Decimal("0.1"), "amount") == Decimal("0.10")
    for value in ("0", "-1", "0.001", "NaN", "Infinity", "1e10"):
        assert field_at_fault(lambda value=value: checks.positive_amount(Decimal(value), "sum")) == "sum"


def test_a_way_of_paying_is_one_that_hospitals_know() -> None:
    assert checks.payment_method(PaymentMethod.ALIPAY) is PaymentMethod.ALIPAY
    assert field_at_fault(lambda: checks.payment_method(PaymentMethod.UNKNOWN)) == "method"


def test_a_count_starts_with_one() -> None:
    assert checks.count(1, "n", most=3) == 1
    assert checks.count(3, "n", most=3) == 3
    for value in (0, 4, -1):
        assert field_at_fault(lambda value=value: checks.count(value, "n", most=3)) == "n"


@pytest.mark.parametrize("value", ["", "  ", "a b", "号", "x" * 65])
def test_a_number_is_of_plain_characters(value: str) -> None:
    assert checks.number(" RE-1 ", "n") == "RE-1"
    assert field_at_fault(lambda: checks.number(value, "n")) == "n"


def test_a_period_ends_after_its_start_and_is_not_too_long() -> None:
    period = checks.period(NOON, NOON + WEEK, most=WEEK)

    assert (period.since, period.until) == (NOON, NOON + WEEK)
    second = dt.timedelta(seconds=1)
    assert field_at_fault(lambda: checks.period(NOON, NOON - second, most=WEEK)) == "until"
    assert field_at_fault(lambda: checks.period(NOON, NOON + WEEK + second, most=WEEK)) == "until"
    bare = NOON.replace(tzinfo=None)
    assert field_at_fault(lambda: checks.period(bare, bare, most=WEEK)) == "until"
