"""Every interface of the palm hospital, as documented: its answer, its required fields, its envelope."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from palm_desk import USER, Desk, palm_desk
from palm_shapes import SHAPES, misfits

from sandbox.palm.envelopes import ENVELOPES
from sandbox.palm.facts import INTERFACES, MAY_BE_BLANK, ROOT
from sandbox.palm.registry import HANDLERS

# The two interfaces without a documented answer are like most others here.
SUCCESS = {
    "undocumented": {"head": {"code": 1, "msg": "成功"}},
    "head-sign": {"head": {"code": 1, "msg": "成功"}},
    "head-sign-string": {"head": {"code": "1", "msg": "成功"}},
    "head-one": {"head": {"code": 1, "msg": "成功"}},
    "head-one-string": {"head": {"code": "1", "msg": "成功"}},
    "head-zero": {"head": {"code": 0, "msg": "成功"}},
    "flat-one": {"code": 1, "msg": "成功"},
    "flat-zero": {"code": 0, "msg": "成功"},
    "flat-zero-string": {"code": "0", "msg": "成功"},
    "flat-zero-string-fail-one": {"code": "0", "msg": "成功"},
    "result-code": {"ResultCode": 0, "ResultMsg": "成功"},
}
# What differs from -1.
FAILURE: dict[str, int | str] = {
    "head-sign-string": "-1",
    "head-one-string": "-1",
    "head-zero": 1,
    "flat-one": 0,
    "flat-zero-string": "-1",
    "flat-zero-string-fail-one": "1",
}


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with palm_desk() as here:
        yield here


@pytest.fixture(scope="module")
def requests(desk: Desk) -> dict[str, object]:
    return desk.requests()


def required_fields() -> list[tuple[str, str, str]]:
    """Path, name of the list it stands in, name of the field."""
    found = []
    for path in HANDLERS:
        for field in INTERFACES[path].fields:
            if field.required is True:
                found.append((path, "", field.name))
            if field.required is True or field.name == ROOT:
                found += [(path, field.name, child.name) for child in field.children if child.required is True]
    return found


def without(body: Any, parent: str, name: str, value: object) -> Any:
    """The body with a field set to `value`, or gone when that is `...`."""
    body = copy.deepcopy(body)
    holder = body[0] if parent == ROOT else body[parent][0] if parent else body
    if value is ...:
        del holder[name]
    else:
        holder[name] = value
    return body


def test_the_shapes_know_every_interface() -> None:
    assert set(SHAPES) == set(HANDLERS)


@pytest.mark.parametrize("path", HANDLERS)
def test_the_answer_has_the_documented_shape(desk: Desk, requests: dict[str, object], path: str) -> None:
    answer = desk.ask(path, requests[path])
    wanted = SUCCESS[INTERFACES[path].envelope]
    assert {name: answer[name] for name in wanted} == wanted
    assert misfits(path, answer) == []


@pytest.mark.parametrize(("path", "parent", "name"), required_fields())
@pytest.mark.parametrize("value", [..., None, " "])
def test_a_required_field_must_be_there(
    desk: Desk, requests: dict[str, object], path: str, parent: str, name: str, value: object
) -> None:
    answer = desk.status(path, without(requests[path], parent, name, value))
    if value == " " and (path, name) in MAY_BE_BLANK:
        assert answer[1] != f"缺少参数 {name}"
    else:
        assert answer == (FAILURE.get(INTERFACES[path].envelope, -1), f"缺少参数 {name}")


@pytest.mark.parametrize("name", ["NAME", "ID_NO", "PHONE_NO"])
def test_without_a_card_the_person_must_be_told(desk: Desk, name: str) -> None:
    person = {"PATIENT_ID": "", "NAME": "样例新", "ID_NO": "990000199001019999", "PHONE_NO": "10000000999"}
    body = desk.booking(**person)
    del body[name]
    assert desk.status("/new", body) == (-1, f"缺少参数 {name}")


def test_schedules_need_a_day_or_a_doctor(desk: Desk) -> None:
    assert desk.status("/get_schedule", {"DEPT_ID": "501-D01", "DATA_SOURCE": "w1"}) == (-1, "缺少参数 DT")


@pytest.mark.parametrize(
    ("path", "parent", "name", "value"),
    [
        ("/getPatient", "", "op_flag", "1"),
        ("/getPatient", "", "op_flag", True),
        ("/getPatient", "", "patient_id", 7),
        ("/getPatientList", ROOT, "op_flag", "1"),
        ("/cpayCheck", "", "total", "12.00"),
        ("/cpayCheck", "", "orders", "G1"),
        ("/cancel", "", "SEND_SMS", 0),
    ],
)
def test_another_type_than_documented_is_refused(
    desk: Desk, requests: dict[str, object], path: str, parent: str, name: str, value: object
) -> None:
    assert desk.status(path, without(requests[path], parent, name, value)) == (-1, f"参数类型错误 {name}")


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        ("/getPatient", "op_flag", 3),
        ("/getRecipe", "flag", 2),
        ("/createCard", "sex", "未知"),
        ("/paymentNew", "pay_mode", "wepay"),
        ("/getLisReport", "category", "pacs"),
        ("/cancel", "SEND_SMS", "2"),
    ],
)
def test_a_value_outside_the_dictionary_is_refused(
    desk: Desk, requests: dict[str, object], path: str, name: str, value: object
) -> None:
    assert desk.status(path, without(requests[path], "", name, value)) == (-1, f"参数错误 {name}")


def test_several_patients_are_asked_with_a_bare_array(desk: Desk) -> None:
    wanted = [desk.card(), desk.card("p02")]
    ids = [*(card.patient_id for card in wanted), "PID999999"]
    answer = desk.ask("/getPatientList", [{"patient_id": key, "op_flag": 1} for key in ids])
    assert [row["card_no"] for row in answer["patients"]] == [card.number for card in wanted]
    assert desk.status("/getPatientList", {"patient": []}) == (-1, "参数格式错误")


def test_nothing_found_is_a_success(desk: Desk) -> None:
    nobody = {"patient_id": "PID999999"}
    days = {"start_time": "2000-01-01", "end_time": "2030-01-01", "card_no": "", "visit_no": "", "op_flag": 1}
    assert desk.ask("/getPatient", nobody | {"op_flag": 1})["patient"] is None
    assert desk.ask("/getVisitInfoNew", nobody)["records"] == []
    assert desk.ask("/getVisitInfoNewDetail", nobody | {"visit_id": "x"})["record"] is None
    assert desk.ask("/getChargeDetail", nobody | {"visit_id": "x"})["fees"] == []
    assert desk.ask("/getLisPacsList", nobody | days)["records"] == []
    assert desk.ask("/getLisReport", {"report_id": "x", "category": "lis", "op_flag": 1})["recordInfo"] is None
    assert desk.ask("/getPacsReport", {"report_id": "x", "category": "pacs", "op_flag": 1})["records"] == []
    assert desk.ask("/getElectronicPrescriptionDetail", nobody | {"recipe_id": "x"})["record"] is None
    assert desk.ask("/get_doctor", {"DEPT_ID": "x"})["DATA"] == []
    assert desk.ask("/query", USER | {"APPT_ID": "x"})["DATA"] == []


def test_the_ten_envelopes_are_data() -> None:
    assert len(ENVELOPES) == 10
    assert {name: envelope.fail("否") for name, envelope in ENVELOPES.items()} == {
        "head-sign": {"head": {"code": -1, "msg": "否"}},
        "head-sign-string": {"head": {"code": "-1", "msg": "否"}},
        "head-one": {"head": {"code": -1, "msg": "否"}},
        "head-one-string": {"head": {"code": "-1", "msg": "否"}},
        "head-zero": {"head": {"code": 1, "msg": "否"}},
        "flat-one": {"code": 0, "msg": "否"},
        "flat-zero": {"code": -1, "msg": "否"},
        "flat-zero-string": {"code": "-1", "msg": "否"},
        "flat-zero-string-fail-one": {"code": "1", "msg": "否"},
        "result-code": {"ResultCode": -1, "ResultMsg": "否"},
    }
    assert {name: next(iter(ENVELOPES[name].succeed({}).values())) for name in ("flat-one", "flat-zero-string")} == {
        "flat-one": 1,
        "flat-zero-string": "0",
    }
