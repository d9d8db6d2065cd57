"""One vendor system whose wire plays what a test gives it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from pydantic import TypeAdapter

from connectors.core.cache import Found
from connectors.core.config import Machinery, SystemConfig
from connectors.core.envelope import Envelope, equals
from connectors.core.kinds import CallKind, Scope, keyed_digest
from connectors.core.readers import Reader, listing
from connectors.core.shape import Many, Shape
from connectors.core.transport import TransportError
from connectors.core.upstream import Request, Upstream
from tests.connectors.waiting import opened

SECRET = "370102199001015236"
MINE, YOURS = Scope("town", f"card:{SECRET}"), Scope("town", "card:2")
ENVELOPE = Envelope(("ok",), equals("true"), ("msg",), code=("code",), absent=frozenset({"10002"}))


@dataclass(kw_only=True)
class Row:
    name: str


ROWS = listing(Many(Shape(Row, name="name"), "rows"))


class Generations:
    """The cache of the protocol, in its plainest form."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], tuple[int, Any]] = {}
        self.generation: dict[str, int] = {}
        self.seen: list[str] = []

    async def get(self, scope: str, key: str, adapter: TypeAdapter[Any]) -> Found:  # noqa: ARG002 # the protocol's form
        self.seen += [scope, key]
        now = self.generation.get(scope, 0)
        made, value = self.kept.get((scope, key), (-1, None))
        return Found(hit=made == now, value=value, generation=now)

    async def put(
        self, scope: str, key: str, value: Any, generation: int, seconds: float, adapter: TypeAdapter[Any]
    ) -> None:
        assert seconds > 0
        assert adapter.dump_python(value) is not None
        self.kept[scope, key] = (generation, value)

    async def drop(self, scope: str) -> None:
        self.generation[scope] = self.generation.get(scope, 0) + 1


class Wire:
    """A transport that plays what it is given: bytes, a fault, or something to await first."""

    def __init__(self, *plays: Any) -> None:
        self.plays = list(plays)
        self.posts = 0

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:  # noqa: ARG002
        self.posts += 1
        play = self.plays.pop(0) if len(self.plays) > 1 else self.plays[0]
        if isinstance(play, TransportError):
            raise play
        return await play() if callable(play) else play

    async def close(self) -> None:
        return None


def rows(*names: str) -> bytes:
    return orjson.dumps({"ok": True, "rows": [{"name": name} for name in names]})


def held(gate: asyncio.Event, answer: bytes) -> Callable[[], Any]:
    async def play() -> bytes:
        await opened(gate)
        return answer

    return play


def system(*plays: Any) -> tuple[Upstream, Wire, Generations]:
    wire, cache = Wire(*plays), Generations()
    config = SystemConfig(name="town", vendor="any", hospitals={}, options=None)
    machinery = Machinery(cache=cache, digest=keyed_digest(b"k" * 32), transport=lambda _: wire)
    return Upstream(config, machinery), wire, cache


async def send(upstream: Upstream, kind: CallKind, reader: Reader[Any] = ROWS, body: bytes = b"") -> Any:
    body = body or orjson.dumps({"card": SECRET})
    return await upstream.send(Request(interface="7.1", url="http://h/a", body=body, envelope=ENVELOPE), reader, kind)
