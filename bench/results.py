"""What the figures say: the content of bench/results.json."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.fan_out import FanOut
from bench.instructions import Instructions
from bench.memory import Memory
from bench.rounds import DELAY_MS, Figures
from bench.tailcall.measure import CONNECTIONS, faster

RESULTS = Path(__file__).with_name("results.json")
_FAST, _SLOW = 100, 10
# Below this share of idle time of its core, the load may be what was measured.
_LEAST_IDLE = 0.05
# What a full run does not measure.
_KEPT = ("instructions",)


@dataclass(frozen=True, slots=True)
class Measured:
    """All that a full run measures; `home_screen` and `posts` are by server."""

    home_screen: Mapping[str, Figures]
    levels: int
    posts: Mapping[str, Figures]
    fan_out: FanOut
    memory: Memory


def results(measured: Measured, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Make the content; what could not be measured is null, and a note says why."""
    figures, notes = measured.home_screen, _notes(measured)
    rate = _rate(figures, notes)
    return {
        "cpu_vs_mercurius": ratio(figures, "ours", "mercurius"),
        "cpu_vs_apollo": ratio(figures, "ours", "apollo"),
        "cpu_vs_bare": ratio(figures, "ours", "bare"),
        "p50_over_critical_path_ms": _over(figures["ours"], rate, measured.levels),
        "p99_vs_mercurius": _p99(figures, rate),
        "warm_cpu_us": round(median(figures["warm"].cpu_us)),
        "memory_growth": round(measured.memory.growth, 3),
        "tailcall_vs_apollo": faster(measured.posts, "ours", "apollo"),
        "fanout_growth": round(measured.fan_out.growth, 2),
        "notes": notes,
        "facts": dict(facts),
        "memory": asdict(measured.memory),
        "servers": {key: _shown(one) for key, one in figures.items()},
        "posts": {key: _shown(one) for key, one in measured.posts.items()},
    }


def ratio(figures: Mapping[str, Figures], ours: str, other: str) -> float:
    """Median over the rounds of CPU per operation, ours over another's."""
    pairs = zip(figures[ours].cpu_us, figures[other].cpu_us, strict=True)
    return round(median(mine / theirs for mine, theirs in pairs), 3)


def with_memory(content: Mapping[str, Any], memory: Memory) -> dict[str, Any]:
    """Replace the memory figure of a full run by a newer one."""
    return {
        **content,
        "memory_growth": round(memory.growth, 3),
        "notes": {**content["notes"], "memory_growth": memory.note},
        "memory": asdict(memory),
    }


def with_instructions(content: Mapping[str, Any], found: Instructions) -> dict[str, Any]:
    """Replace the counted instructions, or add them."""
    counted = {"ours": found.ours, "bare": found.bare, "vs_bare": round(found.ratio, 3)}
    return {**content, "instructions": counted}


def with_kept(content: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    """Take over from the file before what a full run does not measure."""
    return {**content, **{key: before[key] for key in _KEPT if before and key in before}}


def write(content: Mapping[str, Any]) -> None:
    """Replace the file."""
    RESULTS.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def committed() -> dict[str, Any] | None:
    """The figures of the last full run, None where there was none."""
    if not RESULTS.exists():
        return None
    content: dict[str, Any] = json.loads(RESULTS.read_text())
    return content


def _notes(measured: Measured) -> dict[str, str]:
    fan_out, idle = measured.fan_out, min(median(one.idle) for one in measured.posts.values())
    busy = "; the load had no time left: it is measured too" if idle < _LEAST_IDLE else ""
    return {
        "memory_growth": measured.memory.note,
        "tailcall_vs_apollo": (
            f"operations per second of one core at {CONNECTIONS} connections; "
            f"the load's core was at least {idle:.0%} idle{busy}"
        ),
        "fanout_growth": (
            f"{round(median(fan_out.base.cpu_us))} us for {fan_out.base_items} items, "
            f"{round(median(fan_out.tenfold.cpu_us))} us for {fan_out.tenfold_items}, over the same calls"
        ),
    }


def _rate(figures: Mapping[str, Figures], notes: dict[str, str]) -> int:
    rounds = len(figures["ours"].cpu_us)
    if all(len(figures[key].p50.get(_FAST, ())) == rounds for key in ("ours", "mercurius")):
        return _FAST
    reason = f"at {_SLOW} operations/s: one core of ours or of mercurius did not reach {_FAST} in every round"
    if _SLOW not in figures["ours"].p50:
        reason = f"not measured: one core of ours did not reach {_SLOW} operations/s"
    notes["p50_over_critical_path_ms"] = notes["p99_vs_mercurius"] = reason
    return _SLOW


def _over(ours: Figures, rate: int, levels: int) -> float | None:
    return round(median(ours.p50[rate]) - levels * DELAY_MS, 2) if rate in ours.p50 else None


def _p99(figures: Mapping[str, Figures], rate: int) -> float | None:
    ours, theirs = figures["ours"].p99.get(rate), figures["mercurius"].p99.get(rate)
    return round(median(ours) / median(theirs), 3) if ours and theirs else None


def _shown(one: Figures) -> dict[str, Any]:
    return {
        "cpu_us": round(median(one.cpu_us)),
        "cpu_us_rounds": [round(value) for value in one.cpu_us],
        "spread": round(one.spread, 3),
        "operations_per_second": round(median(one.per_second), 1),
        "upstream_calls": round(median(one.calls), 2),
        "load_idle": round(median(one.idle), 2),
        "p50_ms": {str(rate): round(median(values), 2) for rate, values in one.p50.items()},
        "p99_ms": {str(rate): round(median(values), 2) for rate, values in one.p99.items()},
        "failed": one.failed,
    }
