"""When a whole answer may be given again, and when never."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from graphql import parse

from app.endpoint.documents import Document
from app.endpoint.kept_answers import KeptAnswers
from app.endpoint.requests import GraphRequest
from app.endpoint.running import AnswerKey, answer_key
from app.stores.memory_cache import MemoryCache
from connectors.core.kinds import KeyedHash
from connectors.core.origins import Origins
from connectors.records.base import SHANGHAI
from resolvers.access_control.access import Sight
from resolvers.access_control.principal import Principal, Role
from resolvers.access_control.scopes import Resource
from tests.resolvers.fakes import MINE

NOON = dt.datetime(2026, 3, 4, 12, tzinfo=SHANGHAI)
SCOPE = KeyedHash("scope")
DOCUMENT = Document("{ a }", parse("{ a }"))
ASKER = Principal(role=Role.PATIENT, subject="wx-1")
SEEN = Sight(Resource.ENCOUNTER, MINE)


class Shelf:
    """Kept answers over a cache, with clocks that a test sets."""

    def __init__(self, **options: Any) -> None:
        self.cache = MemoryCache()
        self.seconds = 1000.0
        self.now = NOON
        self.answers = KeptAnswers(self.cache, clock=lambda: self.seconds, now=lambda: self.now, **options)

    async def origins(self, ends_in: float = 30.0) -> Origins:
        generation = (await self.cache.get(SCOPE, KeyedHash("k"), None)).generation  # type: ignore[arg-type]  # memory needs none
        origins = Origins()
        origins.kept.add("card:1")
        origins.read()
        origins.lasts(SCOPE, generation, self.seconds + ends_in)
        return origins

    async def keep(self, data: bytes = b"{}", request: GraphRequest | None = None, **origin: Any) -> None:
        context = of(ASKER, await self.origins(**origin))
        context.access.seen.add(SEEN)
        self.answers.keep(key_of(request), context, data)

    async def find(self, request: GraphRequest | None = None, principal: Principal = ASKER) -> bytes | None:
        return await self.answers.find(key_of(request, principal), of(principal, Origins()))


def key_of(
    request: GraphRequest | None = None, principal: Principal = ASKER, document: Document = DOCUMENT
) -> AnswerKey:
    key = answer_key(document, request or asking(), principal)
    assert key is not None
    return key


def of(principal: Principal, origins: Origins) -> Any:
    return SimpleNamespace(principal=principal, origins=origins, access=SimpleNamespace(seen=set()))


def asking(variables: dict[str, Any] | None = None, name: str | None = None) -> GraphRequest:
    return GraphRequest("{ a }", variables, name, may_write=True)


async def test_the_same_is_answered_again_and_what_it_shows_is_told() -> None:
    shelf = Shelf()
    await shelf.keep(b'{"a":1}')
    context = of(ASKER, Origins())
    assert await shelf.answers.find(key_of(), context) == b'{"a":1}'
    assert context.access.seen == {SEEN}
    assert context.origins.only_kept("card:1")


async def test_another_request_is_another_answer() -> None:
    shelf = Shelf()
    await shelf.keep(request=asking({"a": 1, "b": 2}, "Name"))
    assert await shelf.find(asking({"b": 2, "a": 1}, "Name")) is not None
    for other in (asking({"a": 1, "b": 2}), asking({"a": 1}, "Name"), asking(None, "Name"), asking({"a": "1", "b": 2})):
        assert await shelf.find(other) is None
    other_text = Document("{ b }", parse("{ b }"))
    request = asking({"a": 1, "b": 2}, "Name")
    assert await shelf.answers.find(key_of(request, document=other_text), of(ASKER, Origins())) is None


async def test_an_equal_principal_of_another_check_of_a_token_is_another() -> None:
    shelf = Shelf()
    await shelf.keep()
    assert await shelf.find(principal=Principal(role=Role.PATIENT, subject="wx-1")) is None


async def test_a_principal_at_the_address_of_one_that_is_gone_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf()
    monkeypatch.setattr("app.endpoint.running.id", lambda _: 1, raising=False)
    await shelf.keep()
    assert await shelf.find(principal=Principal(role=Role.PATIENT, subject="wx-2")) is None


async def test_an_answer_ends_with_the_first_of_what_it_was_made_of() -> None:
    shelf = Shelf()
    await shelf.keep(ends_in=5)
    shelf.seconds += 4.9
    assert await shelf.find() is not None
    shelf.seconds += 0.2
    assert await shelf.find() is None


async def test_an_answer_ends_with_the_day() -> None:
    shelf = Shelf()
    shelf.now = NOON.replace(hour=23, minute=59, second=50)
    await shelf.keep(ends_in=60)
    shelf.seconds += 9
    assert await shelf.find() is not None
    shelf.seconds += 2
    assert await shelf.find() is None


async def test_a_write_ends_the_answers_that_were_made_of_its_scope() -> None:
    shelf = Shelf()
    await shelf.keep()
    await shelf.cache.drop(KeyedHash("another"))
    assert await shelf.find() is not None
    await shelf.cache.drop(SCOPE)
    assert await shelf.find() is None


async def test_what_was_read_on_both_sides_of_a_write_is_never_kept() -> None:
    shelf = Shelf()
    before = await shelf.origins()
    await shelf.cache.drop(SCOPE)
    generation = (await shelf.cache.get(SCOPE, KeyedHash("k"), None)).generation  # type: ignore[arg-type]  # ditto
    before.read()
    before.lasts(SCOPE, generation, shelf.seconds + 30)
    shelf.answers.keep(key_of(), of(ASKER, before), b"{}")
    assert await shelf.find() is None


async def test_what_is_not_all_from_the_cache_is_not_kept() -> None:
    shelf = Shelf()
    origins = await shelf.origins()
    # A hospital that failed, a list that is never kept, or another source.
    origins.read()
    for fleeting in (origins, Origins()):
        shelf.answers.keep(key_of(), of(ASKER, fleeting), b"{}")
        assert await shelf.find() is None


async def test_there_is_a_bound_in_bytes_with_what_an_answer_takes_beside_its_data() -> None:
    shelf = Shelf(most_bytes=10_000)
    for number in range(10):
        await shelf.keep(b"x" * 1000, asking({"n": number}))
    kept = [await shelf.find(asking({"n": number})) for number in range(10)]
    assert [answer is not None for answer in kept] == [False] * 7 + [True] * 3
    await shelf.keep(b"x" * 600_000, asking({"n": "long"}))
    assert await shelf.find(asking({"n": "long"})) is None


async def test_what_has_ended_takes_no_room() -> None:
    shelf = Shelf(most_bytes=10_000)
    await shelf.keep(b"x" * 1000, asking({"n": "lasting"}), ends_in=60)
    for number in range(20):
        await shelf.keep(b"x" * 1000, asking({"n": number}), ends_in=1)
        shelf.seconds += 2
    assert await shelf.find(asking({"n": "lasting"})) is not None
