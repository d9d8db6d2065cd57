"""Recharges and payment orders of the palm hospital: what they change, and what they refuse."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from palm_desk import Desk, palm_desk
from palm_recharge_desk import deposit, lasting_stay, notice, question, recharging, signed


@pytest.fixture
def desk() -> Iterator[Desk]:
    with palm_desk() as here:
        yield here


def test_a_recharge_is_on_the_card_once_and_in_the_list(desk: Desk) -> None:
    card, wanted = desk.card(), recharging(desk)
    before = card.balance

    answer = desk.ask("/recharge", wanted)

    assert answer["patient"]["balance"] == float(before + 100)
    assert desk.ask("/recharge", wanted) == answer
    assert card.balance == before + 100
    asked = {"patient_id": card.patient_id, "card_no": card.number, "visit_no": "", "op_flag": 1}
    rows = desk.ask("/getRecharge", asked)["fees"]
    assert (rows[0]["recharge_method"], rows[0]["actual"]) == ("微信", 100.0)
    assert [row["recharge_date"] for row in rows] == sorted((row["recharge_date"] for row in rows), reverse=True)
    assert len(rows) == 3
    (funds,) = desk.ask("/get_patient", {"QUERY_TYPE": "PATIENT_ID", "FIELD1": card.patient_id})["DATA"]
    assert funds["BALANCE"] == float(before + 100)


def test_a_deposit_is_on_the_stay_once_and_in_its_list(desk: Desk) -> None:
    wanted = deposit(desk)
    (file,) = desk.hospital.stay_files
    balance, deposits = file.balance, len(file.deposits)

    answer = desk.ask("/recharge", wanted)

    assert (answer["patient"]["visit_no"], answer["patient"]["balance"]) == (wanted["card_no"], float(balance + 500))
    assert desk.ask("/recharge", wanted) == answer
    asked = {"patient_id": wanted["patient_id"], "card_no": "", "visit_no": wanted["card_no"], "op_flag": 2}
    rows = desk.ask("/getRecharge", asked)["fees"]
    assert len(rows) == deposits + 1
    assert (rows[0]["actual"], rows[0]["recharge_method"]) == (500.0, "微信")


def test_a_stay_of_today_without_a_file_takes_a_deposit(desk: Desk) -> None:
    wanted = deposit(desk)
    desk.hospital.stay_files.clear()

    assert desk.ask("/recharge", wanted)["patient"]["balance"] == 500.0


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sign": "x"}, "签名错误"),
        ({"his_order_no": "HO-none"}, "订单不存在"),
        ({"card_no": "x"}, "就诊卡与患者不符"),
        ({"pay_mode": "balancePay"}, "参数错误 pay_mode"),
        ({"op_flag": 2}, "住院记录不存在"),
    ],
)
def test_a_recharge_that_does_not_fit_is_refused(desk: Desk, changes: dict[str, object], reason: str) -> None:
    wanted, before = recharging(desk), desk.card().balance
    asked = wanted | changes if "sign" in changes else signed(wanted | changes)

    assert desk.status("/recharge", asked) == (-1, reason)
    assert desk.card().balance == before


def test_other_content_under_the_same_number_is_refused(desk: Desk) -> None:
    wanted = recharging(desk)
    desk.ask("/recharge", wanted)

    assert desk.status("/recharge", signed(wanted | {"total": 200.0})) == (-1, "流水号重复且内容不一致")
    assert desk.status("/recharge", recharging(desk)) == (-1, "流水号重复且内容不一致")


def test_an_order_serves_the_purpose_that_it_was_made_for(desk: Desk) -> None:
    charges = desk.ask("/paymentNew", desk.order(Decimal("100.00")))["order"]["order_no"]
    recharge = recharging(desk)["his_order_no"]

    assert desk.status("/recharge", recharging(desk, his_order_no=charges)) == (-1, "订单不存在")
    assert desk.status("/recipeCharge", desk.settlement(his_order_no=recharge)) == (-1, "订单不存在")


def test_who_has_left_or_deposits_too_little_is_refused(desk: Desk) -> None:
    assert desk.status("/recharge", deposit(desk, total=99.0)) == (-1, "不允许缴纳住院押金")
    wanted, stay = deposit(desk, business_no="D-0002"), lasting_stay(desk)
    stay.discharged_at = stay.admitted_at

    assert desk.status("/recharge", wanted) == (-1, "患者已出院")
    assert desk.status("/requestSucess", question(wanted))[0] == -1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"card_no": "x"}, "就诊卡与患者不符"), ({"op_flag": 2, "visit_no": "x"}, "住院记录不存在")],
)
def test_nobodys_recharges_are_not_listed(desk: Desk, changes: dict[str, object], reason: str) -> None:
    card = desk.card()
    asked = {"patient_id": card.patient_id, "card_no": card.number, "visit_no": "", "op_flag": 1}

    assert desk.status("/getRecharge", asked | changes) == (-1, reason)


def test_only_what_was_booked_under_its_own_order_went_through(desk: Desk) -> None:
    wanted, settled = recharging(desk), desk.settlement()
    assert desk.status("/requestSucess", question(wanted)) == (-1, "交易未成功")

    desk.ask("/recharge", wanted)
    desk.ask("/recipeCharge", settled)

    assert desk.status("/requestSucess", question(wanted)) == (1, "成功")
    assert desk.status("/requestSucess", question(settled)) == (1, "成功")
    assert desk.status("/requestSucess", question(wanted | {"his_order_no": settled["his_order_no"]}))[0] == -1


def test_what_failed_needs_a_reason_and_an_order(desk: Desk) -> None:
    wanted = recharging(desk)

    assert desk.status("/paymentUpdateStatus", notice(wanted, 1)) == (1, "成功")
    assert desk.status("/paymentUpdateStatus", notice(wanted, -2)) == (-1, "缺少参数 fail_reason")
    assert desk.status("/paymentUpdateStatus", notice(wanted, -2, fail_reason="医院未入账")) == (1, "成功")
    assert desk.status("/paymentUpdateStatus", notice(wanted, 3)) == (-1, "参数错误 status")
    assert desk.status("/paymentUpdateStatus", notice(wanted, 1, his_order_no="x")) == (-1, "订单不存在")
