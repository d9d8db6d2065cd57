"""Paying booked nucleic-acid tests: under the hospital's order, once, and never called failed without an answer."""

from typing import Any

import pytest

from sandbox.faults import Fault, Kind
from sandbox.town.front_desk import FeeOrder
from tests.end_to_end.test_nucleic_acid import HOSPITAL, book, first_slot, pay, read, told
from tests.end_to_end.world import World


def orders(world: World) -> list[FeeOrder]:
    """The orders that the hospital opened, from inside."""
    return list(world.sandbox.town.hospitals[HOSPITAL].desk.orders.values())


def test_a_paid_test_is_confirmed_and_tells_of_its_payment(fresh: World) -> None:
    made = book(fresh, first_slot(fresh))["appointment"]

    result = pay(fresh, made["id"])

    assert result["userErrors"] == []
    (order,) = orders(fresh)
    assert order.paid
    assert result["payment"] == {
        "number": "paying-0001",
        "status": "CONFIRMED",
        "amount": "16.00",
        "hospitalReference": order.number,
    }
    found = read(fresh, made["id"])
    assert (found["status"], found["statusName"]) == ("BOOKED", "已确认")
    assert (found["paymentNumber"], found["hospitalOrderNumber"]) == ("paying-0001", order.number)
    assert found["invoiceNumber"]
    assert pay(fresh, made["id"]) == result


def test_the_order_that_the_hospital_opened_need_not_be_named(fresh: World) -> None:
    made = book(fresh, first_slot(fresh))["appointment"]
    fresh.sandbox.faults.inject(HOSPITAL, "/appointment/confirm", Fault(kind="refusal", times=1))
    assert told(pay(fresh, made["id"])) == [("REFUSED_BY_HOSPITAL", None)]
    (order,) = orders(fresh)
    fresh.sandbox.town.hospitals[HOSPITAL].nucleic_acid.booked[-1].order_number = order.number

    result = pay(fresh, made["id"], "paying-0002")

    assert (result["userErrors"], result["payment"]["hospitalReference"]) == ([], order.number)
    assert fresh.sandbox.counters.count("/cpay/newPayment") == 1


def test_an_order_is_paid_whose_it_is_and_what_it_costs(fresh: World) -> None:
    first, second = (book(fresh, first_slot(fresh, day), f"nucleic-000{day}")["appointment"] for day in (0, 1))
    fresh.sandbox.faults.inject(HOSPITAL, "/appointment/confirm", Fault(kind="refusal", times=1))
    assert told(pay(fresh, first["id"])) == [("REFUSED_BY_HOSPITAL", None)]
    named = orders(fresh)[0].number
    confirmed = fresh.sandbox.counters.count("/appointment/confirm")

    theirs = pay(fresh, second["id"], "paying-0002", hospitalOrderNumber=named)
    less = pay(fresh, first["id"], "paying-0003", hospitalOrderNumber=named, amount="15.00")
    nobodys = pay(fresh, first["id"], "paying-0004", hospitalOrderNumber="PO0")

    assert [told(each) for each in (theirs, less, nobodys)] == [
        [("BAD_INPUT", None)],
        [("AMOUNT_MISMATCH", None)],
        [("REFUSED_BY_HOSPITAL", None)],
    ]
    assert fresh.sandbox.counters.count("/appointment/confirm") == confirmed
    paid = pay(fresh, first["id"], "paying-0005", hospitalOrderNumber=named)
    assert paid["payment"]["hospitalReference"] == named


@pytest.mark.parametrize("kind", ["malformed", "drop"])
@pytest.mark.parametrize("interface", ["/cpay/newPayment", "/payment/get", "/appointment/confirm"])
def test_a_payment_without_an_answer_is_unknown_and_ends_with_the_same_key(
    fresh: World, interface: str, kind: Kind
) -> None:
    made = book(fresh, first_slot(fresh))["appointment"]
    fresh.sandbox.faults.inject(HOSPITAL, interface, Fault(kind=kind, times=2))

    first = pay(fresh, made["id"])["payment"]
    fresh.sandbox.faults.clear()
    again = pay(fresh, made["id"])["payment"]

    assert (first["status"], again["status"]) == ("UNKNOWN", "CONFIRMED")
    assert [order.number for order in orders(fresh) if order.paid] == [again["hospitalReference"]]


def test_a_lost_answer_is_found_out_and_the_payment_not_told_again(fresh: World) -> None:
    made = book(fresh, first_slot(fresh))["appointment"]
    assert read(fresh, made["id"])["paymentNumber"] is None
    fresh.sandbox.faults.inject(HOSPITAL, "/appointment/confirm", Fault(kind="malformed", times=1))

    assert pay(fresh, made["id"])["payment"]["status"] == "UNKNOWN"
    again = pay(fresh, made["id"])

    assert (again["userErrors"], again["payment"]["status"]) == ([], "CONFIRMED")
    assert fresh.sandbox.counters.count("/appointment/confirm") == 1
    assert read(fresh, made["id"])["status"] == "BOOKED"
    assert told(pay(fresh, made["id"], "paying-0002")) == [("NOT_PAYABLE", None)]


def test_the_wrong_amount_is_refused_by_the_hospital(fresh: World) -> None:
    made = book(fresh, first_slot(fresh))["appointment"]

    assert told(pay(fresh, made["id"], amount="15.00")) == [("REFUSED_BY_HOSPITAL", None)]
    assert read(fresh, made["id"])["status"] == "PENDING"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"amount": "0"}, "amount"), ({"amount": "1.001"}, "amount"), ({"method": "UNKNOWN"}, "method")],
)
def test_a_bad_payment_reaches_no_hospital(fresh: World, wrong: Any, field: str) -> None:
    made = book(fresh, first_slot(fresh))["appointment"]

    assert told(pay(fresh, made["id"], **wrong)) == [("BAD_INPUT", field)]
    assert fresh.sandbox.counters.count("/appointment/confirm") == 0
