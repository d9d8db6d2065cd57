"""What is compiled, what is not, and how plans are kept."""

from typing import Any

import pytest
import strawberry
from graphql import OperationDefinitionNode, build_schema, parse
from strawberry.extensions import FieldExtension

from app.execution import Plan, PlanCache, compile_operation
from schema.build import core_schema
from tests.execution.zoo import zoo


def get(cache: PlanCache, text: str, variables: dict[str, object] | None = None) -> Plan | None:
    document = parse(text)
    operation = next(node for node in document.definitions if isinstance(node, OperationDefinitionNode))
    return cache.get(text, document, operation, variables)


@pytest.mark.parametrize(
    "text",
    [
        "{ __schema { queryType { name } } }",
        '{ cat { name } ...F } fragment F on Query { __type(name: "Cat") { name } }',
        "query @custom { cat { name } }",
        "{ cat { name @custom } }",
        "query($x: Boolean = true) { cat { name @skip(if: $x) } }",
    ],
)
def test_what_is_left_to_graphql_core(text: str) -> None:
    assert get(PlanCache(zoo), text, {"x": None}) is None


def test_a_long_document_is_left_to_graphql_core() -> None:
    assert get(PlanCache(zoo), "{ cat { name } }" + " " * 20000) is None


def test_subscriptions_are_left_to_graphql_core() -> None:
    document = parse("subscription { cat { name } }")
    assert compile_operation(zoo, document, document.definitions[0], {}) is None  # type: ignore[arg-type]


def test_plans_are_kept_by_text_operation_and_conditions() -> None:
    cache = PlanCache(zoo, kept=2)
    text = "query($x: Boolean! = true, $y: Int) { odd(value: $y) @skip(if: $x) cat { name } }"
    first = get(cache, text)
    assert first is not None
    assert get(cache, text, {"x": True, "y": 3}) is first
    other = get(cache, text, {"x": False})
    assert other is not first
    assert get(cache, text, {"x": True}) is first
    get(cache, "{ cat { name } }")
    assert get(cache, text, {"x": False}) is not other, "the one not used for longest makes room"


async def test_a_document_that_spreads_without_end_is_no_more_work_than_its_answer() -> None:
    links = "".join(
        f"fragment F{n} on Cat {{ a: mate {{ ...F{n + 1} }} b: mate {{ ...F{n + 1} }} }}" for n in range(40)
    )
    plan = get(PlanCache(zoo), "{ cat { ...F0 } }" + links + "fragment F40 on Cat { name }")
    assert plan is not None
    result = await plan.execute({"seed": 6, "log": []})
    assert result.data is not None


def test_the_home_screen_of_the_real_schema_is_compiled() -> None:
    text = "{ viewer { patients { name reports { nodes { id title ... on LabReport { detail { withheld } } } } } } }"
    assert get(PlanCache(core_schema), text) is not None


class Louder(FieldExtension):
    def resolve(self, next_: Any, source: Any, info: strawberry.Info, **given: Any) -> Any:
        return next_(source, info, **given).upper()


@strawberry.type
class Words:
    @strawberry.field(extensions=[Louder()])
    def word(self) -> str:
        return "word"


async def test_field_extensions_are_called_as_strawberry_does() -> None:
    plan = get(PlanCache(strawberry.Schema(Words)._schema), "{ word }")  # noqa: SLF001 # strawberry has no public name
    assert plan is not None
    assert (await plan.execute(None)).data == {"word": "WORD"}


async def test_a_schema_without_strawberry_is_compiled_too() -> None:
    plan = get(PlanCache(build_schema("type Query { a: Int b(x: Int): Int }")), "{ a b(x: 3) }")
    assert plan is not None
    assert (await plan.execute(None, None, {"a": 1, "b": lambda _info, x: x + 1})).data == {"a": 1, "b": 4}
