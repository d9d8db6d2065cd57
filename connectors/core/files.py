"""Files of hospitals as streams: a whole file or a part of it, held to a size."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import NamedTuple

import httpx
import structlog

from connectors.core import deadline
from connectors.core.config import Machinery, SystemConfig
from connectors.core.downloads import Download
from connectors.core.transport import TransportError
from connectors.core.upstream import unavailable
from connectors.errors import ConnectorError, Malformed, NotFound, Unavailable
from connectors.records.problems import ProblemCode

_log = structlog.get_logger()

_PART = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")
_SIZE = re.compile(r"\d{1,18}")
_PLAIN = frozenset({"", "identity"})
_WHOLE, _SOME, _MISSING, _UNSATISFIABLE = 200, 206, 404, 416


class ByteRange(NamedTuple):
    """A part of a file: from one byte to another, to its end (`last` None), or the last so many (`first` None)."""

    first: int | None
    last: int | None

    def header(self) -> str:
        """Write it as HTTP does."""
        return f"bytes={'' if self.first is None else self.first}-{'' if self.last is None else self.last}"


class UnsatisfiableRange(Exception):
    """The part lies outside of the file."""


class FileStream(NamedTuple):
    """An opened file. `placed` says where a part stands in it, as Content-Range does; None for the whole."""

    parts: AsyncIterator[bytes]
    close: Callable[[], Awaitable[None]]
    length: int | None
    placed: str | None = None
    content_type: str | None = None


def stream_of(content: bytes, part: ByteRange | None, content_type: str | None) -> FileStream:
    """Make a stream of what is in memory already; raises UnsatisfiableRange."""
    placed = None
    if part is not None:
        first, last = _within(part, len(content))
        placed = f"bytes {first}-{last}/{len(content)}"
        content = content[first : last + 1]

    async def parts() -> AsyncIterator[bytes]:
        yield content

    return FileStream(parts(), _nothing_to_close, len(content), placed, content_type)


class FileClient:
    """Opens the files of one vendor system. Implements `connectors.ports.Files`."""

    def __init__(self, config: SystemConfig, machinery: Machinery) -> None:
        """Take the system's configuration and what the process lends."""
        self._config = config
        self._downloads = machinery.downloads(config.limits)
        self._origins = frozenset(map(_origin, config.file_origins))
        self.close = self._downloads.close

    def fetches(self, hospital_id: str, address: str) -> bool:
        """Say whether the address is below the hospital's own, or among those that are configured.

        An address comes from outside: whoever can write one must not make this server fetch from anywhere.
        """
        origin = _origin(address)
        own = _origin(self._config.hospitals[hospital_id].base_url)
        return origin is not None and (origin == own or origin in self._origins)

    async def fetch(self, hospital_id: str, address: str, part: ByteRange | None) -> FileStream:
        """Open what a hospital named by its address."""
        if not self.fetches(hospital_id, address):
            raise self._malformed("file", "an address that is not among file_origins")
        return await self.open("file", address, part)

    async def open(self, interface: str, url: str, part: ByteRange | None) -> FileStream:
        """Open a file; raises ConnectorError, and UnsatisfiableRange for a part that is not there."""
        try:
            return self._opened(interface, await self._download(interface, url, part), part)
        except ConnectorError as error:
            _log.warning(
                "hospital_file_failed",
                system=error.system,
                interface=error.interface,
                code=error.code.value,
                detail=error.detail,
            )
            raise

    async def _download(self, interface: str, url: str, part: ByteRange | None) -> Download:
        try:
            download = await self._downloads.open(url, {} if part is None else {"Range": part.header()})
        except deadline.Passed:
            late = ProblemCode.UPSTREAM_TIMEOUT
            raise Unavailable(system=self._config.name, interface=interface, code=late) from None
        except TransportError as fault:
            raise unavailable(self._config.name, interface, fault) from None
        fault_of_answer = self._fault(interface, download, part)
        if fault_of_answer is not None:
            await download.close()
            raise fault_of_answer
        return download

    def _fault(self, interface: str, download: Download, part: ByteRange | None) -> Exception | None:
        headers = download.headers
        if download.status == _MISSING:
            return NotFound(system=self._config.name, interface=interface)
        if download.status == _UNSATISFIABLE:
            return UnsatisfiableRange() if part else self._malformed(interface, "a part where none was asked for")
        if headers.get("content-encoding", "") not in _PLAIN:
            return self._malformed(interface, "packed, though it was not asked to be")
        if download.status == _SOME and (part is None or not _PART.fullmatch(headers.get("content-range", ""))):
            return self._malformed(interface, "a part that is not the one asked for")
        length = _length(download)
        if length is not None and length > self._config.limits.file_bytes:
            return self._malformed(interface, "the file is too large")
        return None

    def _opened(self, interface: str, download: Download, part: ByteRange | None) -> FileStream:
        return FileStream(
            self._limited(interface, download),
            download.close,
            _length(download),
            download.headers["content-range"] if part and download.status == _SOME else None,
            download.headers.get("content-type", "").partition(";")[0].strip().lower() or None,
        )

    async def _limited(self, interface: str, download: Download) -> AsyncIterator[bytes]:
        """Pass on; what turns out too large or breaks off is cut, and the client sees that it is."""
        size = 0
        try:
            async for piece in download.parts():
                size += len(piece)
                if size > self._config.limits.file_bytes:
                    raise self._malformed(interface, "the file is too large")
                yield piece
        except TransportError as fault:
            raise unavailable(self._config.name, interface, fault) from None

    def _malformed(self, interface: str, detail: str) -> Malformed:
        return Malformed(system=self._config.name, interface=interface, detail=detail)


async def _nothing_to_close() -> None:
    return None


def _within(part: ByteRange, size: int) -> tuple[int, int]:
    if part.first is None:
        first, last = max(size - (part.last or 0), 0), size - 1
    else:
        first, last = part.first, size - 1 if part.last is None else min(part.last, size - 1)
    if first > last:
        raise UnsatisfiableRange
    return first, last


def _length(download: Download) -> int | None:
    written = download.headers.get("content-length", "")
    return int(written) if _SIZE.fullmatch(written) else None


def _origin(address: str) -> str | None:
    # By the same reading that it is fetched by.
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        return None
    if url.scheme not in {"http", "https"} or not url.host or url.userinfo:
        return None
    return f"{url.scheme}://{url.netloc.decode()}"
