"""Every access to patient data is on record: over real sockets, looked up in the file that the server writes."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.audit import tools
from sandbox.faults import Fault
from tests.app.redis_server import redis_server
from tests.app.test_audit_fhir import assert_is_audit_event
from tests.end_to_end.audited import Audited, audited, cards, details
from tests.end_to_end.test_booking import BOOK, CANCEL, card_at, free_slot
from tests.end_to_end.test_card_creation import CREATE, bound
from tests.end_to_end.test_card_creation import details as new_card
from tests.end_to_end.test_home_screen import HOME_SCREEN
from tests.end_to_end.test_payment import PAY, order
from tests.end_to_end.test_payment import card_at as charges_at
from tests.end_to_end.world import settings, world

PATIENT_BY_CARD = """query ByCard($hospital: ID!, $number: String!) {
    patient(by: {card: {hospitalId: $hospital, number: $number}}) { name visits(first: 3) { nodes { startedAt } } } }"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Audited]:
    with audited(tmp_path_factory.mktemp("audit")) as made:
        yield made


@pytest.fixture
def fresh_town(tmp_path: Path) -> Iterator[Audited]:
    with audited(tmp_path) as made:
        yield made


def by_card(town: Audited, person_id: str, hospital: str) -> dict[str, str]:
    return {"hospital": hospital, "number": town.card(person_id, hospital).number}


def test_a_read_is_on_record_with_who_whom_what_why_and_when(town: Audited) -> None:
    answer, request_id = town.ask(HOME_SCREEN)
    assert answer.data
    [resource] = town.soon_on_record(request_id)

    assert_is_audit_event(resource)
    assert (resource["action"], resource["outcomeDesc"]) == ("R", "served")
    assert resource["agent"][0]["who"]["identifier"]["value"] == "account-1"
    assert resource["purposeOfEvent"][0]["coding"][0]["code"] == "PATRQT"
    people = ("p01", "p02")
    own = [card for each in town.world.sandbox.town.hospitals.values() for card in each.cards]
    assert cards(resource) == {(card.hospital_id, card.number) for card in own if card.person_id in people}
    assert details(resource, "person") == set(people)
    assert details(resource, "operation") == {"HomeScreen"}
    assert {"Patient", "ChargeItem", "DiagnosticReport", "Encounter"} <= details(resource, "resource")
    assert {"Patient.name", "Visit.startedAt", "Report.title"} <= details(resource, "field")


def test_what_was_kept_is_on_record_as_such(town: Audited) -> None:
    query = "query Visits { viewer { patients { visits(first: 5) { nodes { startedAt } } } } }"
    town.ask(query)
    _, request_id = town.ask(query)

    assert [resource["outcomeDesc"] for resource in town.soon_on_record(request_id)] == ["from_cache"]


def test_what_nobody_asked_about_is_not_on_record(town: Audited) -> None:
    _, public = town.ask("{ hospitals { name } viewer { role } }")
    _, private = town.ask("{ viewer { patients { id } } }")
    town.soon_on_record(private)

    assert town.on_record(public) == []


def test_a_refusal_is_on_record_before_it_is_answered(town: Audited) -> None:
    answer, request_id = town.ask(PATIENT_BY_CARD, by_card(town, "p03", "253"), town.staff("501"))
    [resource] = town.on_record(request_id)

    assert answer.codes == ["FORBIDDEN"]
    assert_is_audit_event(resource)
    assert (resource["outcome"], resource["outcomeDesc"]) == ("4", "denied")
    assert cards(resource) == {("253", town.card("p03", "253").number)}
    assert resource["agent"][0]["who"]["identifier"]["value"] == "staff-1"


def test_a_patient_who_tries_another_card_is_on_record(town: Audited) -> None:
    answer, request_id = town.ask(PATIENT_BY_CARD, by_card(town, "p03", "253"))

    assert answer.codes == ["FORBIDDEN"]
    assert [resource["outcomeDesc"] for resource in town.on_record(request_id)] == ["denied"]


def test_a_number_that_is_no_number_does_not_fill_the_record(town: Audited) -> None:
    variables = {"hospital": "253", "number": "9" * 900}
    _, request_id = town.ask(PATIENT_BY_CARD, variables, town.staff("501"))
    [resource] = town.on_record(request_id)

    assert cards(resource) == {("253", "9" * 100)}


def booking(town: Audited) -> dict[str, str]:
    slot = free_slot(town.world, "253")
    return {"businessKey": "booking-0001", "cardId": card_at(town.world, "253"), "slotId": slot["id"]}


def cancelling(town: Audited) -> dict[str, str]:
    answer, _ = town.ask(BOOK, {"input": booking(town)})
    return {"businessKey": "cancel-0001", "appointmentId": answer.data["bookAppointment"]["appointment"]["id"]}


def paying(town: Audited) -> dict[str, Any]:
    return order(charges_at(town.world, "253")["chargeSheet"]["charges"])


def creating(town: Audited) -> dict[str, Any]:
    return new_card(town.world, "p02", "254", patientId=bound(town.world, "account-1", 1))


WRITES = pytest.mark.parametrize(
    ("mutation", "given", "action", "resource", "card"),
    [
        (BOOK, booking, "C", "Appointment", ("253", "p01")),
        (CANCEL, cancelling, "U", "Appointment", ("253", "p01")),
        (PAY, paying, "C", "PaymentNotice", ("253", "p01")),
        # A number serves all hospitals of a system.
        (CREATE, creating, "C", "Patient", ("254", "p02")),
    ],
    ids=["book", "cancel", "pay", "create"],
)


@WRITES
def test_a_write_is_on_record_before_it_is_answered(
    fresh_town: Audited, mutation: str, given: Callable[[Audited], Any], action: str, resource: str, card: Any
) -> None:
    answer, request_id = fresh_town.ask(mutation, {"input": given(fresh_town)})
    [payload] = answer.data.values()
    [written] = [each for each in fresh_town.on_record(request_id) if each["action"] != "R"]

    assert payload["userErrors"] == []
    assert_is_audit_event(written)
    assert (written["action"], written["outcomeDesc"]) == (action, "served")
    assert details(written, "resource") == {resource}
    hospital, person = card
    assert cards(written) == {(hospital, fresh_town.card(person, "253").number)}


def test_a_payment_that_nobody_knows_the_end_of_is_on_record_as_such(fresh_town: Audited) -> None:
    given = paying(fresh_town)
    fault = Fault(kind="malformed", times=1)
    fresh_town.world.sandbox.faults.inject("253", "hospital.interface.clinicPayment", fault)
    answer, request_id = fresh_town.ask(PAY, {"input": given})
    written = [each for each in fresh_town.on_record(request_id) if each["action"] == "C"]

    assert answer.body["data"]["payCharges"]["payment"]["status"] != "CONFIRMED"
    assert [each["outcomeDesc"] for each in written] == ["unknown"]


def test_a_write_that_the_hospital_refuses_is_on_record_as_failed(fresh_town: Audited) -> None:
    world = fresh_town.world
    slot = free_slot(world, "253", remaining=1)
    given = {"businessKey": "booking-0001", "cardId": card_at(world, "253"), "slotId": slot["id"]}
    fresh_town.ask(BOOK, {"input": given})
    answer, request_id = fresh_town.ask(BOOK, {"input": {**given, "businessKey": "booking-0002"}})

    assert answer.data["bookAppointment"]["userErrors"]
    assert [(each["action"], each["outcomeDesc"]) for each in fresh_town.on_record(request_id)] == [("C", "failed")]


def test_names_and_identity_numbers_are_nowhere_in_the_record(town: Audited) -> None:
    _, request_id = town.ask("query Me { viewer { patients { name identityNumber phone } } }")
    town.soon_on_record(request_id)
    files = [path.read_bytes() for path in town.path.parent.iterdir()]

    assert files
    for person in town.world.sandbox.town.people.values():
        for value in (person.name, person.identity_number, person.phone):
            assert not any(value.encode() in content for content in files)


def test_the_chain_holds_after_all_this(town: Audited) -> None:
    assert [verdict.problem for verdict in tools.verify(town.settings)] == [None]


def test_replicas_share_the_record_through_redis() -> None:
    query = "{ viewer { patients { accessLog { totalCount nodes { byViewer } } } } }"
    with redis_server() as redis:
        with world(redis_url=redis.url) as one, world(redis_url=redis.url) as other:
            one.ask("{ viewer { patients { name } } }")
            seen = one.ask(query).data["viewer"]["patients"][0]["accessLog"]
            # The first look waited for what was before it; nothing says that the look itself is written by now.
            also_seen = other.ask(query).data["viewer"]["patients"][0]["accessLog"]
        shared = settings("http://127.0.0.1:1", redis_url=redis.url)

        assert seen["totalCount"] == 1
        assert also_seen["totalCount"] in {1, 2}
        assert [verdict.problem for verdict in tools.verify(shared)] == [None, None]
