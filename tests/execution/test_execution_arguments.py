"""What a compiled operation learns of its arguments in one run must be right in all others, whatever their values."""

from collections.abc import Sequence
from itertools import permutations
from typing import Annotated, Any

import pytest
import strawberry
from graphql import parse

from app.execution.plan import compile_operation
from tests.execution.compare import agree, by_graphql_core, told


@strawberry.input
class Range:
    low: int = 1
    high: int | None = None
    names: list[str] = strawberry.field(default_factory=lambda: ["a"])


@strawberry.input
class Search:
    full_text: str
    within: Range | None = strawberry.UNSET
    ranges: list[Range] | None = None


@strawberry.input(one_of=True)
class By:
    id: strawberry.ID | None = strawberry.UNSET
    number: int | None = strawberry.UNSET


Limit = Annotated[int, strawberry.argument(name="atMost")]


@strawberry.type
class Query:
    @strawberry.field
    def search(self, search: Search, limit: Limit = 5, tags: list[str] | None = None) -> str:
        shown = repr((search, limit, tags))
        # Whoever changes what it is given changes its own.
        search.full_text = "spoilt"
        if search.within:
            search.within.high = 99
            search.within.names.append("spoilt")
        if tags is not None:
            tags.append("spoilt")
        return shown

    @strawberry.field
    async def by(self, by: By) -> str:
        return repr(by)

    @strawberry.field
    def plain(self, first: int = 3, after: str | None = None, share: float = 0.5) -> str:
        return repr((first, after, share))


schema = strawberry.Schema(Query)._schema  # noqa: SLF001 # strawberry has no public name for it

CASES: list[tuple[str, list[dict[str, Any]]]] = [
    (
        "query ($t: String!, $l: Int, $h: Int) { search(search: {fullText: $t, within: {low: $l, high: $h}}) }",
        [{"t": "a", "l": 1, "h": 2}, {"t": "b", "l": 3}, {"t": "c", "l": None}, {"t": "d", "h": None}, {"l": 1}],
    ),
    (
        'query ($t: String!, $n: Int!) { search(search: {fullText: $t}, atMost: $n, tags: ["x", "y"]) }',
        [{"t": "a", "n": 1}, {"t": "b", "n": 2}, {"t": 7, "n": 2}, {"t": "c", "n": "2"}],
    ),
    (
        'query ($n: Int) { search(search: {fullText: "t"}, atMost: $n) plain(first: $n) }',
        [{"n": 1}, {}, {"n": None}, {"n": 2}],
    ),
    (
        "query ($n: Int = 4, $a: String) { plain(first: $n, after: $a) }",
        [{}, {"a": None}, {"a": "x", "n": 9}, {"a": "y"}],
    ),
    (
        "query ($id: ID, $n: Int) { a: by(by: {id: $id}) b: by(by: {number: $n}) }",
        [{"id": "1", "n": 1}, {"id": 2, "n": 2}, {"id": None, "n": 3}, {}],
    ),
    ("query ($by: By!) { by(by: $by) }", [{"by": {"id": "1"}}, {"by": {"number": 2}}, {"by": {}}]),
    (
        "query ($s: Search!, $t: [String!]) { search(search: $s, tags: $t) }",
        [{"s": {"fullText": "a"}, "t": ["q"]}, {"s": {"fullText": "b", "within": {}}, "t": None}, {"s": {}}],
    ),
    (
        'query ($l: Int!) { search(search: {fullText: "t", ranges: [{low: $l}, {high: $l}]}) }',
        [{"l": 1}, {"l": 2}],
    ),
    ("query ($f: Float) { plain(share: $f) }", [{"f": 1}, {"f": 1.5}, {"f": None}, {}]),
]


@pytest.mark.parametrize(("text", "given"), CASES)
async def test_every_run_gets_its_own_arguments_whatever_the_runs_before_had(
    text: str, given: Sequence[dict[str, Any]]
) -> None:
    document = parse(text)
    expected = [told(await by_graphql_core(schema, text, variables, None, Query())) for variables in given]
    for order in permutations(range(len(given)), min(3, len(given))):
        plan = compile_operation(schema, document, document.definitions[0], {})  # type: ignore[arg-type]  # an operation
        assert plan is not None
        for position in (*order, *order):
            agree(told(await plan.execute(None, given[position], Query())), expected[position])
