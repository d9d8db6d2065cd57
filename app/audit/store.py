"""What the audit log needs of a store. Stores are called from threads, never from the event loop."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from app.audit.rows import Head, Row


class StoreUnavailable(Exception):
    """The store cannot be read or written now. The message names no values."""


class Found(NamedTuple):
    """Rows about some cards, newest first; how many there are in all, and whether more follow."""

    rows: list[Row]
    total: int
    more: bool


class Store(Protocol):
    """Rows that are added and never changed. Every method raises StoreUnavailable."""

    def append(self, rows: Sequence[Row]) -> None:
        """Keep all of the rows, or none; on disk when it returns. Rows of one chain come in order.

        Rows that are kept already, since an earlier try was cut off, are left as they are.
        """
        ...

    def newest_head(self) -> Head | None:
        """Return the head of the chain that was opened last."""
        ...

    def chains(self) -> list[str]:
        """List the chains as they were opened."""
        ...

    def rows(self, chain: str) -> Iterator[Row]:
        """Go through a chain from its start."""
        ...

    def row(self, chain: str, number: int) -> Row | None:
        """Return one row of a chain."""
        ...

    def find(self, cards: Iterable[bytes], behind: str | None, count: int) -> Found:
        """Find at most so many rows about any of the cards, from behind a place on."""
        ...

    def indexed(self, row: Row) -> bool:
        """Say whether the row is found by each of its cards."""
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...
