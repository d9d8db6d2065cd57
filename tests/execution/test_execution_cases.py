"""Notable cases of graphql-core's own execution tests, restated for compiled operations, results written by hand."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
import strawberry

from tests.execution.compare import by_plan, same
from tests.execution.zoo import Later

pytestmark = pytest.mark.filterwarnings("ignore:coroutine .* was never awaited")


@strawberry.type
class Part:
    sync: str | None
    sync_non_null: str
    nest: "Part | None"
    nest_non_null: "Part"
    numbers: list[int] | None
    strict: list[int]

    @strawberry.field
    async def promise(self) -> str | None:
        return await answer(self, "promise")

    @strawberry.field
    async def promise_non_null(self) -> str:
        return await answer(self, "promise_non_null")

    @strawberry.field
    async def promise_nest(self) -> "Part | None":
        return await answer(self, "promise_nest")


@strawberry.input
class Box:
    a: int = 5
    b: list[str] | None = None


@strawberry.type
class Query:
    @strawberry.field
    def part(self, info: strawberry.Info) -> Part | None:
        return info.context["part"]

    @strawberry.field
    def needed(self, info: strawberry.Info) -> Part:
        return info.context["part"]

    @strawberry.field
    async def slow(self, info: strawberry.Info, name: str) -> str:
        info.context["log"].append(f"begin {name}")
        await asyncio.sleep(0.01)
        info.context["log"].append(f"end {name}")
        return name

    @strawberry.field
    def echo(self, box: Box, text: str | None = "default") -> str:
        return f"{box.a} {box.b} {text}"


@strawberry.type
class Mutation:
    slow: str = strawberry.field(resolver=Query.__strawberry_definition__.get_field("slow").base_resolver.wrapped_func)


async def answer(source: Any, name: str) -> Any:
    await asyncio.sleep(0)
    value = getattr(source, f"{name}_value")
    if isinstance(value, Exception):
        raise value
    return value


schema = strawberry.Schema(Query, Mutation)._schema  # noqa: SLF001 # strawberry has no public name for it


def part(**values: Any) -> Any:
    return SimpleNamespace(**values)


async def ask(text: str, variables: Any = None, **values: Any) -> dict[str, Any]:
    return await same(schema, text, variables, lambda: {"part": part(**values), "log": []})


def places(result: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(error["message"], error.get("path")) for error in result["errors"]]


BROKEN = ValueError("broken")


async def test_a_nullable_field_that_fails_is_null_and_named() -> None:
    result = await ask("{ part { sync promise } }", sync=BROKEN, promise_value=BROKEN)
    assert result["data"] == {"part": {"sync": None, "promise": None}}
    assert places(result) == [("broken", ["part", "sync"]), ("broken", ["part", "promise"])]


@pytest.mark.parametrize("value", [None, BROKEN])
@pytest.mark.parametrize("field", ["syncNonNull", "promiseNonNull"])
async def test_null_bubbles_to_the_nearest_place_that_may_be_null(value: Any, field: str) -> None:
    values = {"sync_non_null": value, "promise_non_null_value": value}
    result = await ask(f"{{ part {{ sync nest {{ {field} }} }} }}", sync="kept", nest=part(**values))
    message = "broken" if value else f"Cannot return null for non-nullable field Part.{field}."
    assert result["data"] == {"part": {"sync": "kept", "nest": None}}
    assert places(result) == [(message, ["part", "nest", field])]


async def test_null_bubbles_through_chains_of_non_null_to_the_root() -> None:
    inner = part(nest_non_null=part(promise_non_null_value=None))
    result = await ask("{ needed { nestNonNull { nestNonNull { promiseNonNull } } } }", nest_non_null=inner)
    assert result["data"] is None
    path = ["needed", "nestNonNull", "nestNonNull", "promiseNonNull"]
    assert places(result) == [("Cannot return null for non-nullable field Part.promiseNonNull.", path)]


async def test_an_error_below_a_place_that_is_null_already_is_dropped() -> None:
    late = part(promise_value=Later(BROKEN, 5))
    result = await ask("{ part { promiseNest { promise } syncNonNull } }", promise_nest_value=late, sync_non_null=None)
    assert result["data"] == {"part": None}
    assert len(result["errors"]) == 1


@pytest.mark.parametrize(
    ("value", "numbers"),
    [([1, 2], [1, 2]), ((1, 2), [1, 2]), (range(2), [0, 1]), ({3}, [3]), ([], []), (None, None)],
)
async def test_lists_of_any_iterable(value: Any, numbers: Any) -> None:
    result = await ask("{ part { numbers } }", numbers=value)
    assert result == {"data": {"part": {"numbers": numbers}}, "errors": []}


@pytest.mark.parametrize("value", [[1, None], [1, BROKEN], [1, "x"], [1, Later(None, 1)], "12", 7, {"a": 1}])
async def test_a_list_with_an_item_that_may_not_be_is_null(value: Any) -> None:
    result = await ask("{ part { numbers } }", numbers=value)
    assert result["data"] == {"part": {"numbers": None}}
    assert len(result["errors"]) == 1


async def test_a_list_that_is_needed_takes_its_object_with_it() -> None:
    result = await ask("{ part { strict } }", strict=[1, None])
    assert result["data"] == {"part": None}
    assert places(result)[0][1] == ["part", "strict", 1]


async def test_items_that_are_awaited_keep_their_places() -> None:
    result = await ask("{ part { numbers } }", numbers=[Later(1, 3), 2, Later(3, 1)])
    assert result["data"] == {"part": {"numbers": [1, 2, 3]}}


async def test_query_fields_run_together_and_mutations_in_order() -> None:
    for kind, log in (
        ("query", ["begin a", "begin b", "end a", "end b"]),
        ("mutation", ["begin a", "end a", "begin b", "end b"]),
    ):
        context: dict[str, Any] = {"log": []}
        result = await by_plan(schema, f'{kind} {{ a: slow(name: "a") b: slow(name: "b") }}', None, context)
        assert result.data == {"a": "a", "b": "b"}
        assert context["log"] == log


async def test_fields_asked_for_twice_are_merged_in_the_order_of_the_first() -> None:
    text = """{ part { nest { sync } ...Rest sync } part { nest { numbers } } }
        fragment Rest on Part { numbers nest { syncNonNull sync } }"""
    inner = part(sync="s", sync_non_null="n", numbers=[1])
    result = await ask(text, sync="top", numbers=[2], nest=inner)
    assert list(result["data"]["part"]) == ["nest", "numbers", "sync"]
    assert list(result["data"]["part"]["nest"]) == ["sync", "syncNonNull", "numbers"]


@pytest.mark.parametrize(("skip", "include", "there"), [(0, 1, True), (1, 1, False), (0, 0, False), (1, 0, False)])
async def test_skip_goes_before_include(skip: int, include: int, there: bool) -> None:
    text = "query($s: Boolean!, $i: Boolean! = false) { part { __typename sync @skip(if: $s) @include(if: $i) } }"
    result = await ask(text, {"s": bool(skip), "i": bool(include)}, sync="s")
    assert result["data"]["part"] == {"__typename": "Part", **({"sync": "s"} if there else {})}


@pytest.mark.parametrize(
    ("variables", "answer"),
    [
        ({"box": {}}, "5 None default"),
        ({"box": {"a": 1, "b": "one"}, "text": "t"}, "1 ['one'] t"),
        ({"box": {"b": None}, "text": None}, "5 None None"),
    ],
)
async def test_variables_and_defaults(variables: Any, answer: str) -> None:
    result = await ask("query($box: Box!, $text: String) { echo(box: $box, text: $text) }", variables)
    assert result == {"data": {"echo": answer}, "errors": []}


@pytest.mark.parametrize("variables", [None, {}, {"box": None}, {"box": {"a": "x"}}, {"box": {"c": 1}}, {"box": 5}])
async def test_variables_that_do_not_fit_refuse_the_operation(variables: Any) -> None:
    result = await ask("query($box: Box!) { echo(box: $box) }", variables)
    assert result["data"] is None
    assert places(result)[0][1] is None


async def test_cancelling_a_run_cancels_its_resolvers() -> None:
    context: dict[str, Any] = {"log": []}
    task = asyncio.ensure_future(by_plan(schema, '{ a: slow(name: "a") b: slow(name: "b") }', None, context))
    await asyncio.sleep(0.001)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.sleep(0.02)
    assert context["log"] == ["begin a", "begin b"]
