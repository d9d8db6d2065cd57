"""The keys that this server's own tokens are made with."""

import hashlib
from collections.abc import Sequence

from joserfc.jwk import Key, OctKey
from pydantic import SecretStr

from app.key_sets import SharedSecret
from app.keys import Purpose, derive

_ID_BYTES = 8


class OwnKeys:
    """Implements `app.key_sets.Keys`: the first key signs, every key checks, each under an id of its own."""

    version = 0
    checked_seconds = SharedSecret.checked_seconds

    def __init__(self, secrets: Sequence[SecretStr]) -> None:
        """Take the keys' secrets, the newest first; at least one."""
        keys = [derive(secret, Purpose.ACCESS_TOKENS) for secret in secrets]
        self.signing_id = _id_of(keys[0])
        self.signing = OctKey.import_key(keys[0])
        self._keys: dict[str | None, Key] = {_id_of(key): OctKey.import_key(key) for key in keys}

    async def find(self, algorithm: str, key_id: str | None) -> Key | None:
        """Return the key of this id, for HS256 alone."""
        return self._keys.get(key_id) if algorithm == "HS256" else None

    async def close(self) -> None:
        """Nothing to close."""


def _id_of(key: bytes) -> str:
    return hashlib.blake2b(key, digest_size=_ID_BYTES, person=b"own-key-id").hexdigest()
