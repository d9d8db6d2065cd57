"""The loaders of one request: each thing is asked for once, together where the hospital takes several at a time.

The only way from a resolver to a hospital's read interfaces, and so the place where access is checked.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Hashable, Sequence
from typing import Any, TypeAlias, TypeVar

from aiodataloader import DataLoader

from connectors.errors import ConnectorError
from connectors.ports import Connection, Outcomes
from connectors.records.base import CardRef
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.registry import Registry
from resolvers import access
from resolvers.principal import Principal
from resolvers.problems import Problem

R = TypeVar("R")
Batch: TypeAlias = Callable[..., Awaitable[Outcomes[R]]]
Single: TypeAlias = Callable[..., Awaitable[R]]


class Loaders:
    """Batches and remembers reads for the time of one request."""

    def __init__(self, registry: Registry, principal: Principal) -> None:
        """Take the hospitals and who asks."""
        self._registry = registry
        self._principal = principal
        self._loaders: dict[Hashable, DataLoader[Any, Any]] = {}

    def connection(self, hospital_id: str) -> Connection:
        """Return the hospital's connection; raises Problem HOSPITAL_UNKNOWN."""
        connection = self._registry.find(hospital_id)
        if connection is None:
            raise Problem(ProblemCode.HOSPITAL_UNKNOWN, "医院信息不存在")
        return connection

    async def together(self, batch: "Batch[R]", subject: CardRef | CardHolder, *arguments: Hashable) -> R:
        """Load for one card or holder through `batch(connection, subjects, *arguments)`.

        Only what one call can serve is batched: people and systems do not wait for each other.
        """
        card = _card(subject)
        access.require_card(self._principal, card)
        connection = self.connection(card.hospital_id)

        async def load(subjects: list[Any]) -> list[Any]:
            try:
                outcomes = await batch(connection, subjects, *arguments)
            except ConnectorError as error:
                outcomes = [error] * len(subjects)
            return [
                outcome.at(_hospital_id(one)) if isinstance(outcome, ConnectorError) else outcome
                for one, outcome in zip(subjects, outcomes, strict=True)
            ]

        key = (batch, arguments, id(connection), connection.batch_key(card))
        result: R = await self._loader(key, load).load(subject)
        return result

    async def alone(self, call: "Single[R]", subject: CardRef | CardHolder, *arguments: Hashable) -> R:
        """Load for one card or holder through `call(connection, subject, *arguments)`; the same only once."""
        access.require_card(self._principal, _card(subject))
        return await self._single(call, subject, arguments)

    async def public(self, call: "Single[R]", hospital_id: str, *arguments: Hashable) -> R:
        """Load what is about nobody through `call(connection, hospital_id, *arguments)`; the same only once."""
        return await self._single(call, hospital_id, arguments)

    async def remembered(self, key: Hashable, work: Callable[[], Coroutine[Any, Any, R]]) -> R:
        """Do something composed of loads once per request, for all fields that need it."""

        async def load(_keys: list[Any]) -> list[Any]:
            return [await work()]

        result: R = await self._loader(("remembered", key), load).load(key)
        return result

    async def _single(self, call: "Single[R]", subject: Any, arguments: tuple[Hashable, ...]) -> R:
        async def one(subject: Any) -> Any:
            hospital_id = _hospital_id(subject)
            try:
                return await call(self.connection(hospital_id), subject, *arguments)
            except ConnectorError as error:
                return error.at(hospital_id)
            except Problem as problem:
                return problem

        async def load(subjects: list[Any]) -> list[Any]:
            return await asyncio.gather(*map(one, subjects))

        result: R = await self._loader((call, arguments), load).load(subject)
        return result

    async def holder(self, card: CardRef) -> CardHolder:
        """Load who holds the card; raises Problem CARD_UNKNOWN where the hospital does not know it."""
        holder: CardHolder | None = await self.together(_holders, card)
        if holder is None:
            raise Problem(ProblemCode.CARD_UNKNOWN, "卡号信息不存在")
        return holder

    def _loader(
        self, key: Hashable, load: Callable[[list[Any]], Coroutine[Any, Any, list[Any]]]
    ) -> "DataLoader[Any, Any]":
        loader = self._loaders.get(key)
        if loader is None:
            loader = DataLoader(load, get_cache_key=_cache_key)
            self._loaders[key] = loader
        return loader


def _card(subject: CardRef | CardHolder) -> CardRef:
    return subject.card if isinstance(subject, CardHolder) else subject


def _hospital_id(subject: CardRef | CardHolder | str) -> str:
    return subject if isinstance(subject, str) else _card(subject).hospital_id


def _cache_key(subject: object) -> object:
    return subject.card if isinstance(subject, CardHolder) else subject


async def _holders(connection: Connection, cards: Sequence[CardRef]) -> Outcomes[CardHolder | None]:
    return await connection.cards.holders(cards)
