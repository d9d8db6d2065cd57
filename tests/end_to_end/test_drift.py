"""A hospital whose answers change is told of, to those who work there; what it answers is still read."""

from typing import Any

import httpx
import pytest

from sandbox.regional import registry
from sandbox.regional.call import Call, Interface
from tests.end_to_end.world import World

NAME = "hospital.interface.physical.getNotice"
PACKAGES = "hospital.interface.physical.getPackageList"
ASK = "{ viewer { patients { cards { checkupNotice checkupPackages { name } } } } }"
DRIFT = """query($hospital: ID!) { hospital(id: $hospital) {
  drift { interface field kind count lastSeenAt } } }"""


def changed(interface: Interface, change: Any) -> Interface:
    def answer(call: Call) -> dict[str, Any]:
        found = interface.answer(call)
        change(found)
        return found

    return Interface(interface.name, answer)


def test_changed_answers_are_read_and_counted(fresh: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def rename(found: dict[str, Any]) -> None:
        for row in found["data"]:
            row["validUntil"] = row.pop("endDate")

    packages = changed(registry.REGISTRY[PACKAGES], rename)
    notice = changed(registry.REGISTRY[NAME], lambda found: found.update(version="2"))
    monkeypatch.setitem(registry.REGISTRY, PACKAGES, packages)
    monkeypatch.setitem(registry.REGISTRY, NAME, notice)

    cards = fresh.ask(ASK).body["data"]["viewer"]["patients"][0]["cards"]
    assert cards[0]["checkupNotice"]
    assert len(cards[0]["checkupPackages"]) == 2

    found = fresh.ask(DRIFT, {"hospital": "253"}, fresh.staff()).data["hospital"]["drift"]
    assert [(each["interface"], each["field"], each["kind"], each["count"]) for each in found] == [
        ("28.1.1", "data.endDate", "MISSING", 1),
        ("28.1.1", "data.validUntil", "UNKNOWN", 1),
        ("28.1.9", "version", "UNKNOWN", 1),
    ]
    figures = httpx.get(f"{fresh.url}/metrics", trust_env=False).text
    assert 'patient_graph_drift_total{interface="28.1.9",kind="unknown",system="regional"}' in figures
    assert "validUntil" not in figures


def test_only_staff_of_the_hospital_see_it(shared: World) -> None:
    asked = {"hospital": "253"}
    assert shared.ask(DRIFT, asked, None).codes == ["UNAUTHENTICATED"]
    assert shared.ask(DRIFT, asked).codes == ["FORBIDDEN"]
    assert shared.ask(DRIFT, asked, shared.staff(["254"])).codes == ["FORBIDDEN"]
    assert shared.ask(DRIFT, asked, shared.staff(["253"])).codes == []


def test_a_system_that_is_not_compared_says_so(shared: World) -> None:
    assert shared.ask(DRIFT, {"hospital": "501"}, shared.staff()).data["hospital"]["drift"] is None
