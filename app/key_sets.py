"""Where the keys come from that tokens are checked with."""

import asyncio
import time
from typing import Protocol

import httpx
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, KeySet, OctKey, RSAKey

_log = structlog.get_logger(__name__)

_REFETCH_SECONDS = 30.0
_FRESH_SECONDS = 600.0
_MAX_BYTES = 256 * 1024


class KeysUnavailable(Exception):
    """The keys cannot be had now, so that a token can be neither trusted nor refused."""


class Keys(Protocol):
    """Finds the key of a token; `algorithms` are those that may be used with it.

    `version` changes with the keys: what was checked under another one must be checked again.
    """

    @property
    def algorithms(self) -> tuple[str, ...]:
        """Name them."""
        ...

    @property
    def version(self) -> int:
        """Number the present keys."""
        ...

    async def find(self, key_id: str | None) -> Key | None:
        """Return the key, None where there is none of this id. Raises KeysUnavailable."""
        ...

    async def close(self) -> None:
        """Close connections."""
        ...


class SharedSecret:
    """One secret that the issuer and this server share."""

    algorithms = ("HS256",)
    version = 0

    def __init__(self, secret: str) -> None:
        """Take the secret."""
        self._key = OctKey.import_key(secret)

    async def find(self, key_id: str | None) -> Key | None:  # noqa: ARG002 # one key, whatever it is called
        """Return the one key."""
        return self._key

    async def close(self) -> None:
        """Nothing to close."""


class KeySetAddress:
    """The issuer's public keys, fetched from its address.

    Fetched again when they are no longer fresh, so that withdrawn keys end, and for an unknown key id; at most every
    30 seconds, so that made-up ids cannot make this server call the issuer at will.
    """

    algorithms = ("RS256", "ES256", "PS256")

    def __init__(self, url: str, *, refetch_seconds: float = _REFETCH_SECONDS) -> None:
        """Take the address."""
        self._url = url
        self._refetch_seconds = refetch_seconds
        self._client = httpx.AsyncClient(timeout=5, follow_redirects=False, trust_env=False)
        self._keys: list[Key] | None = None
        self._fetched_at = float("-inf")
        self._tried_at = float("-inf")
        self._turn = asyncio.Lock()
        self.version = 0

    async def find(self, key_id: str | None) -> Key | None:
        """Return the key of this id; without an id, the only key where there is only one."""
        found = self._look(key_id)
        if found is None or time.monotonic() - self._fetched_at > _FRESH_SECONDS:
            await self._refetch()
            found = self._look(key_id)
        if self._keys is None:
            raise KeysUnavailable
        return found

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    def _look(self, key_id: str | None) -> Key | None:
        keys = self._keys or []
        if key_id is None:
            return keys[0] if len(keys) == 1 else None
        return next((key for key in keys if key.kid == key_id), None)

    async def _refetch(self) -> None:
        async with self._turn:
            if time.monotonic() - self._tried_at < self._refetch_seconds:
                return
            self._tried_at = time.monotonic()
            try:
                self._keys = _public_keys(await self._fetch())
                self._fetched_at = time.monotonic()
                self.version += 1
            except (httpx.HTTPError, JoseError, ValueError, TypeError, KeyError) as error:
                # The earlier keys stay: an issuer that is down for a while locks nobody out.
                _log.warning("key_set_unavailable", error=type(error).__name__)

    async def _fetch(self) -> KeySet:
        async with self._client.stream("GET", self._url) as response:
            response.raise_for_status()
            content = b""
            async for chunk in response.aiter_bytes():
                content += chunk
                if len(content) > _MAX_BYTES:
                    raise ValueError("the key set is too large")
        return KeySet.import_key_set(httpx.Response(200, content=content).json())


def _public_keys(keys: KeySet) -> list[Key]:
    """Keep what can check signatures; a shared secret has no place in a public set."""
    return [key for key in keys.keys if isinstance(key, RSAKey | ECKey) and key.get("use") in {None, "sig"}]
