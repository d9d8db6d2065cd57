"""`patient-graph revoke`: ends tokens in the servers that run with the same configuration."""

from app.identification import revocations_of
from app.settings import Settings
from app.stores.redis_client import connect


class NothingShared(Exception):
    """The configuration names nothing through which a running server could be told."""


async def revoke(settings: Settings, *, subject: str | None = None, token_id: str | None = None) -> None:
    """End all tokens of a subject, or one by its id. Raises NothingShared, and `RevocationsUnavailable`."""
    if settings.redis_url is None and settings.identity.revocation_file is None:
        raise NothingShared
    redis = None if settings.redis_url is None else connect(settings.redis_url)
    try:
        revocations = revocations_of(settings, redis)
        if subject is not None:
            await revocations.revoke_subject(subject)
        if token_id is not None:
            await revocations.revoke_token(token_id)
    finally:
        if redis is not None:
            await redis.aclose()
