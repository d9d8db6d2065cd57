"""Instructions per operation, counted by valgrind's callgrind: they are the same whatever else the machine does."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import mock
from bench.home_screen import work_of
from bench.scene import record

OPERATIONS = 40
_ROOT = Path(__file__).parent.parent
_PROGRAMS = ("valgrind", "callgrind_control")
_COLLECTED = re.compile(r"^==\d+== Collected : (\d+)", re.MULTILINE)
_SECONDS = 600
_SHOWN = 1500


class CountError(Exception):
    """Nothing was counted; the message says why."""


@dataclass(frozen=True, slots=True)
class Instructions:
    """Instructions per operation: ours without caches, and the bare calls."""

    ours: int
    bare: int

    @property
    def ratio(self) -> float:
        """Ours over the bare calls: what other builds of Python and versions of libraries shift least."""
        return self.ours / self.bare


def measure(folder: Path, say: Callable[[str], None]) -> Instructions:
    """Count both before one mock; `folder` is this run's alone. Raises CountError."""
    _require_valgrind()
    folder.mkdir(parents=True, exist_ok=True)
    work = work_of(record())
    scene = folder / "scene.json"
    scene.write_text(work.facts)
    with mock.serving(work.routes, folder) as upstream:
        found = {}
        for kind in ("cold", "bare"):
            found[kind] = _counted(upstream, scene, kind)
            say(f"{kind}: {found[kind]:,} instructions per operation")
    return Instructions(ours=found["cold"], bare=found["bare"])


def collected(output: str) -> int:
    """Read how many instructions valgrind says it counted; raises CountError where it does not, or counted none."""
    found = _COLLECTED.search(output)
    if found is None or not int(found[1]):
        raise CountError(f"valgrind counted nothing: {_end(output)}")
    return int(found[1])


def _require_valgrind() -> None:
    if not all(map(shutil.which, _PROGRAMS)):
        raise CountError("Instructions are counted by valgrind, which is missing (Debian package: valgrind).")


def _counted(upstream: str, scene: Path, kind: str) -> int:
    command = [*_valgrind(scene.with_name(f"callgrind.{kind}")), *_process(upstream, scene, kind)]
    try:
        done = subprocess.run(  # noqa: S603 # our own command
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            cwd=_ROOT,
            env={**os.environ, "PYTHONHASHSEED": "0"},
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise CountError(f"{kind}: not counted within {_SECONDS} seconds") from None
    if done.returncode:
        raise CountError(f"{kind}: the counted process failed: {_end(done.stdout)}")
    return round(collected(done.stdout) / OPERATIONS)


def _valgrind(written: Path) -> list[str]:
    # The children are the programs that switch the counting.
    return [
        "valgrind",
        "--tool=callgrind",
        "--instr-atstart=no",
        "--child-silent-after-fork=yes",
        f"--callgrind-out-file={written}",
    ]


def _process(upstream: str, scene: Path, kind: str) -> list[str]:
    return [sys.executable, "-m", "bench.counted", upstream, str(scene), kind, str(OPERATIONS)]


def _end(output: str) -> str:
    return output.strip()[-_SHOWN:]
