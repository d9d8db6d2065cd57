"""`python -m bench`: everything, written to docs/performance.md.

`--quick`: ours against the bare calls, in less than three minutes; `--memory`: the memory of a million operations;
`--instructions`: what the home screen takes, counted instead of timed.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import structlog
from rich.console import Console

from bench import fan_out, guard, instructions, memory, page, results
from bench.bed import WrongAnswer, bed
from bench.facts import facts
from bench.home_screen import work_of
from bench.processes import LOAD_CORE, ServerError
from bench.rounds import Plan, rounds
from bench.scene import Scene, record
from bench.servers import BARE, HOME_SCREEN_SERVERS, OURS, install_peers
from bench.tailcall import measure as posts
from bench.terminal import said, servers_table

_FULL = Plan(rounds=3, seconds=3, rates=(10, 100), rate_seconds=4)
_QUICK = Plan(rounds=5, seconds=3)
_POSTS = Plan(rounds=3, seconds=4, connections=posts.CONNECTIONS)
_FAN_OUT = Plan(rounds=5, seconds=3)
_CORES = 2
_console = Console(highlight=False)


def main() -> int:
    """Run what the command line asks for."""
    run = _asked_for()
    if len(os.sched_getaffinity(0)) < _CORES:
        _console.print("Two cores are needed: one for the server, one for the load.")
        return 2
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    try:
        with tempfile.TemporaryDirectory() as folder:
            run(Path(folder))
    except (ServerError, WrongAnswer, instructions.CountError, guard.LongerError) as error:
        _console.print(str(error), markup=False)  # it may end with a log, and that with brackets
        return 1
    return 0


def _asked_for() -> Callable[[Path], None]:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    chosen = parser.add_mutually_exclusive_group()
    for part, told in (
        (_quick, "ours against the bare calls, in less than three minutes"),
        (_memory, "the memory of a million operations, in at most eleven minutes"),
        (_instructions, "instructions per operation, in less than two minutes"),
    ):
        name = part.__name__.removeprefix("_")
        chosen.add_argument(f"--{name}", dest="run", action="store_const", const=part, default=_full, help=told)
    then = parser.add_mutually_exclusive_group()
    then.add_argument("--keep", dest="then", action="store_const", const=_keep, help="write the instructions down")
    then.add_argument("--check", dest="then", action="store_const", const=_check, help="fail where they are too many")
    given = parser.parse_args()
    run: Callable[[Path], None] = given.run
    if given.then is None:
        return run
    if run is not _instructions:
        parser.error("--keep and --check go with --instructions")
    return partial(_instructions, then=given.then)


def _full(folder: Path) -> None:
    install_peers()
    load_average = os.getloadavg()[0]
    scene = _scene()
    with bed(work_of(scene), HOME_SCREEN_SERVERS, folder / "home_screen") as home_screen:
        figures = rounds(home_screen, _FULL, _console.print)
    measured = results.Measured(
        home_screen=figures,
        levels=scene.levels,
        posts=posts.measure(_POSTS, folder / "posts", _console.print),
        fan_out=fan_out.measure(_FAN_OUT, folder / "fan_out", _console.print),
        memory=memory.measure(scene, folder / "memory", _console.print),
    )
    content = results.with_kept(results.results(measured, facts(scene, load_average)), results.committed())
    results.write(content)
    page.write(content)
    _console.print(servers_table(content["servers"]), servers_table(content["posts"]))
    _console.print({key: value for key, value in content.items() if key not in {"servers", "posts", "facts"}})


def _quick(folder: Path) -> None:
    with bed(work_of(_scene()), [OURS, BARE], folder / "quick") as running:
        figures = rounds(running, _QUICK, _console.print)
    now = results.ratio(figures, "ours", "bare")
    _console.print(f"ours {said(figures['ours'])}, bare calls {said(figures['bare'])}: cpu_vs_bare {now}")
    last = (results.committed() or {}).get("cpu_vs_bare")
    if last:
        _console.print(f"last full run: {last}; now / then: {now / last:.2f}")


def _memory(folder: Path) -> None:
    found = memory.measure(_scene(), folder / "memory", _console.print)
    _console.print(f"memory_growth {found.growth:.3f}: {found.note}; failed {found.failed}")
    before = results.committed()
    if before:
        content = results.with_memory(before, found)
        results.write(content)
        page.write(content)


def _instructions(folder: Path, then: Callable[[instructions.Instructions], None] | None = None) -> None:
    found = instructions.measure(folder / "instructions", _console.print)
    _console.print(guard.compared(found, results.committed()))
    if then is not None:
        then(found)


def _keep(found: instructions.Instructions) -> None:
    before = results.committed()
    if before is None:
        raise instructions.CountError(
            "No full run has written bench/results.json, where they are kept: python -m bench"
        )
    results.write(results.with_instructions(before, found))


def _check(found: instructions.Instructions) -> None:
    _console.print(guard.check(found, results.committed()))


def _scene() -> Scene:
    scene = record()
    # From here on this process is the load; the servers have the other core for themselves.
    os.sched_setaffinity(0, {LOAD_CORE})
    return scene


if __name__ == "__main__":
    sys.exit(main())
