"""Writes about a card: allowed, done once for a business key, on record, and never read as failed when unknown."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import TypeAdapter

from connectors.core.kinds import KeyedHash
from connectors.ports import Connection
from connectors.records.base import CardRef
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from resolvers.access_control.access import Need
from resolvers.context import Context
from resolvers.global_id import NodeKey
from resolvers.problems import Problem
from resolvers.writes import checks
from resolvers.writes.deeds import on_record
from resolvers.writes.ledger import once
from resolvers.writes.mutations import sent

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Write(Generic[T]):
    """A kind of write: what it is called in the ledger, what one must be allowed, and what it answers.

    `final` says whether an answer is the end of it: one that is not is asked for again under the same key.
    """

    name: str
    need: Need
    adapter: TypeAdapter[T]
    final: Callable[[T], bool] = lambda _: True

    async def tried(self, context: Context, card: CardRef, business_key: str) -> bool:
        """Say whether this was sent before under the key, whatever came of it."""
        return await context.services.ledger.peek(self._place(context, card, business_key)) is not None

    async def do(
        self,
        context: Context,
        card: CardRef,
        business_key: str,
        content: object,
        send: Callable[[Connection, CardHolder], Awaitable[T]],
    ) -> T:
        """Send it to the card's hospital, once for the key; the same key with other `content` is a conflict.

        Raises Problem, and ConnectorError STATE_UNKNOWN where the hospital did not answer.
        """
        services = context.services
        place = self._place(context, card, business_key)
        holder = await context.loaders.holder(card)
        connection = context.loaders.connection(card.hospital_id)
        write = once(
            services.ledger,
            place,
            services.digest(repr((card.number, content))),
            lambda: sent(send(connection, holder), card.hospital_id),
            self.adapter,
            final=self.final,
        )
        return await on_record(context, self.need, card, write, done=self.final)

    def _place(self, context: Context, card: CardRef, business_key: str) -> KeyedHash:
        return place_of(context, self.name, card.hospital_id, business_key)


def place_of(context: Context, name: str, hospital_id: str, business_key: str) -> KeyedHash:
    """Name the ledger's place of a kind of write; raises Problem BAD_INPUT for a key that is none."""
    return context.services.digest(f"{name}\0{hospital_id}\0{checks.business_key(business_key)}")


async def settle(
    context: Context,
    name: str,
    card: CardRef,
    business_key: str,
    content: object,
    make: Callable[[], Awaitable[T]],
    adapter: TypeAdapter[T],
) -> T:
    """Make what is to be sent, once for the key: a repeat sends what was sent first, whatever the hospital lists now.

    Raises Problem for what cannot be sent, and for other `content` under the same key.
    """
    services = context.services
    place = place_of(context, name, card.hospital_id, business_key)
    return await once(services.ledger, place, services.digest(repr((card.number, content))), make, adapter)


def card_of(key: NodeKey, field: str = "id") -> CardRef:
    """Return the card that a global id names; raises Problem BAD_INPUT for one that names none."""
    if key.card is None:
        raise Problem(ProblemCode.BAD_INPUT, "标识类型不符", field=field)
    return key.card
