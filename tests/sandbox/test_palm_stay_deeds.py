"""What stays, beds and copies at the palm hospital refuse, and what they leave behind."""

import copy
from collections.abc import Iterator

import pytest
from palm_desk import Desk, palm_desk
from palm_stay_desk import booking, copies, paid_copies, reports_of_stay, requests


@pytest.fixture
def desk() -> Iterator[Desk]:
    with palm_desk() as here:
        yield here


def test_nothing_found_is_a_success(desk: Desk) -> None:
    bed = booking(desk)
    assert desk.ask("/getInHospitalList", {"id_no": "990000199001019999"})["patient"] is None
    assert desk.ask("/getBedNo", {"dept_id": "x"})["records"] == []
    assert desk.ask("/getDepartment", {"hospital_id": "x"})["records"] == []
    wanted = {"name": bed["name"], "id_no": bed["id_no"], "appointment_id": "x"}
    assert desk.ask("/ipAppointmentQuery", wanted)["records"] == []
    asked = {"param_type": "4", "param": "990000199001019999", "machine_no": "M01"}
    assert desk.ask("/getInHospitalApply", asked)["records"] == []


def test_a_day_without_costs_has_no_fees(desk: Desk) -> None:
    asked = requests(desk)["/getDailyCharge"]
    assert isinstance(asked, dict)

    assert desk.ask("/getDailyCharge", asked | {"query_date": "2000-01-01"})["fees"] == []


@pytest.mark.parametrize("path", ["/getDailyCharge", "/getChargeSummary"])
@pytest.mark.parametrize(
    ("changes", "reason"), [({"op_flag": 1}, "非住院患者"), ({"visit_no": "ZY501999999"}, "住院记录不存在")]
)
def test_costs_are_those_of_a_stay_of_the_person(
    desk: Desk, path: str, changes: dict[str, object], reason: str
) -> None:
    asked = requests(desk)[path]
    assert isinstance(asked, dict)

    assert desk.status(path, asked | changes) == (-1, reason)


def test_reports_of_a_stay_are_told_as_such_alone(desk: Desk) -> None:
    inside = [report for report in desk.hospital.reports if report.inpatient]
    paths = {"lab": "/getLisReport", "imaging": "/getPacsReport"}
    found = {report.kind: report for report in inside}

    rows = desk.ask("/getLisPacsList", reports_of_stay(desk))["records"]

    assert {row["id"] for row in rows} == {report.id for report in inside}
    assert found.keys() == paths.keys()
    for kind, report in found.items():
        asked = {"report_id": report.id, "category": "lis"}
        assert desk.ask(paths[kind], asked | {"op_flag": 2})["records"]
        assert desk.ask(paths[kind], asked | {"op_flag": 1})["records"] == []


@pytest.mark.parametrize(
    "changes", [{"visit_no": "ZY501999999"}, {"patient_id": "PID999999"}, {"end_time": "2000-01-02"}]
)
def test_a_stay_of_somebody_else_or_another_time_has_no_reports(desk: Desk, changes: dict[str, object]) -> None:
    assert desk.ask("/getLisPacsList", reports_of_stay(desk) | changes)["records"] == []


def test_reports_of_a_stay_are_asked_for_by_its_number(desk: Desk) -> None:
    asked = reports_of_stay(desk) | {"visit_no": ""}

    assert desk.status("/getLisPacsList", asked) == (-1, "缺少参数 visit_no")
    assert desk.status("/getLisPacsList", asked | {"op_flag": 1}) == (1, "成功")


def test_a_certificate_is_found_by_any_of_its_three_keys(desk: Desk) -> None:
    card = desk.card()
    person = desk.sandbox.town.people["p01"]
    keys = {"2": card.number, "3": card.patient_id, "4": person.identity_number}
    found = [
        desk.ask("/getInHospitalApply", {"param_type": kind, "param": value, "machine_no": "M01"})["records"]
        for kind, value in keys.items()
    ]

    assert [len(records) for records in found] == [1, 1, 1]
    assert desk.status("/getInHospitalApply", {"param_type": "1", "param": "x", "machine_no": "M01"})[0] == -1


def test_the_same_admission_again_is_the_same_and_another_card_gets_none(desk: Desk) -> None:
    asked = requests(desk)["/inHospitalReg"]
    assert isinstance(asked, dict)
    first = desk.ask("/inHospitalReg", asked)
    stays = len(desk.hospital.admissions)

    assert desk.ask("/inHospitalReg", asked) == first
    assert len(desk.hospital.admissions) == stays
    other = desk.card("p02").number
    assert desk.status("/inHospitalReg", asked | {"param": other}) == (-1, "入院申请不存在或已办理")


def test_copies_at_another_price_are_not_billed(desk: Desk) -> None:
    assert desk.status("/specialType/newBill", copies(desk) | {"total": 12.0}) == (-1, "金额与费用不符")
    assert desk.status("/specialType/newBill", copies(desk) | {"card_no": "x"}) == (-1, "住院记录不存在")


def test_copies_are_taken_back_once_at_their_own_price(desk: Desk) -> None:
    bills = copy.copy(desk.hospital.bills)
    paid = paid_copies(desk)
    assert len(desk.hospital.bills) == len(bills) + 1

    assert desk.status("/case/cancel", paid | {"total": 1.0}) == (-1, "金额与费用不符")
    assert desk.status("/case/cancel", paid | {"his_order_no": "x"}) == (-1, "订单不存在")
    assert desk.status("/case/cancel", paid)[0] == 1
    assert desk.hospital.bills == bills
    assert desk.status("/case/cancel", paid) == (-1, "已退费")


def test_a_bed_that_there_is_not_is_not_booked_and_none_is_cancelled_twice(desk: Desk) -> None:
    bed = booking(desk)
    assert desk.status("/ipAppointmentConfirm", bed | {"bed_category": "x"}) == (-1, "科室或床位类别不存在")
    made = desk.ask("/ipAppointmentConfirm", bed)["records"][0]["appointment_id"]

    assert desk.status("/ipAppointmentCancel", {"appointment_id": made, "reason": "x"})[0] == 1
    assert desk.status("/ipAppointmentCancel", {"appointment_id": made, "reason": "x"}) == (-1, "预约记录不存在")
