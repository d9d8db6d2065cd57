"""What has most to wait for is begun first; nobody sees it in the answer."""

import json
from typing import Any

import pytest
import strawberry
from graphql import OperationDefinitionNode, parse

from app.execution import PlanCache
from app.execution.selection import Field, Operation


async def noted(info: strawberry.Info, what: str) -> str:
    info.context.append(what)
    return what


@strawberry.type
class Row:
    @strawberry.field
    async def detail(self, info: strawberry.Info) -> "Row":
        await noted(info, "detail")
        return Row()

    @strawberry.field
    async def title(self, info: strawberry.Info) -> str:
        return await noted(info, "title")

    @strawberry.field
    def parent(self) -> "Row":
        return Row()

    @strawberry.field
    def nothing(self) -> "Row | None":
        return None

    @strawberry.field
    def label(self, info: strawberry.Info, text: str = "label") -> str:
        info.context.append(text)
        return text


@strawberry.type
class Query(Row):
    @strawberry.field
    async def rows(self, info: strawberry.Info) -> list[Row]:
        await noted(info, "rows")
        return [Row()]


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def write(self, info: strawberry.Info) -> str:
        return await noted(info, "write")

    @strawberry.mutation
    async def write_row(self, info: strawberry.Info) -> Row:
        await noted(info, "write row")
        return Row()


SCHEMA = strawberry.Schema(Query, Mutation)._schema  # noqa: SLF001 # strawberry has no public name for it


async def run(text: str) -> tuple[list[str], str]:
    """Return what was begun, in order, and the data."""
    document = parse(text)
    operation = document.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    plan = PlanCache(SCHEMA).get(text, document, operation)
    assert plan is not None
    begun: list[str] = []
    result: Any = await plan.execute(begun)
    assert result.errors is None
    return begun, json.dumps(result.data)


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("{ label title rows { label } }", ["title", "rows", "label", "label"]),
        ("{ title rows { title } }", ["rows", "title", "title"]),
        (
            "{ title rows { title } detail { detail { title } } }",
            ["detail", "detail", "title", "rows", "title", "title"],
        ),
        ("{ title parent { detail { title } } }", ["detail", "title", "title"]),
        (
            "{ a: title b: title c: rows { ... on Row { detail { title } } } }",
            ["rows", "detail", "title", "title", "title"],
        ),
    ],
)
async def test_the_longest_way_is_begun_first(text: str, begun: list[str]) -> None:
    assert (await run(text))[0] == begun


async def test_the_answer_keeps_the_order_of_the_query() -> None:
    text = "{ label title rows { title detail { title label } label } other: label }"

    assert (await run(text))[1] == json.dumps(
        {
            "label": "label",
            "title": "title",
            "rows": [{"title": "title", "detail": {"title": "title", "label": "label"}, "label": "label"}],
            "other": "label",
        }
    )


async def test_mutations_keep_their_order() -> None:
    assert (await run("mutation { write writeRow { detail { title } } }"))[0] == [
        "write",
        "write row",
        "detail",
        "title",
    ]


async def test_fragments_without_end_are_not_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0
    fields = Operation.fields

    def counted(*given: Any) -> list[Field]:
        nonlocal looks
        looks += 1
        return fields(*given)

    monkeypatch.setattr(Operation, "fields", counted)
    levels = (
        f"fragment F{level} on Row {{ {' '.join(f'f{each}: detail {{ ...F{level + 1} }}' for each in range(100))} }}"
        for level in range(3)
    )
    text = "\n".join(["{ title nothing { ...F0 } }", *levels, "fragment F3 on Row { title }"])

    assert (await run(text))[0] == ["title"]
    assert looks < 8_000
