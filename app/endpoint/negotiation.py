"""What the client wants and what it sends: media types and compression."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TypeVar

RESPONSE_JSON = "application/graphql-response+json"
JSON = "application/json"

T = TypeVar("T")
_KEPT = 256
# Longer values are read anew each time, so that the memory has a bound in bytes too.
_LONGEST_KEPT = 200


def _remembered(read: Callable[[bytes], T]) -> Callable[[bytes], T]:
    """Read each short value once: clients send few different ones."""
    remembering = lru_cache(_KEPT)(read)

    def reading(header: bytes) -> T:
        return remembering(header) if len(header) <= _LONGEST_KEPT else read(header)

    return reading


@_remembered
def accepted(header: bytes) -> str | None:
    """Return the better of the two media types for an Accept header; None when neither is welcome."""
    best: dict[str, tuple[float, int]] = {}
    for name, weight in _weighed(header or b"*/*"):
        for kind, wildcard_rank in ((RESPONSE_JSON, 0), (JSON, 1)):
            if name == kind:
                best[kind] = (weight, 2)
            elif name in {"*/*", "application/*"}:
                # Clients that do not say get plain JSON, which older ones expect.
                best.setdefault(kind, (weight, wildcard_rank))
    welcome = {kind: rank for kind, rank in best.items() if rank[0] > 0}
    return max(welcome, key=lambda kind: welcome[kind]) if welcome else None


@_remembered
def is_json(header: bytes) -> bool:
    """Say whether a Content-Type header names JSON in UTF-8."""
    name, *parameters = _pieces(header.decode("latin-1"))
    charsets = [piece.partition("=")[2].strip('"') for piece in parameters if piece.startswith("charset")]
    return name == JSON and all(charset in {"utf-8", "utf8"} for charset in charsets)


@_remembered
def takes_gzip(header: bytes) -> bool:
    """Say whether an Accept-Encoding header welcomes gzip."""
    weights = dict(_weighed(header))
    return weights.get("gzip", weights.get("*", 0.0)) > 0


def _weighed(header: bytes) -> Iterator[tuple[str, float]]:
    for part in header.decode("latin-1").split(","):
        name, *parameters = _pieces(part)
        yield name, _weight(parameters)


def _pieces(text: str) -> list[str]:
    return [piece.strip().lower() for piece in text.split(";")]


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0
