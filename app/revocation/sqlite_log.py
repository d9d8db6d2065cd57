"""The log of revocations of a machine's processes, in an SQLite file."""

import asyncio
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from app.revocation.deny_list import Revocation
from app.revocation.revocations import RevocationsUnavailable

_BUSY_SECONDS = 2.0
# AUTOINCREMENT: a position never comes again, though what has lapsed is deleted.
_TABLE = """
CREATE TABLE IF NOT EXISTS revocations (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    mark TEXT NOT NULL,
    issued_until REAL NOT NULL,
    kept_until REAL NOT NULL
)
"""


class SqliteRevocationLog:
    """Implements `RevocationLog`; what has lapsed is deleted with the next that is written."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        """Take the file, which is made when there is none, and the clock: seconds since 1970."""
        self._path = path
        self._clock = clock

    async def append(self, revocation: Revocation) -> None:
        """Write one."""
        await asyncio.to_thread(self._append, revocation)

    async def read(self, after: str | None) -> tuple[list[Revocation], str | None]:
        """Return the later ones."""
        return await asyncio.to_thread(self._read, after)

    def _append(self, revocation: Revocation) -> None:
        try:
            with closing(self._open()) as file, file:
                file.execute("DELETE FROM revocations WHERE kept_until < ?", (self._clock(),))
                file.execute("INSERT INTO revocations (mark, issued_until, kept_until) VALUES (?, ?, ?)", revocation)
        except (sqlite3.Error, OSError) as error:
            raise RevocationsUnavailable from error

    def _read(self, after: str | None) -> tuple[list[Revocation], str | None]:
        try:
            with closing(self._open()) as file:
                rows = file.execute(
                    "SELECT position, mark, issued_until, kept_until FROM revocations WHERE position > ?"
                    " ORDER BY position",
                    (int(after or 0),),
                ).fetchall()
        except (sqlite3.Error, OSError) as error:
            raise RevocationsUnavailable from error
        return [Revocation(*row[1:]) for row in rows], str(rows[-1][0]) if rows else after

    def _open(self) -> sqlite3.Connection:
        file = sqlite3.connect(self._path, timeout=_BUSY_SECONDS)
        file.execute(_TABLE)
        return file
