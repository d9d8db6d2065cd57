"""Interleaved rounds over all servers of a bed: CPU per operation, then latency at a rate."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median

import uvloop

from bench import load
from bench.bed import Bed, Running
from bench.processes import LOAD_CORE, cpu_seconds, idle_seconds

DELAY_MS = 20
# Below this share of its rate a server is not asked at that rate: it would not keep up.
_HEADROOM = 1.15


@dataclass(frozen=True, slots=True)
class Plan:
    """How long a run is. `rates` are operations per second at which latency is measured."""

    rounds: int
    seconds: float
    rates: tuple[int, ...] = ()
    rate_seconds: float = 0
    connections: int = 16
    warm_up_seconds: float = 1.5


@dataclass(slots=True)
class Figures:
    """What was measured of a server, one entry per round; latencies in milliseconds by rate.

    `idle` is the share of the load's core that had nothing to do: near 0, the load would be what was measured.
    """

    cpu_us: list[float] = field(default_factory=list)
    per_second: list[float] = field(default_factory=list)
    calls: list[float] = field(default_factory=list)
    idle: list[float] = field(default_factory=list)
    p50: dict[int, list[float]] = field(default_factory=dict)
    p99: dict[int, list[float]] = field(default_factory=dict)
    failed: int = 0

    @property
    def spread(self) -> float:
        """Noise: how far the rounds' CPU figures lie apart, as a share of their median."""
        return (max(self.cpu_us) - min(self.cpu_us)) / median(self.cpu_us)


def rounds(bed: Bed, plan: Plan, say: Callable[[str], None]) -> Mapping[str, Figures]:
    """Measure all servers of a bed, by key."""
    figures = {one.server.key: Figures() for one in bed.servers}
    for one in bed.servers:
        warm_up(bed, one, plan)
    for number in range(plan.rounds):
        for one in bed.servers:
            measure_cpu(bed, one, plan, figures[one.server.key])
        if plan.rates:
            bed.delay(DELAY_MS)
            for one in bed.servers:
                _measure_latency(bed, one, plan, figures[one.server.key])
            bed.delay(0)
        say(f"round {number + 1} of {plan.rounds}")
    return figures


def warm_up(bed: Bed, one: Running, plan: Plan) -> None:
    """Let a server compile what it compiles."""
    bed.flat_out(one, plan.connections, plan.warm_up_seconds)


def measure_cpu(bed: Bed, one: Running, plan: Plan, figures: Figures) -> None:
    """Ask flat out, and note CPU and upstream calls per operation, and operations per second."""
    if one.server.key == "warm":
        warm_up(bed, one, plan)
    calls, cpu, idle, started = bed.calls(), cpu_seconds(one.pid), idle_seconds(LOAD_CORE), time.perf_counter()
    done = bed.flat_out(one, plan.connections, plan.seconds)
    figures.idle.append(min((idle_seconds(LOAD_CORE) - idle) / (time.perf_counter() - started), 1.0))
    figures.cpu_us.append((cpu_seconds(one.pid) - cpu) / done.operations * 1e6)
    figures.calls.append((bed.calls() - calls) / done.operations)
    figures.per_second.append(done.operations / done.seconds)
    figures.failed += done.failed


def _measure_latency(bed: Bed, one: Running, plan: Plan, figures: Figures) -> None:
    if one.server.key == "warm":
        return
    for rate in plan.rates:
        if figures.per_second[-1] < rate * _HEADROOM:
            continue
        done = uvloop.run(load.at_rate(one.port, bed.work.requests, rate=rate, seconds=plan.rate_seconds))
        if done is not None:
            figures.p50.setdefault(rate, []).append(done.percentile(0.50))
            figures.p99.setdefault(rate, []).append(done.percentile(0.99))
            figures.failed += done.failed
