"""The lean way to a hospital: the Transport protocol over own connections."""

import asyncio
import ssl
from collections.abc import Mapping
from functools import cache
from types import TracebackType
from typing import Self

from connectors.core import deadline
from connectors.core.concurrency import in_task
from connectors.core.http.pool import Counts, Pool
from connectors.core.http.request import encode, locate
from connectors.core.transport import Limits


@cache
def _system_trust() -> ssl.SSLContext:
    """Trusts what the machine trusts (and SSL_CERT_FILE); made once, since reading the certificates takes a while."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


class LeanTransport:
    """Transport over asyncio's own sockets and httptools; belongs to the event loop of its first call.

    It never repeats a call: whether that is right depends on the kind of call, which `Upstream` knows. It only avoids
    needing to, by looking at a kept connection right before it writes. What fails after that has `sent=True`.
    """

    def __init__(self, limits: Limits, *, tls: ssl.SSLContext | None = None, idle_seconds: float = 30.0) -> None:
        """Take the limits of one system; `tls` says whom to trust, if not whom the machine trusts."""
        self._limits = limits
        self._trust = _system_trust if tls is None else lambda: tls
        self._idle_seconds = idle_seconds
        self._opened: Pool | None = None

    def _pool(self) -> Pool:
        self._opened = Pool(asyncio.get_running_loop(), self._limits, self._trust, self._idle_seconds)
        return self._opened

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """Send and read the whole answer, up to the size limit."""
        target = locate(url)
        request = encode(target, body, headers)
        pool = self._opened or self._pool()
        if not pool.enter():
            await pool.queue()
        try:
            connection = pool.take(target.origin)
            if connection is None:
                # Rare, and what asyncio offers for it wants a task.
                connection = await in_task(pool.open(target.origin))
            try:
                answer = await connection.send(request, self._limits.read_seconds, deadline.current())
            finally:
                # Whole and clean, it is kept; in any other case, also when the caller has left, it is dropped.
                pool.give(connection)
        finally:
            pool.leave()
        if isinstance(answer, bytes):
            return answer
        try:
            raise answer
        finally:
            del answer  # else the error and this frame would hold on to each other

    def counts(self) -> Counts:
        """How many connections and callers there are."""
        return self._opened.counts() if self._opened else Counts()

    async def close(self) -> None:
        """Close all connections; calls under way and later ones raise TransportError."""
        await (self._opened or self._pool()).close()

    async def __aenter__(self) -> Self:
        """Enter; the pool opens by itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the pool."""
        await self.close()
