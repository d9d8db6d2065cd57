"""docs/performance.svg: CPU per operation and latency per server, readable on light and on dark pages."""

from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape

_WIDTH, _LEFT, _RIGHT, _ROW, _HEAD = 760, 110, 110, 26, 40
_SPAN = _WIDTH - _LEFT - _RIGHT
_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #24292f }
.title { font-weight: 600 }
.ours { fill: #0969da; stroke: #0969da }
.other { fill: #8c959f; stroke: #8c959f }
.scale { stroke: #d0d7de }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .ours { fill: #58a6ff; stroke: #58a6ff }
  .other { fill: #6e7681; stroke: #6e7681 }
  .scale { stroke: #30363d }
}
"""
_OURS = frozenset({"ours", "warm"})


def plot(servers: Mapping[str, Any]) -> str:
    """Draw the figures of results.json: bars of CPU, and for each rate the stretch from p50 to p99."""
    rates = sorted({int(rate) for one in servers.values() for rate in one["p50_ms"]})
    panels = [(len(servers), _bars(servers))]
    for rate in rates:
        shown = {key: one for key, one in servers.items() if str(rate) in one["p50_ms"]}
        panels.append((len(shown), _stretches(shown, str(rate))))
    shapes: list[str] = []
    top = 0
    for rows, panel in panels:
        shapes += [f'<g transform="translate(0 {top})">', *panel, "</g>"]
        top += _HEAD + _ROW * rows + _ROW // 2
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" width="{_WIDTH}" height="{top}" '
        'role="img" aria-label="CPU per operation and latency per server">'
    )
    return "\n".join((head, f"<style>{_STYLE}</style>", *shapes, "</svg>\n"))


def _bars(servers: Mapping[str, Any]) -> Iterator[str]:
    most = max(one["cpu_us"] for one in servers.values())
    yield _title("CPU per operation, microseconds")
    for row, (key, one) in enumerate(servers.items()):
        width = max(one["cpu_us"] / most * _SPAN, 1)
        yield f'<rect class="{_kind(key)}" x="{_LEFT}" y="{_y(row) - 8}" width="{width:.1f}" height="16" rx="2"/>'
        yield from _labels(row, key, f"{one['cpu_us']:,}", _LEFT + width)


def _stretches(servers: Mapping[str, Any], rate: str) -> Iterator[str]:
    most = max(one["p99_ms"][rate] for one in servers.values())
    yield _title(f"Latency at {rate} operations per second, milliseconds: from p50 to p99")
    for row, (key, one) in enumerate(servers.items()):
        median, worst = one["p50_ms"][rate], one["p99_ms"][rate]
        start, end, y = _LEFT + median / most * _SPAN, _LEFT + worst / most * _SPAN, _y(row)
        yield f'<line class="scale" x1="{_LEFT}" y1="{y}" x2="{start:.1f}" y2="{y}"/>'
        yield f'<line class="{_kind(key)}" x1="{start:.1f}" y1="{y}" x2="{end:.1f}" y2="{y}" stroke-width="4"/>'
        yield f'<circle class="{_kind(key)}" cx="{start:.1f}" cy="{y}" r="5"/>'
        yield from _labels(row, key, f"{median:.0f} / {worst:.0f}", end)


def _title(text: str) -> str:
    return f'<text class="title" x="8" y="22">{escape(text)}</text>'


def _labels(row: int, key: str, value: str, end: float) -> Iterator[str]:
    yield f'<text x="{_LEFT - 8}" y="{_y(row) + 5}" text-anchor="end">{escape(key)}</text>'
    yield f'<text x="{end + 10:.1f}" y="{_y(row) + 5}">{escape(value)}</text>'


def _y(row: int) -> int:
    return _HEAD + _ROW * row + _ROW // 2


def _kind(key: str) -> str:
    return "ours" if key in _OURS else "other"
