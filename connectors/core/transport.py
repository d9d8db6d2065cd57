"""The way to a hospital: bytes out, bytes in."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

import httpx

from connectors.core import deadline
from connectors.core.concurrency import in_task
from connectors.core.request_id import HEADER, REQUEST_ID


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What one hospital system may cost us; seconds, counts and bytes. The last three are of files, passed through."""

    connect_seconds: float = 2.0
    read_seconds: float = 10.0
    connections: int = 32
    response_bytes: int = 8 * 1024 * 1024
    files: int = 8
    file_bytes: int = 1024 * 1024 * 1024
    file_seconds: float = 600.0


class TransportError(Exception):
    """No usable answer came; `sent` says whether the request may have reached the hospital."""

    def __init__(self, detail: str, *, sent: bool, timeout: bool = False, status: int | None = None) -> None:
        """Take the facts; `detail` never holds an address's query or a body."""
        self.sent = sent
        self.timeout = timeout
        self.status = status
        super().__init__(detail)


class Transport(Protocol):
    """Sends one POST and returns the answer's body."""

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """Raises TransportError when no 2xx answer could be read whole, deadline.Passed when the deadline passed.

        May be called outside of any task (see concurrency.py).
        """
        ...

    async def close(self) -> None:
        """Close all connections."""
        ...


class HttpxTransport:
    """Transport over httpx: a pool with a cap and a concurrency limit that queues fairly."""

    def __init__(self, limits: Limits) -> None:
        """Take the limits of one system."""
        self._limits = limits
        self._turn = asyncio.Semaphore(limits.connections)
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds),
            limits=httpx.Limits(
                max_connections=limits.connections,
                max_keepalive_connections=limits.connections,
                keepalive_expiry=30,
            ),
            follow_redirects=False,
            trust_env=False,
        )

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """Send and read the whole answer, up to the size limit."""
        return await in_task(self._in_time(url, body, headers))

    async def _in_time(self, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        try:
            async with asyncio.timeout_at(deadline.current()):
                return await self._post(url, body, headers)
        except TimeoutError:
            raise deadline.Passed from None

    async def _post(self, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        request_id = REQUEST_ID.get()
        sent = {**headers, HEADER: request_id} if request_id else dict(headers)
        async with self._turn:
            try:
                async with self._client.stream("POST", url, content=body, headers=sent) as response:
                    if not response.is_success:
                        raise TransportError(f"HTTP {response.status_code}", sent=True, status=response.status_code)
                    return await self._read(response)
            except httpx.ConnectTimeout:
                raise TransportError("connecting timed out", sent=False, timeout=True) from None
            except httpx.ConnectError:
                raise TransportError("cannot connect", sent=False) from None
            except httpx.TimeoutException:
                raise TransportError("timed out", sent=True, timeout=True) from None
            except httpx.HTTPError as error:
                raise TransportError(type(error).__name__, sent=True) from None

    async def _read(self, response: httpx.Response) -> bytes:
        chunks, size = [], 0
        async for chunk in response.aiter_bytes():
            size += len(chunk)
            if size > self._limits.response_bytes:
                raise TransportError("answer too large", sent=True)
            chunks.append(chunk)
        return b"".join(chunks)

    async def close(self) -> None:
        """Close the pool."""
        await self._client.aclose()

    async def __aenter__(self) -> Self:
        """Enter; the pool opens by itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the pool."""
        await self.close()
