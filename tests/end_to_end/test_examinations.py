"""Ordered examinations: where and when, booking, changing, cancelling, checking in."""

import datetime as dt
from typing import Any

import pytest

from sandbox.faults import Fault
from tests.end_to_end.world import World, world

ORDERS = """query($h: [ID!]) { viewer { patients { examinationOrders(hospitals: $h) { totalCount
    nodes { id item hospital { code } } failures { code } } } } }"""
ROOMS = """query($id: ID!, $since: Date!, $days: Int) { node(id: $id) { ... on ExaminationOrder { item
    rooms(since: $since, days: $days) { day name capacity booked remaining slots { id name startsAt endsAt } } } } }"""
LISTED = """query($h: [ID!]) { viewer { patients { appointments(hospitals: $h, first: 100) { nodes {
    id kind status startsAt item room changeable onlineCheckIn order { id item } } } } } }"""
_APPOINTMENT = "appointment { id kind status startsAt endsAt item notice } userErrors { code field message }"
BOOK = f"mutation($input: BookExaminationInput!) {{ bookExamination(input: $input) {{ {_APPOINTMENT} }} }}"
CHANGE = f"mutation($input: ChangeExaminationInput!) {{ changeExamination(input: $input) {{ {_APPOINTMENT} }} }}"
CANCEL = """mutation($input: CancelExaminationInput!) { cancelExamination(input: $input) {
    cancellation { refundNumber } userErrors { code field message } } }"""
CHECK_IN = """mutation($input: CheckInExaminationsInput!) { checkInExaminations(input: $input) {
    checkedIn { id status } userErrors { code field message } } }"""
REGISTER = "hospital.interface.appointment.regSchedule"
REGIONAL = pytest.mark.parametrize("hospital", ["253", "254"])


def orders(world: World, hospital: str, token: str = "") -> list[Any]:
    people = world.ask(ORDERS, {"h": [hospital]}, token).data["viewer"]["patients"]
    found: list[Any] = people[0]["examinationOrders"]["nodes"]
    return found


def later(world: World, days: int = 4) -> str:
    return (world.sandbox.town.today + dt.timedelta(days=days)).isoformat()


def rooms(world: World, order_id: str, days: int = 1) -> list[Any]:
    node = world.ask(ROOMS, {"id": order_id, "since": later(world), "days": days}).data["node"]
    found: list[Any] = node["rooms"]
    return found


def listed(world: World, hospital: str) -> dict[str, Any]:
    nodes = world.ask(LISTED, {"h": [hospital]}).data["viewer"]["patients"][0]["appointments"]["nodes"]
    return {node["id"]: node for node in nodes if node["kind"] == "EXAMINATION"}


def book(world: World, slot: Any, key: str = "examination-0001") -> Any:
    given = {"businessKey": key, "slotId": slot["id"]}
    return world.ask(BOOK, {"input": given}).data["bookExamination"]


def cancel(world: World, appointment_id: str, key: str = "cancelling-0001", reason: str = "时间不合适") -> Any:
    given = {"businessKey": key, "appointmentId": appointment_id, "reason": reason}
    return world.ask(CANCEL, {"input": given}).data["cancelExamination"]


def change(world: World, appointment_id: str, slot: Any, key: str = "changing-0001") -> Any:
    given = {"businessKey": key, "appointmentId": appointment_id, "slotId": slot["id"]}
    return world.ask(CHANGE, {"input": given}).data["changeExamination"]


def check_in(world: World, *appointment_ids: str, key: str = "check-in-0001") -> Any:
    given = {"businessKey": key, "appointmentIds": list(appointment_ids)}
    return world.ask(CHECK_IN, {"input": given}).data["checkInExaminations"]


def told(result: Any) -> list[tuple[str, str | None]]:
    return [(error["code"], error["field"]) for error in result["userErrors"]]


def coming(world: World, hospital: str = "253") -> Any:
    """The examination that the person has booked already."""
    return next(node for node in listed(world, hospital).values() if node["status"] == "BOOKED")


def use_examinations(town: World) -> None:
    """Reach every interface of examinations."""
    order = orders(town, "253")[0]
    slots = rooms(town, order["id"])[0]["slots"]
    booked = book(town, slots[0], "everything-0001")["appointment"]
    changed = change(town, booked["id"], slots[1], "everything-0002")["appointment"]
    assert [each["status"] for each in check_in(town, changed["id"], key="everything-0003")["checkedIn"]] == [
        "CHECKED_IN"
    ]
    assert cancel(town, coming(town)["id"], "everything-0004")["cancellation"] is not None


def test_orders_of_all_hospitals_are_one_list(shared: World) -> None:
    found = shared.ask(ORDERS, {"h": None}).data["viewer"]["patients"][0]["examinationOrders"]

    assert {node["hospital"]["code"] for node in found["nodes"]} == {"253", "254"}
    assert found["totalCount"] == len(found["nodes"])
    assert found["failures"] == []


def test_rooms_are_told_by_day_with_what_is_free(shared: World) -> None:
    order = next(each for each in orders(shared, "253") if each["item"] == "腹部彩超")

    found = rooms(shared, order["id"], days=2)

    assert [(room["day"], room["name"]) for room in found] == [
        (later(shared, ahead), name) for ahead in (4, 5) for name in ("超声二室", "超声三室")
    ]
    for room in found:
        assert room["remaining"] == room["capacity"] - room["booked"]
        assert room["slots"][0]["name"] == "08:00-09:00"
        assert room["slots"][0]["startsAt"] == f"{room['day']}T08:00:00+08:00"
        assert room["slots"][0]["endsAt"] == f"{room['day']}T09:00:00+08:00"


@pytest.mark.parametrize(("days", "since", "field"), [(0, 4, "days"), (8, 4, "days"), (1, -1, "since")])
def test_days_that_cannot_be_asked_for(shared: World, days: int, since: int, field: str) -> None:
    before = shared.sandbox.counters.count("hospital.interface.appointment.getPlanDataOfWeek")
    variables = {"id": orders(shared, "253")[0]["id"], "since": later(shared, since), "days": days}

    answer = shared.ask(ROOMS, variables)

    assert answer.codes == ["BAD_INPUT"]
    assert answer.body["errors"][0]["extensions"]["field"] == field
    assert shared.sandbox.counters.count("hospital.interface.appointment.getPlanDataOfWeek") == before


@REGIONAL
def test_a_booked_examination_is_an_appointment_and_its_order_waits_no_more(fresh: World, hospital: str) -> None:
    order = orders(fresh, hospital)[0]
    room = rooms(fresh, order["id"])[0]
    slot = room["slots"][0]

    result = book(fresh, slot)

    assert result["userErrors"] == []
    appointment = result["appointment"]
    assert (appointment["kind"], appointment["status"]) == ("EXAMINATION", "BOOKED")
    assert (appointment["startsAt"], appointment["item"]) == (slot["startsAt"], order["item"])
    row = listed(fresh, hospital)[appointment["id"]]
    assert (row["startsAt"], row["room"], row["order"]["id"]) == (slot["startsAt"], room["name"], order["id"])
    assert order["id"] not in {each["id"] for each in orders(fresh, hospital)}


def test_the_same_key_books_once_also_when_the_order_is_listed_no_more(fresh: World) -> None:
    slot = rooms(fresh, orders(fresh, "253")[0]["id"])[0]["slots"][0]

    assert book(fresh, slot) == book(fresh, slot)
    assert fresh.sandbox.counters.count(REGISTER) == 1


def test_a_booking_without_an_answer_is_unknown_and_resolved_by_its_key(fresh: World) -> None:
    slot = rooms(fresh, orders(fresh, "253")[0]["id"])[0]["slots"][0]
    given = {"businessKey": "examination-0001", "slotId": slot["id"]}
    fresh.sandbox.faults.inject("253", REGISTER, Fault(kind="malformed", times=1))

    assert fresh.ask(BOOK, {"input": given}).codes == ["STATE_UNKNOWN"]
    assert book(fresh, slot)["appointment"]["status"] == "BOOKED"
    assert len([node for node in listed(fresh, "253").values() if node["startsAt"] == slot["startsAt"]]) == 1


def test_a_booked_order_cannot_be_booked_under_another_key(fresh: World) -> None:
    first, second = rooms(fresh, orders(fresh, "253")[0]["id"])[0]["slots"][:2]
    book(fresh, first)

    assert told(book(fresh, second, "examination-0002")) == [("NOT_FOUND", "slotId")]


def test_a_cancelled_examination_waits_for_a_time_again(fresh: World) -> None:
    order = orders(fresh, "253")[0]
    appointment = book(fresh, rooms(fresh, order["id"])[0]["slots"][0])["appointment"]

    result = cancel(fresh, appointment["id"])

    assert result == {"cancellation": {"refundNumber": None}, "userErrors": []}
    assert cancel(fresh, appointment["id"]) == result
    assert listed(fresh, "253")[appointment["id"]]["status"] == "CANCELLED"
    assert order["id"] in {each["id"] for each in orders(fresh, "253")}


def test_what_was_booked_elsewhere_can_be_cancelled_too(fresh: World) -> None:
    known = coming(fresh)

    assert cancel(fresh, known["id"])["userErrors"] == []
    assert listed(fresh, "253")[known["id"]]["status"] == "CANCELLED"


@pytest.mark.parametrize("reason", ["", "   ", "长" * 201, "a\nb"])
def test_a_reason_must_be_given_in_a_few_words(fresh: World, reason: str) -> None:
    assert told(cancel(fresh, coming(fresh)["id"], reason=reason)) == [("BAD_INPUT", "reason")]
    assert fresh.sandbox.counters.count("hospital.interface.appointment.cancelSchedule") == 0


def test_a_changed_examination_stands_at_its_new_time_alone(fresh: World) -> None:
    known = coming(fresh)
    assert known["changeable"] is True
    slot = next(each for room in rooms_of_booked(fresh, known) for each in room["slots"])

    result = change(fresh, known["id"], slot)

    assert result["userErrors"] == []
    assert result["appointment"]["startsAt"] == slot["startsAt"]
    after = listed(fresh, "253")
    assert after[known["id"]]["status"] == "CANCELLED"
    assert after[result["appointment"]["id"]]["status"] == "BOOKED"
    assert change(fresh, known["id"], slot) == result
    assert cancel(fresh, result["appointment"]["id"])["userErrors"] == []


def rooms_of_booked(world: World, known: Any) -> list[Any]:
    query = """query($id: ID!, $since: Date!) { node(id: $id) { ... on Appointment { order {
        rooms(since: $since) { slots { id startsAt } } } } } }"""
    found: list[Any] = world.ask(query, {"id": known["id"], "since": later(world)}).data["node"]["order"]["rooms"]
    return found


def test_a_time_of_another_order_does_not_fit(fresh: World) -> None:
    known = coming(fresh)
    slot = rooms(fresh, orders(fresh, "253")[0]["id"])[0]["slots"][0]

    assert told(change(fresh, known["id"], slot)) == [("BAD_INPUT", "slotId")]
    assert fresh.sandbox.counters.count("24.1.7") == 0


def test_a_hospital_without_the_address_offers_no_change() -> None:
    with world(paths={}) as town:
        capabilities = town.ask('{ hospital(id: "253") { capabilities } }').data["hospital"]["capabilities"]
        known = coming(town)
        slot = rooms(town, orders(town, "253")[0]["id"])[0]["slots"][0]
        result = change(town, known["id"], slot)

    assert "EXAMINATIONS" in capabilities
    assert "EXAMINATION_CHANGES" not in capabilities
    assert known["changeable"] is False
    assert told(result) == [("UNSUPPORTED_BY_HOSPITAL", None)]


def test_who_checks_in_online_is_checked_in(fresh: World) -> None:
    known = coming(fresh)
    assert known["onlineCheckIn"] is True

    result = check_in(fresh, known["id"])

    assert result == {"checkedIn": [{"id": known["id"], "status": "CHECKED_IN"}], "userErrors": []}
    row = listed(fresh, "253")[known["id"]]
    assert (row["status"], row["onlineCheckIn"]) == ("CHECKED_IN", False)
    assert check_in(fresh, known["id"]) == result
    assert fresh.sandbox.counters.count("hospital.interface.appointment.register") == 1


def test_what_is_not_open_for_check_in_is_refused_here(fresh: World) -> None:
    known = coming(fresh)
    check_in(fresh, known["id"])

    assert told(check_in(fresh, known["id"], key="check-in-0002")) == [("SERVICE_NOT_OPEN", "appointmentIds")]
    assert told(check_in(fresh, known["id"], known["id"], key="check-in-0003")) == [("BAD_INPUT", "appointmentIds")]
    assert told(check_in(fresh, key="check-in-0004")) == [("BAD_INPUT", "appointmentIds")]


def test_nobody_uses_somebody_elses_order_or_appointment(fresh: World) -> None:
    order = orders(fresh, "253")[0]
    slot = rooms(fresh, order["id"])[0]["slots"][0]
    known, other = coming(fresh), fresh.token("account-2")
    inputs = {
        BOOK: {"businessKey": "somebody-0001", "slotId": slot["id"]},
        CHANGE: {"businessKey": "somebody-0001", "appointmentId": known["id"], "slotId": slot["id"]},
        CANCEL: {"businessKey": "somebody-0001", "appointmentId": known["id"], "reason": "x"},
        CHECK_IN: {"businessKey": "somebody-0001", "appointmentIds": [known["id"]]},
    }

    for query, given in inputs.items():
        assert fresh.ask(query, {"input": given}, other).codes == ["FORBIDDEN"]
        assert fresh.ask(query, {"input": given}, None).codes == ["UNAUTHENTICATED"]
    variables = {"id": order["id"], "since": later(fresh)}
    assert fresh.ask(ROOMS, variables, other).codes == ["FORBIDDEN"]


def test_a_vendor_without_examinations_is_left_out_of_the_list(shared: World) -> None:
    assert shared.ask(ORDERS, {"h": ["501"]}).data["viewer"]["patients"][0]["examinationOrders"]["nodes"] == []
    capabilities = shared.ask('{ hospital(id: "501") { capabilities } }').data["hospital"]["capabilities"]
    assert "EXAMINATIONS" not in capabilities
