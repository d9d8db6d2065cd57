"""The audit log as the process has it: opened at the start, written while it runs, read for those who may."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from threading import Lock

import structlog

from app.audit.keys import Keys
from app.audit.reading import Reader, Unreadable
from app.audit.redis_store import RedisStore
from app.audit.rows import row_of
from app.audit.sqlite_store import SqliteStore
from app.audit.store import Store, StoreUnavailable
from app.audit.writer import AuditUnavailable, AuditWriter
from app.settings import Settings
from app.stores.sealing import Sealer, sealer_of
from connectors.core.concurrency import in_task
from connectors.records.base import CardRef
from connectors.records.problems import ProblemCode
from resolvers.access_control.audit import Trail
from resolvers.problems import Problem

_log = structlog.get_logger(__name__)


class AuditLog:
    """Implements `resolvers.access_control.audit.AuditTrail`, and has the writer."""

    def __init__(self, store: Store, keys: Keys, sealer: Sealer, *, most_waiting: int) -> None:
        """Take the store and what rows are made with."""
        self.writer = AuditWriter(store, keys, sealer, most_waiting=most_waiting)
        self._store = store
        self._keys = keys
        self._reading = Lock()
        self._reader = Reader(store, sealer)

    async def trail(self, cards: Sequence[CardRef], behind: str | None, count: int) -> Trail:
        """Read, with all that was noted until now; may be called outside of any task."""
        if behind is not None:
            row_of(behind)
        return await in_task(self._trail(cards, behind, count))

    async def _trail(self, cards: Sequence[CardRef], behind: str | None, count: int) -> Trail:
        digests = sorted({self._keys.card(card) for card in cards})
        try:
            await self.writer.flush()
            return await asyncio.to_thread(self._read, digests, behind, count)
        except (AuditUnavailable, StoreUnavailable, Unreadable) as error:
            _log.error("audit_unavailable", error=type(error).__name__)
            raise Problem(ProblemCode.INTERNAL_ERROR, "系统繁忙，请稍后重试", retryable=True) from None

    def _read(self, cards: Sequence[bytes], behind: str | None, count: int) -> Trail:
        found = self._store.find(cards, behind, count)
        with self._reading:
            events = [(row.place, self._reader.event(row)) for row in found.rows]
        return Trail([(place, event) for place, event in events if event is not None], found.total, found.more)


def store_of(settings: Settings) -> Store:
    """Make the store: Redis where it is configured, else the file. Raises StoreUnavailable."""
    return SqliteStore(settings.audit.path) if settings.redis_url is None else RedisStore(settings.redis_url)


@asynccontextmanager
async def audit_log(settings: Settings) -> AsyncIterator[AuditLog]:
    """Open the log, and write what is left of it at the end. Raises StoreUnavailable."""
    try:
        store = store_of(settings)
    except StoreUnavailable as error:
        _log.error("audit_unavailable", error=str(error))
        raise
    log = AuditLog(
        store,
        Keys.derive(settings.secret),
        sealer_of(settings.encryption_keys),
        most_waiting=settings.audit.most_waiting,
    )
    try:
        await log.writer.start()
        try:
            yield log
        finally:
            await log.writer.close()
    finally:
        store.close()
