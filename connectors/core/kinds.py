"""How a call behaves: what may be repeated, what may be kept, what it makes stale. No call is without one."""

import hashlib
from collections.abc import Callable
from typing import NamedTuple

from connectors.records.base import CardRef


class Scope(NamedTuple):
    """What cached answers are about: one person at one hospital system, or one public topic of it.

    Writes drop whole scopes, so that nothing stale is served after them.
    """

    system: str
    subject: str


class Read(NamedTuple):
    """May be repeated at once; kept for `seconds` under `scope` (0: not kept, but still shared while under way)."""

    scope: Scope
    seconds: float = 0.0


class Idempotent(NamedTuple):
    """A write that carries its business key: may be sent again with the same key and the same content."""

    key: str
    stale: tuple[Scope, ...] = ()


class Once(NamedTuple):
    """A write without a business key: sent once, never repeated by this server."""

    stale: tuple[Scope, ...] = ()


CallKind = Read | Idempotent | Once


def person_scope(system: str, card: CardRef) -> Scope:
    """Name the scope of one person's data: the card number, since it is the same in every hospital of a system."""
    return Scope(system, f"card:{card.number}")


def topic_scope(system: str, topic: str) -> Scope:
    """Name the scope of data that is about nobody, such as a hospital's schedules."""
    return Scope(system, f"topic:{topic}")


def keyed_digest(secret: bytes) -> Callable[[str], str]:
    """Make the function that turns a clear key into one that tells nothing: cache keys are keyed hashes."""

    def digest(clear: str) -> str:
        return hashlib.blake2b(clear.encode(), key=secret[:64], digest_size=24).hexdigest()

    return digest
