"""Resolvers that only read are called straight from generated code; nobody may notice."""

import asyncio
from typing import Any

import pytest
import strawberry
from graphql import parse

from app.execution import PlanCache
from tests.execution.compare import same


@strawberry.type
class Item:
    number: int

    @strawberry.field
    def doubled(self, info: strawberry.Info) -> int:
        info.context["log"].append(f"doubled {self.number}")
        return self.number * 2

    @strawberry.field
    def place(self, info: strawberry.Info) -> str:
        return ".".join(map(str, info.path.as_list()))

    @strawberry.field
    def promised(self) -> str:
        return told(f"promised {self.number}")

    @strawberry.field
    def refused(self) -> str | None:
        if self.number % 2:
            raise ValueError("odd")
        return "even"

    @strawberry.field
    def parent(self) -> "Item":
        return Item(number=self.number - 1)


@strawberry.type
class Query:
    @strawberry.field
    def items(self) -> list[Item]:
        return [Item(number=number) for number in range(3)]

    @strawberry.field
    def tags(self, info: strawberry.Info, given: list[str], first: int = 2) -> str:
        info.context["log"].append(len(given))
        given.append("more")
        return f"{','.join(given)} {first}"


@strawberry.type
class Mutation:
    @strawberry.mutation
    def write(self, info: strawberry.Info) -> str | None:
        info.context["log"].append("written")
        raise ValueError("after it was written")


async def _told(text: str) -> str:
    await asyncio.sleep(0)
    return text


def told(text: str) -> Any:
    return _told(text)


schema = strawberry.Schema(Query, Mutation)._schema  # noqa: SLF001 # strawberry has no public name for it


async def ask(text: str) -> tuple[dict[str, Any], list[Any]]:
    """What both ways answer, and what the compiled one called."""
    logs: list[list[Any]] = []

    def context() -> dict[str, Any]:
        logs.append([])
        return {"log": logs[-1]}

    return await same(schema, text, None, context), logs[-1]


async def test_each_is_called_once_for_each_object() -> None:
    result, calls = await ask("{ items { doubled parent { doubled } } }")
    assert [item["doubled"] for item in result["data"]["items"]] == [0, 2, 4]
    assert sorted(calls) == sorted(f"doubled {number}" for number in (0, 1, 2, -1, 0, 1))


async def test_one_that_asks_for_its_place_is_told_the_right_one() -> None:
    result, _ = await ask("{ items { parent { place } } }")
    assert [item["parent"]["place"] for item in result["data"]["items"]] == [
        f"items.{number}.parent.place" for number in range(3)
    ]


async def test_one_that_answers_with_something_to_await_is_awaited() -> None:
    result, _ = await ask("{ items { promised number } }")
    assert [item["promised"] for item in result["data"]["items"]] == [f"promised {number}" for number in range(3)]


async def test_one_that_fails_fails_in_its_own_place() -> None:
    result, _ = await ask("{ items { refused doubled } }")
    assert [item["refused"] for item in result["data"]["items"]] == ["even", None, "even"]
    assert [error["path"] for error in result["errors"]] == [["items", 1, "refused"]]


async def test_what_a_mutation_does_is_done_once_even_if_it_fails_then() -> None:
    result, calls = await ask("mutation { write }")
    assert result["data"] == {"write": None}
    assert calls == ["written"]


@pytest.mark.parametrize("runs", [1, 3])
async def test_arguments_without_variables_are_the_same_in_every_run_and_nobody_can_spoil_them(runs: int) -> None:
    document = parse('{ tags(given: ["a", "b"]) }')
    (operation,) = document.definitions
    plan = PlanCache(schema).get("tags", document, operation)  # type: ignore[arg-type]  # the only definition
    assert plan is not None
    for _ in range(runs):
        context: dict[str, Any] = {"log": []}
        assert (await plan.execute(context)).data == {"tags": "a,b,more 2"}
        assert context["log"] == [2]
