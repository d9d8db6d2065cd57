"""Keys for single purposes, derived from the secrets of the configuration."""

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
    REVOCATIONS = b"patient-graph revocations v1"
    RATE_LIMITS = b"patient-graph rate limits v1"
    ACCESS_TOKENS = b"patient-graph access tokens v1"
    REFRESH_TOKENS = b"patient-graph refresh tokens v1"
    LOGINS = b"patient-graph logins v1"
    SEALING = b"patient-graph sealing v1"
    AUDIT_CHAIN = b"patient-graph audit chain v1"
    AUDIT_CARDS = b"patient-graph audit cards v1"
    EMERGENCY = b"patient-graph emergency grants v1"
    FILES = b"patient-graph file addresses v1"


def derive(secret: SecretStr, purpose: Purpose) -> bytes:
    """Derive the key (HKDF-SHA256); keys of different purposes tell nothing of each other."""
    return HKDF(algorithm=SHA256(), length=_BYTES, salt=None, info=purpose.value).derive(
        secret.get_secret_value().encode()
    )
