"""Registering with a clinic of today: taken once, paid, given back."""

from decimal import Decimal
from typing import Any

import pytest

from sandbox.faults import Fault
from tests.end_to_end.desk import (
    CANCEL,
    REGISTER,
    REGISTERED,
    card,
    open_session,
    register,
    registration,
    sessions_today,
    terms,
)
from tests.end_to_end.world import World

TO_REGISTER = "253 hospital.interface.todayRegisterToRegister"


def left_of(world: World, slot_id: str) -> int:
    """How many of a slot are left; one that is full is not listed."""
    slots = [slot for session in sessions_today(world) for slot in session["slots"]]
    return next((slot["remaining"] for slot in slots if slot["id"] == slot_id), 0)


def cancel(world: World, appointment: Any, key: str = "cancelling-0001") -> Any:
    given = {"businessKey": key, "appointmentId": appointment["id"]}
    return world.ask(CANCEL, {"input": given}).data["cancelAppointment"]


def test_todays_sessions_have_the_doctor_the_fee_and_free_slots(shared: World) -> None:
    found = sessions_today(shared)

    assert {session["day"] for session in found} == {shared.sandbox.town.today.isoformat()}
    assert all(session["doctorName"] and Decimal(session["fee"]) > 0 and session["clinic"] for session in found)
    session = open_session(shared)
    assert session["remaining"] == sum(slot["remaining"] for slot in session["slots"])
    assert {slot["dayPart"] for slot in session["slots"]} <= {"MORNING", "AFTERNOON"}
    assert session["slots"] == sorted(session["slots"], key=lambda slot: slot["startsAt"])


def test_a_number_is_taken_paid_and_counted(fresh: World) -> None:
    session = open_session(fresh)
    slot, before = session["slots"][0], card(fresh)["registrationsToday"]

    told = register(fresh, registration(fresh, session))

    assert told["userErrors"] == []
    made = told["appointment"]
    assert (made["status"], made["startsAt"], made["doctorName"]) == ("BOOKED", slot["startsAt"], session["doctorName"])
    assert made["departmentName"] == session["department"]
    assert made["registrationNumber"]
    assert made["paymentReference"] == f"P{made['registrationNumber']}"
    assert left_of(fresh, slot["id"]) == slot["remaining"] - 1
    assert card(fresh)["registrationsToday"] == before + 1


def test_a_registration_is_read_again_by_its_id_with_its_queue(fresh: World) -> None:
    made = register(fresh, registration(fresh, open_session(fresh)))["appointment"]

    queue = made["queuePosition"]
    assert queue["number"].startswith("A")
    assert queue["position"] == queue["ahead"] + 1
    assert queue["hospital"]["code"] == "253"
    node = fresh.ask(REGISTERED, {"id": made["id"]}).data["node"]
    assert node == {
        "id": made["id"],
        "status": "BOOKED",
        "cancellable": True,
        "queuePosition": {"number": queue["number"], "ahead": queue["ahead"]},
    }
    assert fresh.ask(REGISTERED, {"id": made["id"]}, fresh.token("account-2")).codes == ["FORBIDDEN"]


def test_the_same_key_takes_one_number(fresh: World) -> None:
    session = open_session(fresh)
    given = registration(fresh, session)

    first = register(fresh, given)
    assert register(fresh, given)["appointment"]["id"] == first["appointment"]["id"]
    told = register(fresh, given | {"method": "ALIPAY"})

    assert [error["code"] for error in told["userErrors"]] == ["IDEMPOTENCY_CONFLICT"]
    assert fresh.sandbox.counters.snapshot()[TO_REGISTER] == 1


def test_without_a_slot_the_session_gives_the_next_number(fresh: World) -> None:
    session = open_session(fresh)

    told = register(fresh, registration(fresh, session, slotId=None, sessionId=session["id"]))

    assert told["userErrors"] == []
    assert told["appointment"]["startsAt"] is None
    assert left_of(fresh, session["slots"][0]["id"]) == session["slots"][0]["remaining"] - 1


def test_what_is_given_back_is_free_again_and_the_balance_is_whole(fresh: World) -> None:
    session = open_session(fresh)
    slot, balance = session["slots"][0], Decimal(card(fresh)["balance"])
    fee = terms(fresh, session)["fee"]
    made = register(fresh, registration(fresh, session, method="CARD_BALANCE", cardBalanceAmount=fee))["appointment"]
    assert Decimal(card(fresh)["balance"]) == balance - Decimal(fee)

    told = cancel(fresh, made)

    assert told["userErrors"] == []
    assert told["cancellation"]["refundNumber"] == f"R{made['registrationNumber']}"
    assert told["cancellation"]["invoiceNumber"]
    assert left_of(fresh, slot["id"]) == slot["remaining"]
    assert Decimal(card(fresh)["balance"]) == balance
    node = fresh.ask(REGISTERED, {"id": made["id"]}).data["node"]
    assert (node["status"], node["cancellable"], node["queuePosition"]) == ("CANCELLED", False, None)


def test_no_answer_is_no_failure_and_a_repeat_finds_out(fresh: World) -> None:
    session = open_session(fresh)
    given, before = registration(fresh, session), card(fresh)["registrationsToday"]
    interface = TO_REGISTER.partition(" ")[2]
    # Both tries of the first request are done, but neither answer can be read.
    fresh.sandbox.faults.inject("253", interface, Fault(kind="malformed", times=1))

    assert fresh.ask(REGISTER, {"input": given}).codes == ["STATE_UNKNOWN"]
    assert register(fresh, given)["appointment"]["status"] == "BOOKED"
    assert card(fresh)["registrationsToday"] == before + 1


def test_a_department_says_whom_it_does_not_take(shared: World) -> None:
    surgery = next(session for session in sessions_today(shared) if session["department"] == "普通外科")

    assert terms(shared, surgery)["admitted"] is True
    child = terms(shared, surgery, person=1)
    assert (child["admitted"], child["refusal"]) == (False, "儿童不能挂普通外科")


def test_who_pays_nothing_registers_for_nothing(fresh: World) -> None:
    session = open_session(fresh)
    assert terms(fresh, session)["fee"] == session["fee"]
    assert Decimal(terms(fresh, session, person=1)["fee"]) == 0

    told = register(fresh, registration(fresh, session, cardId=card(fresh, person=1)["id"], fee="0"))

    assert told["userErrors"] == []
    assert Decimal(told["appointment"]["fee"]) == 0


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"businessKey": "short"}, "BAD_INPUT", "businessKey"),
        ({"slotId": None}, "BAD_INPUT", "slotId"),
        ({"fee": "1.001"}, "BAD_INPUT", "fee"),
        ({"fee": "-1"}, "BAD_INPUT", "fee"),
        ({"cardBalanceAmount": "99999"}, "AMOUNT_MISMATCH", "cardBalanceAmount"),
        ({"method": "CARD_BALANCE"}, "AMOUNT_MISMATCH", "cardBalanceAmount"),
        ({"method": "UNKNOWN"}, "BAD_INPUT", "method"),
        ({"paymentNumber": "with space"}, "BAD_INPUT", "paymentNumber"),
    ],
)
def test_what_does_not_add_up_reaches_no_hospital(
    shared: World, changes: dict[str, Any], code: str, field: str
) -> None:
    session = open_session(shared)

    told = register(shared, registration(shared, session, **changes))

    assert [(error["code"], error["field"]) for error in told["userErrors"]] == [(code, field)]
    assert TO_REGISTER not in shared.sandbox.counters.snapshot()


def test_a_slot_and_a_session_together_are_refused(shared: World) -> None:
    session = open_session(shared)

    told = register(shared, registration(shared, session, sessionId=session["id"]))

    assert [(error["code"], error["field"]) for error in told["userErrors"]] == [("BAD_INPUT", "slotId")]


def test_a_card_of_another_hospital_does_not_fit(shared: World) -> None:
    session = open_session(shared)

    told = register(shared, registration(shared, session, cardId=card(shared, "254")["id"]))

    assert [(error["code"], error["field"]) for error in told["userErrors"]] == [("BAD_INPUT", "slotId")]


def test_a_wrong_fee_is_the_hospitals_to_refuse(fresh: World) -> None:
    told = register(fresh, registration(fresh, open_session(fresh), fee="0.01"))

    assert [(error["code"], error["message"]) for error in told["userErrors"]] == [
        ("AMOUNT_MISMATCH", "挂号金额与院内金额不一致")
    ]


def test_nobody_registers_somebody_else(shared: World) -> None:
    given = registration(shared, open_session(shared))

    assert shared.ask(REGISTER, {"input": given}, shared.token("account-2")).codes == ["FORBIDDEN"]
    assert shared.ask(REGISTER, {"input": given}, None).codes == ["UNAUTHENTICATED"]


def test_every_hospital_with_registration_for_today_says_so(shared: World) -> None:
    capabilities = shared.ask("{ hospitals { code capabilities } }", token=None).data["hospitals"]
    offering = {each["code"] for each in capabilities if "SAME_DAY_REGISTRATION" in each["capabilities"]}
    assert offering == {"253", "254", "501"}
