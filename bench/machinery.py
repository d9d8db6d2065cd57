"""Reaches into the application where it offers no switch yet: which transport it uses, no cache, what it sends."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import app.application
from connectors.core.cache import NoCache
from connectors.core.transport import Limits, Transport

Made = Callable[[Limits], Transport]

# Untyped on purpose: what is replaced below is not the module's to give away.
_application: Any = app.application


def cache_off() -> None:
    """Make the application keep nothing. To be replaced by a setting."""
    _application.MemoryCache = NoCache


@contextmanager
def changed_transport(change: Callable[[Made], Made]) -> Iterator[None]:
    """Let `change` replace the transport that the application hands to its connectors."""
    real = _application.Machinery

    def machinery(**parts: Any) -> Any:
        return real(**(parts | {"transport": change(parts["transport"])}))

    _application.Machinery = machinery
    try:
        yield
    finally:
        _application.Machinery = real


@contextmanager
def recorded() -> Iterator[list[tuple[str, str, str, str]]]:
    """Write down path, body, answer and content type of every call while the block lasts; nothing is cached."""
    log: list[tuple[str, str, str, str]] = []
    cached = _application.MemoryCache
    cache_off()
    try:
        with changed_transport(lambda make: lambda limits: _Recorder(make(limits), log)):
            yield log
    finally:
        _application.MemoryCache = cached


class _Recorder:
    """A transport that writes down what passes."""

    def __init__(self, transport: Transport, log: list[tuple[str, str, str, str]]) -> None:
        self._transport = transport
        self._log = log

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        answer = await self._transport.post(url, body, headers)
        self._log.append((urlsplit(url).path, body.decode(), answer.decode(), headers["Content-Type"]))
        return answer

    async def close(self) -> None:
        await self._transport.close()
