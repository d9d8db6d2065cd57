"""Paying what was booked at the palm hospital before: under the hospital's order, or from the card's balance."""

from decimal import Decimal

import pytest

from sandbox.faults import Fault
from tests.end_to_end.desk import CANCEL, card
from tests.end_to_end.test_palm_registrations import PALM, booked, pay, registrations
from tests.end_to_end.world import World


def test_a_booked_appointment_is_paid_once_and_then_a_registration(fresh: World) -> None:
    appointment, fee = booked(fresh)

    first = pay(fresh, appointment, fee)

    assert first["userErrors"] == []
    assert (first["payment"]["status"], Decimal(first["payment"]["amount"])) == ("CONFIRMED", fee)
    assert first["payment"]["registrationNumber"]
    (order,) = fresh.sandbox.town.hospitals[PALM].desk.orders.values()
    assert first["payment"]["hospitalReference"] == order.number
    assert (order.paid, order.payment_number) == (True, "payment-0001")
    assert pay(fresh, appointment, fee) == first
    assert fresh.sandbox.counters.count("/prepay") == 1
    other = pay(fresh, appointment, fee, businessKey="payment-0002")
    assert [error["code"] for error in other["userErrors"]] == ["NOT_PAYABLE"]
    assert any(each["visitedAt"] == appointment["startsAt"] for each in registrations(fresh))


def test_the_cards_balance_pays_and_is_given_back(fresh: World) -> None:
    appointment, fee = booked(fresh)
    before = Decimal(card(fresh, PALM)["balance"])

    told = pay(fresh, appointment, fee, method="CARD_BALANCE", cardBalanceAmount=str(fee))

    assert told["payment"]["status"] == "CONFIRMED"
    assert fresh.sandbox.counters.count("/cpay_new_payment") == 0
    assert Decimal(card(fresh, PALM)["balance"]) == before - fee
    given = {"businessKey": "cancelling-0001", "appointmentId": appointment["id"]}
    assert fresh.ask(CANCEL, {"input": given}).data["cancelAppointment"]["userErrors"] == []
    assert Decimal(card(fresh, PALM)["balance"]) == before


def test_a_payment_without_an_answer_is_unknown_and_found_again(fresh: World) -> None:
    appointment, fee = booked(fresh)
    fresh.sandbox.faults.inject(PALM, "/prepay", Fault(kind="malformed", times=1))

    assert pay(fresh, appointment, fee)["payment"]["status"] == "UNKNOWN"
    again = pay(fresh, appointment, fee)

    assert again["payment"]["status"] == "CONFIRMED"
    assert fresh.sandbox.counters.count("/prepay") == 1


@pytest.mark.parametrize("interface", ["/cpay_new_payment", "/cpay_update_payment_status"])
def test_an_order_without_an_answer_costs_nothing_and_confuses_nobody(fresh: World, interface: str) -> None:
    appointment, fee = booked(fresh)
    fresh.sandbox.faults.inject(PALM, interface, Fault(kind="malformed", times=1))

    first, again = (pay(fresh, appointment, fee)["payment"] for _ in range(2))

    assert first["status"] == ("UNKNOWN" if interface == "/cpay_new_payment" else "CONFIRMED")
    assert again["status"] == "CONFIRMED"
    assert fresh.sandbox.counters.count("/prepay") == 1
    assert sum(order.paid for order in fresh.sandbox.town.hospitals[PALM].desk.orders.values()) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"fee": "0.01"}, "AMOUNT_MISMATCH"),
        ({"surcharge": "1.00"}, "AMOUNT_MISMATCH"),
        ({"cardBalanceAmount": "1.00"}, "BAD_INPUT"),
        ({"method": "CUSTOM_PLATFORM"}, "BAD_INPUT"),
    ],
)
def test_a_payment_that_does_not_fit_is_not_told(fresh: World, changes: dict[str, str], code: str) -> None:
    appointment, fee = booked(fresh)

    told = pay(fresh, appointment, fee, **changes)

    assert [error["code"] for error in told["userErrors"]] == [code]
    assert fresh.sandbox.counters.count("/prepay") == 0
