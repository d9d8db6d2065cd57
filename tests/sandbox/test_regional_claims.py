"""Insurance, papers and online consultations of the regional HIS answer as documented, and keep what was done."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from documented import example, unlike
from regional_client import TODAY, Caller, calling

from sandbox.regional import consultations, insurance, papers
from sandbox.regional.facts import interfaces

INTERFACES = (*insurance.INTERFACES, *papers.INTERFACES, *consultations.INTERFACES)
NAMES = {interfaces()[interface.name]["id"]: interface.name for interface in INTERFACES}
YESTERDAY = (TODAY - dt.timedelta(days=1)).isoformat()
ASKED = ["4.1.1", "5.1.5", "6.2.1", "6.2.2", "6.2.3", "6.2.4", "31.1.1", "31.1.2", "38.1.3"]
ASKED += [f"25.1.{number}" for number in range(2, 7)]


@pytest.fixture
def caller() -> Iterator[Caller]:
    with calling() as made:
        yield made


def ask(caller: Caller, number: str, **changes: Any) -> Any:
    hospital, person, card = caller.hospital(), caller.person, caller.card
    drug = next(drug for p in hospital.prescriptions for drug in p.drugs)
    bill = next(bill for bill in hospital.bills if bill.card_number == card.number)
    insured = next(bill for bill in hospital.bills if bill.card_number == card.number and bill.insurance)
    body = {
        "hospitalId": "253",
        "medicalCardNumber": card.number,
        "idCard": person.identity_number,
        "patientName": person.name,
        "patName": person.name,
        "general": "男" if person.gender == "M" else "女",
        "phone": person.phone,
        "birthday": person.birth_date.isoformat(),
        "queryDate": YESTERDAY,
        "startDate": "2020-01-01",
        "endDate": "2030-01-01",
        "beginTime": "2020-01-01",
        "startTime": "2020-01-01 00:00:00",
        "payTime": "2026-03-18 12:00:00",
        "payType": "AliPay",
        "drugId": drug.id,
        "invoiceId": bill.id,
        "chargeId": " J001",
        "chargeType": 2,
        "tradeNo": "order-1",
    }
    body["endTime"] = "2030-01-01" if number == "25.1.2" else "2030-01-01 00:00:00"
    if number == "6.2.2":
        body["hisTradeId"] = "253-K0001"
    if number == "6.2.4":
        body["hisTradeId"] = insured.id
    return caller.post(NAMES[number], body | changes)


def free_charges(caller: Caller) -> list[str]:
    """What p01 has to pay and is in no order yet."""
    taken = {charge for order in caller.hospital().claims.orders for charge in order.charge_ids}
    return [row["id"] for row in caller.charges()["detail"] if row["id"] not in taken]


def create(caller: Caller) -> Any:
    return ask(caller, "5.1.1", detailIds=",".join(free_charges(caller)))


def pay(caller: Caller, order: Any, **changes: Any) -> Any:
    rest = Decimal(order["tradeAmount"]) - Decimal(order["preferentialAmount"]) - Decimal(order["preMedAmount"])
    given = {"hisTradeId": order["hisTradeId"], "outTradeNo": "pay-1", "amount": str(rest), "balancePayment": "0"}
    return ask(caller, "5.1.4", **(given | changes))["data"]


@pytest.mark.parametrize("number", ASKED)
def test_what_is_asked_for_is_answered_in_the_documented_form(caller: Caller, number: str) -> None:
    answer = ask(caller, number)

    assert answer["success"] is True
    assert answer["data"], "nothing proves nothing"
    assert unlike(answer, example(number)) == []


def test_an_order_goes_from_the_charges_to_a_bill(caller: Caller) -> None:
    charges = free_charges(caller)
    made = create(caller)
    order = made["data"]
    assert unlike(made, example("5.1.1")) == []
    assert ask(caller, "5.1.5")["data"]["detailIds"] == ",".join(charges)
    assert pay(caller, order) == "0", "the insurance has not paid yet"

    settled = ask(caller, "5.1.2", hisTradeId=order["hisTradeId"])
    assert unlike(settled, example("5.1.2")) == []
    assert ask(caller, "5.1.5")["data"]["tradeState"] == "1"
    assert pay(caller, order, amount="0.01") == "0"
    assert pay(caller, order) == "1"
    assert pay(caller, order) == "1", "the same number again"
    assert pay(caller, order, outTradeNo="pay-2") == "0"

    assert {row["id"] for row in caller.charges()["detail"]}.isdisjoint(charges)
    bill = caller.hospital().bills[-1]
    assert bill.insurance == Decimal(order["preMedAmount"])
    refundable = {"hisTradeId": order["hisTradeId"]}
    assert ask(caller, "5.1.6", **refundable, outTradeNo="pay-1")["data"] == "refundable"
    assert ask(caller, "5.1.6", **refundable, outTradeNo="pay-2")["data"] == "nonrefundable"
    assert ask(caller, "5.1.3", hisTradeIds=order["hisTradeId"])["data"] == "0", "a paid order stays"


def test_a_charge_is_in_one_open_order(caller: Caller) -> None:
    charges = free_charges(caller)
    order = create(caller)["data"]

    assert ask(caller, "5.1.1", detailIds=charges[0])["code"] == "60102"
    assert ask(caller, "5.1.3", hisTradeId=f"{order['hisTradeId']},253-I0001")["data"] == "1"
    assert ask(caller, "5.1.5")["data"] is None
    assert ask(caller, "5.1.1", detailIds=charges[0])["success"]


def test_an_order_is_paid_from_the_card_as_far_as_it_goes(caller: Caller) -> None:
    order = create(caller)["data"]
    ask(caller, "5.1.2", hisTradeId=order["hisTradeId"])
    before, caller.card.balance = caller.card.balance, Decimal("1.00")

    rest = Decimal(order["tradeAmount"]) - Decimal(order["preferentialAmount"]) - Decimal(order["preMedAmount"])
    refused = {"outTradeNo": "pay-1", "amount": str(rest), "balancePayment": "1.01"}
    assert before > 1
    assert ask(caller, "5.1.4", hisTradeId=order["hisTradeId"], **refused)["code"] == "20004"
    assert pay(caller, order, balancePayment="1.00") == "1"
    assert caller.card.balance == 0


def test_what_was_left_at_the_counter_is_paid_once(caller: Caller) -> None:
    (left,) = ask(caller, "6.2.1")["data"]
    given = {"hisTradeId": left["hisTradeId"], "blTradeNo": "pay-1", "amount": left["amount"], "blPayment": "0"}

    assert ask(caller, "6.2.5", **(given | {"amount": "0.01"}))["data"] == "0"
    assert ask(caller, "6.2.5", **given)["data"] == "1"
    assert ask(caller, "6.2.5", **given)["data"] == "1"
    assert ask(caller, "6.2.5", **(given | {"blTradeNo": "pay-2"}))["data"] == "0"
    assert ask(caller, "6.2.1")["data"] == []


def test_a_consultation_and_an_order_are_kept_by_their_numbers(caller: Caller) -> None:
    told = {"consultCode": "1", "consultTime": "2026-03-18 10:00:00", "payFlag": 1, "consultFee": "5.00"}
    told |= {"doctorName": "样例", "doctorCode": "1", "deptCode": "1", "deptName": "样例"}
    told |= {"consultFlag": "INTERNET_HOSPITAL", "consultName": "互联网医院复诊"}
    assert unlike(ask(caller, "25.1.7", **told), example("25.1.7")) == []
    assert ask(caller, "25.1.7", **told)["success"]
    assert ask(caller, "25.1.7", **(told | {"consultFee": "6.00"}))["code"] == "20003"
    assert ask(caller, "25.1.7", **(told | {"patName": "别人"}))["code"] == "20003"

    row = {
        "chargeId": "J001",
        "quantity": "1",
        "price": "20.00",
        "chargeName": "血常规",
        "groupId": "1",
        "chargeType": 2,
    }
    order = {"diagnoseCode": "1", "diagnoseName": "样例", "tradeTime": "2026-03-18 10:00:00", "total": "20.00"}
    order |= {"billDocHospital": "样例", "billDocName": "样例", "billDocCode": "1", "charges": [row]}
    assert unlike(ask(caller, "25.1.1", **order), example("25.1.1")) == []
    assert ask(caller, "25.1.1", **(order | {"charges": [row | {"chargeId": "none"}]}))["code"] == "60104"
    assert ask(caller, "25.1.1", **(order | {"charges": []}))["code"] == "20001"


@pytest.mark.parametrize(
    ("number", "changes", "code"),
    [
        ("5.1.2", {"hisTradeId": "none"}, "60102"),
        ("5.1.6", {"hisTradeId": "none", "outTradeNo": "x"}, "60102"),
        ("6.2.2", {"hisTradeId": "none"}, "10002"),
        ("6.2.4", {"hisTradeId": "none"}, "10002"),
        ("31.1.2", {"invoiceId": "none"}, "10002"),
        ("31.1.2", {"patientType": "2"}, "10002"),
        ("38.1.3", {"drugId": "none"}, "10002"),
        ("25.1.6", {"chargeId": "none"}, "60104"),
        ("25.1.6", {"chargeId": "X005", "chargeType": 3}, "60104"),
        ("25.1.6", {"chargeType": 4}, "20003"),
        ("4.1.1", {"queryDate": "2026-03-18 00:00:00"}, "20003"),
        ("4.1.1", {"patientName": ""}, "20001"),
    ],
)
def test_what_is_not_there_or_not_as_documented_is_refused(
    caller: Caller, number: str, changes: dict[str, Any], code: str
) -> None:
    assert ask(caller, number, **changes)["code"] == code


def test_what_one_has_seen_names_the_doctors_of_every_hospital(caller: Caller) -> None:
    # The request as documented names no hospital.
    rows = ask(caller, "25.1.2", hospitalId="")["data"]

    assert {row["hospitalId"] for row in rows} == {"253", "254"}
