"""Queries under way, and who gets their answers."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from graphql import ExecutionResult, parse

from app.endpoint.documents import Document
from app.endpoint.requests import GraphRequest
from app.endpoint.running import Outcome, RunningQueries, answer_key
from connectors.core.origins import Origins
from resolvers.access_control.access import Access, Sight
from resolvers.access_control.principal import Principal, Role
from resolvers.access_control.scopes import Resource
from resolvers.context import Context
from tests.resolvers.fakes import MINE

DOCUMENT = Document("{ a }", parse("{ a }"))
ASKER = Principal(role=Role.PATIENT, subject="wx-1")
KEY = (1, "{ a }", None, b"{}")


class Asked:
    """A request: its context, and the run that it makes when it has to."""

    def __init__(self) -> None:
        # Only what `show` takes over.
        self.context: Any = SimpleNamespace(access=Access(ASKER), origins=Origins())
        self.context.show = self.show
        self.gate = asyncio.Event()
        self.runs = 0

    def show(self, other: Any) -> None:
        Context.show(self.context, other)

    async def run(self) -> Outcome:
        self.runs += 1
        await self.gate.wait()
        return Outcome(ExecutionResult({"a": 1}), self.context)


def asking(variables: dict[str, Any] | None = None, name: str | None = None) -> GraphRequest:
    return GraphRequest("{ a }", variables, name, may_write=True)


async def begun(queries: RunningQueries, asked: Asked, key: Any = KEY) -> "asyncio.Task[Any]":
    task = asyncio.create_task(queries.outcome(key, asked.context, asked.run))
    await asyncio.sleep(0)
    return task


async def test_who_asks_the_same_meanwhile_gets_the_same_answer_and_shows_the_same() -> None:
    queries, first, second = RunningQueries(), Asked(), Asked()
    tasks = [await begun(queries, first), await begun(queries, second)]
    seen, denied = Sight(Resource.ENCOUNTER, MINE), Sight(Resource.INVOICE, MINE)
    first.context.access.seen.add(seen)
    first.context.access.denied.add(denied)
    first.context.origins.asked.add("card:1")
    first.context.origins.kept.add("card:2")
    first.gate.set()
    made, told = await asyncio.gather(*tasks)
    assert (made.joined, told.joined) == (False, True)
    assert made.outcome is told.outcome
    assert second.runs == 0
    assert (second.context.access.seen, second.context.access.denied) == ({seen}, {denied})
    assert (second.context.origins.asked, second.context.origins.kept) == ({"card:1"}, {"card:2"})


async def test_who_asks_afterwards_runs_it_again() -> None:
    queries, first, second = RunningQueries(), Asked(), Asked()
    for asked in (first, second):
        asked.gate.set()
        assert not (await queries.outcome(KEY, asked.context, asked.run)).joined
    assert (first.runs, second.runs) == (1, 1)


async def test_who_asks_after_a_write_does_not_get_an_answer_from_before_it() -> None:
    queries, first, second = RunningQueries(), Asked(), Asked()
    before = await begun(queries, first)
    queries.written()
    after = await begun(queries, second)
    first.gate.set()
    second.gate.set()
    assert not (await before).joined
    assert not (await after).joined
    assert second.runs == 1


async def test_when_the_first_leaves_another_runs_it() -> None:
    queries, first, second = RunningQueries(), Asked(), Asked()
    leaving, staying = await begun(queries, first), await begun(queries, second)
    leaving.cancel()
    second.gate.set()
    told = await staying
    assert (second.runs, told.joined) == (1, False)
    with pytest.raises(asyncio.CancelledError):
        await leaving


async def test_the_data_is_written_once() -> None:
    outcome = Outcome(ExecutionResult({"a": 1}), None)
    assert outcome.data() == b'{"a":1}'
    assert outcome.data() is outcome.data()


def test_another_question_or_asker_has_another_key() -> None:
    mine = answer_key(DOCUMENT, asking({"a": 1, "b": 2}, "Name"), ASKER)
    assert mine == answer_key(DOCUMENT, asking({"b": 2, "a": 1}, "Name"), ASKER)
    others = [
        answer_key(DOCUMENT, asking({"a": 1, "b": "2"}, "Name"), ASKER),
        answer_key(DOCUMENT, asking({"a": 1, "b": 2}), ASKER),
        answer_key(Document("{ b }", parse("{ b }")), asking({"a": 1, "b": 2}, "Name"), ASKER),
        answer_key(DOCUMENT, asking({"a": 1, "b": 2}, "Name"), Principal(role=Role.PATIENT, subject="wx-1")),
    ]
    assert mine not in others


def test_variables_too_deep_to_be_written_have_no_key() -> None:
    deep: Any = None
    for _ in range(500):
        deep = [deep]
    assert answer_key(DOCUMENT, asking({"a": deep}), ASKER) is None
