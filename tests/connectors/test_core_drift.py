"""What of an answer is not as documented, and how often that is looked at."""

import json
from typing import Any

import pytest

from connectors.core.claims import claimed
from connectors.core.drift import Drift
from connectors.records.drift import DriftKind
from connectors.regional_wechat import ENDPOINTS
from connectors.regional_wechat.documented import AROUND, FIELDS
from tests.connectors.golden import CASES

DOCUMENTED = {"1.1": {"data!": {"id!": None, "name": None, "code|codes!": None, "rows": {"at!": None}}}}
GOOD = {"success": True, "data": {"id": 1, "name": "", "codes": None, "rows": [{"at": ""}]}}


def compared(answer: Any, **options: Any) -> list[tuple[str, str]]:
    drift = Drift(DOCUMENTED, frozenset({"success"}), **options)
    drift.look("1.1", answer)
    return [(each.field, each.kind.value) for each in drift.found]


def test_what_is_as_documented_is_no_drift() -> None:
    assert compared(GOOD) == []


@pytest.mark.parametrize("data", [None, [], "", {"id": 1, "code": "2"}, [{"id": 1, "code": "2", "rows": None}]])
def test_nothing_and_lists_for_objects_are_no_drift(data: Any) -> None:
    assert compared({"success": True, "data": data}) == []


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ({"success": True}, [("data", "MISSING")]),
        ({**GOOD, "time": 1}, [("time", "UNKNOWN")]),
        ({"data": {"id": 1}}, [("data.code", "MISSING")]),
        ({"data": [{"id": 1, "code": 1}, {"code": 2, "Id": 3}]}, [("data.Id", "UNKNOWN"), ("data.id", "MISSING")]),
        ({"data": {"id": 1, "code": 1, "rows": {"on": 1}}}, [("data.rows.at", "MISSING"), ("data.rows.on", "UNKNOWN")]),
        ({"data": {"id": 1, "code": 1, "样例甲": 1}}, [("data.(?)", "UNKNOWN")]),
        ({"data": {"id": 1, "code": 1, "k370102199001015236": 1}}, [("data.(?)", "UNKNOWN")]),
    ],
)
def test_what_differs_is_named_by_its_place_and_never_by_a_value(answer: Any, found: list[Any]) -> None:
    assert compared(answer) == found


def test_a_difference_counts_once_an_answer_and_is_told_on() -> None:
    told: list[tuple[str, DriftKind]] = []
    drift = Drift(DOCUMENTED, frozenset(), lambda *noted: told.append(noted), seconds=0)
    for _ in range(3):
        drift.look("1.1", {"data": [{"id": 1}, {"id": 2}]})
    assert [(each.field, each.count) for each in drift.found] == [("data.code", 3)]
    assert told == [("1.1", DriftKind.MISSING)] * 3


def test_answers_in_between_are_not_looked_at() -> None:
    drift = Drift(DOCUMENTED, frozenset(), seconds=3600)
    drift.look("1.1", GOOD | {"success": None})
    drift.look("1.1", {})
    drift.look("9.9", {"other": 1})
    assert [each.field for each in drift.found] == ["success"]


def test_what_is_kept_has_an_end() -> None:
    drift = Drift(DOCUMENTED, frozenset(), seconds=0)
    for number in range(700):
        drift.look("1.1", GOOD | {f"f{number}": 1})
    assert len(drift.found) == 500


def test_every_claimed_interface_of_the_regional_document_is_compared() -> None:
    assert claimed(*ENDPOINTS).keys() <= FIELDS.keys()


def test_the_documents_own_examples_are_as_documented() -> None:
    drift = Drift(FIELDS, AROUND, seconds=0)
    looked = 0
    for path in sorted((CASES / "regional_wechat").glob("*.json")):
        case = json.loads(path.read_text())
        if path.stem == case["interface"] and "error" not in case:
            drift.look(case["interface"], case["response"])
            looked += 1
    assert looked > 100
    assert drift.found == []
