"""The audit log in an SQLite file, which refuses changes itself; the chain shows those made behind its back."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from app.audit.rows import CARD_BYTES, Head, Row
from app.audit.store import Found, StoreUnavailable

P = ParamSpec("P")
T = TypeVar("T")

_BUSY_SECONDS = 5.0
_PRIVATE = 0o600
_READ_AT_ONCE = 1000

# What is committed is on the disk; replacing a row would delete it, which this shows to the triggers.
_SETTINGS = ("journal_mode = WAL", "synchronous = FULL", "recursive_triggers = ON")
_AFTER_ALL = "~"
_TABLES = """
CREATE TABLE IF NOT EXISTS chains (chain TEXT PRIMARY KEY, opened INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS entries (
    chain TEXT NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL,
    cards BLOB NOT NULL, body BLOB NOT NULL, hash BLOB NOT NULL,
    PRIMARY KEY (chain, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS cards (card BLOB NOT NULL, place TEXT NOT NULL, PRIMARY KEY (card, place)) WITHOUT ROWID;
"""
_TRIGGERS = "".join(
    f"""
CREATE TRIGGER IF NOT EXISTS {table}_{change}s BEFORE {change} ON {table}
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
"""
    for table in ("chains", "entries", "cards")
    for change in ("UPDATE", "DELETE")
)


def _available(method: Callable[P, T]) -> Callable[P, T]:
    @wraps(method)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return method(*args, **kwargs)
        except sqlite3.Error as error:
            raise StoreUnavailable(type(error).__name__) from None

    return call


class SqliteStore:
    """Implements `app.audit.store.Store`; one connection writes, each look-up has its own."""

    @_available
    def __init__(self, path: Path) -> None:
        """Open the file, made for this user alone if it is not there yet. Raises StoreUnavailable."""
        self._path = path
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, _PRIVATE))
        except OSError as error:
            raise StoreUnavailable(type(error).__name__) from None
        self._doubtful = False
        self._connection = self._connect()
        for setting in _SETTINGS:
            self._connection.execute(f"PRAGMA {setting}")
        self._connection.executescript(_TABLES + _TRIGGERS)

    @_available
    def append(self, rows: Sequence[Row]) -> None:
        """Add in one transaction; one that failed may have been done, if it failed at its very end."""
        last = self._last_number(rows[0].chain) if self._doubtful else -1
        self._doubtful = True
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._insert([row for row in rows if row.number > last])
            self._connection.commit()
        except BaseException:
            self._connection.rollback()
            raise
        self._doubtful = False

    def _last_number(self, chain: str) -> int:
        ((last,),) = self._look_up("SELECT max(number) FROM entries WHERE chain = ?", chain)
        return -1 if last is None else int(last)

    def _insert(self, rows: Sequence[Row]) -> None:
        insert = self._connection.executemany
        insert("INSERT INTO chains VALUES (?, ?)", [(row.chain, row.at) for row in rows if row.number == 0])
        insert(
            "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)",
            [(row.chain, row.number, row.at, b"".join(row.cards), row.body, row.hash) for row in rows],
        )
        insert("INSERT INTO cards VALUES (?, ?)", [(card, row.place) for row in rows for card in row.cards])

    @_available
    def newest_head(self) -> Head | None:
        """Look up the end of the newest chain."""
        found = self._look_up(
            "SELECT chain, number, hash FROM entries WHERE chain ="
            " (SELECT chain FROM chains ORDER BY opened DESC, rowid DESC LIMIT 1) ORDER BY number DESC LIMIT 1"
        )
        return Head(*found[0]) if found else None

    @_available
    def chains(self) -> list[str]:
        """List them; also those whose opening is gone."""
        known = self._look_up("SELECT chain FROM chains ORDER BY opened, rowid")
        others = self._look_up("SELECT chain FROM entries EXCEPT SELECT chain FROM chains")
        return [chain for (chain,) in known + others]

    def rows(self, chain: str) -> Iterator[Row]:
        """Read so many at a time, so that writers are not held up."""
        last = -1
        while found := self._stretch(chain, last):
            yield from found
            last = found[-1].number

    @_available
    def _stretch(self, chain: str, last: int) -> list[Row]:
        return [
            _row(*values)
            for values in self._look_up(
                "SELECT * FROM entries WHERE chain = ? AND number > ? ORDER BY number LIMIT ?",
                chain,
                last,
                _READ_AT_ONCE,
            )
        ]

    @_available
    def row(self, chain: str, number: int) -> Row | None:
        """Look it up."""
        found = self._look_up("SELECT * FROM entries WHERE chain = ? AND number = ?", chain, number)
        return _row(*found[0]) if found else None

    @_available
    def find(self, cards: Iterable[bytes], behind: str | None, count: int) -> Found:
        """Find by the index; a place says which row it is of (see rows.py)."""
        chosen = list(cards)
        marks = ",".join("?" * len(chosen))
        # Marks stand for the values: nothing of a value is in the text.
        places = f"SELECT DISTINCT place FROM cards WHERE card IN ({marks})"  # noqa: S608 # see above
        ((total,),) = self._look_up(f"SELECT count(*) FROM ({places})", *chosen)  # noqa: S608 # see above
        rows = [
            _row(*values)
            for values in self._look_up(
                f"SELECT entries.* FROM ({places} AND place < ? ORDER BY place DESC LIMIT ?) JOIN entries"  # noqa: S608 # ditto
                " ON chain = substr(place, 15, 16) AND number = CAST(substr(place, 32) AS INTEGER) ORDER BY place DESC",
                *chosen,
                behind or _AFTER_ALL,
                count + 1,
            )
        ]
        return Found(rows[:count], total, len(rows) > count)

    @_available
    def indexed(self, row: Row) -> bool:
        """Look each of its cards up."""
        return all(
            self._look_up("SELECT 1 FROM cards WHERE card = ? AND place = ?", card, row.place) for card in row.cards
        )

    @_available
    def close(self) -> None:
        """Close the writing connection."""
        self._connection.close()

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)

    def _look_up(self, query: str, *values: Any) -> list[Any]:
        with closing(self._connect()) as connection:
            return connection.execute(query, values).fetchall()


def _row(chain: str, number: int, at: int, cards: bytes, body: bytes, digest: bytes) -> Row:
    whole = _bytes(cards)
    split = tuple(whole[begin : begin + CARD_BYTES] for begin in range(0, len(whole), CARD_BYTES))
    return Row(chain, number, at, split, _bytes(body), _bytes(digest))


def _bytes(value: Any) -> bytes:
    # SQLite keeps any kind of value in any column: who changed the file may have put a text there.
    return value if isinstance(value, bytes) else str(value).encode()
