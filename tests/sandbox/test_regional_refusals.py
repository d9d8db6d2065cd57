import time
from collections.abc import Iterator

import httpx
import pytest
from regional_client import Caller, calling
from regional_shapes import SHAPES

from sandbox.faults import Fault
from sandbox.regional.facts import interfaces

PREFIX = "hospital.interface."
REQUIRED = [
    (name.removeprefix(PREFIX), field["name"])
    for name in sorted(SHAPES)
    for field in interfaces()[name]["request"]
    if field["required"] is True
]
BY_CARD = sorted(
    name.removeprefix(PREFIX)
    for name in SHAPES
    if {"medicalCardNumber", "idCard"} <= {field["name"] for field in interfaces()[name]["request"]}
)
TIMED = [
    (short, field) for short, field in REQUIRED if field in ("startTime", "endTime") and short != "cancelAppointment"
]


@pytest.fixture(scope="module")
def served() -> Iterator[Caller]:
    with calling() as caller:
        yield caller


@pytest.fixture
def caller(served: Caller) -> Caller:
    served.reset()
    return served


@pytest.mark.parametrize(("short", "field"), REQUIRED)
def test_a_missing_required_field_is_refused(caller: Caller, short: str, field: str) -> None:
    body = caller.request(short)
    without = {name: value for name, value in body.items() if name != field}
    assert without != body
    for incomplete in (without, body | {field: ""}, body | {field: None}):
        answer = caller.post(PREFIX + short, incomplete)
        assert answer == {"success": False, "code": "20001", "msg": f"缺少参数 {field}"}


def test_every_interface_with_required_fields_is_tried() -> None:
    assert {short for short, _ in REQUIRED} == {n.removeprefix(PREFIX) for n in SHAPES} - {"todayRegisterGetDepts"}


@pytest.mark.parametrize(("short", "field"), TIMED)
def test_a_wrong_time_is_refused(caller: Caller, short: str, field: str) -> None:
    for value in ("2026-01-01", "20260101", "2026-1-1 00:00:00", "2026-02-30 00:00:00"):
        assert caller.call(short, **{field: value})["code"] == "20003"


@pytest.mark.parametrize("short", BY_CARD)
def test_somebody_elses_identity_number_is_refused(caller: Caller, short: str) -> None:
    other = caller.sandbox.town.people["p03"].identity_number
    assert caller.call(short, idCard=other)["code"] == "20003"


@pytest.mark.parametrize("short", BY_CARD)
def test_an_unknown_card_is_refused(caller: Caller, short: str) -> None:
    answer = caller.call(short, medicalCardNumber="0", idCard="")
    assert answer == {"success": False, "code": "60506", "msg": "卡号信息不存在"}


@pytest.mark.parametrize("hospital", ["999", "501", "253,999"])
@pytest.mark.parametrize("short", sorted(name.removeprefix(PREFIX) for name in SHAPES))
def test_a_hospital_that_is_not_here_is_refused(caller: Caller, short: str, hospital: str) -> None:
    assert caller.call(short, hospitalId=hospital)["code"] == "60001"


def test_what_does_not_exist_is_not_found(caller: Caller) -> None:
    for short, field in (
        ("laboratoryReportDetail", "id"),
        ("pacsReportDetail", "id"),
        ("electronicMedicalRecordDetail", "id"),
        ("getPrescriptionDetail", "prescriptionId"),
    ):
        answer = caller.call(short, **{field: "nothing"})
        assert answer == {"success": False, "code": "10002", "msg": "未查询到数据"}
    assert caller.call("pacsReportDetail", type="0")["code"] == "10002"
    theirs = next(r for r in caller.hospital().reports if r.card_number != caller.card.number and r.kind == "lab")
    assert caller.call("laboratoryReportDetail", id=theirs.id)["code"] == "10002"


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'"x"', b"null", b"\xff\xfe{", b"[" * 100_000])
def test_a_body_that_is_no_object_is_refused(caller: Caller, raw: bytes) -> None:
    response = caller.http.post(f"{PREFIX}queryBalance", content=raw)
    assert response.status_code == 200
    assert (response.json()["success"], response.json()["code"]) == (False, "20002")


def test_a_list_for_a_text_is_refused(caller: Caller) -> None:
    assert caller.call("queryBalance", medicalCardNumber=["1"])["code"] == "20002"
    assert caller.call("clinicPayment", detailWithPresCode=["1"])["code"] == "20002"
    assert caller.call("laboratoryReport", patType="3")["code"] == "20003"


def test_an_ordered_refusal_comes_in_the_envelope_and_passes(caller: Caller) -> None:
    fault = Fault(kind="refusal", code="40004", times=1)
    caller.sandbox.faults.inject("253", f"{PREFIX}clinicPayment", fault)
    assert caller.call("clinicPayment") == {"success": False, "code": "40004", "msg": "业务处理中"}
    assert caller.charges()["detail"]
    assert caller.call("clinicPayment")["success"] is True


def test_a_fault_of_one_hospital_hits_a_joined_call(caller: Caller) -> None:
    caller.sandbox.faults.inject("254", f"{PREFIX}laboratoryReport", Fault(kind="refusal", code="40001"))
    assert caller.call("laboratoryReport", hospitalId="253")["success"] is True
    assert caller.call("laboratoryReport", hospitalId="253,254")["code"] == "40001"
    assert caller.call("laboratoryReport", hospitalId="")["code"] == "40001"
    assert caller.call("pacsReport", hospitalId="253,254")["success"] is True


def test_a_payment_whose_answer_is_lost_is_done(caller: Caller) -> None:
    name = f"{PREFIX}clinicPayment"
    request = caller.request("clinicPayment")
    caller.sandbox.faults.inject("*", name, Fault(kind="timeout", seconds=5, times=1))
    with pytest.raises(httpx.ReadTimeout):
        caller.http.post(name, json=request, timeout=0.2)
    assert caller.charges()["detail"] == []
    assert caller.post(name, request)["success"] is True
    assert caller.call("queryBalance")["data"]["balance"] == "490.00"


def test_broken_answers_are_broken(caller: Caller) -> None:
    name = f"{PREFIX}queryBalance"
    body = caller.request("queryBalance")
    for kind in ("error", "malformed", "drop"):
        caller.sandbox.faults.inject("253", name, Fault(kind=kind, times=1))
    assert caller.http.post(name, json=body).status_code == 500
    with pytest.raises(ValueError, match=r"."):
        caller.http.post(name, json=body).json()
    with pytest.raises(httpx.RemoteProtocolError):
        caller.http.post(name, json=body)
    caller.sandbox.faults.inject("253", name, Fault(kind="delay", seconds=0.2, times=1))
    started = time.monotonic()
    assert caller.post(name, body)["success"] is True
    assert time.monotonic() - started >= 0.2


def test_calls_are_counted_by_what_was_asked(caller: Caller) -> None:
    caller.call("queryBalance")
    caller.call("queryBalance", hospitalId="254")
    caller.call("queryBalance", medicalCardNumber="")
    caller.call("laboratoryReport", hospitalId="254,253")
    assert caller.sandbox.counters.snapshot() == {
        f"253 {PREFIX}queryBalance": 2,
        f"254 {PREFIX}queryBalance": 1,
        f"254,253 {PREFIX}laboratoryReport": 1,
    }
