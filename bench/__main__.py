"""`python -m bench`: everything, written to docs/performance.md; `--quick`: ours against the bare calls."""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

import structlog
from rich.console import Console
from rich.table import Table

from bench import page, results
from bench.facts import facts
from bench.processes import LOAD_CORE, ServerError
from bench.rounds import Figures, Plan, WrongAnswer, run
from bench.scene import Scene, record
from bench.servers import BARE, OURS, PEER_SERVERS, WARM, install_peers

_FULL = Plan(rounds=3, seconds=3, rates=(10, 100), rate_seconds=4)
_QUICK = Plan(rounds=5, seconds=3, rates=(), rate_seconds=0)
_SERVERS = [OURS, BARE, WARM, *PEER_SERVERS]
_CORES = 2
_console = Console(highlight=False)


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="ours against the bare calls, under three minutes")
    quick: bool = parser.parse_args().quick
    if len(os.sched_getaffinity(0)) < _CORES:
        _console.print("Two cores are needed: one for the server, one for the load.")
        return 2
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    try:
        return _quick() if quick else _full()
    except (ServerError, WrongAnswer) as error:
        _console.print(str(error))
        return 1


def _full() -> int:
    install_peers()
    load_average = os.getloadavg()[0]
    scene = _scene()
    with tempfile.TemporaryDirectory() as folder:
        figures = dict(run(scene, _SERVERS, _FULL, Path(folder), _console.print))
    content = results.results(figures, scene.levels, facts(scene, load_average))
    results.write(content)
    page.write(content, _SERVERS)
    _print_servers(content)
    _console.print({key: value for key, value in content.items() if key not in {"servers", "facts"}})
    return 0


def _quick() -> int:
    before = results.committed()
    scene = _scene()
    with tempfile.TemporaryDirectory() as folder:
        figures = run(scene, [OURS, BARE], _QUICK, Path(folder), _console.print)
    now = results.ratio(figures, "ours", "bare")
    _console.print(f"ours {_said(figures['ours'])}, bare calls {_said(figures['bare'])}: cpu_vs_bare {now}")
    last = before and before.get("cpu_vs_bare")
    if last:
        _console.print(f"last full run: {last}; now / then: {now / last:.2f}")
    return 0


def _scene() -> Scene:
    scene = record()
    # From here on this process is the load; the servers have the other core for themselves.
    os.sched_setaffinity(0, {LOAD_CORE})
    return scene


def _said(figures: Figures) -> str:
    return f"{median(figures.cpu_us):.0f} us/operation (spread {figures.spread:.0%})"


def _print_servers(content: dict[str, Any]) -> None:
    table = Table("server", "CPU us/op", "spread", "op/s", "calls", "p50 ms", "p99 ms", "failed")
    for server in _SERVERS:
        one = content["servers"][server.key]
        table.add_row(
            server.key,
            str(one["cpu_us"]),
            f"{one['spread']:.0%}",
            str(one["operations_per_second"]),
            str(one["upstream_calls"]),
            _by_rate(one["p50_ms"]),
            _by_rate(one["p99_ms"]),
            str(one["failed"]),
        )
    _console.print(table)


def _by_rate(values: dict[str, float]) -> str:
    return ", ".join(f"{value} at {rate}/s" for rate, value in values.items()) or "-"


if __name__ == "__main__":
    sys.exit(main())
