"""Refresh tokens: sealed, so that they tell nothing, and can only have been made here.

A token holds what its login began with. Which token of a login counts is kept apart (`families`): nothing that is kept
there tells of anybody.
"""

import base64
import binascii
import os
from collections.abc import Sequence
from typing import NamedTuple

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from pydantic import SecretStr

from app.keys import Purpose, derive

_SALT_BYTES = 16
_LONGEST = 1024


class Login(NamedTuple):
    """What a refresh token renews. Times are seconds since 1970; `owner` is whose login code it began with."""

    id: str
    owner: str
    subject: str
    started_at: float
    ends_at: float


class NotARefreshToken(Exception):
    """The text was not made here, or under a key that is no longer known."""


class RefreshTokens:
    """Writes and reads them: the first key seals, every key opens."""

    def __init__(self, secrets: Sequence[SecretStr]) -> None:
        """Take the keys' secrets, the newest first; at least one."""
        self._keys = [AESSIV(derive(secret, Purpose.REFRESH_TOKENS)) for secret in secrets]

    def write(self, login: Login) -> str:
        """Make a token; each is another."""
        salt = os.urandom(_SALT_BYTES)
        return _encoded(salt + self._keys[0].encrypt(orjson.dumps([*login]), [salt]))

    def read(self, token: str) -> Login:
        """Return what it renews. Raises NotARefreshToken."""
        try:
            raw = _decoded(token)
        except (ValueError, binascii.Error):
            raise NotARefreshToken from None
        salt, sealed = raw[:_SALT_BYTES], raw[_SALT_BYTES:]
        for key in self._keys:
            try:
                return Login(*orjson.loads(key.decrypt(sealed, [salt])))
            except (InvalidTag, ValueError):
                continue
        raise NotARefreshToken


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decoded(token: str) -> bytes:
    if len(token) > _LONGEST:
        raise ValueError("too long")
    return base64.urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
