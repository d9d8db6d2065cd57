"""An application asked from within its process: ASGI without a server, so that no server's work is counted."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Scope

from bench.processes import ServerError

_ASGI = {"version": "3.0", "spec_version": "2.3"}


@dataclass(frozen=True, slots=True)
class Answered:
    """What a client would be sent."""

    status: int
    body: bytes


@asynccontextmanager
async def started(app: ASGIApp) -> AsyncIterator[None]:
    """Start the application, and stop it after the block; raises ServerError where it does not."""
    told: asyncio.Queue[Message] = asyncio.Queue()
    said: asyncio.Queue[Message] = asyncio.Queue()
    life = asyncio.ensure_future(app({"type": "lifespan", "asgi": _ASGI, "state": {}}, told.get, said.put))
    # One that ends without a word says so too; else nobody would ever stop waiting for it.
    life.add_done_callback(lambda _: said.put_nowait({"type": "ended"}))
    try:
        await _step("startup", told, said)
        try:
            yield
        finally:
            await _step("shutdown", told, said)
        await life
    finally:
        life.cancel()
        await asyncio.gather(life, return_exceptions=True)


async def _step(name: str, told: asyncio.Queue[Message], said: asyncio.Queue[Message]) -> None:
    told.put_nowait({"type": f"lifespan.{name}"})
    answer = await said.get()
    if answer["type"] != f"lifespan.{name}.complete":
        raise ServerError(f"no {name} of the application: {answer.get('message') or answer['type']}")


async def ask(app: ASGIApp, body: bytes, token: str) -> Answered:
    """Send a request as the load of the other runs does, in a task of its own, as servers run it."""
    sent: list[Message] = []
    unread = [body]

    async def receive() -> Message:
        if not unread:
            # The client stays until it has its answer.
            await asyncio.get_running_loop().create_future()
        return {"type": "http.request", "body": unread.pop(), "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await asyncio.ensure_future(app(_scope(body, token), receive, send))
    if not sent:
        raise ServerError("the application sent no answer")
    return Answered(sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:]))


def _scope(body: bytes, token: str) -> Scope:
    return {
        "type": "http",
        "asgi": _ASGI,
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "root_path": "",
        "query_string": b"",
        "headers": [
            (b"host", b"127.0.0.1"),
            (b"content-type", b"application/json"),
            (b"accept", b"application/json"),
            (b"content-length", b"%d" % len(body)),
            (b"authorization", b"Bearer " + token.encode()),
        ],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
