"""The header by which a client asks for a part of a file (RFC 9110, 14.2)."""

import re

from connectors.core.files import ByteRange

_RANGE = re.compile(rb"bytes=(\d{0,18})-(\d{0,18})")


def range_of(header: bytes | None, validator: bytes | None) -> ByteRange | None:
    """Read it; None for the whole file.

    Several parts at once are answered with the whole, as the standard allows; so are those that hang on a validator
    (`If-Range`), since files have none here.
    """
    found = _RANGE.fullmatch(header.strip()) if header and validator is None else None
    if found is None:
        return None
    first, last = (int(digits) if digits else None for digits in found.groups())
    sound = (first is not None or last is not None) and (first is None or last is None or first <= last)
    return ByteRange(first, last) if sound else None
