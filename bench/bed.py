"""A mock and the servers before it, running side by side; each idles while another one is measured."""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import uvloop

from bench import load, mock
from bench.flat_out import flat_out, write_requests
from bench.load import Loaded
from bench.processes import SERVER_CORE, free_port, pinned
from bench.servers import Server
from bench.work import Work

_CHECKED = 3
_REQUESTS = "requests"
_MOST = 20_000_000


class WrongAnswer(Exception):
    """A server answers something else than expected: nothing it does is worth measuring."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server at work."""

    server: Server
    port: int
    pid: int


@dataclass(frozen=True, slots=True)
class Bed:
    """What is running, and the work for it."""

    work: Work
    upstream: str
    servers: Sequence[Running]
    folder: Path

    def calls(self) -> int:
        """How many upstream calls there were so far."""
        return self._control("count")

    def delay(self, milliseconds: float) -> None:
        """Delay each upstream call from now on."""
        self._control(f"delay/{round(milliseconds * 1000)}")

    def flat_out(self, one: Running, connections: int, seconds: float) -> Loaded:
        """Ask a server as much as it can answer."""
        return flat_out(one.port, self.folder / _REQUESTS, connections=connections, seconds=seconds, most=_MOST)

    def check(self) -> None:
        """Ask every server some of the requests; raises WrongAnswer."""
        for one in self.servers:
            for request, right in list(zip(self.work.requests, self.work.right, strict=True))[:_CHECKED]:
                answer = json.loads(uvloop.run(load.once(one.port, request)))
                expected = self.work.shown if one.server.key == "bare" else right
                if answer.get("data") != expected or answer.get("errors"):
                    place = difference(expected, answer.get("data"))
                    raise WrongAnswer(f"{one.server.title}: not the expected data: {place}")

    def _control(self, path: str) -> int:
        with urlopen(f"{self.upstream}/{path}", timeout=5) as answer:  # noqa: S310 # our own mock
            return int(answer.read())


@contextmanager
def bed(work: Work, servers: Sequence[Server], folder: Path) -> Iterator[Bed]:
    """Start a mock and the servers and check what they answer; `folder` is theirs alone."""
    folder.mkdir(parents=True, exist_ok=True)
    facts = folder / "scene.json"
    facts.write_text(work.facts)
    write_requests(folder / _REQUESTS, work.requests)
    with ExitStack() as stack:
        upstream = stack.enter_context(mock.serving(work.routes, folder))
        running = [_start(server, upstream, facts, stack) for server in servers]
        made = Bed(work, upstream, running, folder)
        made.check()
        yield made


def _start(server: Server, upstream: str, facts: Path, stack: ExitStack) -> Running:
    port = free_port()
    command, log = server.line(port, upstream, facts), facts.with_name(f"{server.key}.log")
    process = pinned(command, core=SERVER_CORE, port=port, log=log, folder=server.folder)
    return Running(server, port, stack.enter_context(process))


def difference(right: Any, given: Any, place: str = "data") -> str:
    """Name the first place where two answers differ; the values are the sandbox's, nobody's."""
    if isinstance(right, dict) and isinstance(given, dict) and right.keys() == given.keys():
        parts = [(f"{place}.{key}", right[key], given[key]) for key in right]
    elif isinstance(right, list) and isinstance(given, list) and len(right) == len(given):
        parts = [(f"{place}[{index}]", *pair) for index, pair in enumerate(zip(right, given, strict=True))]
    else:
        return f"{place}: {str(given)[:80]!r} for {str(right)[:80]!r}"
    return next((difference(mine, theirs, at) for at, mine, theirs in parts if mine != theirs), "errors")
