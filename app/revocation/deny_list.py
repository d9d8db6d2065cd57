"""Which tokens have been ended, as far as this process knows, and who is told when one is."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from resolvers.access_control.principal import Principal

# For those without a token, who have nothing that expires.
_LONGEST_WATCH = 31 * 24 * 3600.0


class Revocation(NamedTuple):
    """An end of tokens: of those with the mark that were issued up to a moment (seconds since 1970).

    It is kept until the last of them has expired.
    """

    mark: str
    issued_until: float
    kept_until: float


class Session(NamedTuple):
    """What a token can be ended by: marks (keyed digests) of its id and login, empty where it has none, and subject."""

    token: str
    subject: str
    issued_at: float
    login: str = ""


class Ending(Enum):
    """Why a session is over."""

    REVOKED = "REVOKED"
    EXPIRED = "EXPIRED"


@dataclass(frozen=True, slots=True, eq=False)
class _Watch:
    session: Session
    ending: "asyncio.Future[Ending]"

    def end(self, why: Ending) -> None:
        if not self.ending.done():
            self.ending.set_result(why)


class DenyList:
    """The revocations in force. Nothing here waits, so that every request can ask."""

    def __init__(self, digest: Callable[[str], str], clock: Callable[[], float]) -> None:
        """Take what makes marks of ids, and the clock that revocations lapse by: seconds since 1970."""
        self._digest = digest
        self._clock = clock
        self._ends: dict[str, Revocation] = {}
        self._watched: dict[str, set[_Watch]] = {}

    def token_mark(self, token_id: str) -> str:
        """Name a token by its id."""
        return self._digest(f"token:{token_id}")

    def login_mark(self, session_id: str) -> str:
        """Name a login by its id."""
        return self._digest(f"login:{session_id}")

    def subject_mark(self, subject: str) -> str:
        """Name a subject."""
        return self._digest(f"subject:{subject}")

    def session_of(self, principal: Principal) -> Session:
        """Say what the principal's token can be ended by."""
        token = "" if principal.token_id is None else self.token_mark(principal.token_id)
        login = "" if principal.session_id is None else self.login_mark(principal.session_id)
        return Session(token, self.subject_mark(principal.subject), principal.issued_at, login)

    def ended(self, session: Session) -> bool:
        """Say whether the token has been revoked."""
        ends = self._ends
        if not ends:
            return False
        # Asked with every request.
        for mark in session.subject, session.login, session.token:
            end = ends.get(mark)
            if end is not None and session.issued_at <= end.issued_until:
                return True
        return False

    def take(self, revocation: Revocation) -> None:
        """Add one, and tell those whom it ends; taking one again changes nothing."""
        if revocation.kept_until <= self._clock():
            return
        known = self._ends.get(revocation.mark, revocation)
        self._ends[revocation.mark] = Revocation(
            revocation.mark,
            max(known.issued_until, revocation.issued_until),
            max(known.kept_until, revocation.kept_until),
        )
        for watch in tuple(self._watched.get(revocation.mark, ())):
            if _covers(revocation, watch.session):
                watch.end(Ending.REVOKED)

    def forget_lapsed(self) -> None:
        """Let go of those whose tokens have all expired."""
        now = self._clock()
        self._ends = {mark: end for mark, end in self._ends.items() if end.kept_until > now}

    @contextmanager
    def watch(self, principal: Principal) -> Iterator["asyncio.Future[Ending]"]:
        """Give a future that is done when the principal's token ends: for what lives longer than a request."""
        loop = asyncio.get_running_loop()
        watch = _Watch(self.session_of(principal), loop.create_future())
        marks = [mark for mark in _marks(watch.session) if mark]
        for mark in marks:
            self._watched.setdefault(mark, set()).add(watch)
        seconds = min(max(0.0, principal.expires_at - self._clock()), _LONGEST_WATCH)
        timer = loop.call_later(seconds, watch.end, Ending.EXPIRED)
        if self.ended(watch.session):
            watch.end(Ending.REVOKED)
        try:
            yield watch.ending
        finally:
            timer.cancel()
            watch.ending.cancel()
            for mark in marks:
                self._unwatch(mark, watch)

    def _unwatch(self, mark: str, watch: _Watch) -> None:
        watching = self._watched[mark]
        watching.discard(watch)
        if not watching:
            del self._watched[mark]


def _marks(session: Session) -> tuple[str, str, str]:
    return session.subject, session.login, session.token


def _covers(revocation: Revocation, session: Session) -> bool:
    return session.issued_at <= revocation.issued_until
