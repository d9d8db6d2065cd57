"""Whether the hot path has become longer: the ratio of instructions, beside the committed one."""

from collections.abc import Mapping
from typing import Any

from bench.instructions import Instructions

# Runs of the same code differ by less than a hundredth; other machines and builds may by more.
TOLERANCE = 0.05
_KEEP = "python -m bench --instructions --keep"


class LongerError(Exception):
    """More instructions than committed, or nothing committed to compare with."""


def compared(now: Instructions, content: Mapping[str, Any] | None) -> str:
    """Say what was counted, and what is committed; `content` is that of bench/results.json."""
    counted = f"ours {now.ours:,}, bare calls {now.bare:,} instructions per operation: vs_bare {now.ratio:.3f}"
    before = _committed(content)
    if before is None:
        return f"{counted}\nnothing committed"
    return (
        f"{counted}\ncommitted: ours {before['ours']:,}, bare calls {before['bare']:,}: vs_bare {before['vs_bare']}; "
        f"now / committed: {now.ratio / before['vs_bare']:.3f}"
    )


def check(now: Instructions, content: Mapping[str, Any] | None) -> str:
    """Say how the ratio stands to the committed one; raises LongerError where it is too high."""
    before = _committed(content)
    if before is None:
        raise LongerError(f"Nothing is committed to compare with; keep the figures: {_KEEP}")
    change = now.ratio / before["vs_bare"] - 1
    if change > TOLERANCE:
        raise LongerError(
            f"The hot path takes {change:.1%} more instructions beside the bare calls than committed; "
            f"{TOLERANCE:.0%} are allowed. If that is meant, keep the new figure: {_KEEP}"
        )
    if change < -TOLERANCE:
        return f"The hot path takes {-change:.1%} fewer instructions than committed; keep the new figure: {_KEEP}"
    return f"As committed: within {TOLERANCE:.0%}."


def _committed(content: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    return (content or {}).get("instructions")
