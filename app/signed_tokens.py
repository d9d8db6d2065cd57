"""Reads tokens (RFC 7515, compact form) and checks their signatures. Nothing in a token chooses how it is checked."""

from collections.abc import Mapping
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import Key
from joserfc.util import urlsafe_b64decode

from app.strict_json import loads

# Kinds of signed tokens that say who somebody is; logout tokens and the like of the same issuer are not among them.
_TYPES = frozenset({"jwt", "at+jwt", "application/at+jwt"})
# What asks for another way of checking, which is not offered (RFC 7515, 7797).
_EXTENSIONS = frozenset({"crit", "b64"})
# Which of them goes with a key is for `key_sets.Keys` to say.
_ALGORITHMS = jws.JWSRegistry(algorithms=["HS256", "RS256", "PS256", "ES256"], strict_check_header=False)
# What joserfc lets through of a text that is no token at all, besides its own errors.
_UNREADABLE = (JoseError, ValueError, TypeError, KeyError, RecursionError)


class NotAToken(Exception):
    """The text is no token of the accepted form, or its signature is not the key's."""


class SignedToken:
    """A token as it reads. Its claims count once `check` has passed; until then they only say which key to take.

    Keys that a token brings along or points to (`jwk`, `jku`, `x5c`, `x5u`) are not looked at.
    """

    def __init__(self, token: bytes) -> None:
        """Read it. Raises NotAToken."""
        try:
            self._signed = jws.extract_compact(token, registry=_ALGORITHMS)
            header = loads(urlsafe_b64decode(self._signed.segments["header"]))
            claims = loads(self._signed.payload)
        except _UNREADABLE:
            raise NotAToken from None
        if not isinstance(header, dict) or not isinstance(claims, dict) or not _ordinary(header):
            raise NotAToken
        self.algorithm: str = header["alg"]
        self.key_id: str | None = header.get("kid")
        self.claims: Mapping[str, Any] = claims

    def check(self, key: Key) -> None:
        """Check the signature. Raises NotAToken."""
        try:
            good = jws.validate_compact(self._signed, key, registry=_ALGORITHMS)
        except _UNREADABLE:
            raise NotAToken from None
        if not good:
            raise NotAToken


def _ordinary(header: Mapping[str, Any]) -> bool:
    if not isinstance(header.get("alg"), str) or not isinstance(header.get("kid", ""), str):
        return False
    kind = header.get("typ", "JWT")
    return isinstance(kind, str) and kind.lower() in _TYPES and not _EXTENSIONS & header.keys()
