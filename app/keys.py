"""Keys for single purposes, derived from the one secret of the configuration."""

from enum import Enum

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import SecretStr

_BYTES = 64


class Purpose(Enum):
    """What a key is for. Changing a value changes the key."""

    CACHE = b"patient-graph cache keys v1"
    BUSINESS_KEYS = b"patient-graph business keys v1"
    GLOBAL_IDS = b"patient-graph global ids v1"


def derive(secret: SecretStr, purpose: Purpose) -> bytes:
    """Derive the key (HKDF-SHA256); keys of different purposes tell nothing of each other."""
    return HKDF(algorithm=SHA256(), length=_BYTES, salt=None, info=purpose.value).derive(
        secret.get_secret_value().encode()
    )
