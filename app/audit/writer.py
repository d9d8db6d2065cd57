"""Writes the audit log: a thread of its own, which commits many rows at once and never drops one."""

import asyncio
import secrets
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import structlog
from cachetools import LRUCache

from app.audit import entries
from app.audit.keys import Keys
from app.audit.rows import START, Head, Row, body_place, chained, opening
from app.audit.store import Store, StoreUnavailable
from app.stores.sealing import Sealer
from resolvers.access_control.audit import AuditEvent

_log = structlog.get_logger(__name__)

# How long rows that nobody waits for are gathered: a commit costs as much as many rows.
_GATHER_SECONDS = 0.05
_MOST_AT_ONCE = 500
_FIRST_PAUSE_SECONDS = 0.1
_LONGEST_PAUSE_SECONDS = 5.0
_STOP_SECONDS = 10.0
_HEAD_SECONDS = 600.0
_KEPT_LISTS = 1000


class AuditUnavailable(Exception):
    """The audit log takes nothing more now: what is not on record is not served."""


class _Noted(NamedTuple):
    event: AuditEvent | None  # None: nothing to write, only to tell that all before it is written
    on_disk: "asyncio.Future[None] | None"


class AuditWriter:
    """One chain, from start to close. Everything but the thread's own part is for the event loop."""

    def __init__(
        self,
        store: Store,
        keys: Keys,
        sealer: Sealer,
        *,
        most_waiting: int = 20_000,
        patience_seconds: float = 5.0,
    ) -> None:
        """Take the store, how many events may wait for it, and how long a request waits for either."""
        self._store = store
        self._keys = keys
        self._sealer = sealer
        self._most_waiting = most_waiting
        self._patience = patience_seconds
        self._waiting: deque[_Noted] = deque()
        self._wake = threading.Event()
        self._awake = False
        self._broken = False
        self._stopping = False
        self._stop_by = 0.0
        self._thread = threading.Thread(target=self._work, name="audit", daemon=True)
        self._head = Head(secrets.token_hex(8), -1, START)
        self._head_told = 0.0
        self._field_rows: LRUCache[tuple[str, ...], int] = LRUCache(_KEPT_LISTS)

    async def start(self) -> None:
        """Open the chain. Raises StoreUnavailable: without its audit log the server does not start."""
        self._loop = asyncio.get_running_loop()
        await asyncio.to_thread(self._open)
        self._thread.start()

    def note(self, event: AuditEvent) -> None:
        """Have an event written soon. Who notes has asked for `room` before."""
        self._waiting.append(_Noted(event, None))
        if not self._awake:
            self._awake = True
            # Not at once: the thread would want its turn while the answer is on its way out.
            asyncio.get_running_loop().call_later(_GATHER_SECONDS, self._wake.set)

    def written(self, event: AuditEvent) -> "asyncio.Future[None]":
        """Have an event written at once; answers what is done when it is on disk, for `confirmed`."""
        return self._on_disk(event)

    async def confirmed(self, on_disk: "asyncio.Future[None]") -> None:
        """Wait until it is on disk. Raises AuditUnavailable when that takes too long."""
        try:
            async with asyncio.timeout(self._patience):
                await on_disk
        except TimeoutError:
            raise AuditUnavailable from None

    async def flush(self) -> None:
        """Wait until all that was noted is on disk. Raises AuditUnavailable when that takes too long."""
        await self.confirmed(self._on_disk(None))

    @property
    def full(self) -> bool:
        """Whether nothing more should be begun that would have to be noted."""
        return self._broken or len(self._waiting) >= self._most_waiting

    async def room(self) -> None:
        """Wait until it is no longer full. Raises AuditUnavailable when that takes too long."""
        until = self._loop.time() + self._patience
        while self.full:
            if self._loop.time() >= until:
                raise AuditUnavailable
            await asyncio.sleep(_GATHER_SECONDS)

    async def close(self) -> None:
        """Write what is left, as long as the store takes it."""
        self._stop_by = time.monotonic() + _STOP_SECONDS
        self._stopping = True
        self._wake.set()
        await asyncio.to_thread(self._thread.join)
        if self._waiting:
            _log.error("audit_events_lost", count=len(self._waiting))

    def _on_disk(self, event: AuditEvent | None) -> "asyncio.Future[None]":
        on_disk: asyncio.Future[None] = self._loop.create_future()
        self._waiting.append(_Noted(event, on_disk))
        self._wake.set()
        return on_disk

    # From here on: the thread.

    def _open(self) -> None:
        content = opening(self._store.newest_head())
        self._store.append([self._next_row(time.time_ns() // 1_000_000, (), content)])
        self._tell_head()

    def _work(self) -> None:
        try:
            self._run()
        except Exception as error:  # noqa: BLE001 # a fault of ours, whose text may quote what was to be written
            # Nobody writes any more: nothing more is begun.
            self._broken = True
            _log.critical("audit_writer_failed", error=type(error).__name__)

    def _run(self) -> None:
        while not self._stopping:
            self._wake.wait()
            self._wake.clear()
            # Before the look at what waits: what is noted from now on wakes the thread again.
            self._awake = False
            self._commit_all(len(self._waiting))
        # Also what came while the last of it was written.
        self._commit_all(len(self._waiting))
        self._tell_head()

    def _commit_all(self, count: int) -> None:
        """Write as many as wait now; those that come meanwhile are gathered first."""
        while count > 0:
            batch = [self._waiting[place] for place in range(min(count, _MOST_AT_ONCE))]
            if not self._commit(batch):
                return
            count -= len(batch)

    def _commit(self, batch: Sequence[_Noted]) -> bool:
        """Write a batch, however often that takes; False where the process ends before."""
        before = self._head
        rows: list[Row] = []
        for noted in batch:
            if noted.event is not None:
                rows += self._rows_of(noted.event)
        if rows and not self._kept(rows):
            self._head = before
            return False
        # Only now: what is full counts what is not yet on disk.
        for _ in batch:
            self._waiting.popleft()
        told = [noted.on_disk for noted in batch if noted.on_disk is not None]
        if told:
            self._loop.call_soon_threadsafe(_tell, told)
        if time.monotonic() - self._head_told >= _HEAD_SECONDS:
            self._tell_head()
        return True

    def _kept(self, rows: Sequence[Row]) -> bool:
        pause = _FIRST_PAUSE_SECONDS
        while True:
            try:
                self._store.append(rows)
            except StoreUnavailable as error:
                _log.error("audit_unavailable", error=str(error), waiting=len(self._waiting))
            else:
                return True
            if self._stopping and time.monotonic() >= self._stop_by:
                return False
            time.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    def _rows_of(self, event: AuditEvent) -> Iterator[Row]:
        at = round(event.at.timestamp() * 1000)
        fields_row = self._field_rows.get(event.fields)
        if fields_row is None:
            listed = self._next_row(at, (), entries.written_fields(event.fields))
            fields_row = self._field_rows[event.fields] = listed.number
            yield listed
        cards = tuple({self._keys.card(touch.card) for touch in event.touches})
        yield self._next_row(at, cards, entries.written(event, fields_row))

    def _next_row(self, at: int, cards: tuple[bytes, ...], content: bytes) -> Row:
        chain, number, before = self._head.chain, self._head.number + 1, self._head.hash
        body = self._sealer.seal(content, body_place(chain, number))
        digest = chained(self._keys.chain, before, chain, number, at, cards, body)
        self._head = Head(chain, number, digest)
        return Row(chain, number, at, cards, body, digest)

    def _tell_head(self) -> None:
        # Whoever keeps the log lines can tell later whether the end of the chain was cut off.
        self._head_told = time.monotonic()
        _log.info("audit_head", head=str(self._head))


def _tell(waiting: Sequence["asyncio.Future[None]"]) -> None:
    for on_disk in waiting:
        if not on_disk.done():
            on_disk.set_result(None)
