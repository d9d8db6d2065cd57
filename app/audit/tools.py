"""What the command line does with the audit log, beside a running server or without one."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from app.audit import fhir
from app.audit.checking import Checker, Verdict
from app.audit.keys import Keys
from app.audit.log import store_of
from app.audit.reading import Reader
from app.audit.rows import Head
from app.audit.store import Store, StoreUnavailable
from app.settings import Settings
from app.stores.sealing import sealer_of
from resolvers.access_control.audit import AuditEvent


def verify(settings: Settings, heads: Sequence[Head] = ()) -> Iterator[Verdict]:
    """Check every chain, and that the heads are still on record. Raises StoreUnavailable."""
    key, sealer = Keys.derive(settings.secret).chain, sealer_of(settings.encryption_keys)
    with _existing(settings) as store:
        yield from Checker(store, key, sealer, heads).verdicts()


def exported(settings: Settings, since: dt.date | None, until: dt.date | None) -> Iterator[dict[str, object]]:
    """Make FHIR resources of the events of these days (UTC), chain by chain. Raises StoreUnavailable, Unreadable."""
    with _existing(settings) as store:
        for place, event in _events(store, settings):
            day = event.at.date()
            if (since is None or day >= since) and (until is None or day <= until):
                yield from fhir.resources(event, place)


def _events(store: Store, settings: Settings) -> Iterator[tuple[str, AuditEvent]]:
    reader = Reader(store, sealer_of(settings.encryption_keys))
    for chain in store.chains():
        for row in store.rows(chain):
            event = reader.event(row)
            if event is not None:
                yield row.place, event


@contextmanager
def _existing(settings: Settings) -> Iterator[Store]:
    """Open the store; a mistaken path is no empty log."""
    if settings.redis_url is None and not settings.audit.path.exists():
        raise StoreUnavailable("there is no such file")
    store = store_of(settings)
    try:
        yield store
    finally:
        store.close()
