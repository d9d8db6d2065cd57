"""Who asks: checks the bearer token. No part of a token is ever logged or quoted."""

import datetime as dt
import time
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any

from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwt import JWTClaimsRegistry
from pydantic import ValidationError

from app.claims import principal_of
from app.issuers import Issuer
from app.key_sets import KeysUnavailable
from app.revocation.revocations import Revocations
from app.signed_tokens import NotAToken, SignedToken
from app.token_memory import TokenMemory
from connectors.records.base import SHANGHAI
from resolvers.access_control.principal import ANONYMOUS, Principal

_MAX_TOKEN = 32 * 1024


class TokenProblem(Enum):
    """Why a token was not accepted."""

    EXPIRED = "TOKEN_EXPIRED"
    INVALID = "TOKEN_INVALID"
    REVOKED = "TOKEN_REVOKED"


class Unauthenticated(Exception):
    """The token is not accepted; the message may be shown."""

    def __init__(self, problem: TokenProblem, message: str) -> None:
        """Take why, and the sentence."""
        self.code = problem.value
        self.message = message
        super().__init__(message)


class IdentityUnavailable(Exception):
    """It cannot be said now whether a token is to be trusted: the issuer's keys or the revocations are not known."""


class Authenticator:
    """Turns an Authorization header into a principal.

    A token names its issuer; it is checked with that issuer's keys and no others, and makes only roles that the issuer
    may give.
    """

    def __init__(
        self,
        issuers: Iterable[Issuer],
        revocations: Revocations,
        *,
        longest_token_seconds: float,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take whose tokens are trusted, what ends them early, and the clock of expiry: seconds since 1970."""
        self._trusted = {issuer.name: _Trusted(issuer, clock) for issuer in issuers}
        self._revocations = revocations
        self._memory = TokenMemory(revocations, clock)
        self._longest = longest_token_seconds
        self._clock = clock

    async def principal(self, authorization: str | None) -> Principal:
        """Check the header. Nobody is nobody; raises Unauthenticated and IdentityUnavailable."""
        if authorization is None:
            return ANONYMOUS
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token.strip() or len(token) > _MAX_TOKEN or not token.isascii():
            raise _invalid()
        shown = token.strip().encode()
        return self._memory.find(shown) or await self._checked(shown)

    async def close(self) -> None:
        """Close connections to the issuers."""
        for trusted in self._trusted.values():
            await trusted.issuer.keys.close()

    async def _checked(self, shown: bytes) -> Principal:
        if not self._revocations.known:
            raise IdentityUnavailable
        try:
            token = SignedToken(shown)
            trusted = self._trusted_by(token)
            key = await trusted.issuer.keys.find(token.algorithm, token.key_id)
            if key is None:
                raise _invalid()
            # Before the claims are looked at: who cannot sign is told nothing about them.
            token.check(key)
            trusted.check(token.claims)
            principal = principal_of(token.claims, dt.datetime.fromtimestamp(self._clock(), SHANGHAI).date())
        except KeysUnavailable:
            raise IdentityUnavailable from None
        except ExpiredTokenError:
            raise Unauthenticated(TokenProblem.EXPIRED, "登录已过期，请重新登录") from None
        except (NotAToken, JoseError, ValidationError):
            raise _invalid() from None
        self._admit(principal, trusted.issuer)
        self._memory.keep(shown, trusted.issuer.keys, principal, principal.expires_at + trusted.issuer.leeway_seconds)
        return principal

    def _trusted_by(self, token: SignedToken) -> "_Trusted":
        name = token.claims.get("iss")
        trusted = self._trusted.get(name) if isinstance(name, str) else None
        if trusted is None:
            raise _invalid()
        return trusted

    def _admit(self, principal: Principal, issuer: Issuer) -> None:
        # Revocations are kept for as long as tokens may live: a longer one would outlive its own.
        if principal.role not in issuer.roles or principal.expires_at - principal.issued_at > self._longest:
            raise _invalid()
        if self._revocations.ended(self._revocations.session_of(principal)):
            raise Unauthenticated(TokenProblem.REVOKED, "登录已失效，请重新登录")


class _Trusted:
    """An issuer, and what its tokens must say of themselves; that they say it all is checked with `app.claims`."""

    def __init__(self, issuer: Issuer, clock: Callable[[], float]) -> None:
        self.issuer = issuer
        self._registry = JWTClaimsRegistry(
            now=lambda: int(clock()),
            leeway=issuer.leeway_seconds,
            iss={"essential": True, "value": issuer.name},
            aud={"essential": True, "value": issuer.audience},
        )

    def check(self, claims: Mapping[str, Any]) -> None:
        """Check whom it is for and when it counts. Raises JoseError."""
        self._registry.validate(dict(claims))


def _invalid() -> Unauthenticated:
    return Unauthenticated(TokenProblem.INVALID, "登录信息无效，请重新登录")
