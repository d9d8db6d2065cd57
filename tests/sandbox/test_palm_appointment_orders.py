"""Orders to pay for appointments at the palm hospital: what is opened, paid and closed, and what is refused."""

from collections.abc import Iterator

import pytest
from palm_desk import USER, Desk, palm_desk
from palm_registration_desk import opening


@pytest.fixture
def desk() -> Iterator[Desk]:
    with palm_desk() as here:
        yield here


def booked(desk: Desk, skip: int = 0) -> str:
    made: str = desk.ask("/new", desk.booking(skip=skip))["APPT_ID"]
    return made


def opened(desk: Desk, appointment_id: str, **changes: object) -> str:
    made: str = desk.ask("/cpay_new_payment", opening(desk, appointment_id) | changes)["HIS_ORDER_NO"]
    return made


def prepay(desk: Desk, appointment_id: str, order: str, **changes: object) -> tuple[int | str, str]:
    body = USER | {"APPT_ID": appointment_id, "BALANCE_PAY": 0, "PAY_WAY_ID": "wepay", "BUSINESS_NO": "W1"}
    return desk.status("/prepay", body | {"HIS_ORDER_NO": order} | changes)


def close(desk: Desk, order: str, **changes: object) -> tuple[int | str, str]:
    body: dict[str, object] = {"HIS_ORDER_NO": order, "PAY_WAY_ID": "wepay", "BUSINESS_NO": "W1"}
    body |= {"BUSINESS_INFO": "{}", "DATA_SOURCE": "w1", "STATUS": 5}
    return desk.status("/cpay_update_payment_status", body | changes)


def test_an_order_is_opened_paid_and_closed(desk: Desk) -> None:
    made = booked(desk)
    first, other = opened(desk, made), opened(desk, made)
    assert first != other

    for _ in range(2):
        assert prepay(desk, made, first)[0] == 0
        assert close(desk, first)[0] == 0

    orders = desk.hospital.desk.orders
    assert [(orders[number].paid, orders[number].payment_number) for number in (first, other)] == [
        (True, "W1"),
        (False, ""),
    ]
    assert desk.status("/cpay_new_payment", opening(desk, made)) == (-1, "预约无需支付")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"APPT_ID": "x"}, "预约记录不存在"),
        ({"PATIENT_ID": "x"}, "未找到患者"),
        ({"TOTAL": 0.01}, "金额与挂号费不符"),
        ({"OP_FLAG": 3}, "参数错误 OP_FLAG"),
        ({"PURPOSE": 1}, "参数错误 PURPOSE"),
        ({"PAY_WAY_ID": "wePay"}, "参数错误 PAY_WAY_ID"),
        ({"DATA_SOURCE": "3"}, "参数错误 DATA_SOURCE"),
        ({"USER_ID": "x"}, "参数错误 USER_ID"),
    ],
)
def test_what_no_order_is_opened_for(desk: Desk, changes: dict[str, object], reason: str) -> None:
    assert desk.status("/cpay_new_payment", opening(desk, booked(desk)) | changes) == (-1, reason)


def test_nobody_opens_an_order_for_somebody_elses_appointment(desk: Desk) -> None:
    body = opening(desk, booked(desk)) | {"PATIENT_ID": desk.card("p02").patient_id}
    assert desk.status("/cpay_new_payment", body) == (-1, "患者与预约不符")


def test_a_fee_is_paid_under_an_order_of_its_own(desk: Desk) -> None:
    first, second = booked(desk), booked(desk, skip=1)
    for order in (opened(desk, second), "PO0"):
        assert prepay(desk, first, order) == (-1, "订单不存在")
    order = opened(desk, first)
    assert prepay(desk, first, order, PAY_WAY_ID="alipay") == (-1, "订单与支付方式不符")
    # What the card's balance pays has none.
    assert prepay(desk, first, order, BALANCE_PAY=1) == (-1, "订单与支付方式不符")
    # The number is not required.
    assert prepay(desk, first, "")[0] == 0


def test_an_order_is_closed_by_one_payment(desk: Desk) -> None:
    order = opened(desk, booked(desk))

    assert close(desk, "PO0") == (-1, "订单不存在")
    assert close(desk, order, STATUS=4) == (-1, "参数错误 STATUS")
    assert close(desk, order, PAY_WAY_ID="alipay") == (-1, "订单与支付方式不符")
    assert close(desk, order)[0] == 0
    assert close(desk, order, BUSINESS_NO="W2") == (-1, "流水号重复且内容不一致")
