"""Lists for those who work at a hospital: whom to see again, and whom to ask how it was."""

import datetime as dt
from typing import Any

import pytest

from sandbox.tokens import RECEPTION_SCOPE, staff_token
from tests.end_to_end.world import HS256_SECRET, World

FOLLOW_UPS = """query($id: ID!, $program: FollowUpProgram!, $since: DateTime!, $until: DateTime!) {
    hospital(id: $id) { followUps(program: $program, since: $since, until: $until) {
    program dueAt departmentName doctorName name phone identityNumber
    patientCard { number hospital { code } } } } }"""
SURVEY = """query($id: ID!, $class: VisitClass!, $since: DateTime!, $until: DateTime!) {
    hospital(id: $id) { surveyCandidates(visitClass: $class, since: $since, until: $until) {
    visitClass visitNumber admissionNumber startedAt endedAt departmentName doctorName settled name
    identityNumber patientCard { number } } } }"""


def span(world: World, first: int, last: int) -> dict[str, str]:
    """Whole days, counted from the town's."""
    day = world.sandbox.town.today
    return {
        "since": f"{day + dt.timedelta(days=first)}T00:00:00+08:00",
        "until": f"{day + dt.timedelta(days=last)}T23:59:59+08:00",
    }


def ask(world: World, query: str, token: str | None = None, **variables: Any) -> Any:
    return world.ask(query, {"id": "253"} | variables, world.staff(["253"]) if token is None else token)


def follow_ups(world: World, program: str, **changes: Any) -> Any:
    return ask(world, FOLLOW_UPS, program=program, **span(world, 0, 20) | changes).data["hospital"]["followUps"]


def survey(world: World, visit_class: str, first: int, last: int) -> Any:
    when = span(world, first, last)
    return ask(world, SURVEY, **{"class": visit_class}, **when).data["hospital"]["surveyCandidates"]


def read_all_lists(world: World) -> None:
    """Reach all interfaces of this file."""
    assert follow_ups(world, "TREATMENT")
    assert follow_ups(world, "CHECKUP")
    assert survey(world, "OUTPATIENT", -30, 0)
    assert survey(world, "INPATIENT", -60, -40)


def test_people_who_are_due_are_listed_by_what_it_comes_after(shared: World) -> None:
    treated, checked_up = follow_ups(shared, "TREATMENT"), follow_ups(shared, "CHECKUP")
    wards = shared.sandbox.town.hospitals["253"].wards

    assert len(treated) == sum(not due.after_checkup for due in wards.follow_ups)
    assert len(checked_up) == sum(due.after_checkup for due in wards.follow_ups)
    assert {row["program"] for row in treated} == {"TREATMENT"}
    assert {row["program"] for row in checked_up} == {"CHECKUP"}
    assert all(row["departmentName"] and row["doctorName"] for row in treated)


def test_the_hospital_alone_is_listed_though_the_system_tells_of_others(shared: World) -> None:
    cards = {card.number for card in shared.sandbox.town.hospitals["253"].cards}
    rows = follow_ups(shared, "TREATMENT")

    assert {row["patientCard"]["hospital"]["code"] for row in rows} == {"253"}
    assert {row["patientCard"]["number"] for row in rows} <= cards
    assert "253,254 hospital.interface.hisSubsequentVisitPatient" in shared.sandbox.counters.snapshot()


def test_the_list_keeps_to_the_time(shared: World) -> None:
    tomorrow = follow_ups(shared, "CHECKUP", **span(shared, 1, 1))

    assert {row["dueAt"][:10] for row in tomorrow} == {str(shared.sandbox.town.today + dt.timedelta(days=1))}
    assert len(tomorrow) < len(follow_ups(shared, "CHECKUP"))


def test_staff_see_phones_and_identity_numbers_masked(shared: World) -> None:
    people = {person.phone for person in shared.sandbox.town.people.values()}
    rows = follow_ups(shared, "TREATMENT")

    assert not {row["phone"] for row in rows} & people
    assert all("****" in row["phone"] and "****" in row["identityNumber"] for row in rows)


def test_outpatients_to_ask_are_those_of_the_time(shared: World) -> None:
    hospital = shared.sandbox.town.hospitals["253"]
    rows = survey(shared, "OUTPATIENT", -30, 0)
    visits = {visit.id: visit for visit in hospital.visits}

    assert rows
    for row in rows:
        visit = visits[row["visitNumber"]]
        assert row["startedAt"] == f"{visit.started_at.isoformat()}+08:00"
        assert row["patientCard"] == {"number": visit.card_number}
        assert row["endedAt"] is None
    assert {row["settled"] for row in rows} == {True, False}, "somebody owes"


def test_the_discharged_to_ask_have_no_card_that_the_hospital_names(shared: World) -> None:
    (row,) = survey(shared, "INPATIENT", -60, -40)
    stay = next(stay for stay in shared.sandbox.town.hospitals["253"].admissions if stay.discharged_at)

    assert (row["visitNumber"], row["admissionNumber"]) == (stay.id, stay.number)
    assert row["endedAt"] == f"{stay.discharged_at.isoformat()}+08:00"
    assert row["patientCard"] is None
    assert row["name"]


@pytest.mark.parametrize("query", [FOLLOW_UPS, SURVEY])
def test_the_lists_are_for_those_who_work_at_the_hospital(shared: World, query: str) -> None:
    variables = {"program": "TREATMENT"} if query is FOLLOW_UPS else {"class": "OUTPATIENT"}
    variables |= span(shared, 0, 1)
    reception = staff_token(HS256_SECRET, ["253"], scope=RECEPTION_SCOPE)
    shared.sandbox.counters.clear()

    for token in (shared.token(), shared.staff(["254", "501"]), reception):
        assert ask(shared, query, token, **variables).codes == ["FORBIDDEN"]
    assert shared.ask(query, {"id": "253"} | variables, None).codes == ["UNAUTHENTICATED"]
    assert shared.sandbox.counters.total() == 0


@pytest.mark.parametrize(("first", "last"), [(2, 1), (0, 32)], ids=["end before start", "too long"])
def test_a_time_that_is_none_is_refused_before_the_hospital_is_asked(shared: World, first: int, last: int) -> None:
    shared.sandbox.counters.clear()

    when = span(shared, first, last)
    assert ask(shared, FOLLOW_UPS, program="TREATMENT", **when).codes == ["BAD_INPUT"]
    assert ask(shared, SURVEY, **{"class": "INPATIENT"}, **when).codes == ["BAD_INPUT"]
    assert shared.sandbox.counters.total() == 0


def test_who_is_to_be_asked_must_be_said(shared: World) -> None:
    assert ask(shared, SURVEY, **{"class": "UNKNOWN"}, **span(shared, 0, 1)).codes == ["BAD_INPUT"]


def test_people_see_that_a_list_with_them_was_read(fresh: World) -> None:
    follow_ups(fresh, "TREATMENT")
    follow_ups(fresh, "CHECKUP")

    query = "{ viewer { patients { accessLog(first: 50) { nodes { role parts { resources } } } } } }"
    (seen,) = [
        node for node in fresh.ask(query).data["viewer"]["patients"][0]["accessLog"]["nodes"] if node["role"] == "STAFF"
    ]
    # The card is shown beside the row.
    assert [sorted(part["resources"]) for part in seen["parts"]] == [["COMMUNICATION_REQUEST", "PATIENT"]]
