"""Writes docs/performance.md and its plot from the results."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.plot import plot
from bench.rounds import DELAY_MS
from bench.servers import HOME_SCREEN_SERVERS, POSTS_SERVERS, Server
from bench.tailcall.measure import CONNECTIONS
from bench.tailcall.work import OPERATION
from bench.words import HIVE, HOW

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
PLOT = PAGE.with_suffix(".svg")
# Key, what it is, must, aim.
_TARGETS = (
    ("cpu_vs_mercurius", "CPU per operation / mercurius", "<= 1.0", "<= 0.6"),
    ("cpu_vs_apollo", "CPU per operation / Apollo Server", "<= 0.4", "<= 0.25"),
    ("cpu_vs_bare", "CPU per operation / our own bare calls with the same client", "<= 1.8", "<= 1.4"),
    ("p50_over_critical_path_ms", "p50 over the critical path, ms", "<= 6", "<= 4.5"),
    ("p99_vs_mercurius", "p99 / mercurius", "<= 0.9", "<= 0.65"),
    ("warm_cpu_us", "warm caches: CPU per operation, us", "<= 350", "<= 150"),
    ("memory_growth", "resident memory after 1,000,000 operations / after 10,000", "<= 1.1", "<= 1.02"),
    ("tailcall_vs_apollo", "posts with users: requests per second / Apollo Server", ">= 10", ">= 25"),
    ("fanout_growth", "CPU per operation at ten times the items", "<= 10", "<= 8"),
)


def write(content: Mapping[str, Any]) -> None:
    """Replace the page and its plot."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(text(content))
    PLOT.write_text(plot(content["servers"]))


def text(content: Mapping[str, Any]) -> str:
    """Write the page."""
    parts = (
        _head(content),
        _targets(content),
        _home_screen(content["servers"]),
        f"![CPU per operation and latency per server]({PLOT.name})",
        _posts(content["posts"]),
        _lacks(),
        HOW,
        _versions(content),
    )
    return "\n\n".join(parts) + "\n"


def _head(content: Mapping[str, Any]) -> str:
    work, machine = content["facts"]["operation"], content["facts"]["machine"]
    noise = max(one["spread"] for one in content["servers"].values())
    return (
        "# Performance\n\nWritten by `python -m bench`; do not edit.\n\n"
        f"One home screen: {work['upstream_calls']} upstream calls at three hospitals of two vendors on a critical "
        f"path of {work['levels']}, {work['leaves']} leaves, an answer of {work['answer_bytes']} bytes from "
        f"{work['upstream_bytes']} bytes of upstream JSON. Measured on {content['facts']['date']}, {machine['cpu']}, "
        f"{machine['cores']} cores: the server alone on one, mock hospitals and load on the other. Medians of "
        f"interleaved rounds. Load average before the run: {machine['load_average_before']}; the rounds of one server "
        f"lie at most {noise:.0%} apart. Where that is much, other work on the machine was measured too, "
        "and neither figures nor ratios are to be relied on."
    )


def _targets(content: Mapping[str, Any]) -> str:
    rows = [
        f"| {title} | {_number(content[key])} | {must} | {aim} | {content['notes'].get(key, '')} |"
        for key, title, must, aim in _TARGETS
    ]
    return "\n".join(("## Targets\n", "| | now | must | aim | note |", "|---|---|---|---|---|", *rows))


def _home_screen(servers: Mapping[str, Any]) -> str:
    rates = sorted({int(rate) for one in servers.values() for rate in one["p50_ms"]})
    heads = "".join(f" p50/p99 ms at {rate}/s |" for rate in rates)
    rows = [_row(server, servers[server.key], rates) for server in HOME_SCREEN_SERVERS]
    words = (
        f"## Home screen\n\nCPU at 16 connections without delay; latency with {DELAY_MS} ms delay of every upstream "
        "call, measured from when the request was due; a dash where one core cannot keep up.\n"
    )
    return "\n".join(
        (
            words,
            f"| | CPU us/operation | spread | operations/s | calls | failed |{heads}",
            "|---|---|---|---|---|---|" + "---|" * len(rates),
            *rows,
        )
    )


def _posts(servers: Mapping[str, Any]) -> str:
    rows = [_row(server, servers[server.key], []) for server in POSTS_SERVERS]
    words = (
        f"## Posts with users\n\nThe scenario of the public tailcall benchmarks: `{OPERATION}`, a hundred posts by "
        f"ten users, {CONNECTIONS} connections. Nothing is kept between requests; within one, each user is asked "
        "for once. Ours asks by POST, since hospitals do; the others by GET.\n"
    )
    return "\n".join(
        (
            words,
            "| | CPU us/operation | spread | operations/s | calls | failed |",
            "|---|---|---|---|---|---|",
            *rows,
        )
    )


def _row(server: Server, one: Mapping[str, Any], rates: list[int]) -> str:
    latencies = [
        f"{one['p50_ms'][str(rate)]} / {one['p99_ms'][str(rate)]}" if str(rate) in one["p50_ms"] else "-"
        for rate in rates
    ]
    cells = (one["cpu_us"], f"{one['spread']:.0%}", one["operations_per_second"], one["upstream_calls"], one["failed"])
    return f"| {server.title} | " + " | ".join(map(str, (*cells, *latencies))) + " |"


def _lacks() -> str:
    rows = [f"- {server.title}: {server.lacks}." for server in HOME_SCREEN_SERVERS if server.lacks]
    return "\n".join(("## What the others do not do\n", *rows, HIVE))


def _versions(content: Mapping[str, Any]) -> str:
    listed = ", ".join(f"{name} {version}" for name, version in content["facts"]["versions"].items())
    return f"## Versions\n\n{listed}."


def _number(value: float | None) -> str:
    return "-" if value is None else str(value)
