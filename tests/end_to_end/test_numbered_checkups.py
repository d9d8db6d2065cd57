"""Check-ups by their number, with the same operation at both vendors; cultures of laboratory reports."""

from typing import Any

import pytest

from sandbox.faults import Fault
from sandbox.town.special_reports import CheckupReport
from sandbox.town.susceptibility import CULTURE
from tests.end_to_end.world import World

CHECKUP = """query($card: ID!, $number: String!) { node(id: $card) { ... on Card { checkupReport(number: $number) {
  id title number status hospital { code } pdf { path }
  detail { withheld age examinations { name number kind statusName departmentName performedBy examinedOn specimen
    requestedBy requestedOn auditedBy auditedOn image { path } film { path }
    observations { name value unit referenceRange interpretation }
    imaging { bodyPart method findings conclusion requestedBy performedBy number examinedAt reportedAt } } } } } } }"""
AGAIN = "query($id: ID!) { node(id: $id) { ... on CheckupReport { id number detail { age } } } }"
OF_CARD = """query($n: String!) { patient(by: {card: {hospitalId: "501", number: $n}}) {
  cards { hospital { code } checkupReport(number: "%s") { status detail { withheld examinations { name } } } } } }"""
CULTURES = """{ viewer { patients { reports(first: 50, hospitals: ["501"]) { nodes { title
  ... on LabReport { detail { susceptibilities {
    bacteriumName antibioticName inhibitoryConcentration inhibitionZone category } } } } } } } }"""
CALLS = ("/getPeis", "/getPeisReport", "/getPeisReport-general", "/getPeisReport-lis", "/getPeisReport-pacs")


def card_at(town: World, hospital: str, token: str = "") -> str:
    query = "{ viewer { patients { cards { id hospital { code } } } } }"
    cards = town.ask(query, token=token).data["viewer"]["patients"][0]["cards"]
    found: str = next(card["id"] for card in cards if card["hospital"]["code"] == hospital)
    return found


def of_person(town: World, hospital: str, person: str = "p01", *, finished: bool = True) -> CheckupReport:
    """A check-up of a person, as the hospital has it."""
    there = town.sandbox.town.hospitals[hospital]
    number = next(card.number for card in there.cards if card.person_id == person)
    return next(
        report
        for report in there.special_reports.checkups
        if (report.card_number, report.finished, report.sensitive) == (number, finished, False)
    )


def asked(town: World, hospital: str, number: str) -> Any:
    answer = town.ask(CHECKUP, {"card": card_at(town, hospital), "number": number})
    return answer.data["node"]["checkupReport"]


def use_numbered_checkups(town: World) -> None:
    """Reach all interfaces of this file."""
    assert asked(town, "501", of_person(town, "501").id)["detail"]["examinations"]
    assert any(susceptibilities(town).values())


def susceptibilities(town: World) -> dict[str, Any]:
    nodes = town.ask(CULTURES).data["viewer"]["patients"][0]["reports"]["nodes"]
    return {node["title"]: node["detail"]["susceptibilities"] for node in nodes if "detail" in node}


@pytest.mark.parametrize("hospital", ["253", "501"])
def test_a_checkup_is_found_by_its_number_at_either_vendor(shared: World, hospital: str) -> None:
    report = of_person(shared, hospital)

    found = asked(shared, hospital, report.id)

    assert (found["number"], found["status"], found["hospital"]["code"]) == (report.id, "FINAL", hospital)
    assert found["detail"]["withheld"] is None
    examinations = {each["name"]: each for each in found["detail"]["examinations"]}
    assert list(examinations) == ["一般检查", "血常规", "腹部彩超"]
    assert examinations["血常规"]["departmentName"] == "检验科"
    assert examinations["血常规"]["examinedOn"] == report.day.isoformat()
    (blood,) = examinations["血常规"]["observations"]
    assert {name: blood[name] for name in ("name", "value", "unit", "referenceRange")} == {
        "name": "血红蛋白",
        "value": "142",
        "unit": "g/L",
        "referenceRange": "130-175",
    }
    assert [each["name"] for each in examinations["一般检查"]["observations"]] == ["身高", "体重指数"]
    again = shared.ask(AGAIN, {"id": found["id"]}).data["node"]
    assert again == {"id": found["id"], "number": report.id, "detail": {"age": found["detail"]["age"]}}


def test_the_palm_hospital_tells_of_each_examination_what_its_kind_has(shared: World) -> None:
    report = of_person(shared, "501")

    found = asked(shared, "501", report.id)

    general, lab, imaging = found["detail"]["examinations"]
    assert [each["kind"] for each in (general, lab, imaging)] == ["GENERAL", "LAB", "IMAGING"]
    assert [each["number"] for each in (general, lab, imaging)] == ["XM001", "XM002", "XM003"]
    assert (lab["statusName"], lab["specimen"], lab["requestedBy"]) == ("已完成", "静脉血", report.doctor)
    assert (lab["auditedBy"], lab["auditedOn"]) == (report.doctor, report.summarized_on.isoformat())
    assert lab["observations"][0]["interpretation"] == "NORMAL"
    assert (general["imaging"], lab["imaging"], imaging["observations"]) == (None, None, [])
    assert imaging["imaging"]["findings"] == "肝、胆、胰、脾大小形态正常"
    assert imaging["imaging"]["conclusion"] == "未见明显异常"
    assert imaging["imaging"]["requestedBy"] == report.doctor
    assert imaging["imaging"]["bodyPart"] == "腹部"
    assert general["image"] is lab["film"] is None


def test_its_printed_form_images_and_films_can_be_fetched(shared: World) -> None:
    found = asked(shared, "501", of_person(shared, "501").id)

    imaging = found["detail"]["examinations"][2]
    for link, kind in (
        (found["pdf"], "application/pdf"),
        (imaging["image"], "image/png"),
        (imaging["film"], "image/png"),
    ):
        response = shared.client.get(link["path"])
        assert (response.status_code, response.headers["content-type"]) == (200, kind)
        assert response.content


def test_a_number_that_is_unknown_or_of_somebody_else_finds_nothing(shared: World) -> None:
    for hospital in ("253", "501"):
        others = of_person(shared, hospital, "p05").id
        assert asked(shared, hospital, others) is None
        assert asked(shared, hospital, "TJ-none") is None


def test_a_checkup_that_is_not_out_is_shown_to_staff_alone(shared: World) -> None:
    report = of_person(shared, "501", finished=False)

    assert asked(shared, "501", report.id) is None
    variables, token = {"n": report.card_number}, shared.staff(["501"])
    cards = shared.ask(OF_CARD % report.id, variables, token).data["patient"]["cards"]
    found = next(card["checkupReport"] for card in cards if card["hospital"]["code"] == "501")
    assert found["status"] == "REGISTERED"
    assert found["detail"]["withheld"] is None
    assert len(found["detail"]["examinations"]) == 3


def test_a_blank_number_is_refused_before_any_call(fresh: World) -> None:
    card = card_at(fresh, "501")
    fresh.sandbox.counters.clear()

    answer = fresh.ask(CHECKUP, {"card": card, "number": " "})

    assert answer.codes == ["BAD_INPUT"]
    assert "501 /getPeis" not in fresh.sandbox.counters.snapshot()


def test_results_are_asked_for_only_where_they_are_selected(fresh: World) -> None:
    query = (
        "query($card: ID!, $n: String!) { node(id: $card) { ... on Card { checkupReport(number: $n) { status } } } }"
    )
    variables = {"card": card_at(fresh, "501"), "n": of_person(fresh, "501").id}
    fresh.ask(query, variables)
    assert {name for name in fresh.sandbox.counters.snapshot() if "Peis" in name} == {"501 /getPeis"}

    asked(fresh, "501", variables["n"])

    calls = fresh.sandbox.counters.snapshot()
    assert {name: calls[f"501 {name}"] for name in CALLS[1:]} == dict.fromkeys(CALLS[1:], 1)


def test_examinations_that_cannot_be_read_leave_the_rest_of_the_report(fresh: World) -> None:
    card, number = card_at(fresh, "501"), of_person(fresh, "501").id
    fresh.sandbox.faults.inject("501", "/getPeisReport-lis", Fault(kind="malformed"))

    answer = fresh.ask(CHECKUP, {"card": card, "number": number})

    found = answer.body["data"]["node"]["checkupReport"]
    assert found["detail"]["examinations"] is None
    assert found["detail"]["age"]
    assert answer.codes == ["UPSTREAM_MALFORMED"]


def test_a_hospital_that_lists_no_checkups_is_missing_from_no_list(shared: World) -> None:
    query = "{ viewer { patients { checkupReports { failures { code } nodes { hospital { code } } } } } }"
    found = shared.ask(query).data["viewer"]["patients"][0]["checkupReports"]

    assert found["failures"] == []
    assert {node["hospital"]["code"] for node in found["nodes"]} == {"253", "254"}


def test_a_culture_shows_what_acts_on_what_grew(shared: World) -> None:
    found = susceptibilities(shared)

    assert [row["antibioticName"] for row in found["尿培养"]] == [row.antibiotic for row in CULTURE]
    assert found["尿培养"][0] == {
        "bacteriumName": "大肠埃希菌",
        "antibioticName": "阿米卡星",
        "inhibitoryConcentration": "≤2",
        "inhibitionZone": "≥17",
        "category": "SUSCEPTIBLE",
    }
    assert [row["category"] for row in found["尿培养"]][1:] == [
        "INTERMEDIATE",
        "RESISTANT",
        "INTRINSICALLY_RESISTANT",
        "NOT_APPLICABLE",
    ]


def test_reports_without_cultures_ask_for_none(fresh: World) -> None:
    found = susceptibilities(fresh)

    assert {title: rows for title, rows in found.items() if rows}.keys() == {"尿培养"}
    assert len(found) > 1
    assert fresh.sandbox.counters.snapshot()["501 /lis/bacteria/detail"] == 1
