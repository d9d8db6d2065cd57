"""Where the keys come from that tokens are checked with."""

import asyncio
import ssl
import time
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, Protocol

import httpx
import structlog
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import ECKey, Key, OctKey, RSAKey

from app.strict_json import loads

_log = structlog.get_logger(__name__)

_REFETCH_SECONDS = 30.0
_FRESH_SECONDS = 600.0
_FETCH_SECONDS = 3.0
_MAX_BYTES = 256 * 1024
_MAX_KEYS = 100
_LEAST_RSA_BITS = 2048
_KINDS: dict[str, type[RSAKey | ECKey]] = {"RSA": RSAKey, "EC": ECKey}
# The kind of key that an algorithm is used with; what is not named here is not accepted.
_PUBLIC = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC"}
# What joserfc and cryptography raise for a member that is no sound key.
_UNSOUND = (JoseError, ValueError, TypeError, KeyError, AttributeError, OverflowError)


class KeysUnavailable(Exception):
    """The keys cannot be had now, so that a token can be neither trusted nor refused."""


class Keys(Protocol):
    """Finds the key of a token.

    `version` changes with the keys: what was checked under another one must be checked again. `checked_seconds` is how
    long a token that was checked need not be checked again.
    """

    checked_seconds: float

    @property
    def version(self) -> int:
        """Number the present keys."""
        ...

    async def find(self, algorithm: str, key_id: str | None) -> Key | None:
        """Return the key, None where there is none of this id for the algorithm. Raises KeysUnavailable."""
        ...

    async def close(self) -> None:
        """Close connections."""
        ...


class SharedSecret:
    """One secret that the issuer and this server share."""

    version = 0
    checked_seconds = 600.0

    def __init__(self, secret: str | bytes) -> None:
        """Take the secret."""
        self._key = OctKey.import_key(secret)

    async def find(self, algorithm: str, key_id: str | None) -> Key | None:  # noqa: ARG002 # one key, whatever its name
        """Return the one key, for HS256 alone."""
        return self._key if algorithm == "HS256" else None

    async def close(self) -> None:
        """Nothing to close."""


class _Known(NamedTuple):
    """A fetched set: keys by their kind and id."""

    keys: dict[tuple[str, str | None], Key]
    fetched_at: float


class KeySetAddress:
    """The issuer's public keys, fetched from its address.

    Fetched again when they are no longer fresh (10 minutes), so that withdrawn keys end, and for an unknown key id; at
    most every 30 seconds, so that made-up ids cannot make this server call the issuer at will, and once for all who
    wait. While the issuer does not answer, the known keys are good for `kept_seconds`, then none is.
    """

    # Only a token that has to be checked makes keys be fetched anew, and so ends a withdrawn one.
    checked_seconds = 60.0

    def __init__(self, url: str, *, kept_seconds: float = 3600.0, refetch_seconds: float = _REFETCH_SECONDS) -> None:
        """Take the address, and how long keys may be used without the issuer."""
        self._url = url
        self._kept_seconds = kept_seconds
        self._refetch_seconds = refetch_seconds
        self._client = httpx.AsyncClient(
            timeout=_FETCH_SECONDS,
            follow_redirects=False,
            trust_env=False,
            verify=ssl.create_default_context(),  # whom the machine trusts, as for the hospitals
            headers={"Accept": "application/jwk-set+json, application/json", "Accept-Encoding": "identity"},
        )
        self._known = _Known({}, float("-inf"))
        self._tried_at = float("-inf")
        self._fetching: asyncio.Task[None] | None = None
        self.version = 0

    async def find(self, algorithm: str, key_id: str | None) -> Key | None:
        """Return the key of this id; without an id, the only key where there is only one."""
        kind = _PUBLIC.get(algorithm)
        if kind is None:
            return None
        found = self._look(kind, key_id)
        if found is None or self._age() > _FRESH_SECONDS:
            await self._refetch()
            found = self._look(kind, key_id)
        if self._age() > self._kept_seconds:
            raise KeysUnavailable
        return found

    async def close(self) -> None:
        """Close the connections."""
        if self._fetching is not None:
            self._fetching.cancel()
        await self._client.aclose()

    def _age(self) -> float:
        return time.monotonic() - self._known.fetched_at

    def _look(self, kind: str, key_id: str | None) -> Key | None:
        keys = self._known.keys
        if key_id is None and len(keys) == 1:
            [(only, key)] = keys.items()
            return key if only[0] == kind else None
        return None if key_id is None else keys.get((kind, key_id))

    async def _refetch(self) -> None:
        if self._fetching is None:
            if time.monotonic() - self._tried_at < self._refetch_seconds:
                return
            self._tried_at = time.monotonic()
            self._fetching = asyncio.create_task(self._take())
            self._fetching.add_done_callback(self._fetched)
        # Who goes away while waiting does not end it for the others.
        await asyncio.shield(self._fetching)

    def _fetched(self, _: asyncio.Task[None]) -> None:
        self._fetching = None

    async def _take(self) -> None:
        try:
            # Over all of it: httpx's own limit is for each part that arrives.
            async with asyncio.timeout(_FETCH_SECONDS):
                content = await self._fetch()
            keys = _public_keys(loads(content))
        except (httpx.HTTPError, TimeoutError, ValueError) as error:
            # The earlier keys stay: an issuer that is down for a while locks nobody out.
            _log.warning("key_set_unavailable", error=type(error).__name__)
            return
        self._known = _Known(keys, time.monotonic())
        self.version += 1

    async def _fetch(self) -> bytes:
        content = bytearray()
        async with self._client.stream("GET", self._url) as response:
            response.raise_for_status()
            async for chunk in response.aiter_raw():
                content += chunk
                if len(content) > _MAX_BYTES:
                    raise ValueError("the key set is too large")
        return bytes(content)


def _public_keys(document: Any) -> dict[tuple[str, str | None], Key]:
    """Keep what may check signatures; none where the issuer has withdrawn all. Raises ValueError for no key set."""
    members = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(members, list) or len(members) > _MAX_KEYS:
        raise ValueError("not a key set")
    keys = list(_sound(members))
    names = Counter((key.key_type, key.kid) for key in keys)
    # Of two keys with one name neither is used: which is meant would be a guess.
    known: dict[tuple[str, str | None], Key] = {
        (key.key_type, key.kid): key for key in keys if names[key.key_type, key.kid] == 1
    }
    if len(known) != len(members):
        _log.warning("keys_not_used", count=len(members) - len(known))
    return known


def _sound(members: Iterable[Any]) -> Iterator[RSAKey | ECKey]:
    for member in members:
        try:
            key = _imported(member)
        except _UNSOUND:
            continue
        if isinstance(key, ECKey) or key.raw_value.key_size >= _LEAST_RSA_BITS:
            yield key


def _imported(member: dict[str, Any]) -> RSAKey | ECKey:
    # A private key that is published is nobody's any more; a shared secret has no place in a public set.
    if "d" in member or member.get("use", "sig") != "sig":
        raise ValueError("not for checking signatures")
    with warnings.catch_warnings():
        # joserfc warns of short keys, where the log is not read; they are refused.
        warnings.simplefilter("ignore", SecurityWarning)
        return _KINDS[member["kty"]].import_key(member)
