"""A key made of several parts, as one string: for things that a hospital names by more than one field."""

import re
from urllib.parse import quote, unquote

_plain = re.compile(r"[A-Za-z0-9_.~-]*").fullmatch


def pack(*parts: str | None) -> str:
    """Join the parts so that `unpack` gives them back; a missing part comes back as empty."""
    return ":".join([_quoted(part) if part else "" for part in parts])


def unpack(packed: str, count: int) -> tuple[str, ...]:
    """Split into exactly `count` parts.

    Raises ValueError when the string was not made by `pack` with that many parts.
    """
    parts = packed.split(":")
    if len(parts) != count:
        raise ValueError("not a key of this kind")
    return tuple(unquote(part) for part in parts)


def _quoted(part: str) -> str:
    # Nearly all keys are of characters that stay as they are.
    return part if _plain(part) else quote(part, safe="")
