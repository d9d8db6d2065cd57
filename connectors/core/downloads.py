"""The way to a hospital's files: they are opened and passed on part by part, never read whole."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from typing import Protocol

import httpx

from connectors.core import deadline
from connectors.core.request_id import HEADER, REQUEST_ID
from connectors.core.transport import Limits, TransportError

_ANSWERS = frozenset({200, 206, 404, 416})


class Download(Protocol):
    """An opened answer."""

    status: int
    headers: Mapping[str, str]

    def parts(self) -> AsyncIterator[bytes]:
        """Give the body as it comes; raises TransportError where it breaks off or takes too long."""
        ...

    async def close(self) -> None:
        """Give up the connection."""
        ...


class Downloads(Protocol):
    """Sends GETs."""

    async def open(self, url: str, headers: Mapping[str, str]) -> Download:
        """Wait for the answer's headers; raises TransportError, and deadline.Passed when the deadline passed."""
        ...

    async def close(self) -> None:
        """Close all connections."""
        ...


class HttpxDownloads:
    """Downloads over httpx, with connections of their own: a long file keeps no call waiting."""

    def __init__(self, limits: Limits) -> None:
        """Take the limits of one system."""
        self._limits = limits
        self._client: httpx.AsyncClient | None = None

    async def open(self, url: str, headers: Mapping[str, str]) -> "HttpxDownload":
        """Open; redirects are not followed, since they could lead anywhere."""
        request_id = REQUEST_ID.get()
        sent = {"Accept-Encoding": "identity", **headers, **({HEADER: request_id} if request_id else {})}
        stack = AsyncExitStack()
        try:
            async with asyncio.timeout_at(deadline.current()):
                response = await stack.enter_async_context(self._ready().stream("GET", url, headers=sent))
        except TimeoutError:
            raise deadline.Passed from None
        except httpx.PoolTimeout:
            raise TransportError("too many files at once", sent=False, status=429) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _fault(error) from None
        if response.status_code not in _ANSWERS:
            await stack.aclose()
            raise TransportError(f"HTTP {response.status_code}", sent=True, status=response.status_code)
        return HttpxDownload(response, stack, self._limits.file_seconds)

    async def close(self) -> None:
        """Close the pool."""
        if self._client is not None:
            await self._client.aclose()

    def _ready(self) -> httpx.AsyncClient:
        # Made when it is first needed: most systems give no files, and it takes a while.
        if self._client is None:
            limits = self._limits
            self._client = httpx.AsyncClient(
                timeout=httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds),
                limits=httpx.Limits(max_connections=limits.files, keepalive_expiry=30),
                follow_redirects=False,
                trust_env=False,
            )
        return self._client


class HttpxDownload:
    """An opened answer of httpx."""

    def __init__(self, response: httpx.Response, stack: AsyncExitStack, seconds: float) -> None:
        """Take the answer, what closes it, and how long it may take."""
        self.status = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self._response = response
        self._stack = stack
        self._until = asyncio.get_running_loop().time() + seconds

    async def parts(self) -> AsyncIterator[bytes]:
        """Give the body."""
        waiting = self._response.aiter_raw()
        while True:
            try:
                async with asyncio.timeout_at(self._until):
                    part = await anext(waiting)
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise TransportError("the file took too long", sent=True, timeout=True) from None
            except (httpx.HTTPError, httpx.StreamError) as error:
                raise _fault(error) from None
            yield part

    async def close(self) -> None:
        """Close."""
        await self._stack.aclose()


def _fault(error: Exception) -> TransportError:
    timeout = isinstance(error, httpx.TimeoutException)
    return TransportError(type(error).__name__, sent=not isinstance(error, httpx.ConnectError), timeout=timeout)
