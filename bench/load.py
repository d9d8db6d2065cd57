"""The load at a fixed rate: raw keep-alive connections, bounded in time and number."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

_ANSWER_SECONDS = 30
_MOST_WAITING = 200


@dataclass(slots=True)
class Loaded:
    """What came of it: operations that were answered, those that failed, and how long each took."""

    operations: int = 0
    failed: int = 0
    seconds: float = 0.0
    times: list[float] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        """Time in milliseconds that this share of the operations did not exceed."""
        if not self.times:
            return float("nan")
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


class _Connection:
    """One connection, one request at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, port: int) -> "_Connection":
        return cls(*await asyncio.open_connection("127.0.0.1", port, limit=1 << 20))

    async def ask(self, message: bytes) -> tuple[int, bytes]:
        self._writer.write(message)
        head = await self._reader.readuntil(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), None)
        body = await self._chunks() if length is None else await self._reader.readexactly(length)
        return int(head[9:12]), body

    async def _chunks(self) -> bytes:
        body = b""
        while size := int(await self._reader.readline(), 16):
            body += (await self._reader.readexactly(size + 2))[:-2]
        await self._reader.readline()
        return body

    def close(self) -> None:
        self._writer.close()


async def once(port: int, message: bytes) -> bytes:
    """Ask once and return the body."""
    connection = await _Connection.open(port)
    try:
        async with asyncio.timeout(_ANSWER_SECONDS):
            return (await connection.ask(message))[1]
    finally:
        connection.close()


async def at_rate(port: int, requests: Sequence[bytes], *, rate: float, seconds: float) -> Loaded | None:
    """Ask so often per second, measured from when each was due; None where the server does not keep up."""
    result = Loaded()
    idle: list[_Connection] = []
    waiting: set[asyncio.Task[None]] = set()
    every: list[_Connection] = []

    async def ask(number: int, due: float) -> None:
        if not idle:
            every.append(await _Connection.open(port))
            idle.append(every[-1])
        connection = idle.pop()
        status, body = await connection.ask(requests[number % len(requests)])
        _note(result, status, body, time.perf_counter() - due)
        idle.append(connection)

    started = time.perf_counter()
    try:
        for number in range(int(rate * seconds)):
            due = started + number / rate
            await asyncio.sleep(max(due - time.perf_counter(), 0))
            if len(waiting) > min(_MOST_WAITING, rate):
                return None
            task = asyncio.ensure_future(ask(number, due))
            waiting.add(task)
            task.add_done_callback(waiting.discard)
        async with asyncio.timeout(_ANSWER_SECONDS):
            await asyncio.gather(*waiting)
    finally:
        for task in list(waiting):
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        for connection in every:
            connection.close()
    result.seconds = time.perf_counter() - started
    return result


def _note(result: Loaded, status: int, body: bytes, seconds: float) -> None:
    result.operations += 1
    result.times.append(seconds)
    if status != 200 or body.startswith(b'{"errors"') or b'"errors":[' in body[-2000:]:  # noqa: PLR2004 # HTTP OK
        result.failed += 1
