import json
from typing import Any

from bench.fan_out import enlarged, items, longer
from bench.home_screen import work_of
from bench.memory import mixed
from bench.routes import routes_of
from bench.scene import Call, Person, Scene

BILLS = "/regional/hospital.interface.queryOutpatientCostDetail"
DETAIL = "/regional/hospital.interface.getPrescriptionDetail"


def call(path: str, body: Any, answer: Any, level: int = 1) -> Call:
    return Call(path, json.dumps(body, separators=(",", ":")), json.dumps(answer), "application/json", level)


def scene() -> Scene:
    rows = [{"invoiceId": "B1", "total": "1"}, {"invoiceId": "B2", "total": "2"}]
    calls = [
        call("/palm/getPatient", {"patient_id": "PID000001"}, {"name": "样例"}, level=0),
        call(BILLS, {}, {"data": rows}),
        call(DETAIL, {"prescriptionId": "P1"}, {"data": {"doctorName": "甲"}}, level=2),
        call(DETAIL, {"prescriptionId": "P2"}, {"data": {"doctorName": "乙"}}, level=2),
    ]
    nodes = [{"total": "2", "items": [{"name": "x"}]}, {"total": "1", "items": []}]
    patient = {"cards": [{"number": "1"}], "bills": {"totalCount": 2, "nodes": nodes, "failures": []}}
    people = [Person(f"id{number}", f"token{number}", [("501", str(number), "PID")]) for number in (1, 2)]
    return Scene("s", "s", people, calls, {"patient": patient}, "query { x }", {"first": 20})


def test_only_calls_of_the_same_interface_are_told_apart() -> None:
    assert [route.keys for route in routes_of(scene().calls)] == [
        (),
        (),
        ('"prescriptionId":"P1"',),
        ('"prescriptionId":"P2"',),
    ]


def test_a_scene_is_read_as_it_was_written(tmp_path: Any) -> None:
    written = tmp_path / "scene.json"
    written.write_text(scene().text())
    assert Scene.load(written) == scene()


def test_everybody_asks_for_the_own_person_and_is_shown_the_own_card() -> None:
    work = work_of(scene())
    assert b"Bearer token2\r\n" in work.requests[1]
    assert json.loads(work.requests[1].split(b"\r\n\r\n")[1])["variables"] == {"id": "id2", "first": 20}
    assert [right["patient"]["cards"] for right in work.right] == [[{"number": "1"}], [{"number": "2"}]]
    assert work.shown == scene().expected


def test_a_longer_list_repeats_its_rows_under_other_ids() -> None:
    rows = json.loads(longer(scene().calls[1], 3).answer)["data"]
    assert [row["total"] for row in rows] == ["1", "1", "1", "2", "2", "2"]
    assert len({row["invoiceId"] for row in rows}) == 6


def test_what_is_no_list_stays_as_it_is() -> None:
    assert longer(scene().calls[2], 10) == scene().calls[2]


def test_ten_times_the_items_are_expected_and_asked_for() -> None:
    larger = enlarged(scene(), 10)
    assert larger.expected["patient"]["bills"]["totalCount"] == 20
    assert items(larger.expected) == 10 * items(scene().expected) == 30
    assert larger.variables == {"first": 200}


def test_the_memory_run_mixes_home_screens_and_more_documents_than_are_kept() -> None:
    work = work_of(scene())
    cycle = mixed(scene(), work)
    bodies = {request.split(b"\r\n\r\n")[1] for request in cycle}
    assert set(work.requests) <= set(cycle)
    assert len(bodies) > 2000
    assert all(request.startswith(b"POST /graphql ") for request in cycle)
