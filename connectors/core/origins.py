"""Where the data of the request that is being served came from, and for how long it holds.

For the audit log, person by person; and for keeping whole answers, which hold as long as all that they were made of.
"""

import math
import time
from contextvars import ContextVar

from connectors.core.kinds import KeyedHash, Scope


class Origins:
    """The subjects of scopes (see kinds.py) that hospitals were asked about, and those that were found kept.

    `generations` are those of the cached scopes that were read, and `ends_at` is when the first of what was read is
    no longer kept, on the monotonic clock.
    """

    __slots__ = ("_fleeting", "_lasting", "asked", "ends_at", "generations", "kept")

    def __init__(self) -> None:
        """Start with nothing."""
        self.asked: set[str] = set()
        self.kept: set[str] = set()
        self.generations: dict[KeyedHash, int] = {}
        self.ends_at = math.inf
        self._fleeting = 0
        self._lasting = 0

    def only_kept(self, subject: str) -> bool:
        """Say whether all that was read about the subject had been kept."""
        return subject in self.kept and subject not in self.asked

    @property
    def all_kept(self) -> bool:
        """Whether something was read, and all of it is kept now: found there, or put there."""
        return self._lasting > 0 and self._fleeting == 0

    def read(self) -> None:
        """Count a read, which is fleeting until it is known to be kept."""
        self._fleeting += 1

    def lasts(self, scope: KeyedHash, generation: int, ends_at: float) -> None:
        """Take note that a read is kept until then, unless its scope is dropped."""
        self._fleeting -= 1
        self._lasting += 1
        if self.generations.setdefault(scope, generation) != generation:
            # Dropped between two reads: what is made of both never holds.
            ends_at = 0.0
        self.ends_at = min(self.ends_at, ends_at)


_origins: ContextVar[Origins | None] = ContextVar("origins", default=None)


def start() -> Origins:
    """Begin to take note for everything that runs in this context from now on."""
    begun = Origins()
    _origins.set(begun)
    return begun


def asked(scope: Scope) -> None:
    """Take note that a hospital is asked about the scope, or a call that is under way was joined."""
    origins = _origins.get()
    if origins is not None:
        origins.asked.add(scope.subject)
        origins.read()


def found(scope: Scope, place: KeyedHash, generation: int, ends_at: float) -> None:
    """Take note that something of the scope, which is kept under this place, was found there."""
    origins = _origins.get()
    if origins is not None:
        origins.kept.add(scope.subject)
        origins.read()
        origins.lasts(place, generation, ends_at)


def put(place: KeyedHash, generation: int, seconds: float) -> None:
    """Take note that what was asked for is kept for so many seconds from now."""
    origins = _origins.get()
    if origins is not None:
        origins.lasts(place, generation, time.monotonic() + seconds)


def elsewhere() -> None:
    """Take note that something else than hospitals was read, which may be other in a moment."""
    origins = _origins.get()
    if origins is not None:
        origins.read()
