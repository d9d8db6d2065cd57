"""Revokes tokens, here and in all processes that share a log of revocations."""

import asyncio
import math
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

import structlog

from app.revocation.deny_list import DenyList, Ending, Revocation, Session
from resolvers.access_control.principal import Principal

_log = structlog.get_logger(__name__)

_LOOK_SECONDS = 1.0
_TIDY_SECONDS = 60.0


class RevocationsUnavailable(Exception):
    """The log of revocations cannot be read or written now."""


class RevocationLog(Protocol):
    """Keeps revocations in the order in which they were made, for at least as long as they say."""

    async def append(self, revocation: Revocation) -> None:
        """Write one. Raises RevocationsUnavailable."""
        ...

    async def read(self, after: str | None) -> tuple[list[Revocation], str | None]:
        """Return those after a position (None: all), and the position of the last. Raises RevocationsUnavailable."""
        ...


class Revocations:
    """Ends tokens at once in this process, and within about a second in all that share the log.

    Without a log they are this process's alone, and end with it. While the log cannot be read, what is known stays in
    force; a process that has not read it once yet does not know who may come in (`known`).
    """

    def __init__(
        self,
        digest: Callable[[str], str],
        *,
        kept_seconds: float,
        log: RevocationLog | None = None,
        clock: Callable[[], float] = time.time,
        look_seconds: float = _LOOK_SECONDS,
    ) -> None:
        """Take what makes marks of ids, and for how long a token or what renews it can live."""
        self._denied = DenyList(digest, clock)
        self._kept_seconds = kept_seconds
        self._log = log
        self._clock = clock
        self._look_seconds = look_seconds
        self._position: str | None = None
        self._failing = False
        self.known = log is None

    async def revoke_token(self, token_id: str) -> None:
        """End one token by its id (`jti`). Raises RevocationsUnavailable when only this process knows of it."""
        await self._revoke(self._denied.token_mark(token_id), math.inf)

    async def revoke_session(self, session_id: str, token_seconds: float) -> None:
        """End all tokens of one login (`sid`), none of which lives longer than that. Raises as `revoke_token` does."""
        await self._revoke(self._denied.login_mark(session_id), math.inf, token_seconds)

    async def revoke_subject(self, subject: str) -> None:
        """End all that was issued to a subject (`sub`) up to now. Raises as `revoke_token` does."""
        await self._revoke(self._denied.subject_mark(subject), self._clock())

    def session_of(self, principal: Principal) -> Session:
        """Say what the principal's token can be ended by."""
        return self._denied.session_of(principal)

    def ended(self, session: Session) -> bool:
        """Say whether it has been revoked."""
        return self._denied.ended(session)

    def revoked_since(self, subject: str, issued_at: float) -> bool:
        """Say whether what was issued to the subject then (seconds since 1970) has been revoked since."""
        return self._denied.ended(Session("", self._denied.subject_mark(subject), issued_at))

    def watch(self, principal: Principal) -> AbstractContextManager["asyncio.Future[Ending]"]:
        """Give a future that is done when the principal's token is revoked or expires."""
        return self._denied.watch(principal)

    async def look(self) -> None:
        """Take what is new in the log. Failing is said in the log lines only, once for each time it begins."""
        if self._log is None:
            return
        try:
            revocations, position = await self._log.read(self._position)
        except Exception as error:  # noqa: BLE001 # whatever it is, the next look is tried
            if not self._failing:
                _log.error("revocations_unavailable", error=type(error.__cause__ or error).__name__)
            self._failing = True
            # What comes back may be another log, with other positions: it is read from its beginning.
            self._position = None
            return
        for revocation in revocations:
            self._denied.take(revocation)
        self._position = position
        self._failing = False
        self.known = True

    async def follow(self) -> None:
        """Go on looking, until cancelled."""
        tidied_at = time.monotonic()
        while True:
            await asyncio.sleep(self._look_seconds)
            await self.look()
            if time.monotonic() - tidied_at > _TIDY_SECONDS:
                tidied_at = time.monotonic()
                self._denied.forget_lapsed()

    async def _revoke(self, mark: str, issued_until: float, kept_seconds: float | None = None) -> None:
        kept = self._kept_seconds if kept_seconds is None else kept_seconds
        revocation = Revocation(mark, issued_until, self._clock() + kept)
        self._denied.take(revocation)
        if self._log is not None:
            await self._log.append(revocation)
