"""One graph: a person's whole file is read at two vendors' hospitals by the same operations, and tells the same.

The operations come from the schema, one for each field; a front end that changes hospitals changes nothing but the
hospital's id. What one of the two documents has no word for stands in `vendor_differences`, and nowhere else.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.end_to_end.twin_hospitals import PALM, REGIONAL, make_twins
from tests.end_to_end.vendor_differences import (
    DIFFERENT,
    FOR_STAFF,
    IN_ANY_ORDER,
    LISTED_BY_ONE,
    ONE_SIDED,
    SILENT_AT_PALM,
    SILENT_AT_REGIONAL,
    places,
)
from tests.end_to_end.whole_file import Operation, Told, operations
from tests.end_to_end.world import World, world

BOTH = (REGIONAL, PALM)
OPERATIONS = operations(FOR_STAFF | ONE_SIDED.keys())
CAPABILITIES = "query($hospital: ID!) { hospital(id: $hospital) { capabilities } }"
CARDS = "{ viewer { patients { cards { id number hospital { code } } } } }"
SESSIONS = "query($hospital: ID!) { hospital(id: $hospital) { departments { sameDaySessions { id } } } }"
HOLDER = """query($hospital: ID!, $number: String!) { patient(by: {card: {hospitalId: $hospital, number: $number}}) {
  name gender birthDate phone identityNumber } }"""
# What an operation may cost is told and limited elsewhere: these ask for more than any screen shows.
UNLIMITED = {"calls_per_operation": 1_000_000, "calls_per_hospital": 1_000_000}


@pytest.fixture(scope="module")
def twins() -> Iterator[World]:
    """A town in which the same happened at both hospitals."""
    rates = {f"{who}_rate": "1000000/minute" for who in ("patient", "staff", "system", "address")}
    with world(limits=rates | UNLIMITED) as made:
        make_twins(made.sandbox.town)
        yield made


def cards(town: World) -> Mapping[str, Any]:
    """The person's cards, by hospital."""
    found = town.ask(CARDS).data["viewer"]["patients"][0]["cards"]
    return {card["hospital"]["code"]: card for card in found}


def variables(town: World, hospital: str, wanted: frozenset[str]) -> dict[str, Any]:
    """What operations are asked with: days and numbers are the same at both, ids are each hospital's own."""
    there = town.sandbox.town.hospitals[REGIONAL]
    given: dict[str, Any] = {
        "day": (there.admissions[0].admitted_at.date() + dt.timedelta(days=2)).isoformat(),
        "bookableDay": (town.sandbox.town.today + dt.timedelta(days=1)).isoformat(),
        "number": there.special_reports.checkups[0].id,
    }
    if "sessionId" in wanted:
        departments = town.ask(SESSIONS, {"hospital": hospital}, None).data["hospital"]["departments"]
        given["sessionId"] = departments[0]["sameDaySessions"][0]["id"]
    return {name: given[name] for name in wanted}


def told(town: World, operation: Operation, hospital: str) -> Told:
    """What a hospital answers to an operation, without the rows that only one of the two lists."""
    given = variables(town, hospital, operation.variables)
    given["card" if operation.root == "Card" else "hospital"] = (
        cards(town)[hospital]["id"] if operation.root == "Card" else hospital
    )
    data = town.ask(operation.text, given).data
    if operation.root != "Patient":
        return Told.of(operation.field, (data["node" if operation.root == "Card" else "hospital"])[operation.field])
    answer = data["viewer"]["patients"][0][operation.field]
    assert answer["failures"] == []
    left_out = LISTED_BY_ONE.get(operation.field, ())
    rows = [row for row in answer["nodes"] if not any(row[name] == value for name, value, _ in left_out)]
    return Told.of(operation.field, rows)


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_the_same_operation_tells_the_same_at_both(twins: World, operation: Operation) -> None:
    regional, palm = (told(twins, operation, hospital) for hospital in BOTH)

    assert palm.silent_beside(regional) == places(SILENT_AT_PALM, operation.field)
    assert regional.silent_beside(palm) == places(SILENT_AT_REGIONAL, operation.field)
    assert palm.unlike(regional, IN_ANY_ORDER) == places(DIFFERENT, operation.field)
    shared = regional.kinds.keys() & palm.kinds.keys()
    assert {place: regional.kinds[place] for place in shared} == {place: palm.kinds[place] for place in shared}


def test_only_capabilities_part_what_can_be_asked(twins: World) -> None:
    here, there = (
        set(twins.ask(CAPABILITIES, {"hospital": hospital}, None).data["hospital"]["capabilities"]) for hospital in BOTH
    )

    assert set(ONE_SIDED.values()) <= here ^ there


def test_the_lists_of_rows_and_orders_are_about_what_is_asked() -> None:
    asked = {operation.field for operation in OPERATIONS}
    facts = (SILENT_AT_PALM, SILENT_AT_REGIONAL, DIFFERENT)

    assert LISTED_BY_ONE.keys() <= asked
    assert {place.partition(".")[0] for place in IN_ANY_ORDER} <= asked
    assert {path.partition(".")[0] for fact in facts for paths in fact.values() for path in paths} <= asked


@pytest.mark.parametrize("field", LISTED_BY_ONE)
def test_rows_that_only_one_lists_are_there(twins: World, field: str) -> None:
    query = "query($hospital: ID!) { viewer { patients { LIST(hospitals: [$hospital]) { nodes { FIELDS } } } } }"
    names = " ".join({name for name, _, _ in LISTED_BY_ONE[field]})
    query = query.replace("LIST", field).replace("FIELDS", names)
    here, there = (
        twins.ask(query, {"hospital": hospital}).data["viewer"]["patients"][0][field]["nodes"] for hospital in BOTH
    )

    for name, value, _ in LISTED_BY_ONE[field]:
        assert (value in {row[name] for row in here}) is not (value in {row[name] for row in there}), value


def test_a_person_is_the_same_at_both_and_masked_alike(twins: World) -> None:
    here, there = (
        twins.ask(HOLDER, {"hospital": hospital, "number": cards(twins)[hospital]["number"]}, twins.staff()).data
        for hospital in BOTH
    )
    known = twins.sandbox.town.people["p01"]

    assert here == there
    assert here["patient"]["name"] == known.name
    assert here["patient"]["birthDate"] == known.birth_date.isoformat()
    assert here["patient"]["phone"] == f"{known.phone[:3]}****{known.phone[-4:]}"
    assert here["patient"]["identityNumber"] == f"{known.identity_number[:3]}***********{known.identity_number[-4:]}"
