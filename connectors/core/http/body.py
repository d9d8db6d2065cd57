"""Bodies a hospital has packed, though nobody asked it to."""

import zlib

from connectors.core.transport import TransportError

_GZIP, _DEFLATE, _RAW_DEFLATE = 31, 15, -15


def unpack(coding: bytes, body: bytes, limit: int) -> bytes | TransportError:
    """The body as it was before packing, or the fault that stands for it."""
    if coding in {b"", b"identity"} or not body:
        return body
    try:
        if coding in {b"gzip", b"x-gzip"}:
            return _inflate(body, _GZIP, limit)
        if coding == b"deflate":
            return _deflated(body, limit)
    except zlib.error:
        return TransportError("answer packed wrongly", sent=True)
    return TransportError("answer packed in an unknown way", sent=True)


def _deflated(body: bytes, limit: int) -> bytes | TransportError:
    try:
        return _inflate(body, _DEFLATE, limit)
    except zlib.error:
        # Some servers leave out the wrapper that the standard asks for.
        return _inflate(body, _RAW_DEFLATE, limit)


def _inflate(body: bytes, bits: int, limit: int) -> bytes | TransportError:
    unpacking = zlib.decompressobj(bits)
    whole = unpacking.decompress(body, limit + 1)
    if len(whole) > limit:
        return TransportError("answer too large", sent=True)
    if not unpacking.eof or unpacking.unused_data:
        raise zlib.error("broken off, or followed by something else")
    return whole
