"""Made-up operations over the real schema, its resolvers replaced: compiled and graphql-core must agree."""

import asyncio

import pytest
from graphql import parse, validate
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from schema.build import core_schema
from tests.execution.compare import same
from tests.execution.operations import made_up
from tests.execution.stubs import Town, made_up_town

# Where a failure cancels its neighbours, both executors leave coroutines of theirs that had not begun.
pytestmark = [
    pytest.mark.filterwarnings("ignore:coroutine .* was never awaited"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.sampled_from(["query", "query", "mutation"]), st.sampled_from([0, 5, 30]))
def test_made_up_operations_over_the_real_schema_agree(seed: int, kind: str, trouble: int) -> None:
    text, variables = made_up(core_schema, seed, kind)
    assume(not validate(core_schema, parse(text)))
    with made_up_town(core_schema, Town(core_schema, trouble), seed):
        asyncio.run(same(core_schema, text, variables))
