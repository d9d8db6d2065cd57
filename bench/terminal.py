"""What a run shows in the terminal."""

from collections.abc import Mapping
from statistics import median
from typing import Any

from rich.table import Table

from bench.rounds import Figures


def said(figures: Figures) -> str:
    """CPU per operation of a server, with its noise."""
    return f"{median(figures.cpu_us):.0f} us/operation (spread {figures.spread:.0%})"


def servers_table(servers: Mapping[str, Any]) -> Table:
    """The figures of all servers, as results.json has them."""
    table = Table("server", "CPU us/op", "spread", "op/s", "calls", "load idle", "p50 ms", "p99 ms", "failed")
    for key, one in servers.items():
        table.add_row(
            key,
            str(one["cpu_us"]),
            f"{one['spread']:.0%}",
            str(one["operations_per_second"]),
            str(one["upstream_calls"]),
            f"{one['load_idle']:.0%}",
            _by_rate(one["p50_ms"]),
            _by_rate(one["p99_ms"]),
            str(one["failed"]),
        )
    return table


def _by_rate(values: Mapping[str, float]) -> str:
    return ", ".join(f"{value} at {rate}/s" for rate, value in values.items()) or "-"
