"""Reports and visits of a stay at the palm hospital, with the operations of the other vendor's hospitals."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from sandbox.faults import Fault
from sandbox.town.model import Admission, Hospital
from sandbox.town.susceptibility import CULTURE
from tests.end_to_end.report_files import fetch
from tests.end_to_end.world import World

PALM, ACCOUNT = "501", "account-3"
FIELDS = """__typename id title status
  ... on LabReport { pdf { path } detail { withheld observations { name } susceptibilities { antibioticName } } }
  ... on ImagingReport { pdf { path } detail { withheld findings } }"""
REPORTS = f"""query($since: Date) {{ viewer {{ patients {{ reports(first: 50, since: $since, hospitals: ["501"]) {{
  failures {{ hospital {{ code }} code }} nodes {{ {FIELDS} }} }} }} }} }}"""
REPORT = f"query($id: ID!) {{ node(id: $id) {{ ... on Report {{ {FIELDS} }} }} }}"
VISITS = """query($day: Date!, $since: Date) { viewer { patients {
  visits(first: 50, since: $since, hospitals: ["501"]) { failures { hospital { code } code } nodes {
    id visitClass number startedAt endedAt departmentName cost
    medicalRecord { complaint } stayBill { total }
    dailyBill(day: $day) { total items { name } } costSummary { total byItem { name total } } } } } } }"""
VISIT = "query($id: ID!) { node(id: $id) { ... on Visit { visitClass number } } }"


def there(town: World) -> Hospital:
    return town.sandbox.town.hospitals[PALM]


def the_stay(town: World) -> Admission:
    (stay,) = there(town).admissions
    return stay


def patients(town: World) -> set[str]:
    """Who of the account has a card there."""
    people = {person for person, _ in town.sandbox.town.accounts[ACCOUNT].people}
    return {card.person_id for card in there(town).cards} & people


def lists(town: World, query: str, name: str, **variables: Any) -> list[Any]:
    """The list of each person of the account."""
    found = town.ask(query, variables, town.token(ACCOUNT)).data["viewer"]["patients"]
    return [patient[name] for patient in found]


def reports(town: World, **variables: Any) -> dict[str, Any]:
    """All reports, by their titles at the hospital that are of the stay."""
    inside = {report.title for report in there(town).reports if report.inpatient}
    nodes = [node for found in lists(town, REPORTS, "reports", **variables) for node in found["nodes"]]
    return {node["__typename"]: node for node in nodes if node["title"] in inside and node["detail"]}


def visits(town: World, **variables: Any) -> list[Any]:
    asked = {"day": (the_stay(town).admitted_at.date() + dt.timedelta(days=2)).isoformat(), **variables}
    return [node for found in lists(town, VISITS, "visits", **asked) for node in found["nodes"]]


def of_stay(town: World, **variables: Any) -> list[Any]:
    return [node for node in visits(town, **variables) if node["visitClass"] == "INPATIENT"]


def test_reports_of_a_stay_are_among_the_persons_reports_with_all_that_is_in_them(fresh: World) -> None:
    lab, imaging = sorted(
        (each for each in there(fresh).reports if each.inpatient), key=lambda each: each.kind != "lab"
    )
    for title, report in (("住院检验", lab), ("住院检查", imaging)):
        report.title = title
    lab.cultures = list(CULTURE)

    found = reports(fresh)

    assert found.keys() == {"LabReport", "ImagingReport"}
    assert {node["status"] for node in found.values()} == {"FINAL"}
    content = found["LabReport"]["detail"]
    assert {row["name"] for row in content["observations"]} == {row.name for row in lab.observations}
    # Every result of a report with a culture is one.
    assert {row["antibioticName"] for row in content["susceptibilities"]} == {row.antibiotic for row in CULTURE}
    assert found["ImagingReport"]["detail"]["findings"] == imaging.findings
    for node in found.values():
        assert fetch(fresh, node["pdf"]["path"]).content.startswith(b"%PDF")


def test_a_report_of_a_stay_is_read_again_by_its_owner_alone(shared: World) -> None:
    for report in reports(shared).values():
        again = shared.ask(REPORT, {"id": report["id"]}, shared.token(ACCOUNT)).data["node"]
        assert (again["id"], again["title"], again["detail"]) == (report["id"], report["title"], report["detail"])
        assert shared.ask(REPORT, {"id": report["id"]}).codes == ["FORBIDDEN"]


def test_no_report_is_listed_twice(shared: World) -> None:
    nodes = [node for found in lists(shared, REPORTS, "reports") for node in found["nodes"]]
    known = {card.number for card in there(shared).cards if card.person_id in patients(shared)}

    assert len({node["id"] for node in nodes}) == len(nodes)
    assert len(nodes) == len([report for report in there(shared).reports if report.card_number in known])


def test_of_a_stay_that_ended_before_the_period_no_reports_are_asked_for(fresh: World) -> None:
    ended = the_stay(fresh).discharged_at
    assert ended is not None
    called = []
    for since in (ended.date(), ended.date() + dt.timedelta(days=1)):
        fresh.sandbox.counters.clear()
        lists(fresh, REPORTS, "reports", since=since.isoformat())
        called.append(fresh.sandbox.counters.count("/getLisPacsList"))

    assert called == [len(patients(fresh)) + 1, len(patients(fresh))]


def test_a_stay_is_a_visit_with_its_costs_and_without_a_medical_record(shared: World) -> None:
    stay = the_stay(shared)
    assert stay.discharged_at is not None

    (visit,) = of_stay(shared)

    assert (visit["number"], Decimal(visit["cost"])) == (stay.number, stay.cost)
    days = (stay.admitted_at.date().isoformat(), stay.discharged_at.date().isoformat())
    assert (visit["startedAt"][:10], visit["endedAt"][:10]) == days
    assert visit["departmentName"]
    assert (visit["medicalRecord"], visit["stayBill"]) == (None, None)
    assert visit["dailyBill"]["items"]
    summary = visit["costSummary"]
    assert Decimal(summary["total"]) == sum(Decimal(item["total"]) for item in summary["byItem"]) == stay.cost


def test_a_visit_that_is_no_stay_has_a_medical_record_and_no_costs_of_a_stay(shared: World) -> None:
    outside = [node for node in visits(shared) if node["visitClass"] == "OUTPATIENT"]

    assert outside
    assert all(node["medicalRecord"]["complaint"] for node in outside)
    assert {(node["dailyBill"], node["costSummary"]) == (None, None) for node in outside} == {True}


def test_visits_are_those_that_began_in_the_period(shared: World) -> None:
    began = the_stay(shared).admitted_at.date()

    assert len(of_stay(shared, since=began.isoformat())) == 1
    assert of_stay(shared, since=(began + dt.timedelta(days=1)).isoformat()) == []


def test_a_stay_is_read_again_by_its_owner_alone(shared: World) -> None:
    (visit,) = of_stay(shared)

    again = shared.ask(VISIT, {"id": visit["id"]}, shared.token(ACCOUNT)).data["node"]

    assert again == {"visitClass": "INPATIENT", "number": visit["number"]}
    assert shared.ask(VISIT, {"id": visit["id"]}).codes == ["FORBIDDEN"]


@pytest.mark.parametrize(("query", "name"), [(REPORTS, "reports"), (VISITS, "visits")])
def test_a_hospital_that_does_not_tell_of_stays_is_missing_from_the_list(fresh: World, query: str, name: str) -> None:
    fresh.sandbox.faults.inject(PALM, "/getInHospitalList", Fault(kind="malformed"))

    found = lists(fresh, query, name, **({"day": "2026-01-01"} if name == "visits" else {}))

    assert [each["nodes"] for each in found] == [[] for _ in found]
    failures = [failure for each in found for failure in each["failures"]]
    assert failures == [{"hospital": {"code": PALM}, "code": "UPSTREAM_MALFORMED"} for _ in patients(fresh)]
