"""The way to WeChat. The address of a login holds this server's secret and the person's code: nothing may show it.

So requests go to httpx's transport itself: its client writes every address to the log, and puts it into errors.
"""

import asyncio
import logging
from collections.abc import Mapping
from contextvars import ContextVar

import httpx

from connectors.core import deadline
from connectors.core.concurrency import in_task
from connectors.core.transport import Limits, TransportError

_unheard: ContextVar[bool] = ContextVar("unheard", default=False)


class _Unheard(logging.Filter):
    """Drops what httpcore writes of our calls: at DEBUG the answer's headers, and a redirect quotes the address."""

    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002 # logging's form
        return not _unheard.get()


_FILTER = _Unheard()
_HTTPCORE = ("httpcore.connection", "httpcore.http11", "httpcore.proxy")


class SecretGet:
    """Sends GETs whose query is secret."""

    def __init__(self, limits: Limits) -> None:
        """Take what a call may cost."""
        for name in _HTTPCORE:
            logging.getLogger(name).addFilter(_FILTER)
        self._limits = limits
        self._timeout = httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds).as_dict()
        self._transport = httpx.AsyncHTTPTransport(
            trust_env=False, limits=httpx.Limits(max_connections=limits.connections, keepalive_expiry=30)
        )

    async def get(self, url: str, query: Mapping[str, str]) -> bytes:
        """Return the body of a 2xx answer; raises TransportError, and deadline.Passed when the deadline passed."""
        return await in_task(self._in_time(url, query))

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def _in_time(self, url: str, query: Mapping[str, str]) -> bytes:
        _unheard.set(True)  # for this task only
        try:
            async with asyncio.timeout_at(deadline.current()):
                return await self._get(url, query)
        except TimeoutError:
            raise deadline.Passed from None

    async def _get(self, url: str, query: Mapping[str, str]) -> bytes:
        request = httpx.Request("GET", url, params=dict(query), extensions={"timeout": self._timeout})
        try:
            response = await self._transport.handle_async_request(request)
            try:
                return await self._body(response)
            finally:
                await response.aclose()
        except httpx.TimeoutException as error:
            raise TransportError(type(error).__name__, sent=True, timeout=True) from None
        except httpx.HTTPError as error:
            raise TransportError(type(error).__name__, sent=True) from None

    async def _body(self, response: httpx.Response) -> bytes:
        if not response.is_success:
            raise TransportError(f"HTTP {response.status_code}", sent=True, status=response.status_code)
        content = b""
        async for chunk in response.aiter_bytes():
            content += chunk
            if len(content) > self._limits.response_bytes:
                raise TransportError("answer too large", sent=True)
        return content
