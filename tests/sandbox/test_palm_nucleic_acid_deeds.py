"""What bookings of nucleic-acid tests at the palm hospital refuse, and what they leave behind."""

from collections.abc import Iterator
from typing import Any

import pytest
from palm_desk import Desk, palm_desk
from palm_nucleic_acid_desk import booking, confirmation, opened, opening, tomorrow

from sandbox.town.nucleic_acid import CAPACITY


@pytest.fixture
def desk() -> Iterator[Desk]:
    with palm_desk() as here:
        yield here


def booked(desk: Desk, **changes: object) -> str:
    made: str = desk.ask("/appointment/pre", booking(desk) | changes)["data"]["appt_id"]
    return made


def read(desk: Desk, booked_id: str) -> dict[str, Any]:
    found: dict[str, Any] = desk.ask("/appointment/info/get", {"appt_id": booked_id})["data"]
    return found


def cancel(desk: Desk, booked_id: str, receipt: str = "", refund: str = "") -> tuple[int | str, str]:
    # Typed a string here.
    body = {"appt_id": booked_id, "receipt_id": receipt, "his_order_no": refund, "data_source": "w1"}
    return desk.status("/appointment/cancel", body)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"hospital_id": "501-9"}, "院区不存在"),
        ({"appt_date": "2000-01-01"}, "该日期不可预约"),
        ({"time_slot": "03:00-04:00"}, "排班或时段不存在"),
        ({"pay_way": "wePay"}, "参数错误 pay_way"),
        ({"data_source": "2"}, "参数错误 data_source"),
        ({"id_type_code": "02"}, "参数错误 id_type_code"),
        ({"nationality": "3"}, "参数错误 nationality"),
        ({"report_lanuage": "法文"}, "参数错误 report_lanuage"),
        ({"user_id_no": "x"}, "身份证号错误"),
    ],
)
def test_what_cannot_be_booked(desk: Desk, changes: dict[str, object], reason: str) -> None:
    assert desk.status("/appointment/pre", booking(desk) | changes) == (-1, reason)


def test_who_books_a_slot_again_has_the_first_booking_until_it_is_withdrawn(desk: Desk) -> None:
    first = booked(desk)
    assert booked(desk) == first
    assert cancel(desk, first)[0] == "0"
    assert booked(desk) != first


def test_a_full_slot_takes_nobody(desk: Desk) -> None:
    others = [{"user_id_no": f"99000019900101{number:04}", "user_name": "样例"} for number in range(CAPACITY)]
    for other in others:
        booked(desk, **other)

    assert desk.status("/appointment/pre", booking(desk)) == (-1, "该时段已约满")
    (row,) = desk.ask("/type/list", {"hospital_id": "501-1", "appt_date": tomorrow(desk)})["data"]
    assert row["time_slot"][0]["remain_count"] == 0
    assert row["remain_count"] == 2 * CAPACITY


def test_a_payment_confirms_once(desk: Desk) -> None:
    made = booked(desk)
    order = opened(desk, made)
    paying = confirmation(made, order)
    assert desk.status("/appointment/confirm", paying | {"pay_total": 15.0}) == (-1, "金额与挂号费不符")
    for _ in range(2):
        assert desk.status("/appointment/confirm", paying)[0] == 0
    other = paying | {"business_no": "B0002"}
    assert desk.status("/appointment/confirm", other) == (-1, "流水号重复且内容不一致")

    found = read(desk, made)
    assert (found["status"], found["business_no"], found["his_order_no"]) == (1, "B0001", order)


def test_an_order_tells_whether_it_is_paid(desk: Desk) -> None:
    made = booked(desk)
    first, second = opened(desk, made), opened(desk, made)
    assert first != second
    desk.ask("/appointment/confirm", confirmation(made, first))

    orders = [desk.ask("/payment/get", {"his_order_no": number})["data"] for number in (first, second)]

    assert [(order["his_order_no"], order["status"]) for order in orders] == [(first, "1"), (second, "0")]
    patient = read(desk, made)["patient"]
    for order in orders:
        assert (order["appt_id"], order["total"], order["pay_way"]) == (made, "16.00", "wepay")
        assert (order["patient_id"], order["visit_id"]) == (patient["id"], patient["visit_id"])


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"appt_id": "x"}, "预约记录不存在"),
        ({"patient_id": "x"}, "患者与预约不符"),
        ({"visit_id": "x"}, "患者与预约不符"),
        ({"op_flag": 3}, "参数错误 op_flag"),
        # As one description spells it.
        ({"pay_way": "weypay"}, "参数错误 pay_way"),
        ({"data_source": "2"}, "参数错误 data_source"),
        ({"total": 15.0}, "金额与挂号费不符"),
    ],
)
def test_what_no_order_is_opened_for(desk: Desk, changes: dict[str, object], reason: str) -> None:
    assert desk.status("/cpay/newPayment", opening(desk, booked(desk)) | changes) == (-1, reason)


def test_what_is_paid_needs_no_other_order(desk: Desk) -> None:
    made = booked(desk)
    body = opening(desk, made)
    desk.ask("/appointment/confirm", confirmation(made, opened(desk, made)))
    assert desk.status("/cpay/newPayment", body) == (-1, "预约无需支付")


def test_a_test_is_paid_under_an_order_of_its_own(desk: Desk) -> None:
    first, second = booked(desk), booked(desk, time_slot="09:00-10:00")
    for order in (opened(desk, second), "PO0"):
        assert desk.status("/appointment/confirm", confirmation(first, order)) == (-1, "订单不存在")
    assert desk.status("/payment/get", {"his_order_no": "PO0"}) == (-1, "订单不存在")


def test_what_was_paid_is_withdrawn_with_its_invoice_and_an_order_of_the_refund(desk: Desk) -> None:
    made = booked(desk)
    desk.ask("/appointment/confirm", confirmation(made, opened(desk, made)))
    receipt = read(desk, made)["receipt_id"]

    assert cancel(desk, made) == ("1", "发票或退款订单不符")
    assert cancel(desk, made, receipt) == ("1", "发票或退款订单不符")
    assert cancel(desk, made, receipt, "HO0002")[0] == "0"
    assert read(desk, made)["status"] == -1


def test_what_was_done_is_not_withdrawn(desk: Desk) -> None:
    done = next(row for row in desk.hospital.nucleic_acid.booked if row.status == 9)
    assert cancel(desk, done.id, done.receipt_number, "HO0002") == ("1", "已检测，不能撤销")


def test_nobody_and_nothing(desk: Desk) -> None:
    nobody = {"user_id_no": "990000199001019999", "user_phone_no": "10000000999"}
    assert desk.ask("/appointment/info/get2", nobody)["data"]["appt"] == []
    assert desk.ask("/appointmentNAT/getNATResultList", {"id_no": "990000199001019999"})["data"] == []
    assert desk.status("/appointment/info/get", {"appt_id": "x"}) == (-1, "预约记录不存在")
    assert desk.ask("/appointment/result/get", {"appt_id": "x"}) == {"code": "1", "msg": "预约记录不存在"}
    assert desk.ask("/appointment/result/get", {"appt_id": booked(desk)})["data"] == []
