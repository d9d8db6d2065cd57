"""Business keys: the same key with the same content is done once and answered alike; with other content, refused."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from pydantic import TypeAdapter

from connectors.core.kinds import KeyedHash
from connectors.records.problems import ProblemCode
from resolvers.problems import Problem

T = TypeVar("T")

KEEP_SECONDS = 30 * 24 * 3600.0
# Longer than any request may take, so that no two requests hold one key.
_LEASE_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What is known of a business key: the keyed hash of its content, and the result once there is one."""

    fingerprint: str
    result: bytes | None = None


class Ledger(Protocol):
    """Where business keys are kept; the back ends live in `app`."""

    async def claim(self, key: KeyedHash, fingerprint: KeyedHash, lease_seconds: float) -> LedgerEntry | None:
        """Take the key, atomically: None if it is ours to work on now, else what is known of it.

        A claim without a result lapses after the lease but its fingerprint stays as long as a result would.
        """
        ...

    async def peek(self, key: KeyedHash) -> LedgerEntry | None:
        """Read what is known of the key, without taking it."""
        ...

    async def settle(self, key: KeyedHash, entry: LedgerEntry, keep_seconds: float) -> None:
        """Keep the result."""
        ...

    async def release(self, key: KeyedHash, fingerprint: KeyedHash, keep_seconds: float) -> None:
        """Let the key be claimed again; its fingerprint stays."""
        ...


async def once(
    ledger: Ledger,
    key: KeyedHash,
    content: KeyedHash,
    work: Callable[[], Awaitable[T]],
    adapter: TypeAdapter[T],
    *,
    final: Callable[[T], bool] = lambda _: True,
    keep_seconds: float = KEEP_SECONDS,
) -> T:
    """Do the work under its key. A result that is not final, or an error, leaves the key free for another try.

    Raises Problem IDEMPOTENCY_CONFLICT for other content, IN_PROGRESS while another request works on it.
    """
    known = await ledger.claim(key, content, _LEASE_SECONDS)
    if known is not None:
        if known.fingerprint != content:
            raise Problem(ProblemCode.IDEMPOTENCY_CONFLICT, "业务单号已用于其他内容", field="businessKey")
        if known.result is None:
            raise Problem(ProblemCode.IN_PROGRESS, "业务处理中，请稍后重试", field="businessKey", retryable=True)
        return adapter.validate_json(known.result)
    settled = False
    try:
        result = await work()
        if final(result):
            settled = True
            # Shielded, as below: what is done stays known, whoever leaves.
            await asyncio.shield(ledger.settle(key, LedgerEntry(content, adapter.dump_json(result)), keep_seconds))
        return result
    finally:
        if not settled:
            # Shielded: a client that leaves must not keep its key claimed.
            await asyncio.shield(ledger.release(key, content, keep_seconds))
