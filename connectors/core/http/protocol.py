"""One connection to a hospital."""

import asyncio
import select
import socket
import sys
from collections.abc import Callable
from typing import cast

import httptools

from connectors.core import deadline
from connectors.core.http.body import unpack
from connectors.core.http.request import Origin
from connectors.core.http.usual import body_at
from connectors.core.transport import TransportError

# What may come beside a body: status line, headers, 1xx answers, trailers; and per byte of body, since a body may
# come in chunks of one byte (five bytes of framing each).
_BESIDE = 64 * 1024
_BESIDE_PER_BYTE = 8

_OK = 200
_SUCCESS = range(200, 300)
_FINAL = 200

Answer = bytes | TransportError | deadline.Passed


class _Stop(Exception):
    """Ends the parser's run over what was received."""


class Connection(asyncio.Protocol):
    """Takes a request and gives its answer, one at a time.

    A fault is the future's result, not its exception: nobody need fetch it when the caller has left.
    """

    __slots__ = (
        "_answer",
        "_busy",
        "_coding",
        "_delimited",
        "_keep",
        "_limit",
        "_loop",
        "_lost",
        "_parser",
        "_parts",
        "_poll",
        "_received",
        "_size",
        "_status",
        "_timer",
        "_transport",
        "_used",
        "gone",
        "idle_since",
        "origin",
    )

    def __init__(
        self, loop: asyncio.AbstractEventLoop, origin: Origin, limit: int, lost: Callable[["Connection"], None]
    ) -> None:
        """Take the limit in bytes, and what to call when the connection is gone."""
        self.origin = origin
        self.idle_since = 0.0
        self.gone = False
        self._loop = loop
        self._limit = limit
        self._lost = lost
        self._answer: asyncio.Future[Answer] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._busy = False
        self._keep = True
        self._used = False
        self._reset()

    def _reset(self) -> None:
        self._status = 0
        self._size = 0
        self._received = 0
        self._parts: list[bytes] = []
        self._coding = b""
        self._delimited = False

    # What the pool asks.

    def clean(self) -> bool:
        """Whether the last answer was whole, nothing came after it, and the hospital keeps the connection."""
        return self._keep and not self._busy and not self._transport.is_closing()

    def usable(self) -> bool:
        """Whether it can take a request now: also looks for a close the event loop has not seen yet."""
        return self.clean() and not (self._poll is not None and self._poll.poll(0))

    def send(self, request: bytes, seconds: float, until: float | None = None) -> asyncio.Future[Answer]:
        """Send; the future has the answer's body or the fault within so many seconds, and Passed by the deadline."""
        if self._used:
            self._reset()
        self._busy = True
        answer = self._answer = self._loop.create_future()
        when = self._loop.time() + seconds
        if until is not None and until < when:
            self._timer = self._loop.call_at(until, self._pass)
        else:
            self._timer = self._loop.call_at(when, self._late)
        self._transport.write(request)
        return answer

    def abort(self, detail: str = "connection dropped") -> None:
        """Drop the connection at once, with whatever is under way on it."""
        self._keep = False
        self._settle(TransportError(detail, sent=True))
        self._transport.abort()

    # What the event loop says.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the open connection."""
        self._transport = cast(asyncio.Transport, transport)
        self._parser = httptools.HttpResponseParser(self)
        self._poll = None
        opened: socket.socket = transport.get_extra_info("socket")
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if sys.platform != "win32":
            self._poll = select.poll()
            self._poll.register(opened.fileno(), select.POLLIN)

    def data_received(self, data: bytes) -> None:
        """Read on; whatever comes unasked, or does not read as HTTP, ends the connection."""
        if not self._busy:
            return self.abort()
        if not self._received and (body := body_at(data)) is not None and len(data) - body <= self._limit:
            self._received = len(data)
            self._status = _OK
            self._parts.append(data[body:])
            self._whole(keep=not self._transport.get_write_buffer_size())
            return None
        self._received += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):  # the second for status 101
            return self.abort("answer is not HTTP")
        if self._received > _BESIDE + (_BESIDE_PER_BYTE + 1) * self._size:
            self.abort("answer too large")
        return None

    def eof_received(self) -> None:
        """Close; an answer without a length ends here."""
        if self._busy and self._status and not self._delimited:
            self._whole(keep=False)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 # its text may name addresses
        """Tell the caller and the pool."""
        self.gone = True
        self._keep = False
        if self._received:
            detail = "connection closed within the answer"
        else:
            detail = "kept connection closed before the answer" if self._used else "connection closed before the answer"
        self._settle(TransportError(detail, sent=True))
        del self._parser  # it holds on to the connection
        self._lost(self)

    def _late(self) -> None:
        self._settle(TransportError("timed out", sent=True, timeout=True))
        self.abort()

    def _pass(self) -> None:
        self._settle(deadline.Passed())
        self.abort()

    # What the parser says.

    def on_message_begin(self) -> None:
        """An answer to nothing is not read."""
        if not self._busy:
            raise _Stop

    def on_header(self, name: bytes, value: bytes) -> None:
        """Note how the body is sent; a trailer says nothing about it any more."""
        if self._status:
            return
        name = name.lower()
        if name == b"content-length":
            self._delimited = True
        elif name == b"content-encoding":
            self._coding = self._coding + b"," + value.lower() if self._coding else value.strip().lower()
        elif name == b"transfer-encoding":
            if value.strip().lower() != b"chunked":
                raise _Stop
            self._delimited = True

    def on_headers_complete(self) -> None:
        """A status other than success is told at once; the rest decides only whether the connection is kept."""
        status = self._parser.get_status_code()
        if status < _FINAL:
            self._coding, self._delimited = b"", False
            return
        self._status = status
        if status not in _SUCCESS:
            self._settle(TransportError(f"HTTP {status}", sent=True, status=status))

    def on_body(self, part: bytes) -> None:
        """Keep a part, up to the limit."""
        self._size += len(part)
        if self._size > self._limit:
            self._settle(TransportError("answer too large", sent=True))
            raise _Stop
        self._parts.append(part)

    def on_message_complete(self) -> None:
        """The answer is whole, unless it was a 1xx before it."""
        if self._status:
            # A request not yet sent in full would run into the next one.
            self._whole(keep=self._parser.should_keep_alive() and not self._transport.get_write_buffer_size())

    def _whole(self, *, keep: bool) -> None:
        self._busy = False
        self._used = True
        self._keep = keep
        parts, self._parts = self._parts, []
        if self._answer is not None:
            body = parts[0] if len(parts) == 1 else b"".join(parts)
            self._settle(unpack(self._coding, body, self._limit) if self._coding else body)

    def _settle(self, answer: Answer) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        waiting, self._answer = self._answer, None
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)
