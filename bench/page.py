"""Writes docs/performance.md from the results."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.rounds import DELAY_MS
from bench.servers import Server

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
_BAR = 40
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


def write(content: Mapping[str, Any], servers: list[Server]) -> None:
    """Replace the page."""
    PAGE.parent.mkdir(exist_ok=True)
    parts = (
        _head(content),
        _targets(content),
        _table(content, servers),
        _bars(content, servers),
        _lacks(servers),
        _how(),
    )
    PAGE.write_text("\n\n".join((*parts, _versions(content))) + "\n")


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


def _table(content: Mapping[str, Any], servers: list[Server]) -> str:
    rates = sorted({int(rate) for one in content["servers"].values() for rate in one["p50_ms"]})
    heads = "".join(f" p50/p99 ms at {rate}/s |" for rate in rates)
    rows = [_row(server, content["servers"][server.key], rates) for server in servers]
    words = (
        f"## Servers\n\nCPU at 16 connections without delay; latency with {DELAY_MS} ms delay of every upstream "
        "call, measured from when the request was due; a dash where one core cannot keep up.\n"
    )
    return "\n".join(
        (
            words,
            f"| | CPU us/operation | spread | operations/s | calls |{heads}",
            "|---|---|---|---|---|" + "---|" * len(rates),
            *rows,
        )
    )


def _row(server: Server, one: Mapping[str, Any], rates: list[int]) -> str:
    latencies = [
        f"{one['p50_ms'][str(rate)]} / {one['p99_ms'][str(rate)]}" if str(rate) in one["p50_ms"] else "-"
        for rate in rates
    ]
    cells = (one["cpu_us"], f"{one['spread']:.0%}", one["operations_per_second"], one["upstream_calls"], *latencies)
    return f"| {server.title} | " + " | ".join(map(str, cells)) + " |"


def _bars(content: Mapping[str, Any], servers: list[Server]) -> str:
    most = max(content["servers"][server.key]["cpu_us"] for server in servers)
    width = max(len(server.key) for server in servers)
    lines = [
        f"{server.key:<{width}} {'█' * max(1, round(one['cpu_us'] / most * _BAR))} {one['cpu_us']}"
        for server in servers
        for one in [content["servers"][server.key]]
    ]
    return "\n".join(("CPU per operation, us:\n", "```text", *lines, "```"))


def _lacks(servers: list[Server]) -> str:
    rows = [f"- {server.title}: {server.lacks}." for server in servers if server.lacks]
    return "\n".join(("## What the others do not do\n", *rows))


def _how() -> str:
    return (
        "## How\n\n"
        "`bench/mock` answers with what the sandbox's town answers, recorded at the start of each run. Every server "
        "gives the same data for the same operation before it is measured. Each connection asks for a person of its "
        "own, so that no call is shared between requests. CPU is user and system time of the server's process and its "
        "children. Ours is the real application on uvicorn: token check, access rules, mapping and request log on. "
        "Its and the peers' pools hold up to 256 connections; strawberry's is httpx's default. "
        "The bare calls are the same requests, level by level, with the application's own client, decoded and "
        "answered with a ready body. Ratios are medians of the rounds' ratios."
    )


def _versions(content: Mapping[str, Any]) -> str:
    listed = ", ".join(f"{name} {version}" for name, version in content["facts"]["versions"].items())
    return f"## Versions\n\n{listed}."


def _number(value: float | None) -> str:
    return "-" if value is None else str(value)
