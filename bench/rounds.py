"""Interleaved rounds over all servers, which run side by side and idle while another one is measured."""

import json
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, TypeVar
from urllib.request import urlopen

import uvloop

from bench import load, mock
from bench.processes import LOAD_CORE, SERVER_CORE, cpu_seconds, free_port, pinned
from bench.scene import Scene
from bench.servers import Server

T = TypeVar("T")
DELAY_MS = 20
_CHECKED = 3
_MOST = 20_000


class WrongAnswer(Exception):
    """A server answers something else than expected: nothing it does is worth measuring."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long a run is. `rates` are operations per second at which latency is measured."""

    rounds: int
    seconds: float
    rates: tuple[int, ...]
    rate_seconds: float
    connections: int = 16
    warm_up_seconds: float = 1.5


@dataclass(slots=True)
class Figures:
    """What was measured of a server, one entry per round; latencies in milliseconds by rate."""

    cpu_us: list[float] = field(default_factory=list)
    per_second: list[float] = field(default_factory=list)
    calls: list[float] = field(default_factory=list)
    p50: dict[int, list[float]] = field(default_factory=dict)
    p99: dict[int, list[float]] = field(default_factory=dict)
    failed: int = 0

    @property
    def spread(self) -> float:
        """Noise: how far the rounds' CPU figures lie apart, as a share of their median."""
        return (max(self.cpu_us) - min(self.cpu_us)) / median(self.cpu_us)


@dataclass(frozen=True, slots=True)
class _Running:
    server: Server
    port: int
    pid: int


def run(
    scene: Scene, servers: Sequence[Server], plan: Plan, folder: Path, say: Callable[[str], None]
) -> Mapping[str, Figures]:
    """Start everything, check every answer, measure in rounds, stop everything."""
    scene.save(folder / "scene.json")
    figures = {server.key: Figures() for server in servers}
    requests = load.messages(scene)
    with _mock(scene, folder) as upstream, ExitStack() as stack:
        started = [_start(server, upstream, folder, stack) for server in servers]
        for one in started:
            _check(one, scene, requests)
            _warm_up(one, requests, plan)
        say("every server gives the same answer")
        for number in range(plan.rounds):
            for one in started:
                _measure_cpu(one, requests, plan, upstream, figures[one.server.key])
            _control(upstream, f"delay/{DELAY_MS * 1000}")
            for one in started:
                _measure_latency(one, requests, plan, figures[one.server.key])
            _control(upstream, "delay/0")
            say(f"round {number + 1} of {plan.rounds}")
    return figures


@contextmanager
def _mock(scene: Scene, folder: Path) -> Iterator[str]:
    program, routes = mock.build(folder, scene.calls)
    port = free_port()
    with pinned([str(program), str(port), str(routes)], core=LOAD_CORE, port=port, log=folder / "mock.log"):
        yield f"http://127.0.0.1:{port}"


def _start(server: Server, upstream: str, folder: Path, stack: ExitStack) -> _Running:
    port = free_port()
    command = server.line(port, upstream, folder / "scene.json")
    log = folder / f"{server.key}.log"
    return _Running(
        server,
        port,
        stack.enter_context(pinned(command, core=SERVER_CORE, port=port, log=log, folder=server.folder)),
    )


def _control(upstream: str, path: str) -> int:
    with urlopen(f"{upstream}/{path}", timeout=5) as answer:  # noqa: S310 # our own mock
        return int(answer.read())


def _check(one: _Running, scene: Scene, requests: Sequence[bytes]) -> None:
    for person, request in list(zip(scene.people, requests, strict=True))[:_CHECKED]:
        answer = json.loads(_now(load.once(one.port, request)))
        # The bare calls have nothing to put an answer together with: theirs is the recorded one.
        right = scene.expected if one.server.key == "bare" else scene.answer(person)
        if answer.get("data") != right or answer.get("errors"):
            raise WrongAnswer(f"{one.server.title}: not the expected data: {_difference(right, answer.get('data'))}")


def _difference(right: Any, given: Any, place: str = "data") -> str:
    """The first place where two answers differ; the values are the sandbox's, nobody's."""
    if isinstance(right, dict) and isinstance(given, dict) and right.keys() == given.keys():
        parts = [(f"{place}.{key}", right[key], given[key]) for key in right]
    elif isinstance(right, list) and isinstance(given, list) and len(right) == len(given):
        parts = [(f"{place}[{index}]", *pair) for index, pair in enumerate(zip(right, given, strict=True))]
    else:
        return f"{place}: {str(given)[:80]!r} for {str(right)[:80]!r}"
    return next((_difference(mine, theirs, at) for at, mine, theirs in parts if mine != theirs), "errors")


def _warm_up(one: _Running, requests: Sequence[bytes], plan: Plan) -> None:
    _now(load.flat_out(one.port, requests, connections=plan.connections, seconds=plan.warm_up_seconds, most=_MOST))


def _measure_cpu(one: _Running, requests: Sequence[bytes], plan: Plan, upstream: str, figures: Figures) -> None:
    if one.server.key == "warm":
        _warm_up(one, requests, plan)
    calls, cpu = _control(upstream, "count"), cpu_seconds(one.pid)
    done = _now(load.flat_out(one.port, requests, connections=plan.connections, seconds=plan.seconds, most=_MOST))
    figures.cpu_us.append((cpu_seconds(one.pid) - cpu) / done.operations * 1e6)
    figures.calls.append((_control(upstream, "count") - calls) / done.operations)
    figures.per_second.append(done.operations / done.seconds)
    figures.failed += done.failed


def _measure_latency(one: _Running, requests: Sequence[bytes], plan: Plan, figures: Figures) -> None:
    if one.server.key == "warm":
        return
    for rate in plan.rates:
        if figures.per_second[-1] < rate * 1.15:
            continue
        done = _now(load.at_rate(one.port, requests, rate=rate, seconds=plan.rate_seconds))
        if done is not None:
            figures.p50.setdefault(rate, []).append(done.percentile(0.50))
            figures.p99.setdefault(rate, []).append(done.percentile(0.99))
            figures.failed += done.failed


def _now(work: Coroutine[Any, Any, T]) -> T:
    return uvloop.run(work)
