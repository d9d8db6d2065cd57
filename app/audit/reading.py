"""Reads what rows say: unsealed, with the lists of fields that other rows have."""

from cachetools import LRUCache

from app.audit import entries
from app.audit.rows import Row, body_place
from app.audit.store import Store
from app.stores.sealing import Sealer, Unsealable
from resolvers.access_control.audit import AuditEvent

_KEPT_LISTS = 1000


class Unreadable(Exception):
    """A row that the configured keys do not open, or that says nothing this server knows; the message is its place."""


class Reader:
    """Reads the rows of one store; for one thread at a time."""

    def __init__(self, store: Store, sealer: Sealer) -> None:
        """Take the store, and what bodies were sealed with."""
        self._store = store
        self._sealer = sealer
        self._lists: LRUCache[tuple[str, int], tuple[str, ...]] = LRUCache(_KEPT_LISTS)

    def event(self, row: Row) -> AuditEvent | None:
        """Return the event of a row, None where it has none. Raises Unreadable, StoreUnavailable."""
        try:
            return entries.read(self._opened(row), row.at, lambda number: self._fields(row.chain, number))
        except (Unsealable, ValueError, KeyError):
            raise Unreadable(row.place) from None

    def _fields(self, chain: str, number: int) -> tuple[str, ...]:
        known = self._lists.get((chain, number))
        if known is None:
            row = self._store.row(chain, number)
            if row is None:
                raise KeyError(number)
            known = self._lists[chain, number] = entries.read_fields(self._opened(row))
        return known

    def _opened(self, row: Row) -> bytes:
        return self._sealer.open(row.body, body_place(row.chain, row.number))
