"""Posts with users at a hundred connections: operations per second of one core."""

from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

from bench.bed import bed
from bench.rounds import Figures, Plan, rounds
from bench.servers import POSTS_SERVERS
from bench.tailcall.work import work

CONNECTIONS = 100


def measure(plan: Plan, folder: Path, say: Callable[[str], None]) -> Mapping[str, Figures]:
    """Measure all servers of the scenario, by key."""
    with bed(work(), POSTS_SERVERS, folder) as running:
        return rounds(running, plan, lambda line: say(f"posts with users: {line}"))


def faster(figures: Mapping[str, Figures], ours: str, other: str) -> float:
    """Median over the rounds of operations per second, ours over another's."""
    pairs = zip(figures[ours].per_second, figures[other].per_second, strict=True)
    return round(median(mine / theirs for mine, theirs in pairs), 3)
