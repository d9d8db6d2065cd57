"""Bytes as texts for addresses, headers and JSON: URL-safe base64 without padding, each in one spelling only."""

import base64


def encoded(raw: bytes) -> str:
    """Write."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Read what `encoded` wrote; raises ValueError for another spelling of it, so that one thing has one text."""
    raw = base64.urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))
    if encoded(raw) != text:
        raise ValueError("written in another way")
    return raw
