"""Which hospitals' systems may call here, and what they show."""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from app.settings import InboundSettings, Settings

_SCHEME = b"bearer "


@dataclass(frozen=True, slots=True)
class Door:
    """A hospital's: the digests of its secrets, and where what comes in is sent on to."""

    secrets: tuple[bytes, ...]
    forward_to: str | None

    def opens(self, authorization: bytes) -> bool:
        """Say whether the header shows one of the secrets; how long that takes tells nothing of any."""
        shown = sha256(authorization[len(_SCHEME) :]).digest()
        known = [hmac.compare_digest(shown, secret) for secret in self.secrets]
        return authorization[: len(_SCHEME)].lower() == _SCHEME and any(known)


def doors_of(settings: Settings) -> Mapping[str, Door]:
    """Make the doors, by hospital."""
    return {hospital.id: _door(hospital.inbound) for hospital in settings.hospitals if hospital.inbound is not None}


def _door(inbound: InboundSettings) -> Door:
    return Door(tuple(_digests(secret.get_secret_value() for secret in inbound.secrets)), inbound.forward_to)


def _digests(secrets: Iterable[str]) -> Iterable[bytes]:
    return (sha256(secret.encode()).digest() for secret in secrets)
