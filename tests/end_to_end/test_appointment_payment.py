"""Paying what was booked before: once, with its surcharge, never read as failed."""

from decimal import Decimal
from typing import Any

import pytest

from sandbox.faults import Fault
from tests.end_to_end.desk import CANCEL, PAY, card
from tests.end_to_end.test_booking import BOOK, card_at, free_slot
from tests.end_to_end.world import World

APPOINTMENTS = """{ viewer { patients { appointments(hospitals: ["253"], first: 100) { nodes {
    id kind status startsAt surcharge queuePosition { number } } } } } }"""
PAID = "hospital.interface.yyghRegister"


def booked(world: World) -> tuple[Any, str]:
    """An appointment that was booked just now, and its fee."""
    slot = free_slot(world, "253")
    given = {"businessKey": "booking-0001", "cardId": card_at(world, "253"), "slotId": slot["id"]}
    made = world.ask(BOOK, {"input": given}).data["bookAppointment"]["appointment"]
    listed = world.ask(APPOINTMENTS).data["viewer"]["patients"][0]["appointments"]["nodes"]
    appointment = next(node for node in listed if node["id"] == made["id"])
    town = world.sandbox.town.hospitals["253"]
    kept = next(each for each in town.appointments if each.key == "booking-0001")
    return appointment, str(next(session.fee for session in town.sessions if session.id == kept.session_id))


def payment(appointment: Any, due: str, **changes: Any) -> dict[str, Any]:
    given = {"businessKey": "payment-0001", "appointmentId": appointment["id"], "fee": due, "method": "WECHAT_PAY"}
    return given | {"surcharge": appointment["surcharge"]} | changes


def pay(world: World, given: dict[str, Any]) -> Any:
    return world.ask(PAY, {"input": given}).data["payAppointment"]


def test_fee_and_surcharge_are_paid_and_given_back(fresh: World) -> None:
    appointment, fee = booked(fresh)
    balance = Decimal(card(fresh)["balance"])
    assert Decimal(appointment["surcharge"]) == 5

    told = pay(fresh, payment(appointment, fee, cardBalanceAmount="1.00"))

    assert told["userErrors"] == []
    paid = told["payment"]
    assert (paid["number"], paid["status"]) == ("payment-0001", "CONFIRMED")
    assert Decimal(paid["amount"]) == Decimal(fee) + 5
    assert paid["hospitalReference"] == f"P{paid['registrationNumber']}"
    assert Decimal(card(fresh)["balance"]) == balance - 1
    cancelling = {"businessKey": "cancelling-0001", "appointmentId": appointment["id"]}
    cancelled = fresh.ask(CANCEL, {"input": cancelling}).data["cancelAppointment"]["cancellation"]
    assert cancelled["refundNumber"] == f"R{paid['registrationNumber']}"
    assert Decimal(card(fresh)["balance"]) == balance


def test_a_payment_is_told_once_and_not_with_other_content(fresh: World) -> None:
    appointment, fee = booked(fresh)

    first = pay(fresh, payment(appointment, fee))
    assert pay(fresh, payment(appointment, fee)) == first
    told = pay(fresh, payment(appointment, fee, method="ALIPAY"))

    assert [error["code"] for error in told["userErrors"]] == ["IDEMPOTENCY_CONFLICT"]
    assert fresh.sandbox.counters.snapshot()[f"253 {PAID}"] == 1


def test_no_answer_is_unknown_and_a_repeat_finds_out(fresh: World) -> None:
    appointment, fee = booked(fresh)
    fresh.sandbox.faults.inject("253", PAID, Fault(kind="malformed", times=1))

    assert pay(fresh, payment(appointment, fee))["payment"]["status"] == "UNKNOWN"
    assert pay(fresh, payment(appointment, fee))["payment"]["status"] == "CONFIRMED"


def test_still_in_work_is_told_as_such(fresh: World) -> None:
    appointment, fee = booked(fresh)
    fresh.sandbox.faults.inject("253", PAID, Fault(kind="refusal", code="40004", times=1))

    assert pay(fresh, payment(appointment, fee))["payment"]["status"] == "PROCESSING"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"surcharge": "0.00"}, "AMOUNT_MISMATCH", None),
        ({"surcharge": "0.001"}, "BAD_INPUT", "surcharge"),
        ({"fee": "1.234"}, "BAD_INPUT", "fee"),
        ({"cardBalanceAmount": "500.00"}, "AMOUNT_MISMATCH", "cardBalanceAmount"),
        ({"method": "UNKNOWN"}, "BAD_INPUT", "method"),
        ({"paidAt": "2999-01-01T00:00:00+08:00"}, "BAD_INPUT", "paidAt"),
    ],
)
def test_what_does_not_add_up_is_refused(fresh: World, changes: dict[str, str], code: str, field: str | None) -> None:
    appointment, fee = booked(fresh)

    told = pay(fresh, payment(appointment, fee, **changes))

    assert [(error["code"], error["field"]) for error in told["userErrors"]] == [(code, field)]


def test_what_was_not_booked_here_cannot_be_paid_here(shared: World) -> None:
    listed = shared.ask(APPOINTMENTS).data["viewer"]["patients"][0]["appointments"]["nodes"]
    other = next(node for node in listed if node["kind"] == "CONSULTATION")

    told = pay(shared, payment(other, "8.00"))

    assert [error["code"] for error in told["userErrors"]] == ["NOT_PAYABLE"]


def test_examinations_have_no_surcharge(shared: World) -> None:
    listed = shared.ask(APPOINTMENTS).data["viewer"]["patients"][0]["appointments"]["nodes"]

    assert {node["surcharge"] for node in listed if node["kind"] == "EXAMINATION"} == {None}


def test_nobody_pays_for_somebody_else(fresh: World) -> None:
    appointment, fee = booked(fresh)
    given = payment(appointment, fee)

    assert fresh.ask(PAY, {"input": given}, fresh.token("account-2")).codes == ["FORBIDDEN"]
    assert fresh.ask(PAY, {"input": given}, None).codes == ["UNAUTHENTICATED"]
