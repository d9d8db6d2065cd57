"""What a token says is as far as its holder gets, in the graph too."""

from typing import Any

from joserfc import jwt
from joserfc.jwk import OctKey

from app.demo_queries import STAFF
from sandbox.tokens import RECEPTION_SCOPE, patient_token, staff_token, system_token
from tests.end_to_end.world import HS256_SECRET, World

LOOK = """query($card: String!) { patient(by: {card: {hospitalId: "253", number: $card}}) {
    %s } }"""
PEOPLE = "{ viewer { patients { relation cards { number } } } }"


def card_of(shared: World, person_id: str = "p01") -> dict[str, str]:
    return {
        "card": next(card.number for card in shared.sandbox.town.hospitals["253"].cards if card.person_id == person_id)
    }


def changed(token: str, **changes: Any) -> str:
    """The same token, saying something else."""
    key = OctKey.import_key(HS256_SECRET)
    return jwt.encode({"alg": "HS256"}, jwt.decode(token, key).claims | changes, key)


def test_the_example_for_staff_works_as_a_member_of_staff(shared: World) -> None:
    found = shared.ask(STAFF, card_of(shared), shared.staff()).data["patient"]

    assert found["name"] == shared.sandbox.town.people["p01"].name
    assert found["visits"]["nodes"]
    assert found["reports"]["nodes"]


def test_the_reception_sees_appointments_and_no_reports(shared: World) -> None:
    token = staff_token(HS256_SECRET, ["253"], scope=RECEPTION_SCOPE, purpose="HOPERAT")
    assert shared.ask(LOOK % "appointments { totalCount }", card_of(shared), token).data["patient"]["appointments"]
    for refused in ("reports { totalCount }", "visits { totalCount }", "bills { totalCount }"):
        answer = shared.ask(LOOK % f"gender {refused}", card_of(shared), token)
        assert set(answer.codes) == {"FORBIDDEN"}
        # What is refused takes nothing else away.
        assert answer.body["data"]["patient"]["gender"]


def test_staff_without_scopes_reach_nobody(shared: World) -> None:
    for scope in ("", "openid", "patient/*.cruds", "system/*.cruds"):
        token = staff_token(HS256_SECRET, ["253"], scope=scope)
        assert shared.ask(LOOK % "name", card_of(shared), token).codes == ["FORBIDDEN"]


def test_a_hospitals_own_system_reads_there_and_nowhere_else(shared: World) -> None:
    card = card_of(shared)
    inside = shared.ask(LOOK % "reports { totalCount }", card, system_token(HS256_SECRET, ["253"])).data
    assert inside["patient"]["reports"]["totalCount"] > 0
    assert shared.ask(LOOK % "name", card, system_token(HS256_SECRET, ["254"])).codes == ["FORBIDDEN"]
    assert shared.ask(PEOPLE, token=system_token(HS256_SECRET, ["253"])).data == {"viewer": {"patients": []}}


def test_a_patients_token_with_scopes_does_no_more_than_they_say(shared: World) -> None:
    token = changed(shared.token(), scope="patient/Patient.rs patient/Appointment.rs")
    assert shared.ask("{ viewer { patients { name appointments { totalCount } } } }", token=token).data
    assert "FORBIDDEN" in shared.ask("{ viewer { patients { reports { totalCount } } } }", token=token).codes


def test_a_guardian_reaches_a_child_only_until_it_comes_of_age(shared: World) -> None:
    token = patient_token(shared.sandbox.town, "account-1", HS256_SECRET)
    people = jwt.decode(token, OctKey.import_key(HS256_SECRET)).claims["people"]
    assert [person.get("birth_date") is not None for person in people] == [False, True]
    grown = changed(token, people=[people[0], {**people[1], "birth_date": "2000-01-01"}])
    child = card_of(shared, "p02")

    assert [each["relation"] for each in shared.ask(PEOPLE, token=token).data["viewer"]["patients"]] == [
        "SELF",
        "CHILD",
    ]
    assert [each["relation"] for each in shared.ask(PEOPLE, token=grown).data["viewer"]["patients"]] == ["SELF"]
    assert shared.ask(LOOK % "name", child, token).data["patient"]["name"]
    assert shared.ask(LOOK % "name", child, grown).codes == ["FORBIDDEN"]
