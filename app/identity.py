"""Who asks: checks the bearer token. No part of a token is ever logged or quoted."""

import time
from collections.abc import Callable
from enum import Enum
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import ExpiredTokenError, JoseError
from pydantic import ValidationError

from app.claims import principal_of
from app.key_sets import Keys, KeySetAddress, SharedSecret
from app.settings import IdentitySettings
from app.token_memory import TokenMemory
from resolvers.principal import ANONYMOUS, Principal

_MAX_TOKEN = 32 * 1024
# What joserfc lets through of a text that is no token at all, besides its own errors.
_UNREADABLE = (JoseError, ValueError, TypeError, KeyError, RecursionError)


class TokenProblem(Enum):
    """Why a token was not accepted."""

    EXPIRED = "TOKEN_EXPIRED"
    INVALID = "TOKEN_INVALID"


class Unauthenticated(Exception):
    """The token is not accepted; the message may be shown."""

    def __init__(self, problem: TokenProblem, message: str) -> None:
        """Take why, and the sentence."""
        self.code = problem.value
        self.message = message
        super().__init__(message)


class Authenticator:
    """Turns an Authorization header into a principal."""

    def __init__(self, settings: IdentitySettings, clock: Callable[[], float] = time.time) -> None:
        """Take whose tokens are trusted, and the clock that expiry is read on: seconds since 1970."""
        self._keys = _keys(settings)
        self._memory = TokenMemory(clock)
        self._leeway = settings.leeway_seconds
        self._claims = jwt.JWTClaimsRegistry(
            now=lambda: int(clock()),
            leeway=settings.leeway_seconds,
            iss={"essential": True, "value": settings.issuer},
            aud={"essential": True, "value": settings.audience},
            exp={"essential": True},
            sub={"essential": True},
        )

    async def principal(self, authorization: str | None) -> Principal:
        """Check the header. Nobody is nobody; raises Unauthenticated and `key_sets.KeysUnavailable`."""
        if authorization is None:
            return ANONYMOUS
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token.strip() or len(token) > _MAX_TOKEN or not token.isascii():
            raise _invalid()
        shown = token.strip().encode()
        return self._memory.find(shown, self._keys.version) or await self._checked(shown)

    async def close(self) -> None:
        """Close connections to the issuer."""
        await self._keys.close()

    async def _checked(self, token: bytes) -> Principal:
        claims = await self._verified(token)
        try:
            principal = principal_of(claims)
        except ValidationError:
            raise _invalid() from None
        self._memory.keep(token, self._keys.version, principal, claims["exp"] + self._leeway)
        return principal

    async def _verified(self, token: bytes) -> dict[str, Any]:
        try:
            key_id = jws.extract_compact(token).headers().get("kid")
        except _UNREADABLE:
            raise _invalid() from None
        key = await self._keys.find(key_id if isinstance(key_id, str) else None)
        if key is None:
            raise _invalid()
        try:
            claims = jwt.decode(token, key, algorithms=list(self._keys.algorithms)).claims
            self._claims.validate(claims)
        except ExpiredTokenError:
            raise Unauthenticated(TokenProblem.EXPIRED, "登录已过期，请重新登录") from None
        except _UNREADABLE:
            raise _invalid() from None
        return claims


def _keys(settings: IdentitySettings) -> Keys:
    if settings.hs256_secret is not None:
        return SharedSecret(settings.hs256_secret.get_secret_value())
    if settings.jwks_url is not None:
        return KeySetAddress(settings.jwks_url)
    raise ValueError("the settings name neither a secret nor a key set")


def _invalid() -> Unauthenticated:
    return Unauthenticated(TokenProblem.INVALID, "登录信息无效，请重新登录")
