"""Results that one call gives for several people, kept one by one, each in its person's scope."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from pydantic import TypeAdapter

from connectors.core import origins
from connectors.core.kinds import scope_of
from connectors.core.upstream import Upstream
from connectors.errors import ConnectorError
from connectors.records.base import CardRef

T = TypeVar("T")


class Kept(Generic[T]):
    """What was found out about each card a short while ago; a write about the person makes it forgotten."""

    def __init__(self, upstream: Upstream, name: str, kind: type[T], seconds: float) -> None:
        """Take the system, what the results are called in the cache, and how long they are kept."""
        self._upstream = upstream
        self._name = name
        self._kind = kind
        self._seconds = seconds
        self._adapter: TypeAdapter[T] = TypeAdapter(kind)

    async def find(self, card: CardRef) -> T | None:
        """Return what is kept about a card."""
        found: T | None = (await self._recall(card))[0]
        return found

    async def all(
        self,
        cards: Sequence[CardRef],
        ask: Callable[[Sequence[CardRef]], Awaitable[Sequence[T | ConnectorError | None]]],
    ) -> list[T | ConnectorError | None]:
        """Return what is kept about each card, and what `ask` answers for the others, which is kept from then on.

        Failures and "nothing found" are not kept.
        """
        known = {card: await self._recall(card) for card in cards}
        results: dict[CardRef, T | ConnectorError | None] = {card: value for card, (value, _) in known.items()}
        missing = [card for card, value in results.items() if value is None]
        if missing:
            for card in missing:
                origins.asked(scope_of(self._upstream.config.name, card))
            for card, outcome in zip(missing, await ask(missing), strict=True):
                results[card] = outcome
                if isinstance(outcome, self._kind):
                    await self._keep(card, outcome, known[card][1])
        return [results[card] for card in cards]

    async def _recall(self, card: CardRef) -> tuple[T | None, int]:
        scope = scope_of(self._upstream.config.name, card)
        _, value, generation, _ = await self._upstream.recall(scope, self._place(card), self._adapter)
        return value, generation

    async def _keep(self, card: CardRef, value: T, generation: int) -> None:
        scope = scope_of(self._upstream.config.name, card)
        await self._upstream.keep(scope, self._place(card), value, generation, self._seconds, self._adapter)

    def _place(self, card: CardRef) -> str:
        return f"{self._name}\0{card.hospital_id}\0{card.patient_id or ''}"
