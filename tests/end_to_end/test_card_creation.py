"""Creating cards, at both vendors."""

from typing import Any

import pytest

from tests.end_to_end.world import World

CREATE = """mutation($input: CreateCardInput!) { createCard(input: $input) {
    card { id number hospital { code } } userErrors { code field message } } }"""


def details(world: World, person_id: str, hospital: str, **changes: Any) -> dict[str, Any]:
    known = world.sandbox.town.people[person_id]
    return {
        "businessKey": "new-card-0001",
        "hospitalId": hospital,
        "name": known.name,
        "gender": "MALE" if known.gender == "M" else "FEMALE",
        "birthDate": known.birth_date.isoformat(),
        "identityNumber": known.identity_number,
        "phone": known.phone,
        "address": known.address,
        **changes,
    }


def bound(world: World, account: str, position: int = 0) -> str:
    people = world.ask("{ viewer { patients { id } } }", token=world.token(account)).data["viewer"]["patients"]
    found: str = people[position]["id"]
    return found


def create(world: World, given: dict[str, Any], token: str | None) -> Any:
    return world.ask(CREATE, {"input": given}, token).data["createCard"]


@pytest.mark.parametrize("hospital", ["253", "501"])
def test_a_person_without_any_card_gets_one(fresh: World, hospital: str) -> None:
    given = details(fresh, "p20", hospital, patientId=bound(fresh, "account-4"))

    result = create(fresh, given, fresh.token("account-4"))

    assert result["userErrors"] == []
    cards = [card for card in fresh.sandbox.town.hospitals[hospital].cards if card.number == result["card"]["number"]]
    assert len(cards) == 1
    assert create(fresh, given, fresh.token("account-4")) == result


def test_a_number_serves_all_hospitals_of_a_system(fresh: World) -> None:
    given = details(fresh, "p02", "254", patientId=bound(fresh, "account-1", 1))
    known = next(card for card in fresh.sandbox.town.hospitals["253"].cards if card.person_id == "p02")

    assert create(fresh, given, fresh.token())["card"]["number"] == known.number


def test_a_card_in_somebody_elses_identity_is_refused(fresh: World) -> None:
    given = details(fresh, "p03", "254", patientId=bound(fresh, "account-1", 1))

    told = create(fresh, given, fresh.token())

    assert told["card"] is None
    assert [error["code"] for error in told["userErrors"]] == ["IDENTITY_MISMATCH"]


def test_staff_create_cards_at_their_own_hospital_only(fresh: World) -> None:
    given = details(fresh, "p20", "253")

    assert fresh.ask(CREATE, {"input": given}, fresh.staff(["254"])).codes == ["FORBIDDEN"]
    assert create(fresh, given, fresh.staff(["253"]))["card"]["hospital"]["code"] == "253"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"birthDate": "2999-01-01"}, "birthDate"),
        ({"identityNumber": "123"}, "identityNumber"),
        ({"phone": "call me"}, "phone"),
        ({"businessKey": "?"}, "businessKey"),
    ],
)
def test_bad_details_reach_no_hospital(fresh: World, changes: dict[str, str], field: str) -> None:
    given = details(fresh, "p20", "253", patientId=bound(fresh, "account-4"), **changes)

    told = create(fresh, given, fresh.token("account-4"))

    assert [(error["code"], error["field"]) for error in told["userErrors"]] == [("BAD_INPUT", field)]
    assert fresh.sandbox.counters.total() == 0


def test_an_unknown_hospital_is_told(fresh: World) -> None:
    given = details(fresh, "p20", "999", patientId=bound(fresh, "account-4"))

    told = create(fresh, given, fresh.token("account-4"))

    assert [error["code"] for error in told["userErrors"]] == ["HOSPITAL_UNKNOWN"]
