"""Made-up figures of a whole run."""

from typing import Any

from bench.fan_out import FanOut
from bench.memory import Memory
from bench.results import Measured
from bench.rounds import Figures
from bench.servers import HOME_SCREEN_SERVERS, POSTS_SERVERS

FACTS: dict[str, Any] = {
    "date": "2026-01-02",
    "operation": {"upstream_calls": 19, "levels": 3, "leaves": 600, "answer_bytes": 14_000, "upstream_bytes": 23_000},
    "machine": {"cpu": "An Example", "cores": 2, "load_average_before": 0.1},
    "versions": {"python": "3.11"},
}
MEMORY = Memory(
    early_operations=10_000, early_bytes=100_000_000, late_operations=1_000_000, late_bytes=102_000_000, failed=0
)


def server(*cpu_us: float, fast: bool = True, idle: float = 0.5) -> Figures:
    """Figures of one server over some rounds."""
    rates = (10, 100) if fast else (10,)
    return Figures(
        cpu_us=list(cpu_us),
        per_second=[1e6 / value for value in cpu_us],
        calls=[19.0] * len(cpu_us),
        idle=[idle] * len(cpu_us),
        p50={rate: [66.0] * len(cpu_us) for rate in rates},
        p99={rate: [72.0] * len(cpu_us) for rate in rates},
    )


def measured(**changed: Figures) -> Measured:
    """A run in which every server costs 2000 us, and ours 1000."""
    home_screen = {one.key: server(2000, 2000, 2000) for one in HOME_SCREEN_SERVERS} | {"ours": server(900, 1000, 1200)}
    posts = {one.key: server(2000, 2000, 2000, fast=False) for one in POSTS_SERVERS} | {"ours": server(100, 100, 200)}
    fan_out = FanOut(base=server(100, 110, 90), tenfold=server(600, 550, 630), base_items=50, tenfold_items=500)
    return Measured(home_screen | changed, levels=3, posts=posts, fan_out=fan_out, memory=MEMORY)
