"""Seals what is kept outside of the process, so that a store's memory, files and backups tell nothing.

Sealed form: version (1 byte), id of the key (4), nonce (12), ciphertext and tag of AES-256-GCM. The place where the
value is kept is authenticated with it: a value that was moved to another place does not open there.
"""

import os
from collections.abc import Sequence
from enum import Enum
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import SecretStr

from app.keys import Purpose, derive
from app.metrics import SEALED

_VERSION = b"\x01"
_KEY_BYTES = 32
_HEAD_BYTES = 5
_NONCE_BYTES = 12
_TAG_BYTES = 16
_LEAST_BYTES = _HEAD_BYTES + _NONCE_BYTES + _TAG_BYTES


class Flaw(Enum):
    """Why a value does not open."""

    NOT_SEALED = "not_sealed"
    UNKNOWN_KEY = "unknown_key"
    CHANGED = "changed"


class Unsealable(Exception):
    """A kept value that this process cannot trust or read. Tells the flaw, never the value."""

    def __init__(self, flaw: Flaw) -> None:
        """Take the flaw."""
        self.flaw = flaw
        super().__init__(flaw.value)


class Sealer(Protocol):
    """What a store does with each value. A place begins with the store's name and names one value only."""

    def seal(self, value: bytes, place: bytes) -> bytes:
        """Return what may be kept at the place; the value's first byte is not 1 (JSON's never is)."""
        ...

    def open(self, sealed: bytes, place: bytes) -> bytes:
        """Return the value that was kept at the place. Raises Unsealable."""
        ...


class NoSealer:
    """Keeps values as they are. What was sealed while there were keys is not taken for a value."""

    def seal(self, value: bytes, place: bytes) -> bytes:  # noqa: ARG002 # the protocol's form
        """Return the value."""
        return value

    def open(self, sealed: bytes, place: bytes) -> bytes:  # noqa: ARG002 # the protocol's form
        """Return the value. Raises Unsealable for one that a key ring sealed."""
        if sealed[:1] == _VERSION:
            raise Unsealable(Flaw.UNKNOWN_KEY)
        return sealed


class KeyRing:
    """The first key seals, every key opens."""

    def __init__(self, secrets: Sequence[SecretStr]) -> None:
        """Take the keys' secrets, the newest first; at least one."""
        keys = [_key(secret) for secret in secrets]
        self._head, self._newest = keys[0]
        self._keys = dict(keys)

    def seal(self, value: bytes, place: bytes) -> bytes:
        """Encrypt under the newest key."""
        SEALED.inc()
        nonce = os.urandom(_NONCE_BYTES)
        return b"".join((self._head, nonce, self._newest.encrypt(nonce, value, self._head + place)))

    def open(self, sealed: bytes, place: bytes) -> bytes:
        """Decrypt. Raises Unsealable."""
        if sealed[:1] != _VERSION:
            raise Unsealable(Flaw.NOT_SEALED)
        head = sealed[:_HEAD_BYTES]
        key = self._keys.get(head)
        if key is None:
            raise Unsealable(Flaw.UNKNOWN_KEY)
        if len(sealed) < _LEAST_BYTES:
            raise Unsealable(Flaw.CHANGED)
        body = _HEAD_BYTES + _NONCE_BYTES
        try:
            return key.decrypt(sealed[_HEAD_BYTES:body], sealed[body:], head + place)
        except InvalidTag:
            raise Unsealable(Flaw.CHANGED) from None


def sealer_of(secrets: Sequence[SecretStr]) -> Sealer:
    """Make the sealer of the configured keys, the newest first; without keys values are kept as they are."""
    return KeyRing(secrets) if secrets else NoSealer()


def _key(secret: SecretStr) -> tuple[bytes, AESGCM]:
    """Derive the head of what the key seals, and the key."""
    derived = derive(secret, Purpose.SEALING)
    identity = derived[_KEY_BYTES : _KEY_BYTES + _HEAD_BYTES - len(_VERSION)]
    return _VERSION + identity, AESGCM(derived[:_KEY_BYTES])
