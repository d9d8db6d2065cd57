"""Whole answers, kept for as long as all that they were made of: the same asker asks the same again.

An answer belongs to one principal as it was found by one check of its token, to one text, operation and variables. It
is only kept if everything in it came from the cache, or went there, and nothing failed; it is only shown if none of the
scopes that were read has been dropped since. The access layer's record of what it shows is kept with it, for the audit.
"""

import datetime as dt
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cachetools import TLRUCache

from app.endpoint.running import AnswerKey
from app.midnight import midnight_after
from connectors.core.cache import Cache
from connectors.core.kinds import KeyedHash
from connectors.records.base import SHANGHAI
from resolvers.access_control.access import Sight
from resolvers.access_control.principal import Principal
from resolvers.context import Context

_MOST_BYTES = 64 * 1024 * 1024
_LONGEST = 512 * 1024
# What an answer takes beside its data: its key with the document's text, and what it shows.
_BESIDE = 2048


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """The `data` of an answer as JSON, and what it shows."""

    principal: Principal
    data: bytes
    seen: frozenset[Sight]
    subjects: frozenset[str]
    generations: Mapping[KeyedHash, int]
    ends_at: float


class KeptAnswers:
    """Keeps answers up to a number of bytes; those least recently used go first."""

    def __init__(
        self,
        cache: Cache,
        *,
        most_bytes: int = _MOST_BYTES,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(SHANGHAI),
    ) -> None:
        """Take the cache that the hospitals' answers are in, and the clocks."""
        self._cache = cache
        self._clock = clock
        self._now = now
        # What has ended takes no room: most answers are of a principal whom nobody will be again.
        self._answers: TLRUCache[AnswerKey, KeptAnswer] = TLRUCache(
            most_bytes, ttu=_ends, timer=clock, getsizeof=lambda kept: len(kept.data) + _BESIDE
        )

    async def find(self, key: AnswerKey, context: Context) -> bytes | None:
        """Return the `data` of the same request if it still holds, and tell the context what it shows."""
        kept = self._answers.get(key)
        if kept is None:
            return None
        # The key has the principal's address, which may by now be another's.
        if (
            kept.principal is not context.principal
            or kept.ends_at <= self._clock()
            or not await self._cache.hold(kept.generations)
        ):
            self._answers.pop(key, None)
            return None
        context.access.seen |= kept.seen
        context.origins.kept |= kept.subjects
        return kept.data

    def keep(self, key: AnswerKey, context: Context, data: bytes) -> None:
        """Keep an answer without errors, if all that it was made of is kept."""
        origins = context.origins
        if not origins.all_kept or len(data) > _LONGEST:
            return
        self._answers[key] = KeptAnswer(
            context.principal,
            data,
            frozenset(context.access.seen),
            frozenset(origins.asked | origins.kept),
            dict(origins.generations),
            min(origins.ends_at, self._clock() + self._seconds_of_today()),
        )

    def _seconds_of_today(self) -> float:
        """Many lists end today where nothing else is said; tomorrow that is another day."""
        now = self._now()
        return (midnight_after(now) - now).total_seconds()


def _ends(_key: AnswerKey, kept: KeptAnswer, _now: float) -> float:
    return kept.ends_at
