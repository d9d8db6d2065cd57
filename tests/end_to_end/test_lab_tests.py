"""Laboratory tests that people order themselves: reserving, paying, cancelling."""

from typing import Any

import pytest

from sandbox.faults import Fault
from tests.end_to_end.test_booking import card_at
from tests.end_to_end.world import World

TESTS = """query($h: ID!) { hospital(id: $h) { labTests { id name price consultationFee diagnosis
    sessions { id day dayPart numbering capacity remaining } } } }"""
SLOTS = "query($h: ID!, $session: ID!) { hospital(id: $h) { labSlots(sessionId: $session) { id startsAt remaining } } }"
_APPOINTMENT = "appointment { id kind status item fee startsAt payBefore notice } userErrors { code field message }"
RESERVE = f"mutation($input: ReserveLabTestInput!) {{ reserveLabTest(input: $input) {{ {_APPOINTMENT} }} }}"
PAY = f"mutation($input: PayLabTestInput!) {{ payLabTest(input: $input) {{ {_APPOINTMENT} }} }}"
CANCEL = """mutation($input: CancelLabTestInput!) { cancelLabTest(input: $input) {
    cancellation { refundNumber } userErrors { code field message } } }"""
STATUS = "query($id: ID!) { node(id: $id) { ... on Appointment { status } } }"
PAID = "hospital.interface.projectAppt.payToHis"


def sessions(world: World, hospital: str = "253") -> dict[str, Any]:
    """The sessions of the first test by how they give out numbers."""
    tests = world.ask(TESTS, {"h": hospital}, None).data["hospital"]["labTests"]
    return {session["numbering"]: session for session in reversed(tests[0]["sessions"])}


def slots(world: World, hospital: str = "253", numbering: str = "STRETCH") -> list[Any]:
    variables = {"h": hospital, "session": sessions(world, hospital)[numbering]["id"]}
    found: list[Any] = world.ask(SLOTS, variables, None).data["hospital"]["labSlots"]
    return found


def reserve(world: World, key: str = "reserving-0001", token: str = "", **given: Any) -> Any:
    given = {"businessKey": key, "cardId": card_at(world, "253", token)} | given
    return world.ask(RESERVE, {"input": given}, token).data["reserveLabTest"]


def pay(world: World, key: str = "paying-0001", **given: Any) -> Any:
    given = {"businessKey": key, "cardId": card_at(world, "253"), "amount": "28.00", "method": "WECHAT_PAY"} | given
    return world.ask(PAY, {"input": given}).data["payLabTest"]


def cancel(world: World, appointment_id: str, key: str = "cancelling-0001") -> Any:
    given = {"businessKey": key, "appointmentId": appointment_id}
    return world.ask(CANCEL, {"input": given}).data["cancelLabTest"]


def told(result: Any) -> list[tuple[str, str | None]]:
    return [(error["code"], error["field"]) for error in result["userErrors"]]


def use_lab_tests(town: World) -> None:
    """Reach every interface of laboratory tests."""
    reserved = reserve(town, "everything-0001", slotId=slots(town)[0]["id"])["appointment"]
    paid = pay(town, "everything-0002", appointmentId=reserved["id"])["appointment"]
    assert cancel(town, paid["id"], "everything-0003")["cancellation"]["refundNumber"]


def test_anybody_sees_what_can_be_ordered_and_when(shared: World) -> None:
    test = shared.ask(TESTS, {"h": "253"}, None).data["hospital"]["labTests"][0]

    assert (test["name"], test["price"], test["consultationFee"]) == ("核酸检测", "26.00", "2.00")
    assert [session["numbering"] for session in test["sessions"]] == ["STRETCH", "STRETCH", "UNLIMITED"]
    assert [session["dayPart"] for session in test["sessions"]] == ["MORNING", "MORNING", "ALL_DAY"]
    first, second = slots(shared)
    assert first["startsAt"] < second["startsAt"]
    assert first["startsAt"].startswith(sessions(shared)["STRETCH"]["day"])


def test_a_session_without_numbers_is_not_asked_for_them(fresh: World) -> None:
    assert slots(fresh, numbering="UNLIMITED") == []
    assert fresh.sandbox.counters.count("hospital.interface.projectAppt.getNumberSource") == 0


def test_a_session_of_another_hospital_does_not_fit(shared: World) -> None:
    variables = {"h": "254", "session": sessions(shared, "253")["STRETCH"]["id"]}

    assert shared.ask(SLOTS, variables).codes == ["BAD_INPUT"]


def test_a_reserved_number_is_pending_and_nobody_elses(fresh: World) -> None:
    slot = slots(fresh)[0]

    result = reserve(fresh, slotId=slot["id"], minutes=20)

    assert result["userErrors"] == []
    appointment = result["appointment"]
    assert (appointment["kind"], appointment["status"]) == ("LAB_TEST", "PENDING")
    assert (appointment["item"], appointment["fee"]) == ("核酸检测", "28.00")
    assert appointment["startsAt"] == slot["startsAt"]
    assert appointment["payBefore"]
    assert {each["id"]: each["remaining"] for each in slots(fresh)}[slot["id"]] == slot["remaining"] - 1
    assert reserve(fresh, slotId=slot["id"], minutes=20) == result


def test_a_paid_test_is_booked_and_its_money_comes_back(fresh: World) -> None:
    slot = slots(fresh)[0]
    reserved = reserve(fresh, slotId=slot["id"])["appointment"]

    result = pay(fresh, appointmentId=reserved["id"])

    assert result["userErrors"] == []
    paid = result["appointment"]
    assert (paid["kind"], paid["status"], paid["item"]) == ("LAB_TEST", "BOOKED", "核酸检测")
    assert (paid["startsAt"], paid["fee"], paid["notice"]) == (slot["startsAt"], "28.00", "请携带身份证前往检验科")
    assert pay(fresh, appointmentId=reserved["id"]) == result
    assert fresh.ask(STATUS, {"id": paid["id"]}).data["node"] == {"status": "BOOKED"}
    refund = cancel(fresh, paid["id"])
    assert refund["cancellation"]["refundNumber"]
    assert cancel(fresh, paid["id"]) == refund
    assert fresh.ask(STATUS, {"id": paid["id"]}).data["node"] == {"status": "CANCELLED"}
    assert slots(fresh)[0] == slot


def test_a_session_without_numbers_is_reserved_with_a_time_or_paid_at_once(fresh: World) -> None:
    session = sessions(fresh)["UNLIMITED"]["id"]

    reserved = reserve(fresh, sessionId=session)["appointment"]
    assert reserved["startsAt"].endswith("T16:00:00+08:00")
    assert pay(fresh, appointmentId=reserved["id"])["appointment"]["startsAt"] == reserved["startsAt"]
    at_once = pay(fresh, "paying-0002", sessionId=session)
    assert at_once["appointment"]["status"] == "BOOKED"


def test_a_payment_without_an_answer_is_unknown_and_resolved_by_its_number(fresh: World) -> None:
    reserved = reserve(fresh, slotId=slots(fresh)[0]["id"])["appointment"]
    fresh.sandbox.faults.inject("253", PAID, Fault(kind="malformed", times=1))
    given = {"businessKey": "paying-0001", "cardId": card_at(fresh, "253"), "appointmentId": reserved["id"]}
    given |= {"amount": "28.00", "method": "WECHAT_PAY"}

    assert fresh.ask(PAY, {"input": given}).codes == ["STATE_UNKNOWN"]
    assert pay(fresh, appointmentId=reserved["id"])["appointment"]["status"] == "BOOKED"
    assert len(fresh.sandbox.town.hospitals["253"].examining.lab_bookings) == 1


def test_a_payment_still_in_work_is_asked_for_again_under_the_same_number(fresh: World) -> None:
    reserved = reserve(fresh, slotId=slots(fresh)[0]["id"])["appointment"]
    fresh.sandbox.faults.inject("253", PAID, Fault(kind="refusal", code="40004", times=1))

    assert told(pay(fresh, appointmentId=reserved["id"])) == [("IN_PROGRESS", None)]
    assert pay(fresh, appointmentId=reserved["id"])["appointment"]["status"] == "BOOKED"


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"amount": "26.00"}, "AMOUNT_MISMATCH", "amount"),
        ({"amount": "28.001"}, "BAD_INPUT", "amount"),
        ({"amount": "-28"}, "BAD_INPUT", "amount"),
        ({"method": None}, "BAD_INPUT", "method"),
        ({"method": "CARD_BALANCE"}, "BAD_INPUT", "method"),
        ({"amount": "0"}, "BAD_INPUT", "method"),
        ({"amount": "0", "method": None}, "AMOUNT_MISMATCH", "amount"),
        ({"appointmentId": None}, "BAD_INPUT", "appointmentId"),
    ],
)
def test_a_payment_that_cannot_be_told_is_refused_before_it_is(
    fresh: World, given: dict[str, Any], code: str, field: str
) -> None:
    reserved = reserve(fresh, slotId=slots(fresh)[0]["id"])["appointment"]

    assert told(pay(fresh, **{"appointmentId": reserved["id"]} | given)) == [(code, field)]
    assert fresh.sandbox.counters.count(PAID) == 0


def test_a_reservation_names_one_place_and_a_short_time(fresh: World) -> None:
    numbered, unlimited = sessions(fresh)["STRETCH"]["id"], sessions(fresh)["UNLIMITED"]["id"]
    slot = slots(fresh)[0]["id"]

    assert told(reserve(fresh)) == [("BAD_INPUT", "slotId")]
    assert told(reserve(fresh, slotId=slot, sessionId=unlimited)) == [("BAD_INPUT", "slotId")]
    assert told(reserve(fresh, sessionId=numbered)) == [("BAD_INPUT", "sessionId")]
    assert told(reserve(fresh, slotId=slot, minutes=0)) == [("BAD_INPUT", "minutes")]
    assert told(reserve(fresh, slotId=slot, minutes=61)) == [("BAD_INPUT", "minutes")]
    elsewhere = slots(fresh, "254")[0]["id"]
    assert told(reserve(fresh, slotId=elsewhere)) == [("BAD_INPUT", "cardId")]
    assert fresh.sandbox.counters.count("hospital.interface.projectAppt.saveApptInfo") == 0


def test_who_has_no_phone_cannot_reserve(fresh: World) -> None:
    fresh.sandbox.town.people["p01"].phone = ""

    assert told(reserve(fresh, slotId=slots(fresh)[0]["id"])) == [("PHONE_MISSING", None)]
    assert fresh.sandbox.counters.count("hospital.interface.projectAppt.saveApptInfo") == 0


def test_a_number_that_is_gone_is_refused_by_the_hospital(fresh: World) -> None:
    slot = slots(fresh)[0]
    for count in range(slot["remaining"]):
        assert reserve(fresh, f"reserving-{count:04}", slotId=slot["id"])["appointment"]

    assert told(reserve(fresh, "reserving-9999", slotId=slot["id"])) == [("SLOT_FULL", None)]


def test_nobody_reserves_pays_or_cancels_for_somebody_else(fresh: World) -> None:
    slot = slots(fresh)[0]["id"]
    mine = {"businessKey": "somebody-0001", "cardId": card_at(fresh, "253")}
    reserved = reserve(fresh, slotId=slot)["appointment"]
    inputs = {
        RESERVE: mine | {"slotId": slot},
        PAY: mine | {"appointmentId": reserved["id"], "amount": "28.00", "method": "ALIPAY"},
        CANCEL: {"businessKey": "somebody-0001", "appointmentId": reserved["id"]},
    }

    for query, given in inputs.items():
        assert fresh.ask(query, {"input": given}, fresh.token("account-2")).codes == ["FORBIDDEN"]
        assert fresh.ask(query, {"input": given}, None).codes == ["UNAUTHENTICATED"]


def test_a_reservation_of_somebody_else_cannot_be_paid_with_ones_own_card(fresh: World) -> None:
    reserved = reserve(fresh, slotId=slots(fresh)[0]["id"])["appointment"]
    other = fresh.token("account-2")
    given = {"businessKey": "somebody-0001", "cardId": card_at(fresh, "253", other), "appointmentId": reserved["id"]}
    given |= {"amount": "28.00", "method": "ALIPAY"}

    assert told(fresh.ask(PAY, {"input": given}, other).data["payLabTest"]) == [("BAD_INPUT", "cardId")]
