"""Writes about a card: allowed, done once for a business key, on record, and never read as failed when unknown."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import TypeAdapter

from connectors.ports import Connection
from connectors.records.base import CardRef
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from resolvers import checks
from resolvers.access import Need
from resolvers.context import Context
from resolvers.deeds import on_record
from resolvers.global_id import NodeKey
from resolvers.ledger import once
from resolvers.mutations import sent
from resolvers.problems import Problem

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
        key = checks.business_key(business_key)
        holder = await context.loaders.holder(card)
        connection = context.loaders.connection(card.hospital_id)
        write = once(
            services.ledger,
            services.digest(f"{self.name}\0{card.hospital_id}\0{key}"),
            services.digest(repr((card.number, content))),
            lambda: sent(send(connection, holder), card.hospital_id),
            self.adapter,
            final=self.final,
        )
        return await on_record(context, self.need, card, write, done=self.final)


def card_of(key: NodeKey, field: str = "id") -> CardRef:
    """Return the card that a global id names; raises Problem BAD_INPUT for one that names none."""
    if key.card is None:
        raise Problem(ProblemCode.BAD_INPUT, "标识类型不符", field=field)
    return key.card
