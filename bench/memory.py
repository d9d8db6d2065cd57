"""Memory after a million operations over that after ten thousand: caches turn over, nothing else may grow."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.bed import Bed, bed
from bench.flat_out import flat_out, write_requests
from bench.home_screen import work_of
from bench.processes import resident_bytes
from bench.scene import Scene
from bench.servers import WARM
from bench.work import Work, message

_FIRST, _ALL = 10_000, 1_000_000
_SECONDS = 600
_CONNECTIONS = 32
# Of so many requests in turn, every eighth is a document of its own: more than the server keeps.
_CYCLE, _OWN_DOCUMENT, _HOME_SCREEN = 20_000, 8, 50
_MIXED = "mixed"
_SMALL = "{ hospitals { code name } }"


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident bytes early and late, and after how many operations that was."""

    early_operations: int
    early_bytes: int
    late_operations: int
    late_bytes: int
    failed: int

    @property
    def growth(self) -> float:
        """Late over early."""
        return self.late_bytes / self.early_bytes

    @property
    def note(self) -> str:
        """Say what was done."""
        return (
            f"{self.early_bytes / 1e6:.1f} MB resident after {self.early_operations:,} operations, "
            f"{self.late_bytes / 1e6:.1f} MB after {self.late_operations:,}; every {_HOME_SCREEN}th a home screen, "
            f"every {_OWN_DOCUMENT}th a document of its own"
        )


def measure(scene: Scene, folder: Path, say: Callable[[str], None]) -> Memory:
    """Ask ours, caches on, until the million or the time is over."""
    work = work_of(scene)
    with bed(work, [WARM], folder) as running:
        write_requests(folder / _MIXED, mixed(scene, work))
        early = _ask(running, _FIRST)
        before = resident_bytes(running.servers[0].pid)
        say(f"memory: {before / 1e6:.1f} MB after {early[0]:,} operations; now to {_ALL:,}, at most {_SECONDS} s")
        late = _ask(running, _ALL - early[0])
        return Memory(early[0], before, early[0] + late[0], resident_bytes(running.servers[0].pid), early[1] + late[1])


def mixed(scene: Scene, work: Work) -> list[bytes]:
    """Mix one cycle: home screens of all people in turn, documents that are seldom seen again, and one small one."""
    tokens = [person.token for person in scene.people]
    small = [message(_body(_SMALL), token) for token in tokens]
    cycle = []
    for number in range(_CYCLE):
        person = number % len(tokens)
        if number % _HOME_SCREEN == 0:
            cycle.append(work.requests[number // _HOME_SCREEN % len(work.requests)])
        elif number % _OWN_DOCUMENT == 1:
            cycle.append(message(_body(f"query Hospitals{number} {_SMALL}"), tokens[person]))
        else:
            cycle.append(small[person])
    return cycle


def _ask(running: Bed, most: int) -> tuple[int, int]:
    done = flat_out(
        running.servers[0].port,
        running.folder / _MIXED,
        connections=_CONNECTIONS,
        seconds=_SECONDS,
        most=most,
        turns="turn",
    )
    return done.operations, done.failed


def _body(query: str) -> bytes:
    return json.dumps({"query": query}).encode()
