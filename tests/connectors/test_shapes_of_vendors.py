"""Every mapping of every vendor, over the rows of the golden cases and over odd variants of them.

A mapping's compiled code checks no types: here each record is held to its annotations, and to the careful reading.
"""

import asyncio
import importlib
import json
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.core.shape import Many, One, Shape, ShapeError
from connectors.core.shape_code import FAULTS
from connectors.registry import vendor_package
from tests.connectors.conforming import assert_conforms
from tests.connectors.golden import cases, run_case

VENDORS = ("palm_hospital", "regional_wechat")
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 30) | st.sampled_from([10**19, 10**40]),
    st.floats(),
    st.text(max_size=6),
    st.sampled_from(["", " ", "0", "1", "-1", "2.50", "2026-03-04", "2026-03-04 05:06:07", "20260304", "08:00-09:00"]),
    st.sampled_from(["男", "女", "上午", "下午", "1,2", "true", "NaN", "1e5", "|", ":", "a:b:c"]),
    st.sampled_from([[], {}, [None], [{}], {"a": "b"}]),
)


@dataclass(frozen=True)
class Reading:
    shape: Shape[Any]
    row: Any
    given: dict[str, Any]

    def nested(self) -> Iterator["Reading"]:
        yield self
        for line in self.shape.lines.values():
            rows: list[Any] = []
            if isinstance(line, Many):
                rows = list(line.rows(self.row))
            elif isinstance(line, One):
                rows = [row for row in (line.row(self.row),) if row is not None]
            for row in rows:
                below = Reading(line.shape, row, {name: self.given[name] for name in line.shape.given})
                yield from below.nested()


def modules(vendor: str) -> list[ModuleType]:
    package = vendor_package(vendor)
    return [
        importlib.import_module(f"{package.__name__}.{found.name}") for found in pkgutil.iter_modules(package.__path__)
    ]


def shapes() -> dict[str, Shape[Any]]:
    return {
        f"{module.__name__}.{name}": found
        for vendor in VENDORS
        for module in modules(vendor)
        for name, found in vars(module).items()
        if isinstance(found, Shape)
    }


@cache
def golden_readings() -> list[Reading]:
    """Run the golden cases and note what each mapping was asked to read."""
    noted: list[Reading] = []

    def noting(shape: Shape[Any]) -> Callable[..., object]:
        quick = shape.quick

        def read(row: object, **given: object) -> object:
            found = quick(row, **given)
            noted.extend(Reading(shape, row, given).nested())
            return found

        return read

    async def run_all() -> None:
        for vendor in VENDORS:
            for path in cases(vendor):
                await run_case(vendor, path)

    with pytest.MonkeyPatch.context() as patch:
        for shape in shapes().values():
            patch.setattr(shape, "quick", noting(shape))
        asyncio.run(run_all())
    return noted


def outcome(read: Any, *arguments: Any) -> str:
    """What a reading gives, to be compared with another's: an equal record, or the fact of a fault."""
    try:
        return repr(read(*arguments))
    except FAULTS:
        return "fault"


def both(reading: Reading, row: Any) -> tuple[str, str]:
    shape = reading.shape
    quick = outcome(lambda: shape.quick(row, **reading.given))
    return quick, outcome(shape.read_with_care, row, reading.given, "")


def test_the_golden_cases_reach_every_mapping() -> None:
    reached = {id(reading.shape) for reading in golden_readings()}
    assert [name for name, shape in shapes().items() if id(shape) not in reached] == []


def test_every_record_of_the_golden_cases_keeps_its_annotations() -> None:
    for reading in golden_readings():
        assert_conforms(reading.shape.read(reading.row, reading.given))


def test_the_compiled_code_makes_the_same_records_as_the_careful_reading() -> None:
    for reading in golden_readings():
        quick, careful = both(reading, reading.row)
        assert quick == careful != "fault"


@settings(max_examples=400, deadline=None)  # the first example runs the golden cases
@given(st.data())
def test_odd_rows_are_read_alike_and_kept_to_the_annotations_or_are_a_fault(data: st.DataObject) -> None:
    reading = data.draw(st.sampled_from(golden_readings()))
    changes = data.draw(st.dictionaries(st.sampled_from(sorted(reading.row) or ["a"]), ODD, max_size=3))
    row = {**json.loads(json.dumps(reading.row)), **changes}
    quick, careful = both(reading, row)
    assert quick == careful
    try:
        assert_conforms(reading.shape.read(row, reading.given))
    except ShapeError:
        assert quick == "fault"
    else:
        assert quick != "fault"
