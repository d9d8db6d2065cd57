"""Whose tokens are trusted, and for what."""

from dataclasses import dataclass

from app.key_sets import Keys, KeySetAddress, SharedSecret
from app.settings import IssuerSettings
from resolvers.access_control.principal import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """An issuer: `name` is its tokens' `iss`, letter for letter; `roles` are those that it may give."""

    name: str
    audience: str
    keys: Keys
    roles: frozenset[Role]
    leeway_seconds: int


def issuer_of(settings: IssuerSettings) -> Issuer:
    """Make a configured issuer."""
    return Issuer(
        name=settings.issuer,
        audience=settings.audience,
        keys=_keys(settings),
        roles=frozenset(Role[role.upper()] for role in settings.roles),
        leeway_seconds=settings.leeway_seconds,
    )


def _keys(settings: IssuerSettings) -> Keys:
    if settings.hs256_secret is not None:
        return SharedSecret(settings.hs256_secret.get_secret_value())
    if settings.jwks_url is not None:
        return KeySetAddress(settings.jwks_url, kept_seconds=settings.keys_kept_seconds)
    raise ValueError("the settings name neither a secret nor a key set")
