"""A hospital on loopback that answers, or misbehaves, as a script says."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class Call:
    """One request, and the way to answer it."""

    head: bytes
    body: bytes
    connection: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def say(self, *parts: bytes) -> None:
        for part in parts:
            self.writer.write(part)
            await self.writer.drain()

    def close(self) -> None:
        self.writer.close()


Script = Callable[[Call], Awaitable[None]]


@dataclass
class Hospital:
    """What was seen of the client."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    connections: int = 0
    open: int = 0
    most_open: int = 0
    tasks: set["asyncio.Task[None]"] = field(default_factory=set)

    async def all_closed(self) -> None:
        async with asyncio.timeout(2):
            await asyncio.gather(*self.tasks, return_exceptions=True)


@asynccontextmanager
async def hospital(
    script: Script, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1"
) -> AsyncIterator[Hospital]:
    seen = Hospital()

    async def calls(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
        while not writer.is_closing():
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            call = Call(head, await reader.readexactly(length), number, reader, writer)
            seen.calls.append(call)
            await script(call)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        seen.tasks.add(task)
        seen.connections += 1
        seen.open += 1
        seen.most_open = max(seen.open, seen.most_open)
        try:
            await calls(reader, writer, seen.connections)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            seen.open -= 1
            seen.tasks.discard(task)
            writer.transport.abort()

    server = await asyncio.start_server(serve, host, 0, ssl=tls)
    try:
        seen.url = f"http{'s' if tls else ''}://{host}:{server.sockets[0].getsockname()[1]}/his"
        yield seen
    finally:
        server.close()
        for task in tuple(seen.tasks):
            task.cancel()
        await asyncio.sleep(0)
        await asyncio.gather(*seen.tasks, return_exceptions=True)
        await asyncio.sleep(0.01)


def whole(body: bytes, *headers: bytes, status: bytes = b"200 OK") -> bytes:
    lines = b"".join(header + b"\r\n" for header in headers)
    return b"HTTP/1.1 %b\r\n%bContent-Length: %d\r\n\r\n%b" % (status, lines, len(body), body)


def says(*parts: bytes) -> Script:
    async def script(call: Call) -> None:
        await call.say(*parts)

    return script


def says_and_closes(*parts: bytes) -> Script:
    async def script(call: Call) -> None:
        await call.say(*parts)
        call.close()

    return script


async def echo(call: Call) -> None:
    await call.say(whole(call.body))


async def silent(call: Call) -> None:
    await call.reader.read()
