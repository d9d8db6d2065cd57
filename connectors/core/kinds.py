"""How a call behaves: what may be repeated, what may be kept, what it makes stale. No call is without one."""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, NewType, cast

from connectors.records.base import CardRef

# The name that anything of a person has in a store: only `keyed_digest` makes one, and stores take no other.
KeyedHash = NewType("KeyedHash", str)


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


# Every call names one, and the calls of a request are about the same few.
@lru_cache(maxsize=1024)
def scope_of(system: str, about: CardRef | str) -> Scope:
    """Name the scope of one person's data, or of what is about nobody, such as a hospital's schedules.

    A person's is the card number, since it is the same in every hospital of a system.
    """
    return Scope(system, subject_of(about) if isinstance(about, CardRef) else f"topic:{about}")


def subject_of(card: CardRef) -> str:
    """Name the subject of a person's scopes."""
    return f"card:{card.number}"


def keyed_digest(secret: bytes) -> Callable[[str], KeyedHash]:
    """Make the function that turns a clear key into one that tells nothing."""
    # A copy of one that has taken in the key already costs less than a new one.
    keyed = hashlib.blake2b(key=secret[:64], digest_size=24)

    def digest(clear: str) -> str:
        hashing = keyed.copy()
        hashing.update(clear.encode())
        return hashing.hexdigest()

    return cast(Callable[[str], KeyedHash], digest)
