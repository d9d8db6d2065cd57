"""Keys for each purpose, derived from the one configured secret."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_BYTES = 32


def derive(secret: str, purpose: str) -> bytes:
    """Derive the key of a purpose; keys of two purposes tell nothing of each other."""
    return HKDF(algorithm=SHA256(), length=_BYTES, salt=None, info=f"patient-graph {purpose}".encode()).derive(
        secret.encode()
    )
