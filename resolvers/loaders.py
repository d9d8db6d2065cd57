"""The loaders of one request: each thing is asked for once, together where the hospital takes several at a time.

The only way from a resolver to a hospital's read interfaces, and so a place where access is checked: what is passed to
`each`, `alone`, `of_hospital` and `of_hospitals` is marked with what one must be allowed for it (`access.needs`).
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Hashable, Sequence
from typing import Any, TypeAlias, TypeVar

from connectors.core.concurrency import together
from connectors.core.in_flight import Remembered
from connectors.errors import ConnectorError
from connectors.ports import Connection, Outcomes
from connectors.records.base import CardRef
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.registry import Registry
from resolvers.access_control.access import Access, need_of
from resolvers.problems import Problem

R = TypeVar("R")
Batch: TypeAlias = Callable[..., Awaitable[Outcomes[R]]]
Single: TypeAlias = Callable[..., Awaitable[R]]
Told: TypeAlias = R | ConnectorError | Problem


async def told(load: Callable[[CardRef], Awaitable[R]], card: CardRef) -> "Told[R]":
    """Load for one card; what failed is told as a value, a fault of this server is raised."""
    try:
        return await load(card)
    except (ConnectorError, Problem) as error:
        # As a value it needs no traceback, whose frames would hold on to it and all that was loaded.
        return error.with_traceback(None)


class Loaders:
    """Batches and remembers reads for the time of one request."""

    def __init__(self, registry: Registry, access: Access) -> None:
        """Take the hospitals and what the request may do."""
        self._registry = registry
        self._access = access
        self._remembered = Remembered()
        self._gathering: dict[Hashable, _Gathering] = {}
        self._grouped: dict[tuple[CardRef, ...], list[tuple[Connection, tuple[CardRef, ...]]]] = {}

    def connection(self, hospital_id: str) -> Connection:
        """Return the hospital's connection; raises Problem HOSPITAL_UNKNOWN."""
        connection = self._registry.find(hospital_id)
        if connection is None:
            raise Problem(ProblemCode.HOSPITAL_UNKNOWN, "医院信息不存在")
        return connection

    async def each(self, batch: "Batch[R]", cards: Sequence[CardRef], *arguments: Hashable) -> "list[Told[R]]":
        """Load for the holders of several cards through `batch(connection, holders, *arguments)`.

        Cards that one call can serve are asked for together, the others side by side: people and systems do not wait
        for each other. Answers in the order of the cards, what failed in its place.
        """
        need = need_of(batch)
        for card in cards:
            self._access.require(need, card)
        groups = self._groups(tuple(cards))
        parts = await together(
            *(
                self._remembered.share((batch, arguments, group), self._group(batch, connection, group, arguments))
                for connection, group in groups
            )
        )
        found = parts[0] if len(parts) == 1 else {card: outcome for part in parts for card, outcome in part.items()}
        return [found[card] for card in cards]

    async def one(self, batch: "Batch[R]", card: CardRef, *arguments: Hashable) -> R:
        """Load for the holder of one card, by the same way; raises what failed."""
        (outcome,) = await self.each(batch, [card], *arguments)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def alone(self, call: "Single[R]", subject: CardRef | CardHolder, *arguments: Hashable) -> Coroutine[Any, Any, R]:
        """Load for one card or holder through `call(connection, subject, *arguments)`; the same only once."""
        card = subject.card if isinstance(subject, CardHolder) else subject
        self._access.require(need_of(call), card)
        return self._single(call, card.hospital_id, (call, card, arguments), subject, arguments)

    def public(self, call: "Single[R]", hospital_id: str, *arguments: Hashable) -> Coroutine[Any, Any, R]:
        """Load what is about nobody through `call(connection, hospital_id, *arguments)`; the same only once."""
        return self._single(call, hospital_id, (call, hospital_id, arguments), hospital_id, arguments)

    def of_hospital(self, call: "Single[R]", hospital_id: str, *arguments: Hashable) -> Coroutine[Any, Any, R]:
        """Load what is about many people of a hospital, for those who work there; otherwise as `public`."""
        self._access.require_hospital(need_of(call), hospital_id)
        return self._single(call, hospital_id, (call, hospital_id, arguments), hospital_id, arguments)

    async def of_hospitals(self, batch: "Batch[R]", hospital_id: str, *arguments: Hashable) -> R:
        """Load as `of_hospital` does, through `batch(connection, hospital_ids, *arguments)`.

        Hospitals that are asked about in the same turn of the event loop are asked together; raises what failed.
        """
        self._access.require_hospital(need_of(batch), hospital_id)
        connection = self.connection(hospital_id)

        async def ask(hospital_ids: Sequence[str]) -> list[Any]:
            return await _outcomes(batch, connection, hospital_ids, hospital_ids, arguments)

        def gather() -> Coroutine[Any, Any, R]:
            return self._gathered((id(connection), batch, arguments), ask).outcome(hospital_id)

        return await self._remembered.share((batch, hospital_id, arguments), gather)

    def remembered(self, key: Hashable, work: Callable[[], Coroutine[Any, Any, R]]) -> Coroutine[Any, Any, R]:
        """Do something composed of loads once per request, for all fields that need it."""
        return self._remembered.share(("remembered", key), work)

    async def holder(self, card: CardRef) -> CardHolder:
        """Load who holds the card; raises Problem CARD_UNKNOWN where the hospital does not know it."""
        self._access.reach(card)
        holder = await self._remembered.share(card, lambda: self._holder(card))
        if holder is None:
            raise Problem(ProblemCode.CARD_UNKNOWN, "卡号信息不存在")
        return holder

    def forget_holder(self, card: CardRef) -> None:
        """Look up the holder again when next asked for: it was changed."""
        self._remembered.forget(card)

    def _single(
        self, call: "Single[R]", hospital_id: str, key: Hashable, subject: Any, arguments: tuple[Hashable, ...]
    ) -> Coroutine[Any, Any, R]:
        async def ask() -> R:
            try:
                return await call(self.connection(hospital_id), subject, *arguments)
            except ConnectorError as error:
                raise error.at(hospital_id) from None

        return self._remembered.share(key, ask)

    def _groups(self, cards: tuple[CardRef, ...]) -> list[tuple[Connection, tuple[CardRef, ...]]]:
        """Put the cards together that one call can serve; the lists of a person are all over the same cards."""
        known = self._grouped.get(cards)
        if known is None:
            groups: dict[Hashable, tuple[Connection, list[CardRef]]] = {}
            for card in cards:
                connection = self.connection(card.hospital_id)
                groups.setdefault((id(connection), connection.batch_key(card)), (connection, []))[1].append(card)
            known = self._grouped[cards] = [(connection, tuple(group)) for connection, group in groups.values()]
        return known

    def _group(
        self, batch: "Batch[R]", connection: Connection, cards: tuple[CardRef, ...], arguments: tuple[Hashable, ...]
    ) -> "Callable[[], Coroutine[Any, Any, dict[CardRef, Told[R]]]]":
        async def ask() -> "dict[CardRef, Told[R]]":
            found: dict[CardRef, Told[Any]] = dict(
                await self._remembered.share(cards, lambda: self._told_holders(cards))
            )
            holders = {card: holder for card, holder in found.items() if isinstance(holder, CardHolder)}
            if holders:
                hospital_ids = [card.hospital_id for card in holders]
                outcomes = await _outcomes(batch, connection, hospital_ids, list(holders.values()), arguments)
                found.update(zip(holders, outcomes, strict=True))
            return found

        return ask

    async def _told_holders(self, cards: tuple[CardRef, ...]) -> "dict[CardRef, Told[CardHolder]]":
        return dict(zip(cards, await together(*(told(self.holder, card) for card in cards)), strict=True))

    async def _holder(self, card: CardRef) -> CardHolder | None:
        """Look it up, or ask together with all others of this turn of the event loop that the same call can serve."""
        connection = self.connection(card.hospital_id)
        known: CardHolder | None = await connection.cards.known(card)
        if known is not None:
            return known

        async def ask(cards: Sequence[CardRef]) -> list[Any]:
            return await _outcomes(_holders, connection, [card.hospital_id for card in cards], cards, ())

        holder: CardHolder | None = await self._gathered((id(connection), connection.batch_key(card)), ask).outcome(
            card
        )
        return holder

    def _gathered(self, key: Hashable, ask: Callable[[Sequence[Any]], Awaitable[list[Any]]]) -> "_Gathering":
        """Return what gathers this turn's subjects of one call."""
        gathering = self._gathering.get(key)
        if gathering is None:
            gathering = self._gathering[key] = _Gathering(ask, lambda: self._gathering.pop(key))
        return gathering


class _Gathering:
    """Subjects that are asked for in one call, at the next turn of the event loop."""

    def __init__(self, ask: Callable[[Sequence[Any]], Awaitable[list[Any]]], close: Callable[[], object]) -> None:
        self._ask_for = ask
        self._close = close
        self._waiting: dict[Hashable, asyncio.Future[Any]] = {}
        self._loop = asyncio.get_running_loop()
        self._loop.call_soon(self._start)

    async def outcome(self, subject: Hashable) -> Any:
        waiting: asyncio.Future[Any] = self._loop.create_future()
        self._waiting[subject] = waiting
        return await waiting

    def _start(self) -> None:
        self._close()
        self._asking = self._loop.create_task(self._ask())

    async def _ask(self) -> None:
        subjects = list(self._waiting)
        try:
            outcomes = await self._ask_for(subjects)
        except Exception as error:  # noqa: BLE001 # a fault of ours: it is raised where it is waited for
            outcomes = [error] * len(subjects)
        for waiting, outcome in zip(self._waiting.values(), outcomes, strict=True):
            if waiting.done():
                continue
            if isinstance(outcome, Exception):
                waiting.set_exception(outcome)
            else:
                waiting.set_result(outcome)


async def _outcomes(
    batch: "Batch[R]",
    connection: Connection,
    hospital_ids: Sequence[str],
    subjects: Sequence[Any],
    arguments: tuple[Hashable, ...],
) -> "list[Any]":
    try:
        outcomes: Sequence[Any] = await batch(connection, subjects, *arguments)
    except (ConnectorError, Problem) as error:
        outcomes = [error] * len(hospital_ids)
    return [
        outcome.at(hospital_id) if isinstance(outcome, ConnectorError) else outcome
        for hospital_id, outcome in zip(hospital_ids, outcomes, strict=True)
    ]


async def _holders(connection: Connection, cards: Sequence[CardRef]) -> Outcomes[CardHolder | None]:
    return await connection.cards.holders(cards)
