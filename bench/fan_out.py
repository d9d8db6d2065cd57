"""Ten times the items: what an operation costs when every list is ten times as long, over the same calls."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

import orjson

from bench.bed import bed
from bench.home_screen import work_of
from bench.rounds import Figures, Plan, measure_cpu, warm_up
from bench.scene import Call, Scene, record
from bench.servers import OURS

TIMES = 10
_OPERATION = Path(__file__).with_name("fan_out.graphql")
# The page size: the longest list of the sandbox's person fits, and ten times that is the most that may be asked for.
_FIRST = 20
_LISTS = {
    "electronicMedicalRecord": ("data",),
    "queryHospitalizationRecord": ("data",),
    "queryOutpatientCostDetail": ("data",),
    "laboratoryReport": ("data", "report"),
    "getVisitInfoNew": ("records",),
    "getLisPacsList": ("records",),
}
_IDS = ("id", "invoiceId")


@dataclass(frozen=True, slots=True)
class FanOut:
    """CPU per operation at the base and at ten times the items, and how many items those were."""

    base: Figures
    tenfold: Figures
    base_items: int
    tenfold_items: int

    @property
    def growth(self) -> float:
        """Median over the rounds."""
        pairs = zip(self.tenfold.cpu_us, self.base.cpu_us, strict=True)
        return median(tenfold / base for tenfold, base in pairs)


def measure(plan: Plan, folder: Path, say: Callable[[str], None]) -> FanOut:
    """Measure ours before two mocks, in turn."""
    scene = record(_OPERATION, first=_FIRST)
    figures = Figures(), Figures()
    larger = enlarged(scene, TIMES)
    with (
        bed(work_of(scene), [OURS], folder / "base") as base,
        bed(work_of(larger), [OURS], folder / "tenfold") as tenfold,
    ):
        for one in (base, tenfold):
            warm_up(one, one.servers[0], plan)
        for number in range(plan.rounds):
            for one, noted in zip((base, tenfold), figures, strict=True):
                measure_cpu(one, one.servers[0], plan, noted)
            say(f"ten times the items: round {number + 1} of {plan.rounds}")
    return FanOut(*figures, items(scene.expected), items(larger.expected))


def enlarged(scene: Scene, times: int) -> Scene:
    """Make every list so many times as long, in the hospitals' answers and in the right one."""
    patient = {
        name: _longer_page(part, times) if isinstance(part, dict) and "nodes" in part else part
        for name, part in scene.expected["patient"].items()
    }
    return replace(
        scene,
        calls=[longer(call, times) for call in scene.calls],
        expected={"patient": patient},
        variables=scene.variables | {"first": scene.variables["first"] * times},
    )


def longer(call: Call, times: int) -> Call:
    """Repeat the rows of a list, each with an id of its own; other answers stay as they are."""
    path = _LISTS.get(call.path.rsplit("/", 1)[-1].removeprefix("hospital.interface."))
    if path is None:
        return call
    answer = orjson.loads(call.answer)
    *way, last = path
    holder = answer
    for name in way:
        holder = holder[name]
    holder[last] = [_named_anew(row, number) for row in holder[last] for number in range(times)]
    return replace(call, answer=orjson.dumps(answer).decode())


def items(expected: dict[str, Any]) -> int:
    """Count what the lists hold, and what is in it."""
    patient = expected["patient"]
    nodes: Sequence[Any] = [node for part in patient.values() if isinstance(part, dict) for node in part["nodes"]]
    return len(nodes) + sum(len(node.get("items", ())) for node in nodes)


def _named_anew(row: dict[str, Any], number: int) -> dict[str, Any]:
    return row | {name: f"{row[name]}-{number}" for name in _IDS if name in row}


def _longer_page(page: dict[str, Any], times: int) -> dict[str, Any]:
    # Copies of a row have its time, so they stay beside each other where a page is sorted by time.
    nodes = [node for node in page["nodes"] for _ in range(times)]
    return page | {"totalCount": page["totalCount"] * times, "nodes": nodes}
