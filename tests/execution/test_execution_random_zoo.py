"""Made-up operations over a schema where anything can go wrong: compiled and graphql-core must agree."""

import asyncio
from typing import Any

import pytest
from graphql import parse, validate
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.execution.compare import same
from tests.execution.operations import made_up
from tests.execution.zoo import zoo

# Where a failure cancels its neighbours, both executors leave coroutines of theirs that had not begun.
pytestmark = [
    pytest.mark.filterwarnings("ignore:coroutine .* was never awaited"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

BUDGET = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)


def agree(seed: int, kind: str) -> dict[str, Any]:
    text, variables = made_up(zoo, seed, kind)
    assume(not validate(zoo, parse(text)))
    return asyncio.run(same(zoo, text, variables, lambda: {"seed": seed, "log": []}))


@BUDGET
@given(st.integers(0, 2**32))
def test_made_up_queries_agree(seed: int) -> None:
    agree(seed, "query")


@BUDGET
@given(st.integers(0, 2**32))
def test_made_up_mutations_agree(seed: int) -> None:
    agree(seed, "mutation")
