"""Triage, check-in, queues and fever clinics."""

from typing import Any

from tests.end_to_end.desk import EXAMINATION_QUEUES, FEVER_CLINICS, booked_for_today, check_in, rooms, triage
from tests.end_to_end.world import World

APPOINTMENTS = """{ viewer { patients { appointments(hospitals: ["253"], first: 100) { nodes {
    id kind status startsAt queuePosition { number position } } } } } }"""
QUEUE = "253 hospital.interface.appointmentQueryLineInfo"


def appointments(world: World) -> list[Any]:
    found: list[Any] = world.ask(APPOINTMENTS).data["viewer"]["patients"][0]["appointments"]["nodes"]
    return found


def test_who_is_triaged_waits_behind_the_others(fresh: World) -> None:
    room = rooms(fresh)[0]
    assert room["waiting"] > 0
    assert room["queuePosition"] is None
    assert room["doctorName"]
    assert room["waitingArea"].endswith("诊区")

    told = triage(fresh, room).data["triage"]

    assert told["userErrors"] == []
    queue = told["checkIn"]["queuePosition"]
    assert (queue["position"], queue["ahead"], queue["room"]) == (room["waiting"] + 1, room["waiting"], room["name"])
    again = rooms(fresh)[0]
    assert (again["waiting"], again["queuePosition"]) == (room["waiting"] + 1, {"number": queue["number"]})


def test_triage_is_done_once_for_its_key_and_once_in_all(fresh: World) -> None:
    room = rooms(fresh)[0]

    first = triage(fresh, room).data
    assert triage(fresh, room).data == first
    told = triage(fresh, room, key="triage-0002").data["triage"]

    assert [error["code"] for error in told["userErrors"]] == ["ALREADY_TRIAGED"]
    assert told["userErrors"][0]["message"].startswith("已分诊")


def test_nobody_is_triaged_by_somebody_else(shared: World) -> None:
    room = rooms(shared)[0]

    assert triage(shared, room, token=shared.token("account-2")).codes == ["FORBIDDEN"]
    assert triage(shared, room, token=None).codes == ["UNAUTHENTICATED"]


def test_who_checks_in_is_in_the_doctors_queue(fresh: World) -> None:
    appointment = booked_for_today(fresh)

    told = check_in(fresh, appointment)

    assert told["userErrors"] == []
    queue = told["checkIn"]["queuePosition"]
    assert queue["position"] == queue["ahead"] + 1
    assert queue["room"].endswith("诊室")
    arrived = next(node for node in appointments(fresh) if node["status"] == "CHECKED_IN")
    assert arrived["startsAt"] == appointment["startsAt"]
    assert arrived["queuePosition"] == {"number": queue["number"], "position": queue["position"]}
    again = check_in(fresh, appointment, key="check-in-0002")
    assert [error["code"] for error in again["userErrors"]] == ["ALREADY_TRIAGED"]


def test_before_checking_in_there_is_no_place_in_the_queue(fresh: World) -> None:
    made = booked_for_today(fresh)

    listed = next(node for node in appointments(fresh) if node["startsAt"] == made["startsAt"])

    assert (listed["status"], listed["queuePosition"]) == ("BOOKED", None)


def test_an_appointment_of_another_day_asks_for_no_queue(fresh: World) -> None:
    coming = [node for node in appointments(fresh) if node["kind"] == "CONSULTATION"]

    assert [node["queuePosition"] for node in coming] == [None]
    assert QUEUE not in fresh.sandbox.counters.snapshot()
    told = check_in(fresh, coming[0])
    assert [error["code"] for error in told["userErrors"]] == ["APPOINTMENT_UNKNOWN"]


def test_examination_queues_are_those_of_all_hospitals_that_tell_them(shared: World) -> None:
    found = shared.ask(EXAMINATION_QUEUES).data["viewer"]["patients"][0]["examinationQueues"]

    assert found["failures"] == []
    assert {node["hospital"]["code"] for node in found["nodes"]} == {"253", "254"}
    for node in found["nodes"]:
        assert (node["position"], node["ahead"]) == (1, 0)
        # The hospital writes a space behind it.
        assert node["item"] == node["item"].strip()
        assert node["triagedAt"] < node["appointedAt"]


def test_fever_clinics_are_for_everybody(shared: World) -> None:
    found = shared.ask(FEVER_CLINICS, {"hospital": "253"}, None).data["hospital"]["feverClinics"]

    assert [clinic["campusName"] for clinic in found] == ["东院区", "西院区"]
    assert [(clinic["rooms"], clinic["waiting"]) for clinic in found] == [(2, 14), (3, 15)]
    assert found[0]["openingHours"] == "24小时开放"
    assert shared.ask(FEVER_CLINICS, {"hospital": "501"}, None).codes == ["UNSUPPORTED_BY_HOSPITAL"]
