import datetime as dt

import pytest

from connectors.records.base import SHANGHAI
from connectors.records.problems import ProblemCode
from resolvers.problems import Problem
from resolvers.writes import checks

NOW = dt.datetime(2026, 3, 4, 12, tzinfo=SHANGHAI)


def test_what_was_paid_at_no_said_time_was_paid_now() -> None:
    assert checks.paid_at(None, NOW) == NOW


@pytest.mark.parametrize("minutes", [-600, 0, 5])
def test_a_time_that_has_come_is_taken_as_far_as_clocks_agree(minutes: int) -> None:
    said = NOW + dt.timedelta(minutes=minutes)
    assert checks.paid_at(said, NOW) == said


@pytest.mark.parametrize("said", [NOW + dt.timedelta(minutes=6), NOW.replace(tzinfo=None)])
def test_a_time_to_come_or_without_zone_is_refused(said: dt.datetime) -> None:
    with pytest.raises(Problem) as caught:
        checks.paid_at(said, NOW)
    assert (caught.value.code, caught.value.field) == (ProblemCode.BAD_INPUT, "paidAt")
