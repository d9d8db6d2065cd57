"""Newborns, contacts, corrected data, and physical cards that belong to electronic ones."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from sandbox.town.model import Card, Person
from tests.end_to_end.test_booking import card_at
from tests.end_to_end.test_card_creation import bound
from tests.end_to_end.world import World, world

NEWBORN = """mutation($input: CreateNewbornCardInput!) { createNewbornCard(input: $input) {
    card { id number hospital { code } } userErrors { code field message } } }"""
CHANGE = """mutation($input: ChangeHolderInput!) { changeHolder(input: $input) {
    card { id holderName patient { phone } } userErrors { code field message } } }"""
CONTACT = """mutation($input: AddContactInput!) { addContact(input: $input) {
    card { id } userErrors { code field message } } }"""
LINK = """mutation($input: LinkCardInput!) { linkCard(input: $input) {
    link { linkedNumber createdOn electronicCard { id number } } userErrors { code field message } } }"""
UNLINK = """mutation($input: UnlinkCardInput!) { unlinkCard(input: $input) {
    card { id } userErrors { code field message } } }"""
SCANNED = """query($hospital: ID!, $text: String!) { patient(by: {scanned: {hospitalId: $hospital, text: $text}}) {
    cards { number } } }"""
PHYSICAL = "0095657515"


def person(world: World, person_id: str) -> Person:
    return world.sandbox.town.people[person_id]


def told(outcome: Any) -> list[tuple[str, str | None]]:
    return [(error["code"], error["field"]) for error in outcome["userErrors"]]


def newborn(world: World, **changes: Any) -> dict[str, Any]:
    mother = person(world, "p05")
    return {
        "businessKey": "newborn-0001",
        "patientId": bound(world, "account-4"),
        "hospitalId": "253",
        "name": person(world, "p20").name,
        "gender": "FEMALE",
        "birthDate": (world.sandbox.town.today - dt.timedelta(days=2)).isoformat(),
        "birthOrder": 2,
        "motherName": mother.name,
        "motherIdentityNumber": mother.identity_number,
        "phone": mother.phone,
        "ethnicity": "HAN",
        **changes,
    }


def create(world: World, given: dict[str, Any], token: str) -> Any:
    return world.ask(NEWBORN, {"input": given}, token).data["createNewbornCard"]


def test_a_newborn_without_an_identity_number_gets_a_card(fresh: World) -> None:
    token, given = fresh.token("account-4"), newborn(fresh)

    result = create(fresh, given, token)

    assert result["userErrors"] == []
    assert result["card"]["hospital"] == {"code": "253"}
    (known,) = fresh.sandbox.town.hospitals["253"].relations.newborns
    assert (known.card_number, known.birth_order) == (result["card"]["number"], 2)
    assert known.mother_identity_number == given["motherIdentityNumber"]
    assert create(fresh, given, token) == result


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"birthOrder": 0}, "birthOrder"),
        ({"birthOrder": 21}, "birthOrder"),
        ({"motherIdentityNumber": "123"}, "motherIdentityNumber"),
        ({"identityNumber": "123"}, "identityNumber"),
        ({"phone": "none"}, "phone"),
    ],
)
def test_bad_details_of_a_newborn_reach_no_hospital(fresh: World, changes: dict[str, Any], field: str) -> None:
    outcome = create(fresh, newborn(fresh, **changes), fresh.token("account-4"))

    assert told(outcome) == [("BAD_INPUT", field)]
    assert fresh.sandbox.counters.total() == 0


def test_a_hospital_without_newborns_cards_says_so(fresh: World) -> None:
    outcome = create(fresh, newborn(fresh, hospitalId="501"), fresh.token("account-4"))

    assert told(outcome) == [("UNSUPPORTED_BY_HOSPITAL", "hospitalId")]


def change(world: World, token: str | None = "", **given: Any) -> Any:
    asked = {"businessKey": "change-000001", "cardId": card_at(world, "253"), **given}
    return world.ask(CHANGE, {"input": asked}, token).data["changeHolder"]


def test_a_patient_changes_phone_and_address(fresh: World) -> None:
    address = {"province": "样例省", "city": "样例市", "line": "1号楼"}

    outcome = change(fresh, phone="10000008888", address=address, ethnicity="JINO", maritalStatus="MARRIED")

    assert outcome["userErrors"] == []
    assert outcome["card"]["patient"]["phone"] == "10000008888"
    known = person(fresh, "p01")
    assert (known.phone, known.address) == ("10000008888", "样例省样例市1号楼")


def test_what_was_looked_up_before_a_change_is_not_shown_after_it(fresh: World) -> None:
    query = "{ viewer { patients { phone } } }"
    assert fresh.ask(query).data["viewer"]["patients"][0]["phone"] == person(fresh, "p01").phone

    change(fresh, phone="10000008887")

    assert fresh.ask(query).data["viewer"]["patients"][0]["phone"] == "10000008887"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "样例别人"}, "name"),
        ({"birthDate": "1999-01-01"}, "birthDate"),
        ({"identityNumber": "990000199901010001"}, "identityNumber"),
    ],
)
def test_a_patient_does_not_become_somebody_else(fresh: World, given: dict[str, str], field: str) -> None:
    assert told(change(fresh, **given)) == [("IDENTITY_MISMATCH", field)]


def test_a_patient_completes_what_the_hospital_has_not(fresh: World) -> None:
    known = person(fresh, "p01")
    number, known.identity_number = known.identity_number, ""

    assert change(fresh, identityNumber=number, name=known.name)["userErrors"] == []
    assert known.identity_number == number


def test_staff_correct_a_name(fresh: World) -> None:
    outcome = change(fresh, fresh.staff(["253"]), name="样例改名")

    assert outcome["userErrors"] == []
    assert person(fresh, "p01").name == "样例改名"


def test_a_change_of_nothing_is_refused(fresh: World) -> None:
    assert told(change(fresh)) == [("BAD_INPUT", None)]
    assert told(change(fresh, address={})) == [("BAD_INPUT", None)]
    assert told(change(fresh, gender="OTHER")) == [("BAD_INPUT", "gender")]


def contact(world: World, **changes: Any) -> dict[str, Any]:
    other = person(world, "p03")
    return {
        "businessKey": "contact-0001",
        "cardId": card_at(world, "253"),
        "name": other.name,
        "gender": "MALE",
        "birthDate": other.birth_date.isoformat(),
        "identityNumber": other.identity_number,
        "phone": other.phone,
        "address": other.address,
        "ethnicity": "ZANG",
        "kinship": "DAUGHTER",
        **changes,
    }


def test_a_contact_is_registered_once(fresh: World) -> None:
    given = contact(fresh)

    for _ in range(2):
        assert fresh.ask(CONTACT, {"input": given}).data["addContact"]["userErrors"] == []

    (known,) = fresh.sandbox.town.hospitals["253"].relations.contacts
    assert (known.name, known.ethnicity, known.kinship) == (given["name"], "04", "04")


def test_a_contact_is_not_added_to_somebody_elses_card(fresh: World) -> None:
    given = contact(fresh)

    assert fresh.ask(CONTACT, {"input": given}, fresh.token("account-2")).codes == ["FORBIDDEN"]
    assert told(fresh.ask(CONTACT, {"input": given | {"gender": "UNKNOWN"}}).data["addContact"]) == [
        ("BAD_INPUT", "gender")
    ]


def physical_card(world: World) -> dict[str, Any]:
    """Give a person who has no card a physical one; return what links it."""
    owner = person(world, "p20")
    created = dt.datetime.combine(world.sandbox.town.today, dt.time(8))
    world.sandbox.town.hospitals["253"].cards.append(
        Card(
            hospital_id="253",
            number=PHYSICAL,
            patient_id=PHYSICAL,
            person_id="p20",
            balance=Decimal("12.50"),
            created_at=created,
        )
    )
    given = {"businessKey": "link-00000001", "hospitalId": "253", "linkedNumber": PHYSICAL}
    return given | {"name": owner.name, "identityNumber": owner.identity_number}


@pytest.fixture
def linking(fresh: World) -> tuple[dict[str, Any], str]:
    """What links a physical card, and a token that does not know it."""
    token, patient = fresh.token("account-4"), bound(fresh, "account-4")
    return physical_card(fresh) | {"patientId": patient}, token


def use_cards(world: World) -> None:
    """Change cards in every way."""
    staff = world.staff(["253"])
    given = newborn(world, businessKey="used-newborn", name="样例新生") | {"patientId": None}
    assert create(world, given, staff)["card"]
    assert change(world, businessKey="used-change", phone="10000008888")["userErrors"] == []
    asked = contact(world, businessKey="used-contact")
    assert world.ask(CONTACT, {"input": asked}).data["addContact"]["userErrors"] == []
    link = world.ask(LINK, {"input": physical_card(world)}, staff).data["linkCard"]["link"]
    parting = {"businessKey": "used-unlink", "cardId": link["electronicCard"]["id"], "linkedNumber": PHYSICAL}
    assert world.ask(UNLINK, {"input": parting}, staff).data["unlinkCard"]["userErrors"] == []


def test_an_electronic_card_stands_for_a_physical_one_until_they_are_parted(
    fresh: World, linking: tuple[dict[str, Any], str]
) -> None:
    given, token = linking
    balance = 'query($n: String!) { patient(by: {card: {hospitalId: "253", number: $n}}) { cards { balance } } }'

    link = fresh.ask(LINK, {"input": given}, token).data["linkCard"]["link"]
    card = link["electronicCard"]
    seen = fresh.ask(balance, {"n": card["number"]}, fresh.staff(["253"])).data["patient"]["cards"]

    assert (link["linkedNumber"], link["createdOn"]) == (PHYSICAL, fresh.sandbox.town.today.isoformat())
    assert card["number"] != PHYSICAL
    assert seen == [{"balance": "12.50"}]

    parting = {"businessKey": "unlink-000001", "cardId": card["id"], "linkedNumber": PHYSICAL}
    staff = fresh.staff(["253"])
    assert fresh.ask(UNLINK, {"input": parting}, staff).data["unlinkCard"]["userErrors"] == []
    assert fresh.sandbox.town.hospitals["253"].relations.links == {}
    parting["businessKey"] = "unlink-000002"
    gone = fresh.ask(UNLINK, {"input": parting}, staff).data["unlinkCard"]
    assert told(gone) == [("CARD_UNKNOWN", None)]


@pytest.mark.parametrize(
    "wrong", [{"name": "样例别人"}, {"identityNumber": "990000199901010001"}, {"linkedNumber": "1"}]
)
def test_a_physical_card_of_somebody_else_is_not_linked(
    fresh: World, linking: tuple[dict[str, Any], str], wrong: dict[str, str]
) -> None:
    given, token = linking

    outcome = fresh.ask(LINK, {"input": given | wrong}, token).data["linkCard"]

    assert outcome["link"] is None
    # The same for a card that does not exist: nobody finds out which numbers do.
    assert told(outcome) == [("IDENTITY_MISMATCH", "linkedNumber")]
    assert fresh.sandbox.town.hospitals["253"].relations.links == {}


def test_nobody_parts_somebody_elses_cards(fresh: World) -> None:
    given = {"businessKey": "unlink-000009", "cardId": card_at(fresh, "253"), "linkedNumber": PHYSICAL}

    assert fresh.ask(UNLINK, {"input": given}, fresh.token("account-2")).codes == ["FORBIDDEN"]


def test_a_scanned_card_leads_to_its_holder(shared: World) -> None:
    number = next(card.number for card in shared.sandbox.town.hospitals["253"].cards if card.person_id == "p01")

    found = shared.ask(SCANNED, {"hospital": "253", "text": f" {number}\n"}, shared.staff(["253"])).data["patient"]

    assert found["cards"] == [{"number": number}]


def test_a_code_that_is_no_cards_is_told(shared: World) -> None:
    answer = shared.ask(SCANNED, {"hospital": "253", "text": "https://example.test"}, shared.staff(["253"]))

    assert answer.codes == ["BAD_INPUT"]


def test_an_identity_number_with_a_wrong_check_digit_is_refused_where_they_are_verified() -> None:
    with world(verify_identity_numbers=True) as strict:
        token, given = strict.token("account-4"), newborn(strict)

        assert told(create(strict, given, token)) == [("BAD_INPUT", "motherIdentityNumber")]
        assert strict.sandbox.counters.total() == 0
