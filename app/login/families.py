"""Which refresh token of a login counts: the last one only. Protocol and its store for a single process."""

import time
from collections.abc import Callable
from enum import Enum
from typing import NamedTuple, Protocol

from cachetools import TLRUCache

from connectors.core.kinds import KeyedHash


class Standing(Enum):
    """What a refresh token is to its login."""

    CURRENT = "current"
    REPLACED = "replaced"
    OVER = "over"


class Families(Protocol):
    """Keeps, for each login, the keyed digest of the refresh token that counts. Raises Problem when it cannot."""

    async def begin(self, login: KeyedHash, token: KeyedHash, seconds: float) -> None:
        """Keep the first token, for as long as the login may last."""
        ...

    async def standing(self, login: KeyedHash, token: KeyedHash) -> Standing:
        """Say what the token is."""
        ...

    async def turn(self, login: KeyedHash, old: KeyedHash, new: KeyedHash) -> bool:
        """Let the new token count instead of the old one, if that one counts; what the login may last stays as it is.

        Of several at once, one succeeds.
        """
        ...

    async def end(self, login: KeyedHash) -> None:
        """Let no token count any more."""
        ...


class _Kept(NamedTuple):
    token: KeyedHash
    until: float


def _until(_: KeyedHash, kept: _Kept, __: float) -> float:
    return kept.until


class MemoryFamilies:
    """Implements `Families`: atomic, since nothing here waits. When it is full, the least recently used end."""

    def __init__(self, logins: int = 200_000, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the bound, and the clock."""
        self._clock = clock
        self._kept: TLRUCache[KeyedHash, _Kept] = TLRUCache(logins, ttu=_until, timer=clock)

    async def begin(self, login: KeyedHash, token: KeyedHash, seconds: float) -> None:
        """Keep the first token."""
        self._kept[login] = _Kept(token, self._clock() + seconds)

    async def standing(self, login: KeyedHash, token: KeyedHash) -> Standing:
        """Say what the token is."""
        kept = self._kept.get(login)
        if kept is None:
            return Standing.OVER
        return Standing.CURRENT if kept.token == token else Standing.REPLACED

    async def turn(self, login: KeyedHash, old: KeyedHash, new: KeyedHash) -> bool:
        """Let the new token count."""
        kept = self._kept.get(login)
        if kept is None or kept.token != old:
            return False
        self._kept[login] = kept._replace(token=new)
        return True

    async def end(self, login: KeyedHash) -> None:
        """Let no token count."""
        self._kept.pop(login, None)
