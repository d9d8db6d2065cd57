"""Caregivers' passes: a caregiver's own, made, filled in and given back."""

import datetime as dt
from typing import Any

import pytest

from sandbox.town.numbers import phone_number, wrong_identity_number
from tests.end_to_end.test_booking import card_at
from tests.end_to_end.world import World

PASS = "id name identityNumber phone address gender relationship source createdAt validUntil voided hospital { code }"
PASSES = f"""query($card: ID!, $number: String!) {{ node(id: $card) {{ ... on Card {{
    caregiverPasses(admissionNumber: $number) {{ {PASS} patientAge }} }} }} }}"""
ADD = f"""mutation($input: AddCaregiverPassInput!) {{ addCaregiverPass(input: $input) {{
    caregiverPass {{ {PASS} }} userErrors {{ code field message }} }} }}"""
UPDATE = f"""mutation($input: UpdateCaregiverPassInput!) {{ updateCaregiverPass(input: $input) {{
    caregiverPass {{ {PASS} }} userErrors {{ code field message }} }} }}"""
REMOVE = """mutation($input: RemoveCaregiverPassInput!) { removeCaregiverPass(input: $input) {
    removed userErrors { code field message } } }"""
# p03, of account-2, is in this hospital; p01, of account-1, stays with them.
HOSPITAL = "254"


def admission_number(world: World) -> str:
    town = world.sandbox.town
    card = next(card for card in town.hospitals[HOSPITAL].cards if card.person_id == "p03")
    return next(stay.number for stay in town.hospitals[HOSPITAL].admissions if stay.card_number == card.number)


def passes(world: World, number: str | None = None, token: str = "") -> Any:
    asked = {"card": card_at(world, HOSPITAL, token), "number": number or admission_number(world)}
    return world.ask(PASSES, asked, token).data["node"]["caregiverPasses"]


def caregiver(**changes: Any) -> dict[str, Any]:
    until = dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).replace(microsecond=0) + dt.timedelta(days=30)
    details = {
        "name": "样例陪护",
        "identityNumber": wrong_identity_number("99000019700101901"),
        "phone": phone_number(901),
        "gender": "FEMALE",
        "relationship": "母女",
        "address": "样例路901号",
        "validUntil": until.isoformat(),
    }
    return details | changes


def add(world: World, token: str, details: dict[str, Any], **changes: Any) -> Any:
    given = {"businessKey": "adding-a-pass-1", "cardId": card_at(world, HOSPITAL, world.token("account-2"))}
    given |= {"admissionNumber": admission_number(world), "caregiver": details}
    return world.ask(ADD, {"input": given | changes}, token)


def update(world: World, pass_id: str, details: dict[str, Any], token: str = "") -> Any:
    given = {"businessKey": "updating-a-pass-1", "passId": pass_id, "caregiver": details}
    return world.ask(UPDATE, {"input": given}, token)


def remove(world: World, pass_id: str, token: str = "") -> Any:
    return world.ask(REMOVE, {"input": {"businessKey": "removing-a-pass-1", "passId": pass_id}}, token)


def keep_passes(world: World) -> None:
    """Reach all interfaces of this file."""
    (own,) = passes(world)
    assert update(world, own["id"], caregiver()).data["updateCaregiverPass"]["caregiverPass"]
    made = add(world, world.token("account-2"), caregiver()).data["addCaregiverPass"]["caregiverPass"]
    assert remove(world, made["id"], world.token("account-2")).data["removeCaregiverPass"]["removed"]


def test_a_caregiver_sees_the_pass_that_the_nurses_made(shared: World) -> None:
    person = shared.sandbox.town.people["p01"]

    (own,) = passes(shared)

    assert (own["name"], own["identityNumber"]) == (person.name, person.identity_number)
    assert own["source"] == "NURSES_STATION"
    assert own["voided"] is False
    assert own["validUntil"] is None
    assert own["hospital"] == {"code": HOSPITAL}


def test_a_caregiver_sees_no_pass_for_another_admission(shared: World) -> None:
    assert passes(shared, "ZY254999999") == []


def test_nobody_sees_the_passes_of_another_caregiver(shared: World) -> None:
    # The admitted person's own account has another identity number than the caregiver.
    assert passes(shared, token=shared.token("account-2")) == []


def test_a_hospital_without_passes_says_so(shared: World) -> None:
    answer = shared.ask(PASSES, {"card": card_at(shared, "501"), "number": "1"})

    assert answer.codes == ["UNSUPPORTED_BY_HOSPITAL"]
    assert answer.body["data"] == {"node": {"caregiverPasses": None}}


def test_an_admission_number_that_is_none_is_refused(shared: World) -> None:
    asked = {"card": card_at(shared, HOSPITAL), "number": "two words"}

    assert shared.ask(PASSES, asked).codes == ["BAD_INPUT"]


def test_what_is_missing_on_a_pass_is_filled_in(fresh: World) -> None:
    (own,) = passes(fresh)
    person = fresh.sandbox.town.people["p01"]
    details = caregiver(name=person.name, identityNumber=person.identity_number)

    answer = update(fresh, own["id"], details).data["updateCaregiverPass"]

    assert answer["userErrors"] == []
    (now,) = passes(fresh)
    assert now["phone"] == details["phone"]
    assert now["relationship"] == "母女"
    assert now["source"] == "PATIENT_APP"
    assert dt.datetime.fromisoformat(now["validUntil"]) == dt.datetime.fromisoformat(details["validUntil"])
    assert {key: answer["caregiverPass"][key] for key in ("id", "phone", "validUntil")} == {
        key: now[key] for key in ("id", "phone", "validUntil")
    }


def test_a_pass_is_made_by_the_admitted_person_and_found_by_the_caregiver(fresh: World) -> None:
    account = fresh.token("account-2")
    person = fresh.sandbox.town.people["p02"]
    details = caregiver(identityNumber=person.identity_number, name=person.name)

    answer = add(fresh, account, details).data["addCaregiverPass"]

    assert answer["userErrors"] == []
    made = answer["caregiverPass"]
    assert (made["name"], made["phone"], made["voided"]) == (person.name, details["phone"], False)
    (kept,) = [each for each in fresh.sandbox.town.hospitals[HOSPITAL].wards.passes if each.name == person.name]
    assert kept.admission_number == admission_number(fresh)
    assert add(fresh, account, details).data["addCaregiverPass"] == answer
    assert len(fresh.sandbox.town.hospitals[HOSPITAL].wards.passes) == 2


def test_a_pass_that_is_given_back_is_void(fresh: World) -> None:
    (own,) = passes(fresh)

    assert remove(fresh, own["id"]).data["removeCaregiverPass"] == {"removed": True, "userErrors": []}

    (now,) = passes(fresh)
    assert now["voided"] is True


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"identityNumber": "12345"}, "identityNumber"),
        ({"phone": "none"}, "phone"),
        ({"gender": "OTHER"}, "gender"),
        ({"relationship": ""}, "relationship"),
        ({"validUntil": "2020-01-01T00:00:00+08:00"}, "validUntil"),
        ({"address": "x" * 300}, "address"),
    ],
)
def test_a_caregiver_who_cannot_be_one_is_refused_before_the_hospital_is_asked(
    shared: World, changes: dict[str, str], field: str
) -> None:
    (own,) = passes(shared)
    shared.sandbox.counters.clear()

    answer = update(shared, own["id"], caregiver(**changes)).data["updateCaregiverPass"]

    assert [(error["code"], error["field"]) for error in answer["userErrors"]] == [("BAD_INPUT", field)]
    assert shared.sandbox.counters.total() == 0


def test_a_pass_for_an_admission_that_is_not_the_persons_is_refused(fresh: World) -> None:
    answer = add(fresh, fresh.token("account-2"), caregiver(), admissionNumber="ZY254999999")

    assert [error["code"] for error in answer.data["addCaregiverPass"]["userErrors"]] == ["BAD_INPUT"]


def test_nobody_writes_a_pass_for_somebody_else(fresh: World) -> None:
    (own,) = passes(fresh)

    assert add(fresh, fresh.token("account-1"), caregiver()).codes == ["FORBIDDEN"]
    assert update(fresh, own["id"], caregiver(), fresh.token("account-2")).codes == ["FORBIDDEN"]
    assert remove(fresh, own["id"], fresh.token("account-2")).codes == ["FORBIDDEN"]
    assert remove(fresh, own["id"], None).codes == ["UNAUTHENTICATED"]
