"""What the figures say: the ratios of bench/results.json."""

import json
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

from bench.rounds import DELAY_MS, Figures

RESULTS = Path(__file__).with_name("results.json")
_LATER = {
    "memory_growth": "not measured yet: needs a run of a million operations",
    "tailcall_vs_apollo": "not measured yet: the posts-with-users scenario is not built",
    "fanout_growth": "not measured yet: the operation at ten times the items is not built",
}
_FAST, _SLOW = 100, 10


def results(figures: Mapping[str, Figures], levels: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Make the content of bench/results.json; what could not be measured is null, and a note says why."""
    notes = dict(_LATER)
    rate = _rate(figures, notes)
    return {
        "cpu_vs_mercurius": ratio(figures, "ours", "mercurius"),
        "cpu_vs_apollo": ratio(figures, "ours", "apollo"),
        "cpu_vs_bare": ratio(figures, "ours", "bare"),
        "p50_over_critical_path_ms": _over(figures["ours"], rate, levels),
        "p99_vs_mercurius": _p99(figures, rate),
        "warm_cpu_us": round(median(figures["warm"].cpu_us)),
        **dict.fromkeys(_LATER),
        "notes": notes,
        "facts": dict(facts),
        "servers": {key: _shown(one) for key, one in figures.items()},
    }


def ratio(figures: Mapping[str, Figures], ours: str, other: str) -> float:
    """Median over the rounds of CPU per operation, ours over another's."""
    pairs = zip(figures[ours].cpu_us, figures[other].cpu_us, strict=True)
    return round(median(mine / theirs for mine, theirs in pairs), 3)


def write(content: Mapping[str, Any]) -> None:
    """Replace the file."""
    RESULTS.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def committed() -> dict[str, Any] | None:
    """The figures of the last full run, None where there was none."""
    if not RESULTS.exists():
        return None
    content: dict[str, Any] = json.loads(RESULTS.read_text())
    return content


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
        "p50_ms": {str(rate): round(median(values), 2) for rate, values in one.p50.items()},
        "p99_ms": {str(rate): round(median(values), 2) for rate, values in one.p99.items()},
        "failed": one.failed,
    }
