"""A day at the palm hospital: reserving, registering, what is listed of it."""

from decimal import Decimal
from typing import Any

import pytest

from sandbox.faults import Fault, Kind
from tests.end_to_end.desk import CANCEL, PAY, card, sessions_today, terms
from tests.end_to_end.test_booking import APPOINTMENTS, BOOK, card_at, free_slot
from tests.end_to_end.world import World

PALM = "501"
# Nothing is asked of queues: this hospital tells of none.
REGISTER = """mutation($input: RegisterSameDayInput!) { registerSameDay(input: $input) {
    appointment { id status startsAt departmentName doctorName fee registrationNumber queueNumber cancellable }
    userErrors { code field message } } }"""
REGISTERED = "query($id: ID!) { node(id: $id) { ... on Appointment { id status surcharge } } }"
RESERVE = """mutation($input: ReserveRegistrationInput!) { reserveRegistration(input: $input) {
    reservation { fee hospital { code } } userErrors { code field message } } }"""
REGISTRATIONS = """{ viewer { patients { cards { hospital { code } registrations { id departmentName doctorName
    visitedAt dayPart seen status queueNumber refundable hospital { code } department { name } doctor { name }
    detail { number clinic fee gender age } } } } } }"""
FUNDS = """{ viewer { patients { cards { hospital { code } balance
    funds { balance lowestBalance available patientCategory } } } } }"""
INSURANCE = {"number": "JS0001", "fundAmount": "3.00", "accountAmount": "1.00", "patientCategory": "2"}


def session_of(world: World) -> Any:
    return next(each for each in sessions_today(world, PALM) if each["remaining"] > 0)


def given_for(world: World, session: Any, **changes: Any) -> dict[str, Any]:
    given = {"businessKey": "registration-0001", "cardId": card(world, PALM)["id"], "sessionId": session["id"]}
    given |= {"fee": terms(world, session, hospital=PALM)["fee"], "method": "WECHAT_PAY"}
    return {name: value for name, value in (given | changes).items() if value is not None}


def register(world: World, given: dict[str, Any]) -> Any:
    return world.ask(REGISTER, {"input": given}).data["registerSameDay"]


def reserve(world: World, session: Any, **changes: Any) -> Any:
    given = given_for(world, session) | {"businessKey": "reservation-0001"} | changes
    del given["method"]
    return world.ask(RESERVE, {"input": given}).data["reserveRegistration"]


def registrations(world: World) -> list[Any]:
    # The cards at other hospitals list none: theirs are errors.
    cards = world.ask(REGISTRATIONS).body["data"]["viewer"]["patients"][0]["cards"]
    found: list[Any] = next(each for each in cards if each["hospital"]["code"] == PALM)["registrations"]
    return found


def funds(world: World) -> Any:
    cards = world.ask(FUNDS).body["data"]["viewer"]["patients"][0]["cards"]
    return next(each for each in cards if each["hospital"]["code"] == PALM)["funds"]


def booked(world: World) -> tuple[Any, Decimal]:
    """An appointment that was booked just now, and its fee."""
    booking = {"businessKey": "booking-0001", "cardId": card_at(world, PALM), "slotId": free_slot(world, PALM)["id"]}
    made = world.ask(BOOK, {"input": booking}).data["bookAppointment"]["appointment"]
    town = world.sandbox.town.hospitals[PALM]
    kept = town.appointments[-1]
    return made, next(session.fee for session in town.sessions if session.id == kept.session_id)


def pay(world: World, appointment: Any, due: Decimal, **changes: Any) -> Any:
    given = {"businessKey": "payment-0001", "appointmentId": appointment["id"], "fee": str(due)}
    given |= {"method": "WECHAT_PAY"} | changes
    return world.ask(PAY, {"input": given}).data["payAppointment"]


def use_palm_registrations(world: World) -> None:
    """Reserve, register and read it; pay what was booked."""
    session = session_of(world)
    assert reserve(world, session)["userErrors"] == []
    assert register(world, given_for(world, session, businessKey="registration-palm"))["appointment"]
    assert registrations(world)[0]["detail"]["number"]
    assert funds(world)["available"]
    appointment, fee = booked(world)
    assert pay(world, appointment, fee, businessKey="paying-palm")["payment"]["status"] == "CONFIRMED"


def test_todays_sessions_have_a_price_and_what_is_left_but_no_slots(shared: World) -> None:
    found = sessions_today(shared, PALM)

    assert {session["day"] for session in found} == {shared.sandbox.town.today.isoformat()}
    assert all(session["slots"] == [] for session in found)
    kept = {(each.doctor_id, each.part): each for each in shared.sandbox.town.hospitals[PALM].sessions}
    assert len(found) == len(kept)
    left = sorted(
        sum(slot.remaining for slot in each.slots)
        for each in shared.sandbox.town.hospitals[PALM].sessions
        if each.day == shared.sandbox.town.today
    )
    assert sorted(session["remaining"] for session in found) == left
    assert all(Decimal(session["fee"]) > 0 and session["doctorName"] and session["clinic"] for session in found)


def test_a_reservation_is_kept_for_the_person_and_the_session(fresh: World) -> None:
    session = session_of(fresh)
    fee = terms(fresh, session, hospital=PALM)["fee"]

    told = reserve(fresh, session)

    assert told == {"reservation": {"fee": fee, "hospital": {"code": PALM}}, "userErrors": []}
    assert reserve(fresh, session) == told
    assert fresh.sandbox.counters.count("/registerPre") == 1
    assert [error["code"] for error in reserve(fresh, session, fee="1.00")["userErrors"]] == ["IDEMPOTENCY_CONFLICT"]


def test_a_wrong_fee_is_not_reserved(fresh: World) -> None:
    told = reserve(fresh, session_of(fresh), fee="0.01")

    assert [error["code"] for error in told["userErrors"]] == ["REFUSED_BY_HOSPITAL"]
    assert told["reservation"] is None


def test_a_number_is_taken_counted_and_listed(fresh: World) -> None:
    session, before = session_of(fresh), card(fresh, PALM)["registrationsToday"]

    told = register(fresh, given_for(fresh, session))

    assert told["userErrors"] == []
    made = told["appointment"]
    assert (made["status"], made["departmentName"], made["doctorName"]) == (
        "BOOKED",
        session["department"],
        session["doctorName"],
    )
    assert made["cancellable"] is False
    assert card(fresh, PALM)["registrationsToday"] == before + 1
    after = next(each for each in sessions_today(fresh, PALM) if each["id"] == session["id"])
    assert after["remaining"] == session["remaining"] - 1
    listed = next(
        each for each in registrations(fresh) if each["detail"]["number"].endswith(made["registrationNumber"][-4:])
    )
    assert (listed["departmentName"], listed["doctorName"]) == (session["department"], session["doctorName"])
    assert (listed["seen"], listed["refundable"], listed["hospital"]["code"]) == (False, True, PALM)
    assert (listed["department"]["name"], listed["doctor"]["name"]) == (listed["departmentName"], listed["doctorName"])
    assert (listed["detail"]["fee"], listed["detail"]["clinic"]) == (session["fee"], session["clinic"])


def test_registrations_that_took_place_say_so(shared: World) -> None:
    seen = [each for each in registrations(shared) if each["seen"]]

    assert seen
    assert {(each["status"], each["refundable"]) for each in seen} == {("已接诊", False)}


def test_a_registration_is_read_again_and_no_appointment_to_cancel(fresh: World) -> None:
    made = register(fresh, given_for(fresh, session_of(fresh)))["appointment"]

    node = fresh.ask(REGISTERED, {"id": made["id"]}).data["node"]
    assert (node["id"], node["status"]) == (made["id"], "BOOKED")
    assert Decimal(node["surcharge"]) == 0
    given = {"businessKey": "cancelling-0001", "appointmentId": made["id"]}
    told = fresh.ask(CANCEL, {"input": given}).data["cancelAppointment"]
    assert [(error["code"], error["message"]) for error in told["userErrors"]] == [
        ("NOT_CANCELLABLE", "当日挂号请到窗口退号")
    ]
    assert fresh.sandbox.counters.count("/cancel") == 0


def test_the_same_key_takes_one_number(fresh: World) -> None:
    given = given_for(fresh, session_of(fresh))

    first = register(fresh, given)
    assert register(fresh, given)["appointment"]["id"] == first["appointment"]["id"]
    told = register(fresh, given | {"method": "ALIPAY"})

    assert [error["code"] for error in told["userErrors"]] == ["IDEMPOTENCY_CONFLICT"]
    assert fresh.sandbox.counters.count("/register") == 1


def test_no_answer_is_no_failure_and_a_repeat_finds_out(fresh: World) -> None:
    given, before = given_for(fresh, session_of(fresh)), card(fresh, PALM)["registrationsToday"]
    fresh.sandbox.faults.inject(PALM, "/register", Fault(kind="malformed", times=1))

    assert fresh.ask(REGISTER, {"input": given}).codes == ["STATE_UNKNOWN"]
    made = register(fresh, given)["appointment"]
    assert (made["status"], bool(made["queueNumber"])) == ("BOOKED", True)
    assert fresh.ask(REGISTERED, {"id": made["id"]}).data["node"]["status"] == "BOOKED"
    assert card(fresh, PALM)["registrationsToday"] == before + 1
    # Found among the registrations: no one promises that a second notice makes no second registration.
    assert fresh.sandbox.counters.count("/register") == 1


def test_what_is_not_among_the_registrations_is_registered_again(fresh: World) -> None:
    given = given_for(fresh, session_of(fresh))
    fresh.sandbox.faults.inject(PALM, "/register", Fault(kind="drop", times=1))

    assert fresh.ask(REGISTER, {"input": given}).codes == ["STATE_UNKNOWN"]
    assert register(fresh, given)["appointment"]["status"] == "BOOKED"
    assert fresh.sandbox.counters.count("/register") == 2


@pytest.mark.parametrize("kind", ["refusal", "malformed", "error"])
def test_while_the_registrations_cannot_be_looked_through_nothing_is_registered_again(fresh: World, kind: Kind) -> None:
    given, before = given_for(fresh, session_of(fresh)), card(fresh, PALM)["registrationsToday"]
    fresh.sandbox.faults.inject(PALM, "/register", Fault(kind="malformed", times=1))
    fresh.sandbox.faults.inject(PALM, "/getVisitInfo", Fault(kind=kind, times=2 if kind == "error" else 1))

    assert fresh.ask(REGISTER, {"input": given}).codes == ["STATE_UNKNOWN"]
    assert fresh.ask(REGISTER, {"input": given}).codes == ["STATE_UNKNOWN"]
    assert register(fresh, given)["appointment"]["status"] == "BOOKED"
    assert fresh.sandbox.counters.count("/register") == 1
    assert card(fresh, PALM)["registrationsToday"] == before + 1


def test_a_refused_registration_is_refused_again(fresh: World) -> None:
    given = given_for(fresh, session_of(fresh))
    fresh.sandbox.faults.inject(PALM, "/register", Fault(kind="refusal", times=2))

    for _ in range(2):
        assert [error["code"] for error in register(fresh, given)["userErrors"]] == ["REFUSED_BY_HOSPITAL"]
    assert register(fresh, given)["appointment"]["status"] == "BOOKED"


def test_an_insured_registration_names_its_settlement(fresh: World) -> None:
    told = register(fresh, given_for(fresh, session_of(fresh), insurance=INSURANCE))

    assert told["userErrors"] == []
    assert told["appointment"]["status"] == "BOOKED"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"insurance": INSURANCE | {"fundAmount": "999.00"}}, "AMOUNT_MISMATCH", "insurance"),
        ({"insurance": INSURANCE | {"accountAmount": "0.001"}}, "BAD_INPUT", "accountAmount"),
        ({"insurance": INSURANCE | {"number": " "}}, "BAD_INPUT", "number"),
        ({"fee": "1.001"}, "BAD_INPUT", "fee"),
        ({"cardBalanceAmount": "1.00"}, "BAD_INPUT", None),
    ],
)
def test_what_does_not_add_up_reaches_no_hospital(
    shared: World, changes: dict[str, Any], code: str, field: str | None
) -> None:
    told = register(shared, given_for(shared, session_of(shared), **changes))

    assert [(error["code"], error["field"]) for error in told["userErrors"]] == [(code, field)]
    assert shared.sandbox.counters.count("/register") == 0


def test_where_the_insurance_pays_no_registrations_it_is_said_before_anything_is_sent(shared: World) -> None:
    session = next(each for each in sessions_today(shared, "253") if each["slots"])
    given = {"businessKey": "registration-0001", "cardId": card(shared)["id"], "slotId": session["slots"][0]["id"]}
    given |= {"fee": session["fee"], "method": "WECHAT_PAY", "insurance": INSURANCE}

    told = register(shared, given)

    assert [error["code"] for error in told["userErrors"]] == ["UNSUPPORTED_BY_HOSPITAL"]


def test_nobody_reserves_for_somebody_else(shared: World) -> None:
    session = session_of(shared)
    given = {"businessKey": "reservation-0009", "cardId": card(shared, PALM)["id"], "sessionId": session["id"]}
    given |= {"fee": session["fee"]}

    assert shared.ask(RESERVE, {"input": given}, shared.token("account-2")).codes == ["FORBIDDEN"]
    assert shared.ask(RESERVE, {"input": given}, None).codes == ["UNAUTHENTICATED"]


def test_what_can_be_spent_is_the_balance_less_the_lowest(shared: World) -> None:
    found = funds(shared)

    assert Decimal(found["available"]) == Decimal(found["balance"]) - Decimal(found["lowestBalance"])
    assert Decimal(found["balance"]) == Decimal(card(shared, PALM)["balance"])
    assert Decimal(found["lowestBalance"]) == -50
    assert found["patientCategory"] == "自费"


def test_what_was_registered_today_is_not_among_the_appointments(fresh: World) -> None:
    before = fresh.ask(APPOINTMENTS, {"h": [PALM]}).data["viewer"]["patients"][0]["appointments"]["nodes"]

    register(fresh, given_for(fresh, session_of(fresh)))

    assert fresh.ask(APPOINTMENTS, {"h": [PALM]}).data["viewer"]["patients"][0]["appointments"]["nodes"] == before
