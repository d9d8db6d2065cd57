"""uvicorn's HTTP/1.1, with bounds on how long a client may take to say what it wants, and in how many bytes.

uvicorn's protocol over httptools has neither: header lines without end would fill the memory, and a connection on which
nothing comes, or one byte now and then, would be held for ever.
"""

from asyncio import TimerHandle, Transport
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# A token with a family's cards has a few kilobytes; a document in a GET's address rarely has more.
_HEAD_BYTES = 64 * 1024
_HEAD_SECONDS = 15.0


class BoundedProtocol(HttpToolsProtocol):
    """Closes connections whose request line and headers are too long, or not there in time."""

    _heard = 0
    _late: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override] # as uvicorn's own
        """Wait for the first request only so long."""
        super().connection_made(transport)
        self._late = self.loop.call_later(_HEAD_SECONDS, transport.close)

    def data_received(self, data: bytes) -> None:
        """Let uvicorn read, then see whether the headers have ended."""
        super().data_received(data)
        scope: Any = self.scope  # None before the first request, though uvicorn does not say so
        if scope is None or "method" not in scope:
            self._in_head(len(data))
        elif self._late is not None:
            self._late.cancel()
            self._late = None
            self._heard = 0

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the time limit."""
        super().connection_lost(exc)
        if self._late is not None:
            self._late.cancel()

    def _in_head(self, size: int) -> None:
        self._heard += size
        if self._late is None:
            self._late = self.loop.call_later(_HEAD_SECONDS, self.transport.close)
        if self._heard > _HEAD_BYTES and not self.transport.is_closing():
            self.send_400_response("The request's headers are too large.")
