"""The palm hospital's HTTP side: content types, unreadable bodies, faults, counts, a new start."""

import time
from collections.abc import Iterator

import httpx
import pytest
from palm_desk import FORM, Desk, palm_desk

from sandbox.faults import Fault
from sandbox.palm.registry import HANDLERS

PATIENTS = "/palm/getVisitInfoNew"


@pytest.fixture
def desk() -> Iterator[Desk]:
    with palm_desk() as here:
        yield here


def test_only_the_documented_content_type_is_taken(desk: Desk) -> None:
    json = {"content-type": "application/json"}
    for path in HANDLERS:
        wrong = json if path in ("/getHospitalList", "/getAllDoctorList") else FORM
        assert desk.client.post(f"/palm{path}", headers=wrong, content=b"{}").status_code == 415, path
        assert desk.client.post(f"/palm{path}", content=b"{}").status_code == 415, path
        assert desk.client.get(f"/palm{path}").status_code == 405, path
    assert desk.sandbox.counters.total() == 0


def test_a_charset_beside_the_content_type_does_no_harm(desk: Desk) -> None:
    answer = desk.client.post("/palm/get_dept", headers={"content-type": "application/json; charset=utf-8"})
    assert answer.json()["ResultCode"] == 0


@pytest.mark.parametrize("content", [b"{", b"\xff", b"[]", b'"x"', b"null", b"[" * 100_000])
def test_an_unreadable_body_is_refused_in_the_envelope(desk: Desk, content: bytes) -> None:
    json = {"content-type": "application/json"}
    answer = desk.client.post("/palm/getPatient", headers=json, content=content)
    assert answer.json() == {"head": {"code": -1, "msg": "参数格式错误"}}


def test_calls_are_counted(desk: Desk) -> None:
    desk.ask("/get_dept")
    desk.ask("/get_dept")
    desk.status("/getPatient", {})
    assert desk.sandbox.counters.snapshot() == {"501 /getPatient": 1, "501 /get_dept": 2}


def test_a_refusal_comes_in_the_envelope_of_its_interface(desk: Desk) -> None:
    for code in ("系统维护中", ""):
        desk.sandbox.faults.inject("501", "*", Fault(kind="refusal", code=code, times=3))
        said = code or "业务处理失败"
        assert desk.ask("/getHospitalList") == {"head": {"code": "-1", "msg": said}}
        assert desk.ask("/getVisitInfoNew", {"patient_id": "x"}) == {"head": {"code": -1, "msg": said}}
        assert desk.ask("/get_dept") == {"ResultCode": -1, "ResultMsg": said}
    assert desk.ask("/get_dept")["ResultCode"] == 0


def test_errors_drops_delays_and_unreadable_answers(desk: Desk) -> None:
    body = {"patient_id": desk.card().patient_id}

    def inject(fault: Fault) -> None:
        desk.sandbox.faults.inject("501", "/getVisitInfoNew", fault)

    inject(Fault(kind="error", times=1))
    assert desk.client.post(PATIENTS, json=body).status_code == 500
    inject(Fault(kind="malformed", times=1))
    with pytest.raises(ValueError, match="Unterminated"):
        desk.client.post(PATIENTS, json=body).json()
    inject(Fault(kind="drop", times=1))
    with pytest.raises(httpx.RemoteProtocolError):
        desk.client.post(PATIENTS, json=body)
    inject(Fault(kind="delay", seconds=0.2, times=1))
    started = time.monotonic()
    assert desk.ask("/getVisitInfoNew", body)["records"]
    assert time.monotonic() - started >= 0.2
    inject(Fault(kind="timeout", times=1))
    with pytest.raises(httpx.ReadTimeout):
        desk.client.post(PATIENTS, json=body, timeout=0.2)
    assert desk.ask("/getVisitInfoNew", body)["records"]


def test_a_payment_whose_answer_is_lost_is_done_and_can_be_repeated(desk: Desk) -> None:
    body = desk.settlement()
    bills = len(desk.hospital.bills)
    desk.sandbox.faults.inject("501", "/recipeCharge", Fault(kind="timeout", times=1))
    with pytest.raises(httpx.ReadTimeout):
        desk.client.post("/palm/recipeCharge", json=body, timeout=0.2)
    assert len(desk.hospital.bills) == bills + 1
    assert desk.status("/recipeCharge", body) == (1, "成功")
    assert len(desk.hospital.bills) == bills + 1


def test_a_new_start_forgets_orders_and_settlements(desk: Desk) -> None:
    body = desk.settlement()
    assert desk.status("/recipeCharge", body) == (1, "成功")
    desk.sandbox.reset()
    assert desk.status("/recipeCharge", body) == (-1, "订单不存在")
    assert desk.settlement()["his_order_no"] == body["his_order_no"]
