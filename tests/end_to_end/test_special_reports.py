"""Electrocardiograms, pathology, check-ups and nucleic-acid tests, as patients and staff see them."""

from typing import Any

import pytest

from tests.end_to_end.world import World

LISTS = """query($hospitals: [ID!]) { viewer { patients {
  ecgReports(first: 100, hospitals: $hospitals) { totalCount failures { code }
    nodes { id title status sensitive recordedAt visitClass hospital { code } image { path }
            detail { withheld conclusion heartRate prInterval } } }
  pathologyReports(first: 100, hospitals: $hospitals) { failures { code }
    nodes { id title status sensitive registeredAt doctorName file { path }
            detail { withheld conclusion grossFindings bodyPart number phone address } } }
  checkupReports(first: 20, hospitals: $hospitals) { failures { code }
    nodes { id title number status sensitive purpose qualified startedOn pdf { path }
            detail { withheld conclusion advice attributes { name value }
              examinations { name departmentName examinedOn
                observations { name value unit referenceRange } } } } } } } }"""
OF_STAFF = """query($n: String!) { patient(by: {card: {hospitalId: "253", number: $n}}) {
  ecgReports(first: 100) { nodes { status sensitive image { path } detail { withheld conclusion } } }
  pathologyReports(first: 100) { nodes { status sensitive file { path } detail { withheld conclusion phone address } } }
  checkupReports(first: 100) { nodes { status sensitive pdf { path } detail { withheld conclusion phone } } } } }"""
TESTS = """{ viewer { patients { cards { hospital { code } latestNucleicAcidTest {
  specimen specimenNumber collectedAt reportedAt performedBy
  observations { name code value interpretation } } } } } }"""
KINDS = ("ecgReports", "pathologyReports", "checkupReports")
FILES = {"ecgReports": "image", "pathologyReports": "file", "checkupReports": "pdf"}


@pytest.fixture(scope="module")
def mine(shared: World) -> dict[str, Any]:
    """The lists of the first account's own person at one hospital."""
    person: dict[str, Any] = shared.ask(LISTS, {"hospitals": ["253"]}).data["viewer"]["patients"][0]
    return person


@pytest.mark.parametrize("kind", KINDS)
def test_a_patient_sees_what_is_audited_and_the_row_alone_of_what_is_sensitive(mine: dict[str, Any], kind: str) -> None:
    assert mine[kind]["failures"] == []
    nodes = mine[kind]["nodes"]
    # Of three reports at this hospital one is ordinary, one sensitive, one not audited.
    assert sorted(node["sensitive"] for node in nodes) == [False, True]
    assert {node["status"] for node in nodes} == {"FINAL"}
    ordinary, sensitive = sorted(nodes, key=lambda node: node["sensitive"])
    assert ordinary["detail"]["withheld"] is None
    assert ordinary["detail"]["conclusion"]
    assert ordinary[FILES[kind]]["path"].startswith("/files/")
    assert sensitive["detail"]["withheld"] == "SENSITIVE"
    assert sensitive["detail"]["conclusion"] is None
    assert sensitive[FILES[kind]] is None


@pytest.mark.parametrize("kind", KINDS)
def test_staff_see_all_of_them_whole(shared: World, kind: str) -> None:
    card = next(card for card in shared.sandbox.town.hospitals["253"].cards if card.person_id == "p01")
    nodes = shared.ask(OF_STAFF, {"n": card.number}, shared.staff(["253"])).data["patient"][kind]["nodes"]
    assert sorted((node["status"], node["sensitive"]) for node in nodes) == [
        ("FINAL", False),
        ("FINAL", True),
        ("SUBMITTED", False),
    ]
    for node in nodes:
        assert node["detail"]["withheld"] is None
        assert node["detail"]["conclusion"]
        assert node[FILES[kind]] is not None


def test_the_measures_of_an_electrocardiogram_are_as_printed(mine: dict[str, Any]) -> None:
    report = next(node for node in mine["ecgReports"]["nodes"] if not node["sensitive"])
    assert report["title"] == "十二导联心电图"
    assert report["visitClass"] == "OUTPATIENT"
    assert report["recordedAt"].endswith("+08:00")
    assert report["detail"]["heartRate"].endswith("bpm")
    assert report["detail"]["prInterval"] == "160"


def test_a_pathology_report_says_where_the_specimen_was_taken(mine: dict[str, Any]) -> None:
    report = next(node for node in mine["pathologyReports"]["nodes"] if not node["sensitive"])
    detail = report["detail"]
    assert (detail["bodyPart"], detail["conclusion"]) == ("胃窦", "慢性浅表性胃炎")
    assert detail["grossFindings"].startswith("灰白色")


def test_staff_see_phone_and_address_masked(shared: World, mine: dict[str, Any]) -> None:
    person = shared.sandbox.town.people["p01"]
    own = next(node for node in mine["pathologyReports"]["nodes"] if not node["sensitive"])["detail"]
    assert own["phone"] == person.phone
    card = next(card for card in shared.sandbox.town.hospitals["253"].cards if card.person_id == "p01")
    found = shared.ask(OF_STAFF, {"n": card.number}, shared.staff(["253"])).data["patient"]
    for node in found["pathologyReports"]["nodes"]:
        assert node["detail"]["phone"] not in {None, person.phone}
        assert node["detail"]["address"] not in {None, person.address}


def test_a_checkup_has_its_examinations_with_their_results(mine: dict[str, Any]) -> None:
    report = next(node for node in mine["checkupReports"]["nodes"] if not node["sensitive"])
    assert (report["purpose"], report["qualified"], report["title"]) == ("HEALTH", True, "健康体检")
    detail = report["detail"]
    assert detail["attributes"] == [{"name": "每日运动时长", "value": "30分钟"}]
    blood = next(each for each in detail["examinations"] if each["name"] == "血常规")
    assert blood["departmentName"] == "检验科"
    assert blood["examinedOn"] == report["startedOn"]
    assert blood["observations"] == [{"name": "血红蛋白", "value": "142", "unit": "g/L", "referenceRange": "130-175"}]


def test_lists_join_hospitals_where_the_document_lets_them(fresh: World) -> None:
    person = fresh.ask(LISTS).data["viewer"]["patients"][0]
    assert {node["hospital"]["code"] for node in person["ecgReports"]["nodes"]} == {"253", "254"}
    calls = fresh.sandbox.counters.snapshot()
    assert calls["253,254 hospital.interface.ecgReportRecord"] == 1
    assert calls["253,254 hospital.interface.pathologyReportRecord"] == 1
    assert calls["254 hospital.interface.physicalExaminationReportList"] == 1
    assert "253,254 hospital.interface.physicalExaminationReportList" not in calls


def test_the_latest_nucleic_acid_test_is_told_by_both_vendors(shared: World) -> None:
    answer = shared.ask(TESTS)
    cards = {card["hospital"]["code"]: card for card in answer.body["data"]["viewer"]["patients"][0]["cards"]}
    test = cards["253"]["latestNucleicAcidTest"]
    assert test["specimen"] == "咽拭子"
    assert test["collectedAt"] < test["reportedAt"]
    assert test["observations"] == [
        {"name": "新型冠状病毒核酸检测", "code": "xxgzbdhsjc", "value": "阴性", "interpretation": "NORMAL"}
    ]
    other = cards["501"]["latestNucleicAcidTest"]
    assert other["specimen"] == "咽拭子"
    assert other["observations"][0]["value"] == "阴性"
    assert answer.codes == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_that_is_not_audited_is_no_node_for_a_patient(shared: World, mine: dict[str, Any], kind: str) -> None:
    card = next(card for card in shared.sandbox.town.hospitals["253"].cards if card.person_id == "p01")
    query = """query($n: String!) { patient(by: {card: {hospitalId: "253", number: $n}}) {
      %s(first: 100) { nodes { id status } } } }"""
    nodes = shared.ask(query % kind, {"n": card.number}, shared.staff(["253"])).data["patient"][kind]["nodes"]
    hidden = next(node["id"] for node in nodes if node["status"] == "SUBMITTED")
    node = "query($id: ID!) { node(id: $id) { id } }"
    assert shared.ask(node, {"id": hidden}).data == {"node": None}
    assert shared.ask(node, {"id": hidden}, shared.staff(["253"])).data == {"node": {"id": hidden}}
    seen = mine[kind]["nodes"][0]["id"]
    assert shared.ask(node, {"id": seen}).data == {"node": {"id": seen}}
