"""Rows of the audit log, and the chain that ties each to all before it.

Every process writes a chain of its own. A row's hash (HMAC-SHA256, under a key derived from the configuration's secret)
covers the hash before it and all that the row says, so that no row can be changed, moved or taken out without that
showing. The first row of a chain names the head of the one that was opened before it, so that a whole chain cannot
go missing either, nor the end of one that was over by then.
"""

import hmac
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import orjson

CARD_BYTES = 16
START = bytes(32)
_PLACE = re.compile(r"(\d{13})-([0-9a-f]{16})-(\d{10})")


class Row(NamedTuple):
    """One row. `at` is in milliseconds since 1970, `cards` are keyed digests, `body` is sealed where keys are set."""

    chain: str
    number: int
    at: int
    cards: tuple[bytes, ...]
    body: bytes
    hash: bytes

    @property
    def place(self) -> str:
        """Where the row stands in time, and what it is found by; texts that sort as the rows do."""
        return f"{self.at:013d}-{self.chain}-{self.number:010d}"


class Head(NamedTuple):
    """The last row of a chain, as somebody saw it."""

    chain: str
    number: int
    hash: bytes

    def __str__(self) -> str:
        """Write as the log and the command line have it."""
        return f"{self.chain}:{self.number}:{self.hash.hex()}"


def head_of(text: str) -> Head:
    """Read what a head is written as; raises ValueError."""
    chain, number, digest = text.split(":")
    return Head(chain, int(number), bytes.fromhex(digest))


def row_of(place: str) -> tuple[str, int]:
    """Return chain and number of a place; raises ValueError."""
    found = _PLACE.fullmatch(place)
    if found is None:
        raise ValueError("not a place")
    return found[2], int(found[3])


def body_place(chain: str, number: int) -> bytes:
    """Name the one place where a body opens."""
    return f"audit\0{chain}\0{number}".encode()


def chained(
    key: bytes, before: bytes, chain: str, number: int, at: int, cards: tuple[bytes, ...], body: bytes
) -> bytes:
    """Return a row's hash; `before` is the hash of the row before it."""
    # Every part before the body is of a length that is fixed or told, so that none can pass for another.
    said = b"%b%b%b%b%b%b%b" % (
        before,
        chain.encode(),
        number.to_bytes(8),
        at.to_bytes(8),
        len(cards).to_bytes(4),
        b"".join(cards),
        body,
    )
    return hmac.digest(key, said, "sha256")


def opening(after: Head | None) -> bytes:
    """Write the body of a chain's first row."""
    return orjson.dumps({"opened": 1, "after": None if after is None else str(after)})


def opened_after(content: bytes) -> Head | None:
    """Read what `opening` wrote; raises ValueError or KeyError."""
    after = orjson.loads(content)["after"]
    return None if after is None else head_of(after)


def unbroken(key: bytes, chain: str, rows: Iterable[Row]) -> Iterator[tuple[Row, bool]]:
    """Go along a chain: each row, and whether it stands where and as it was written. One that does not ends it."""
    before = START
    for number, row in enumerate(rows):
        sound = (row.chain, row.number) == (chain, number) and _is_chained(key, before, row)
        yield row, sound
        if not sound:
            return
        before = row.hash


def _is_chained(key: bytes, before: bytes, row: Row) -> bool:
    try:
        return hmac.compare_digest(row.hash, chained(key, before, *row[:-1]))
    except (TypeError, OverflowError, AttributeError):
        # A time before 1970, or no number at all: not what this server writes.
        return False
