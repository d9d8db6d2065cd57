"""Paying charges, at both vendors: done once, never lost, never read as failed."""

import threading
from decimal import Decimal
from typing import Any

import pytest

from sandbox.faults import Fault
from tests.end_to_end.world import Answer, World

CHARGES = """{ viewer { patients { cards { id balance hospital { code } chargeSheet { total charges {
    id item amount discount group } } } } } }"""
PAY = """mutation Pay($input: PayChargesInput!) { payCharges(input: $input) {
    payment { number status amount hospitalReference hospital { code } } userErrors { code field message } } }"""
HOSPITALS = pytest.mark.parametrize("hospital", ["253", "254", "501"])


def card_at(world: World, hospital: str) -> Any:
    cards = world.ask(CHARGES).data["viewer"]["patients"][0]["cards"]
    return next(card for card in cards if card["hospital"]["code"] == hospital)


def bills_at(world: World, hospital: str) -> int:
    query = "query($h: [ID!]) { viewer { patients { bills(hospitals: $h, first: 100) { totalCount } } } }"
    count: int = world.ask(query, {"h": [hospital]}).data["viewer"]["patients"][0]["bills"]["totalCount"]
    return count


def due(charges: list[Any]) -> Decimal:
    return sum((Decimal(charge["amount"]) - Decimal(charge["discount"] or 0) for charge in charges), Decimal(0))


def order(charges: list[Any], key: str = "payment-0001", **changes: Any) -> dict[str, Any]:
    return {
        "businessKey": key,
        "chargeIds": [charge["id"] for charge in charges],
        "amount": str(due(charges)),
        "method": "WECHAT_PAY",
        **changes,
    }


def pay(world: World, given: dict[str, Any], token: str | None = "") -> Answer:
    return world.ask(PAY, {"input": given}, token)


@HOSPITALS
def test_a_paid_charge_becomes_a_bill(fresh: World, hospital: str) -> None:
    charges = card_at(fresh, hospital)["chargeSheet"]["charges"]
    before = bills_at(fresh, hospital)

    result = pay(fresh, order(charges)).data["payCharges"]

    assert result["userErrors"] == []
    assert result["payment"]["status"] == "CONFIRMED"
    assert Decimal(result["payment"]["amount"]) == due(charges)
    assert card_at(fresh, hospital)["chargeSheet"]["charges"] == []
    assert bills_at(fresh, hospital) == before + 1


@HOSPITALS
def test_the_same_key_with_the_same_content_pays_once(fresh: World, hospital: str) -> None:
    given = order(card_at(fresh, hospital)["chargeSheet"]["charges"])
    before = bills_at(fresh, hospital)

    first = pay(fresh, given).data
    assert pay(fresh, given).data == first
    assert bills_at(fresh, hospital) == before + 1


@HOSPITALS
def test_the_same_key_with_other_content_is_a_conflict(fresh: World, hospital: str) -> None:
    charges = card_at(fresh, hospital)["chargeSheet"]["charges"]
    pay(fresh, order(charges))

    told = pay(fresh, order(charges, method="ALIPAY")).data["payCharges"]
    assert told["payment"] is None
    assert [error["code"] for error in told["userErrors"]] == ["IDEMPOTENCY_CONFLICT"]


@HOSPITALS
def test_no_answer_is_unknown_and_a_repeat_finds_out(fresh: World, hospital: str) -> None:
    charges = card_at(fresh, hospital)["chargeSheet"]["charges"]
    before = bills_at(fresh, hospital)
    interface = "/recipeCharge" if hospital == "501" else "hospital.interface.clinicPayment"
    # The hospital books the payment, but its answer cannot be read.
    fresh.sandbox.faults.inject(hospital, interface, Fault(kind="malformed", times=1))
    # Nor can what it says when it is asked, where one can ask.
    fresh.sandbox.faults.inject("501", "/requestSucess", Fault(kind="malformed", times=1))

    unknown = pay(fresh, order(charges)).data["payCharges"]
    assert unknown["payment"]["status"] == "UNKNOWN"
    assert unknown["userErrors"] == []
    known = pay(fresh, order(charges)).data["payCharges"]
    assert known["payment"]["status"] == "CONFIRMED"
    assert bills_at(fresh, hospital) == before + 1


def test_two_at_once_pay_once(fresh: World) -> None:
    charges = card_at(fresh, "253")["chargeSheet"]["charges"]
    before = bills_at(fresh, "253")
    answers: list[Answer] = []
    threads = [threading.Thread(target=lambda: answers.append(pay(fresh, order(charges)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    outcomes = [answer.data["payCharges"] for answer in answers]
    paid = [outcome for outcome in outcomes if outcome["payment"]]
    told = {error["code"] for outcome in outcomes for error in outcome["userErrors"]}
    assert paid
    assert {outcome["payment"]["status"] for outcome in paid} == {"CONFIRMED"}
    assert told <= {"IN_PROGRESS"}
    assert bills_at(fresh, "253") == before + 1


def test_a_part_can_be_paid_from_the_balance_of_the_card(fresh: World) -> None:
    card = card_at(fresh, "253")
    charges = card["chargeSheet"]["charges"][:1]
    part = min(due(charges), Decimal("1.00"))

    result = pay(fresh, order(charges, cardBalanceAmount=str(part))).data["payCharges"]

    assert result["payment"]["status"] == "CONFIRMED"
    assert Decimal(card_at(fresh, "253")["balance"]) == Decimal(card["balance"]) - part


@HOSPITALS
def test_all_of_it_can_be_paid_from_the_balance_of_the_card(fresh: World, hospital: str) -> None:
    card = card_at(fresh, hospital)
    charges = card["chargeSheet"]["charges"]
    total = due(charges)
    assert Decimal(card["balance"]) >= total

    given = order(charges, method="CARD_BALANCE", cardBalanceAmount=str(total))
    assert pay(fresh, given).data["payCharges"]["payment"]["status"] == "CONFIRMED"
    assert Decimal(card_at(fresh, hospital)["balance"]) == Decimal(card["balance"]) - total


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"businessKey": "short"}, "BAD_INPUT", "businessKey"),
        ({"amount": "0.01"}, "AMOUNT_MISMATCH", "amount"),
        ({"amount": "1.001"}, "BAD_INPUT", "amount"),
        ({"amount": "-1"}, "BAD_INPUT", "amount"),
        ({"cardBalanceAmount": "99999.00"}, "AMOUNT_MISMATCH", "cardBalanceAmount"),
        ({"method": "CARD_BALANCE"}, "AMOUNT_MISMATCH", "cardBalanceAmount"),
    ],
)
def test_a_payment_that_does_not_add_up_reaches_no_hospital(
    fresh: World, changes: dict[str, str], code: str, field: str
) -> None:
    charges = card_at(fresh, "253")["chargeSheet"]["charges"]

    told = pay(fresh, order(charges, **changes)).data["payCharges"]

    assert [(error["code"], error["field"]) for error in told["userErrors"]] == [(code, field)]
    assert "253 hospital.interface.clinicPayment" not in fresh.sandbox.counters.snapshot()


def test_charges_of_two_cards_are_not_paid_together(fresh: World) -> None:
    both = card_at(fresh, "253")["chargeSheet"]["charges"] + card_at(fresh, "254")["chargeSheet"]["charges"]

    answer = pay(fresh, order(both))

    assert answer.codes == ["BAD_INPUT"]


def test_half_a_group_is_not_paid(fresh: World) -> None:
    charges = card_at(fresh, "501")["chargeSheet"]["charges"]

    told = pay(fresh, order(charges[:1])).data["payCharges"]

    assert [error["code"] for error in told["userErrors"]] == ["CHARGE_GROUP_INCOMPLETE"]


def test_nobody_pays_for_a_card_that_is_not_bound(fresh: World) -> None:
    charges = card_at(fresh, "253")["chargeSheet"]["charges"]

    assert pay(fresh, order(charges), fresh.token("account-2")).codes == ["FORBIDDEN"]
    assert pay(fresh, order(charges), None).codes == ["UNAUTHENTICATED"]


def test_the_hospitals_own_sentence_is_told_for_a_documented_refusal(fresh: World) -> None:
    charges = card_at(fresh, "253")["chargeSheet"]["charges"]
    fresh.sandbox.faults.inject("253", "hospital.interface.clinicPayment", Fault(kind="refusal", code="60101"))

    told = pay(fresh, order(charges)).data["payCharges"]

    assert [error["code"] for error in told["userErrors"]] == ["CARD_NOT_PAYABLE_ONLINE"]
    assert told["userErrors"][0]["message"]
