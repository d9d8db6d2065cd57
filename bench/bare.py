"""Our bare calls: what the operation calls, level by level, with the application's own client, and no GraphQL."""

import asyncio
from typing import Any

import orjson
from starlette.types import Receive, Scope, Send

from bench.scene import Call, Scene
from connectors.core.http import LeanTransport
from connectors.core.transport import Limits


class BareCalls:
    """An ASGI application: the same calls with decoded answers, then an answer of the right size."""

    def __init__(self, upstream: str, scene: Scene) -> None:
        """Take what to call."""
        self._upstream = upstream
        self._levels = [[call for call in scene.calls if call.level == level] for level in range(scene.levels)]
        self._patients = {person.id: person.cards[-1][2] or "" for person in scene.people}
        self._recorded = next(iter(self._patients.values()))
        self._answer = orjson.dumps({"data": scene.expected})
        self._transports: dict[str, LeanTransport] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the lifespan and requests."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        body = b""
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        patient = self._patients[orjson.loads(body)["variables"]["id"]]
        for calls in self._levels:
            await asyncio.gather(*(self._call(call, patient) for call in calls))
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(self._answer)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self._answer})

    async def _call(self, call: Call, patient: str) -> Any:
        body = call.body.replace(self._recorded, patient).encode()
        transport = self._transports["palm" if call.path.startswith("/palm/") else "regional"]
        return orjson.loads(await transport.post(self._upstream + call.path, body, {"Content-Type": call.content_type}))

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        self._transports = {name: LeanTransport(Limits(connections=256)) for name in ("regional", "palm")}
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for transport in self._transports.values():
            await transport.close()
        await send({"type": "lifespan.shutdown.complete"})
