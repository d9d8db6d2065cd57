"""What checks tokens and what ends them, as the settings say."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from redis.asyncio import Redis

from app.identity import Authenticator
from app.issuers import Issuer, issuer_of
from app.keys import Purpose, derive
from app.login.build import own_issuer
from app.revocation.redis_log import RedisRevocationLog
from app.revocation.revocations import RevocationLog, Revocations
from app.revocation.sqlite_log import SqliteRevocationLog
from app.settings import Settings
from connectors.core.kinds import keyed_digest


def revocations_of(settings: Settings, redis: Redis | None, *, clock: Callable[[], float] = time.time) -> Revocations:
    """Make the revocations: shared through Redis where there is one, or a file; else of this process alone."""
    kept_seconds = _kept_seconds(settings)
    return Revocations(
        keyed_digest(derive(settings.secret, Purpose.REVOCATIONS)),
        kept_seconds=kept_seconds,
        log=_log_of(settings, redis, kept_seconds),
        clock=clock,
    )


def authenticator_of(settings: Settings, revocations: Revocations) -> Authenticator:
    """Make the check of tokens."""
    return Authenticator(
        [*map(issuer_of, settings.identity.issuers), *_own_issuer(settings)],
        revocations,
        longest_token_seconds=settings.identity.longest_token_seconds,
    )


def _own_issuer(settings: Settings) -> list[Issuer]:
    own = own_issuer(settings)
    return [] if own is None else [own]


@asynccontextmanager
async def followed(revocations: Revocations) -> AsyncIterator[None]:
    """Read the log of revocations, and go on reading it until the end."""
    await revocations.look()
    following = asyncio.create_task(revocations.follow())
    try:
        yield
    finally:
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following


def _log_of(settings: Settings, redis: Redis | None, kept_seconds: float) -> RevocationLog | None:
    if redis is not None:
        return RedisRevocationLog(redis, kept_seconds)
    file = settings.identity.revocation_file
    return None if file is None else SqliteRevocationLog(file)


def _kept_seconds(settings: Settings) -> float:
    """Say how long after its issue a token can still be accepted, or a login be renewed."""
    leeway = max(issuer.leeway_seconds for issuer in settings.identity.issuers)
    longest_login = 0.0 if settings.wechat is None else settings.login.login_seconds
    return max(float(settings.identity.longest_token_seconds), longest_login) + leeway
