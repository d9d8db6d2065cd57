"""What the audit log is keyed with: both keys are derived from the configuration's secret."""

import hashlib
from typing import Self

from pydantic import SecretStr

from app.audit.rows import CARD_BYTES
from app.keys import Purpose, derive
from connectors.records.base import CardRef


class Keys:
    """The key of the chains, and the one that turns a card into what its rows are found by."""

    def __init__(self, chain: bytes, cards: bytes) -> None:
        """Take the keys."""
        self.chain = chain
        self._cards = hashlib.blake2b(key=cards[:64], digest_size=CARD_BYTES)

    @classmethod
    def derive(cls, secret: SecretStr) -> Self:
        """Derive both."""
        return cls(derive(secret, Purpose.AUDIT_CHAIN), derive(secret, Purpose.AUDIT_CARDS))

    def card(self, card: CardRef) -> bytes:
        """Return the digest of a card; a number that somebody made up may be any text."""
        digest = self._cards.copy()
        digest.update(f"{card.hospital_id}\0{card.number}".encode(errors="surrogatepass"))
        return digest.digest()
