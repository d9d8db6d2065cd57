"""Global ids: opaque, stable, unforgeable, and without anything readable of a person.

An id holds its kind, the hospital, the card (sealed) and the hospital's local key, and a keyed hash over all of it.
So an id proves that this server once showed exactly that thing of exactly that card: nobody can put another
person's local key behind their own card.
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from connectors.records.base import CardRef
from connectors.records.problems import ProblemCode
from resolvers.opaque import decoded, encoded
from resolvers.problems import Problem

_SEPARATOR = "\x1f"
_PARTS = 4
_MAC_BYTES = 12


@dataclass(frozen=True, slots=True)
class NodeKey:
    """What a global id names. `card` is None for things that are about nobody."""

    kind: str
    hospital_id: str
    card: CardRef | None
    local_id: str


class GlobalIds:
    """Writes and reads global ids with keys derived from one secret."""

    def __init__(self, secret: bytes) -> None:
        """Take the secret (32 bytes or more)."""
        self._mac_key = hashlib.blake2b(secret, person=b"global-id-mac", digest_size=32).digest()
        # Deterministic by design: the same card seals to the same text, so ids are stable and can be cached by clients.
        self._seal = AESSIV(hashlib.blake2b(secret, person=b"global-id-seal", digest_size=64).digest())
        self._sealed = lru_cache(maxsize=4096)(self._seal_card)

    def write(self, kind: str, hospital_id: str, card: CardRef | None, local_id: str) -> str:
        """Make the id."""
        sealed = "" if card is None else self._sealed(card)
        text = _SEPARATOR.join((kind, hospital_id, sealed, local_id)).encode()
        return encoded(self._mac(text) + text)

    def read(self, global_id: str, *kinds: str) -> NodeKey:
        """Read an id that must be of one of the kinds (any, when none is named).

        Raises Problem BAD_INPUT for anything that this server did not write.
        """
        try:
            raw = decoded(global_id)
            mac, text = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
            self._verify(mac, text)
            kind, hospital_id, sealed, local_id = text.decode().split(_SEPARATOR, _PARTS - 1)
            card = self._unseal_card(hospital_id, sealed) if sealed else None
        except (ValueError, binascii.Error, InvalidTag):
            raise Problem(ProblemCode.BAD_INPUT, "标识无效", field="id") from None
        if kinds and kind not in kinds:
            raise Problem(ProblemCode.BAD_INPUT, "标识类型不符", field="id")
        return NodeKey(kind, hospital_id, card, local_id)

    def _verify(self, mac: bytes, text: bytes) -> None:
        if not hmac.compare_digest(mac, self._mac(text)):
            raise ValueError("not written by this server")

    def _mac(self, text: bytes) -> bytes:
        return hashlib.blake2b(text, key=self._mac_key, digest_size=_MAC_BYTES).digest()

    def _seal_card(self, card: CardRef) -> str:
        clear = f"{card.number}{_SEPARATOR}{card.patient_id or ''}".encode()
        return base64.urlsafe_b64encode(self._seal.encrypt(clear, [card.hospital_id.encode()])).decode()

    def _unseal_card(self, hospital_id: str, sealed: str) -> CardRef:
        clear = self._seal.decrypt(base64.urlsafe_b64decode(sealed), [hospital_id.encode()]).decode()
        number, patient_id = clear.split(_SEPARATOR)
        return CardRef(hospital_id, number, patient_id or None)
