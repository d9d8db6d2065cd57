"""The connections to one system: how many, who waits, which are kept."""

import asyncio
import ssl
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from connectors.core import deadline
from connectors.core.http.protocol import Connection
from connectors.core.http.request import Origin
from connectors.core.transport import Limits, TransportError


class Counts(NamedTuple):
    """The pool in figures."""

    open: int = 0
    idle: int = 0
    in_use: int = 0
    waiting: int = 0


class Pool:
    """Kept connections by origin, behind turns: whoever holds a turn may have one connection.

    There are as many turns as connections allowed, over all origins, given first come, first served. Kept connections
    and turns in use together never exceed the limit: a new connection takes the place of the one idle longest.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, limits: Limits, tls: Callable[[], ssl.SSLContext], idle_seconds: float
    ) -> None:
        """Take the event loop, to which the pool belongs, and what gives the context for https."""
        self._loop = loop
        self._limits = limits
        self._tls = tls
        self._idle_seconds = idle_seconds
        self._turns = limits.connections
        self._waiting: deque[asyncio.Future[bool]] = deque()
        self._idle: dict[Origin, list[Connection]] = {}
        self._alive: set[Connection] = set()
        self._sweeping: asyncio.TimerHandle | None = None
        self._closing = False
        self._gone = asyncio.Event()

    def enter(self) -> bool:
        """Take a turn if one is free; else `queue` for it. `leave` gives it back."""
        if self._closing:
            raise _closed()
        if self._turns:
            self._turns -= 1
            return True
        return False

    async def queue(self) -> None:
        """Wait for a turn."""
        waiter: asyncio.Future[bool] = self._loop.create_future()
        self._waiting.append(waiter)
        try:
            admitted = await deadline.wait(waiter)
        except asyncio.CancelledError:
            # The turn may have come together with the cancellation.
            if not waiter.cancelled() and waiter.result():
                self.leave()
            raise
        if not admitted:
            raise _closed()

    def leave(self) -> None:
        """Pass the turn on to who waits longest, never past the queue."""
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(True)
                return
        self._turns += 1
        self._look_if_gone()

    def take(self, origin: Origin) -> Connection | None:
        """A kept connection that is still good, the one used last; the holder of a turn may ask."""
        kept = self._idle.get(origin)
        while kept:
            connection = kept.pop()
            if connection.usable() and self._loop.time() - connection.idle_since < self._idle_seconds:
                return connection
            connection.abort()
        return None

    async def open(self, origin: Origin) -> Connection:
        """A new connection; raises TransportError and deadline.Passed."""
        self._make_room()
        now, until = self._loop.time(), deadline.current()
        limit = now + self._limits.connect_seconds
        hurried = until is not None and until < limit
        try:
            async with asyncio.timeout_at(until if hurried else limit):
                _, connection = await self._loop.create_connection(
                    lambda: Connection(self._loop, origin, self._limits.response_bytes, self._lost),
                    origin.host,
                    origin.port,
                    ssl=self._tls() if origin.tls else None,
                    server_hostname=origin.host if origin.tls else None,
                )
        except TimeoutError:
            if hurried:
                raise deadline.Passed from None
            raise TransportError("connecting timed out", sent=False, timeout=True) from None
        except ssl.SSLError:
            raise TransportError("cannot connect: no trusted TLS connection", sent=False) from None
        except (OSError, UnicodeError):
            raise TransportError("cannot connect", sent=False) from None
        if not connection.gone:
            self._alive.add(connection)
        if self._closing or not connection.clean():
            connection.abort()
            raise _closed() if self._closing else TransportError("connection closed at once", sent=False)
        return connection

    def give(self, connection: Connection) -> None:
        """Keep the connection, if it is fit for another call."""
        if self._closing or not connection.clean():
            connection.abort()
            return
        connection.idle_since = self._loop.time()
        self._idle.setdefault(connection.origin, []).append(connection)
        if self._sweeping is None:
            self._sweeping = self._loop.call_later(self._idle_seconds, self._sweep)

    def counts(self) -> Counts:
        """How things stand; callers that left the queue unserved are not counted."""
        return Counts(
            open=len(self._alive),
            idle=sum(map(len, self._idle.values())),
            in_use=self._limits.connections - self._turns,
            waiting=sum(not waiter.done() for waiter in self._waiting),
        )

    async def close(self) -> None:
        """Drop everything; returns when no connection is left, or after the time a connection may take to be made."""
        self._closing = True
        if self._sweeping is not None:
            self._sweeping.cancel()
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(False)
        for connection in tuple(self._alive):
            connection.abort("client closed")
        self._look_if_gone()
        # Whoever is still connecting gives up within this time.
        with suppress(TimeoutError):
            async with asyncio.timeout(self._limits.connect_seconds):
                await self._gone.wait()

    def _make_room(self) -> None:
        in_use = self._limits.connections - self._turns
        kept = [connections for connections in self._idle.values() if connections]
        if kept and in_use + sum(map(len, kept)) > self._limits.connections:
            min(kept, key=lambda connections: connections[0].idle_since).pop(0).abort()

    def _sweep(self) -> None:
        self._sweeping = None
        now = self._loop.time()
        for kept in self._idle.values():
            while kept and now - kept[0].idle_since >= self._idle_seconds:
                kept.pop(0).abort()
        oldest = min((kept[0].idle_since for kept in self._idle.values() if kept), default=None)
        if oldest is not None:
            self._sweeping = self._loop.call_at(oldest + self._idle_seconds, self._sweep)

    def _lost(self, connection: Connection) -> None:
        self._alive.discard(connection)
        kept = self._idle.get(connection.origin)
        if kept and connection in kept:
            kept.remove(connection)
        self._look_if_gone()

    def _look_if_gone(self) -> None:
        if self._closing and not self._alive and self._turns == self._limits.connections:
            self._gone.set()


def _closed() -> TransportError:
    return TransportError("client closed", sent=False)
