"""Who reaches what, on every path."""

import time

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from sandbox.tokens import patient_token
from tests.end_to_end.world import HS256_SECRET, World

LISTS = (
    "id cards { id } visits { nodes { id } } bills { nodes { id } } reports { nodes { id } } charges { nodes { id } }"
)
PEOPLE = (
    f"{{ viewer {{ patients {{ {LISTS} prescriptions {{ nodes {{ id }} }} appointments {{ nodes {{ id }} }} }} }} }}"
)


def ids_of(shared: World, account: str) -> list[str]:
    person = shared.ask(PEOPLE, token=shared.token(account)).data["viewer"]["patients"][0]
    ids = [person["id"], *(card["id"] for card in person["cards"])]
    for name in ("visits", "bills", "reports", "charges", "prescriptions", "appointments"):
        assert person[name]["nodes"], name
        ids += [node["id"] for node in person[name]["nodes"]]
    return ids


def test_node_gives_the_owner_everything_that_was_listed(shared: World) -> None:
    for node_id in ids_of(shared, "account-1"):
        node = shared.ask("query($id: ID!) { node(id: $id) { __typename id } }", {"id": node_id}).data["node"]
        assert node["id"] == node_id


def test_node_gives_nobody_else_anything(shared: World) -> None:
    for node_id in ids_of(shared, "account-2"):
        for token, code in ((shared.token("account-1"), "FORBIDDEN"), (None, "UNAUTHENTICATED")):
            answer = shared.ask("query($id: ID!) { node(id: $id) { id } }", {"id": node_id}, token)
            assert answer.body["data"] == {"node": None}
            assert answer.codes == [code]


def test_a_patient_reaches_another_card_by_no_query(shared: World) -> None:
    other = next(card for card in shared.sandbox.town.hospitals["253"].cards if card.person_id == "p03")
    answer = shared.ask(
        'query($number: String!) { patient(by: {card: {hospitalId: "253", number: $number}}) { name } }',
        {"number": other.number},
    )

    assert answer.codes == ["FORBIDDEN"]
    assert other.number not in str(answer.body)


def test_looking_people_up_by_identity_is_for_staff(shared: World) -> None:
    known = shared.sandbox.town.people["p03"]
    query = """query($name: String!, $number: String!) {
        patient(by: {identity: {hospitalId: "253", name: $name, identityNumber: $number}}) { name birthDate } }"""
    variables = {"name": known.name, "number": known.identity_number}

    assert shared.ask(query, variables).codes == ["FORBIDDEN"]
    found = shared.ask(query, variables, shared.staff()).data["patient"]
    assert found == {"name": known.name, "birthDate": known.birth_date.isoformat()}


def test_staff_reach_their_own_hospitals_only(shared: World) -> None:
    card = next(card for card in shared.sandbox.town.hospitals["253"].cards if card.person_id == "p01")
    query = 'query($n: String!) { patient(by: {card: {hospitalId: "253", number: $n}}) { name visits { totalCount } } }'

    inside = shared.ask(query, {"n": card.number}, shared.staff(["253"])).data["patient"]
    assert inside["visits"]["totalCount"] > 0
    assert shared.ask(query, {"n": card.number}, shared.staff(["501"])).codes == ["FORBIDDEN"]


def test_nobody_sees_what_is_public_and_no_more(shared: World) -> None:
    public = shared.ask("{ viewer { role patients { id } } hospitals { name capabilities } }", token=None).data
    assert public["viewer"] == {"role": "ANONYMOUS", "patients": []}
    assert [hospital["name"] for hospital in public["hospitals"]] == ["县人民医院", "县中医院", "掌上医院"]


def forged(shared: World) -> str:
    return patient_token(shared.sandbox.town, "account-1", "another-secret-that-nobody-configured")


def expired(shared: World) -> str:
    return patient_token(shared.sandbox.town, "account-1", HS256_SECRET, seconds=-3600)


def for_another_audience(_: World) -> str:
    now = int(time.time())
    claims = {"iss": "patient-graph-sandbox", "aud": "other", "sub": "x", "iat": now, "exp": now + 60, "role": "staff"}
    return jwt.encode({"alg": "HS256"}, {**claims, "hospitals": ["253"]}, OctKey.import_key(HS256_SECRET))


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (forged, "TOKEN_INVALID"),
        (expired, "TOKEN_EXPIRED"),
        (for_another_audience, "TOKEN_INVALID"),
        (lambda _: "not.a.token", "TOKEN_INVALID"),
    ],
    ids=["forged", "expired", "audience", "nonsense"],
)
def test_a_bad_token_is_refused(shared: World, make: object, code: str) -> None:
    answer = shared.ask("{ viewer { role } }", token=make(shared))  # type: ignore[operator]  # one of the makers above

    assert answer.status == 401
    assert answer.codes == [code]
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_patient_never_hears_of_an_unaudited_or_recalled_report(shared: World) -> None:
    card = next(card for card in shared.sandbox.town.hospitals["253"].cards if card.person_id == "p01")
    query = """query($n: String!) { patient(by: {card: {hospitalId: "253", number: $n}}) {
        reports(first: 100, hospitals: ["253"]) { nodes { id status } } } }"""
    for_staff = shared.ask(query, {"n": card.number}, shared.staff(["253"])).data["patient"]["reports"]["nodes"]
    for_patient = shared.ask(query, {"n": card.number}).data["patient"]["reports"]["nodes"]
    hidden = [report["id"] for report in for_staff if report["status"] != "FINAL"]

    assert len(hidden) >= 2
    assert {report["id"] for report in for_patient} == {report["id"] for report in for_staff} - set(hidden)
    for report_id in hidden:
        node = "query($id: ID!) { node(id: $id) { id } }"
        assert shared.ask(node, {"id": report_id}).data == {"node": None}


def test_sensitive_reports_show_their_row_only(shared: World) -> None:
    query = """{ viewer { patients { reports(first: 100) { nodes { title status sensitive
        ... on LabReport { detail { withheld observations { name value } audited: auditedBy } }
        ... on ImagingReport { detail { withheld findings conclusion } } } } } } }"""
    reports = shared.ask(query).data["viewer"]["patients"][0]["reports"]["nodes"]
    withheld = [report for report in reports if report["detail"]["withheld"]]

    assert {report["detail"]["withheld"] for report in withheld} == {"SENSITIVE"}
    for report in withheld:
        content = {key: value for key, value in report["detail"].items() if key != "withheld"}
        assert not any(content.values()), report["title"]
    assert all(report["detail"]["withheld"] for report in reports if report["sensitive"])


def test_staff_see_the_content_of_sensitive_reports(shared: World) -> None:
    card = next(card for card in shared.sandbox.town.hospitals["253"].cards if card.person_id == "p01")
    query = """query($n: String!) { patient(by: {card: {hospitalId: "253", number: $n}}) { reports(first: 100) { nodes {
        sensitive ... on LabReport { detail { withheld observations { value } } } } } } }"""
    reports = shared.ask(query, {"n": card.number}, shared.staff(["253"])).data["patient"]["reports"]["nodes"]
    sensitive = [report for report in reports if report["sensitive"]]

    assert sensitive
    assert all(report["detail"]["observations"] for report in sensitive)
