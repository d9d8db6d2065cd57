"""Money on cards: put there once, given back once, never read as failed."""

from decimal import Decimal
from typing import Any

import pytest

from sandbox.faults import Fault
from tests.end_to_end.test_booking import card_at
from tests.end_to_end.world import World

RECHARGE = """mutation($input: RechargeCardInput!) { rechargeCard(input: $input) {
    payment { number status amount hospitalReference hospital { code } } userErrors { code field message } } }"""
REFUND = """mutation($input: RefundRechargeInput!) { refundRecharge(input: $input) {
    refund { number rechargeNumber status amount balance hospitalReference } userErrors { code field message } } }"""
MONEY = """query($id: ID!, $since: Date) { node(id: $id) { ... on Card {
    balance refundableBalance(since: $since) { total recharges { number amount } } } } }"""
STATE = """query($id: ID!, $recharge: String!, $refund: String!) { node(id: $id) { ... on Card {
    refund(rechargeNumber: $recharge, refundNumber: $refund) { status amount hospitalReference } } } }"""
REFUNDABILITY = """query($id: ID!, $number: String!) { node(id: $id) { ... on Card {
    refundability(paymentNumber: $number) } } }"""
FIRST = "JZKCZ-253-0001"


def recharge(world: World, hospital: str = "253", key: str = "recharge-0001", **changes: Any) -> Any:
    given = {"businessKey": key, "cardId": card_at(world, hospital), "amount": "100.00", "method": "WECHAT_PAY"}
    return world.ask(RECHARGE, {"input": given | changes}).data["rechargeCard"]


def refund(world: World, number: str = FIRST, key: str = "refund-000001", **changes: Any) -> Any:
    given = {"businessKey": key, "cardId": card_at(world, "253"), "rechargeNumber": number, "amount": "40.00"}
    return world.ask(REFUND, {"input": given | changes}).data["refundRecharge"]


def money(world: World, hospital: str = "253", since: str | None = None) -> Any:
    return world.ask(MONEY, {"id": card_at(world, hospital), "since": since}).data["node"]


def use_recharges(world: World) -> None:
    """Put money on a card, give some of it back, and ask about both."""
    assert recharge(world, key="used-recharge")["payment"]["status"] == "CONFIRMED"
    assert refund(world, key="used-refund")["refund"]["status"] == "CONFIRMED"
    assert state(world, key="used-refund")["status"] == "CONFIRMED"
    assert money(world)["refundableBalance"]["total"]
    asked = {"id": card_at(world, "253"), "number": "used-recharge"}
    assert world.ask(REFUNDABILITY, asked).data["node"]["refundability"] == "NOT_REFUNDABLE"


def state(world: World, key: str = "refund-000001", number: str = FIRST) -> Any:
    asked = {"id": card_at(world, "253"), "recharge": number, "refund": key}
    return world.ask(STATE, asked).data["node"]["refund"]


@pytest.mark.parametrize("hospital", ["253", "254"])
def test_a_recharge_is_on_the_card_once(fresh: World, hospital: str) -> None:
    before = Decimal(money(fresh, hospital)["balance"])

    first = recharge(fresh, hospital)

    assert first["userErrors"] == []
    assert (first["payment"]["status"], first["payment"]["amount"]) == ("CONFIRMED", "100.00")
    assert first["payment"]["hospital"] == {"code": hospital}
    assert first["payment"]["hospitalReference"]
    assert recharge(fresh, hospital) == first
    assert Decimal(money(fresh, hospital)["balance"]) == before + 100
    assert "recharge-0001" in {each["number"] for each in money(fresh, hospital)["refundableBalance"]["recharges"]}


def test_a_recharge_without_a_readable_answer_is_unknown_and_a_repeat_finds_out(fresh: World) -> None:
    before = Decimal(money(fresh)["balance"])
    fresh.sandbox.faults.inject("253", "hospital.interface.paySuccess", Fault(kind="malformed", times=1))

    assert recharge(fresh)["payment"]["status"] == "UNKNOWN"
    assert recharge(fresh)["payment"]["status"] == "CONFIRMED"
    assert Decimal(money(fresh)["balance"]) == before + 100


def test_a_recharge_that_is_still_in_work_is_no_failure(fresh: World) -> None:
    fault = Fault(kind="refusal", code="40004", times=1)
    fresh.sandbox.faults.inject("253", "hospital.interface.paySuccess", fault)

    assert recharge(fresh)["payment"]["status"] == "PROCESSING"
    assert recharge(fresh)["payment"]["status"] == "CONFIRMED"


def test_a_recharge_that_failed_may_be_tried_again_under_its_key(fresh: World) -> None:
    fault = Fault(kind="refusal", code="60303", times=1)
    fresh.sandbox.faults.inject("253", "hospital.interface.paySuccess", fault)

    assert [error["code"] for error in recharge(fresh)["userErrors"]] == ["RECHARGE_FAILED"]
    assert recharge(fresh)["payment"]["status"] == "CONFIRMED"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": "0"}, "amount"),
        ({"amount": "-1.00"}, "amount"),
        ({"amount": "1.005"}, "amount"),
        ({"method": "CARD_BALANCE"}, "method"),
        ({"method": "UNKNOWN"}, "method"),
        ({"businessKey": "short"}, "businessKey"),
        ({"paidAt": "2999-01-01T00:00:00+08:00"}, "paidAt"),
    ],
)
def test_a_recharge_that_cannot_be_reaches_no_hospital(fresh: World, changes: dict[str, str], field: str) -> None:
    told = recharge(fresh, **changes)

    assert [(error["code"], error["field"]) for error in told["userErrors"]] == [("BAD_INPUT", field)]
    assert fresh.sandbox.counters.total() == 0


def test_a_hospital_without_refunds_says_so(fresh: World) -> None:
    told = refund(fresh, cardId=card_at(fresh, "501"))

    assert [error["code"] for error in told["userErrors"]] == ["UNSUPPORTED_BY_HOSPITAL"]


def test_what_can_be_given_back_is_told_by_recharge(shared: World) -> None:
    found = money(shared)["refundableBalance"]
    amounts = {each["number"]: each["amount"] for each in found["recharges"]}

    assert amounts == {"JZKCZ-253-0001": "100.00", "JZKCZ-253-0002": "50.00"}
    assert found["total"] == "150.00"


def test_the_day_limits_the_recharges_and_not_the_total(shared: World) -> None:
    found = money(shared, since=shared.sandbox.town.today.isoformat())["refundableBalance"]

    assert found == {"total": "150.00", "recharges": []}


def test_a_refund_leaves_the_card_once(fresh: World) -> None:
    before = Decimal(money(fresh)["balance"])

    first = refund(fresh)

    assert first["userErrors"] == []
    given = first["refund"]
    assert (given["status"], given["amount"], given["rechargeNumber"]) == ("CONFIRMED", "40.00", FIRST)
    assert Decimal(given["balance"]) == before - 40
    assert refund(fresh) == first
    assert Decimal(money(fresh)["balance"]) == before - 40
    assert state(fresh) == {"status": "CONFIRMED", "amount": None, "hospitalReference": given["hospitalReference"]}


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault(kind="malformed", times=1), "UNKNOWN"),
        (Fault(kind="refusal", code="10002", times=1), "UNKNOWN"),
        (Fault(kind="refusal", code="40004", times=1), "PROCESSING"),
    ],
    ids=["no readable answer", "10002", "40004"],
)
def test_a_refund_that_is_not_confirmed_is_asked_for_before_it_is_sent_again(
    fresh: World, fault: Fault, status: str
) -> None:
    before = Decimal(money(fresh)["balance"])
    fresh.sandbox.faults.inject("253", "hospital.interface.cardRefund", fault)

    assert refund(fresh)["refund"]["status"] == status
    again = refund(fresh)["refund"]

    assert (again["status"], again["amount"]) == ("CONFIRMED", "40.00")
    assert Decimal(money(fresh)["balance"]) == before - 40
    calls = fresh.sandbox.counters.snapshot()
    assert calls["253 hospital.interface.getRefundStatus"] == 1
    # What the hospital had done is not sent to it again; what it had not is.
    assert calls["253 hospital.interface.cardRefund"] == (1 if fault.kind == "malformed" else 2)


def test_a_refund_that_nobody_knows_of_has_failed(shared: World) -> None:
    assert state(shared, key="refund-never-sent")["status"] == "FAILED"


def test_more_than_was_paid_in_is_refused(fresh: World) -> None:
    told = refund(fresh, amount="100.01")

    assert told["refund"] is None
    assert [error["code"] for error in told["userErrors"]] == ["BAD_INPUT"]


@pytest.mark.parametrize(
    ("changes", "field"), [({"amount": "0.001"}, "amount"), ({"rechargeNumber": " "}, "rechargeNumber")]
)
def test_a_refund_that_cannot_be_reaches_no_hospital(fresh: World, changes: dict[str, str], field: str) -> None:
    told = refund(fresh, **changes)

    assert [(error["code"], error["field"]) for error in told["userErrors"]] == [("BAD_INPUT", field)]
    assert fresh.sandbox.counters.total() == 0


def test_only_what_the_hospital_did_not_book_may_be_given_back(fresh: World) -> None:
    recharge(fresh)
    asked = {"id": card_at(fresh, "253")}

    booked = fresh.ask(REFUNDABILITY, asked | {"number": "recharge-0001"}).data["node"]
    other = fresh.ask(REFUNDABILITY, asked | {"number": "payment-unknown"}).data["node"]

    assert (booked["refundability"], other["refundability"]) == ("NOT_REFUNDABLE", "REFUNDABLE")


def test_nobody_moves_or_sees_somebody_elses_money(fresh: World) -> None:
    card, other = card_at(fresh, "253"), fresh.token("account-2")
    paying = {"businessKey": "recharge-0009", "cardId": card, "amount": "1.00", "method": "ALIPAY"}
    back = {"businessKey": "refund-000009", "cardId": card, "rechargeNumber": FIRST, "amount": "1.00"}

    assert fresh.ask(RECHARGE, {"input": paying}, other).codes == ["FORBIDDEN"]
    assert fresh.ask(REFUND, {"input": back}, other).codes == ["FORBIDDEN"]
    assert fresh.ask(REFUND, {"input": back}, None).codes == ["UNAUTHENTICATED"]
    assert fresh.ask(MONEY, {"id": card}, other).codes == ["FORBIDDEN"]
