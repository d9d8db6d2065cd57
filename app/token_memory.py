"""Tokens that were found good, remembered for a short while: a client shows the same one with every request."""

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import NamedTuple

from cachetools import LRUCache

from app.key_sets import Keys
from app.midnight import midnight_after
from app.revocation.deny_list import Session
from app.revocation.revocations import Revocations
from connectors.records.base import SHANGHAI
from resolvers.access_control.principal import Principal

_KEPT = 5_000


class _Entry(NamedTuple):
    principal: Principal
    session: Session
    keys: Keys
    keys_version: int
    since: float
    until: float


class TokenMemory:
    """Whose a checked token is. It holds digests (SHA-256), never tokens, and only of tokens that were accepted."""

    def __init__(self, revocations: Revocations, clock: Callable[[], float], kept: int = _KEPT) -> None:
        """Take what ends tokens, the clock that expiry is read on (seconds since 1970), and how many to keep."""
        self._revocations = revocations
        self._clock = clock
        self._entries: LRUCache[bytes, _Entry] = LRUCache(kept)

    def find(self, token: bytes) -> Principal | None:
        """Return whose the token is; None when it must be checked: unknown, too long ago, revoked, or other keys."""
        entry = self._entries.get(_digest(token))
        # A clock that was set back is no reason to trust for longer.
        if entry is None or entry.keys_version != entry.keys.version or not entry.since <= self._clock() < entry.until:
            return None
        return None if self._revocations.ended(entry.session) else entry.principal

    def keep(self, token: bytes, keys: Keys, principal: Principal, expires: float) -> None:
        """Remember a token that was checked with the keys just now, for as long as they say, until it expires.

        Nor past midnight, when a child may come of age.
        """
        now = self._clock()
        midnight = midnight_after(dt.datetime.fromtimestamp(now, SHANGHAI))
        self._entries[_digest(token)] = _Entry(
            principal,
            self._revocations.session_of(principal),
            keys,
            keys.version,
            now,
            min(expires, now + keys.checked_seconds, midnight.timestamp()),
        )


def _digest(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()
