"""Goes along the chains and tells the first row of each that is not as it was written."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.audit.rows import Head, Row, body_place, opened_after, unbroken
from app.audit.store import Store
from app.stores.sealing import Sealer, Unsealable


class Verdict(NamedTuple):
    """What became of a chain: how many rows are sound from its start on, and what is wrong behind them, if anything."""

    chain: str
    rows: int
    problem: str | None


class Checker:
    """Checks all chains of a store against each other and against heads that somebody kept."""

    def __init__(self, store: Store, chain_key: bytes, sealer: Sealer, heads: Sequence[Head] = ()) -> None:
        """Take the store, the keys, and heads from elsewhere, such as the log lines."""
        self._store = store
        self._key = chain_key
        self._sealer = sealer
        self._wanted = list(heads)

    def verdicts(self) -> Iterator[Verdict]:
        """Check chain by chain, then what the chains and the heads say of each other."""
        for chain in self._store.chains():
            yield self._chain(chain)
        for wanted in self._wanted:
            row = self._store.row(wanted.chain, wanted.number)
            if row is None or row.hash != wanted.hash:
                yield Verdict(wanted.chain, wanted.number, f"row {wanted.number}, on record elsewhere, is missing")

    def _chain(self, chain: str) -> Verdict:
        sound = 0
        for row, is_sound in unbroken(self._key, chain, self._store.rows(chain)):
            problem = self._problem(row) if is_sound else f"row {sound} is not as it was written"
            if problem is not None:
                return Verdict(chain, sound, problem)
            sound += 1
        return Verdict(chain, sound, None if sound else "the chain has no rows")

    def _problem(self, row: Row) -> str | None:
        if not self._store.indexed(row):
            return f"row {row.number} is not found by all of its cards"
        if row.number == 0:
            return self._opening_problem(row)
        return None

    def _opening_problem(self, row: Row) -> str | None:
        try:
            after = opened_after(self._sealer.open(row.body, body_place(row.chain, row.number)))
        except (Unsealable, ValueError, KeyError):
            return "row 0 cannot be read with the configured keys"
        if after is not None:
            self._wanted.append(after)
        return None
