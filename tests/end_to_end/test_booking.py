"""Booking and cancelling, at both vendors."""

import datetime as dt
from typing import Any

import pytest

from sandbox.faults import Fault
from tests.end_to_end.world import World

SLOTS = """query($hospital: ID!, $day: Date!) { hospital(id: $hospital) { departments { name
    doctors { name } schedules(day: $day) { doctorName fee slots { id startsAt remaining } } } } }"""
CARDS = "{ viewer { patients { cards { id hospital { code } } } } }"
BOOK = """mutation($input: BookAppointmentInput!) { bookAppointment(input: $input) {
    appointment { id status startsAt departmentName cancellable } userErrors { code field message } } }"""
CANCEL = """mutation($input: CancelAppointmentInput!) { cancelAppointment(input: $input) {
    cancellation { refundNumber } userErrors { code field message } } }"""
APPOINTMENTS = """query($h: [ID!]) { viewer { patients { appointments(hospitals: $h, first: 100) { nodes {
    id kind status startsAt cancellable } } } } }"""
HOSPITALS = pytest.mark.parametrize("hospital", ["253", "254", "501"])


def free_slots(world: World, hospital: str) -> list[Any]:
    tomorrow = (world.sandbox.town.today + dt.timedelta(days=1)).isoformat()
    departments = world.ask(SLOTS, {"hospital": hospital, "day": tomorrow}, None).data["hospital"]["departments"]
    slots = [slot for place in departments for schedule in place["schedules"] for slot in schedule["slots"]]
    return [slot for slot in slots if slot["remaining"] > 0]


def card_at(world: World, hospital: str, token: str = "") -> str:
    cards = world.ask(CARDS, token=token).data["viewer"]["patients"][0]["cards"]
    found: str = next(card["id"] for card in cards if card["hospital"]["code"] == hospital)
    return found


def booked(world: World, hospital: str) -> list[Any]:
    nodes = world.ask(APPOINTMENTS, {"h": [hospital]}).data["viewer"]["patients"][0]["appointments"]["nodes"]
    return [node for node in nodes if node["kind"] == "CONSULTATION" and node["status"] == "BOOKED"]


def free_slot(world: World, hospital: str, *, remaining: int | None = None) -> Any:
    """A slot at a time when the person has nothing else."""
    taken = {node["startsAt"] for node in booked(world, hospital)}
    return next(
        slot
        for slot in free_slots(world, hospital)
        if slot["startsAt"] not in taken and remaining in {None, slot["remaining"]}
    )


def book(world: World, hospital: str, slot: Any, key: str = "booking-0001", token: str = "") -> Any:
    given = {"businessKey": key, "cardId": card_at(world, hospital, token), "slotId": slot["id"]}
    return world.ask(BOOK, {"input": given}, token).data["bookAppointment"]


@HOSPITALS
def test_a_booked_slot_is_an_appointment_and_taken(fresh: World, hospital: str) -> None:
    slot = free_slot(fresh, hospital)
    before = {node["startsAt"] for node in booked(fresh, hospital)}

    result = book(fresh, hospital, slot)

    assert result["userErrors"] == []
    assert result["appointment"]["status"] == "BOOKED"
    assert result["appointment"]["startsAt"] == slot["startsAt"]
    assert {node["startsAt"] for node in booked(fresh, hospital)} == before | {slot["startsAt"]}
    left = {free["id"]: free["remaining"] for free in free_slots(fresh, hospital)}
    assert left.get(slot["id"], 0) == slot["remaining"] - 1


@HOSPITALS
def test_an_appointment_leads_to_its_department_and_doctor(fresh: World, hospital: str) -> None:
    made = book(fresh, hospital, free_slot(fresh, hospital))["appointment"]

    query = """query($id: ID!) { node(id: $id) { ... on Appointment { departmentName doctorName
        department { name address } doctor { name title } } } }"""
    found = fresh.ask(query, {"id": made["id"]}).data["node"]

    assert found["department"]["name"] == found["departmentName"]
    assert found["department"]["address"]
    assert found["doctor"]["name"] == found["doctorName"]
    assert found["doctor"]["title"] in {"主任医师", "主治医师"}


@HOSPITALS
def test_the_same_key_books_once(fresh: World, hospital: str) -> None:
    slot = free_slot(fresh, hospital)

    first = book(fresh, hospital, slot)
    assert book(fresh, hospital, slot) == first
    assert len([node for node in booked(fresh, hospital) if node["startsAt"] == slot["startsAt"]]) == 1


@HOSPITALS
def test_a_listed_appointment_that_was_booked_here_can_be_cancelled(fresh: World, hospital: str) -> None:
    slot = free_slot(fresh, hospital)
    book(fresh, hospital, slot)
    listed = next(node for node in booked(fresh, hospital) if node["startsAt"] == slot["startsAt"])
    assert listed["cancellable"] is True

    given = {"businessKey": "cancelling-0001", "appointmentId": listed["id"]}
    result = fresh.ask(CANCEL, {"input": given}).data["cancelAppointment"]

    assert result["userErrors"] == []
    assert slot["startsAt"] not in {node["startsAt"] for node in booked(fresh, hospital)}
    left = {free["id"]: free["remaining"] for free in free_slots(fresh, hospital)}
    assert left[slot["id"]] == slot["remaining"]
    assert fresh.ask(CANCEL, {"input": given}).data["cancelAppointment"] == result


@HOSPITALS
def test_a_full_slot_is_refused(fresh: World, hospital: str) -> None:
    slot = free_slot(fresh, hospital, remaining=1)
    assert book(fresh, hospital, slot)["appointment"]

    told = book(fresh, hospital, slot, key="booking-0002", token=fresh.token("account-2"))

    assert told["appointment"] is None
    assert told["userErrors"][0]["code"] == "SLOT_FULL"


def test_a_card_of_another_hospital_does_not_fit(fresh: World) -> None:
    slot = free_slot(fresh, "253")
    given = {"businessKey": "booking-0001", "cardId": card_at(fresh, "501"), "slotId": slot["id"]}

    told = fresh.ask(BOOK, {"input": given}).data["bookAppointment"]

    assert [(error["code"], error["field"]) for error in told["userErrors"]] == [("BAD_INPUT", "cardId")]


def test_nobody_books_or_cancels_for_somebody_else(fresh: World) -> None:
    slot = free_slot(fresh, "253")
    appointment = book(fresh, "253", slot)["appointment"]["id"]
    other = fresh.token("account-2")
    given = {"businessKey": "booking-0009", "cardId": card_at(fresh, "253"), "slotId": slot["id"]}

    assert fresh.ask(BOOK, {"input": given}, other).codes == ["FORBIDDEN"]
    cancel = {"businessKey": "cancelling-0009", "appointmentId": appointment}
    assert fresh.ask(CANCEL, {"input": cancel}, other).codes == ["FORBIDDEN"]
    assert fresh.ask(CANCEL, {"input": cancel}, None).codes == ["UNAUTHENTICATED"]


@HOSPITALS
def test_a_booking_without_an_answer_is_found_again_under_its_key(fresh: World, hospital: str) -> None:
    slot = free_slot(fresh, hospital, remaining=1)
    given = {"businessKey": "booking-0001", "cardId": card_at(fresh, hospital), "slotId": slot["id"]}
    interface = "/new" if hospital == "501" else "hospital.interface.appointmentInfo"
    # The hospital books it, and nothing is left; but its answer cannot be read.
    fresh.sandbox.faults.inject(hospital, interface, Fault(kind="malformed", times=1))

    assert fresh.ask(BOOK, {"input": given}).codes == ["STATE_UNKNOWN"]
    again = fresh.ask(BOOK, {"input": given}).data["bookAppointment"]

    assert (again["userErrors"], again["appointment"]["status"]) == ([], "BOOKED")
    assert len([node for node in booked(fresh, hospital) if node["startsAt"] == slot["startsAt"]]) == 1
