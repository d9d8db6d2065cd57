"""Access in an emergency (break-glass): a member of staff reaches one card for a while, and that is on record."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Annotated

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from connectors.records.base import SHANGHAI, CardRef, Doc
from resolvers.access_control.principal import Emergency
from resolvers.opaque import decoded, encoded

_LONGEST = 2048


@dataclass(kw_only=True, slots=True)
class EmergencyGrant:
    """Leave to read one person's data at one hospital in an emergency (紧急访问授权)."""

    token: Annotated[str, Doc("What to send as the header X-Break-Glass; of use to its asker only (授权凭证).")]
    expires_at: Annotated[dt.datetime, Doc("Until when it is of use (失效时间).")]


class InvalidGrant(Exception):
    """A grant that this server did not make, or for somebody else, or that has expired."""


class EmergencyGrants:
    """Makes grants and reads them: sealed texts, so that nothing has to be kept."""

    def __init__(self, secret: bytes, seconds: float) -> None:
        """Take the secret (32 bytes or more), and how long a grant is of use."""
        self._seal = AESSIV(hashlib.blake2b(secret, person=b"emergency-grant", digest_size=64).digest())
        self._lifetime = dt.timedelta(seconds=seconds)

    def make(self, subject: str, emergency: Emergency, now: dt.datetime) -> EmergencyGrant:
        """Make a grant for this subject and nobody else."""
        until = (now + self._lifetime).replace(microsecond=0)
        card = emergency.card
        content = [int(until.timestamp()), card.hospital_id, card.number, card.patient_id, emergency.reason]
        sealed = self._seal.encrypt(json.dumps(content).encode(), [subject.encode()])
        return EmergencyGrant(token=encoded(sealed), expires_at=until.astimezone(SHANGHAI))

    def read(self, token: str, subject: str, now: dt.datetime) -> Emergency:
        """Read the grant that the subject shows. Raises InvalidGrant."""
        if len(token) > _LONGEST:
            raise InvalidGrant
        try:
            content = json.loads(self._seal.decrypt(decoded(token), [subject.encode()]))
        except (ValueError, InvalidTag):
            raise InvalidGrant from None
        until, hospital_id, number, patient_id, reason = content
        if now.timestamp() >= until:
            raise InvalidGrant
        return Emergency(card=CardRef(hospital_id, number, patient_id), reason=reason)
