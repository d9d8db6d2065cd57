"""Operating rooms and what is operated there today."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

STATES = {
    "planned": "计划中",
    "preparing": "手术准备中",
    "in_progress": "手术进行中",
    "recovering": "麻醉恢复中",
    "finished": "手术结束",
}
"""How far an operation can have come, and how the boards write it."""


@dataclass(slots=True, kw_only=True)
class Operation:
    """Somebody's operation today; `state` is one of STATES."""

    person_id: str
    department_id: str
    bed: str
    planned_time: dt.time
    state: str


@dataclass(slots=True, kw_only=True)
class Room:
    """An operating room of a campus."""

    id: str
    campus_id: str
    name: str
    address: str
    operations: list[Operation] = field(default_factory=list)


def rooms(campuses: Sequence[str], people: Sequence[str], departments: Sequence[str]) -> list[Room]:
    """Two rooms on each campus; the first campus operates, an operation of every state, the latest first."""
    made = [
        Room(id=f"OR-{campus}-{number}", campus_id=campus, name=f"{number}号手术间", address=f"外科楼{number}层")
        for campus in campuses
        for number in (1, 2)
    ]
    for place, state in enumerate(STATES):
        made[place % 2].operations.append(
            Operation(
                person_id=people[place % len(people)],
                department_id=departments[place % len(departments)],
                bed=f"{place + 1}床",
                planned_time=dt.time(16 - place, 30),
                state=state,
            )
        )
    return made
