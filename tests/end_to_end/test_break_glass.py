"""Access in an emergency: one card, one member of staff, a short while, and the person sees it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from tests.end_to_end.audited import BREAK_GLASS, Audited, audited, cards, details
from tests.end_to_end.test_booking import BOOK, card_at, free_slot

READ = """query Emergency($hospital: ID!, $number: String!) {
    patient(by: {card: {hospitalId: $hospital, number: $number}}) { gender
        reports(first: 100) { nodes { sensitive ... on LabReport { detail { observations { value } } } } }
        visits(first: 3) { nodes { startedAt } } } }"""
ACCESS_LOG = """query Log($after: String, $first: Int! = 20) {
    viewer { patients { accessLog(first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { at role readerId byViewer purpose emergencyReason hospital { code }
        parts { action outcome resources hospital { code } } } } } } }"""
REASON = "患者昏迷，急诊抢救"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Audited]:
    with audited(tmp_path_factory.mktemp("audit")) as made:
        yield made


def at(town: Audited, person_id: str, hospital: str) -> dict[str, str]:
    return {"hospital": hospital, "number": town.card(person_id, hospital).number}


def log(town: Audited, token: str = "", person: int = 0, **variables: Any) -> Any:
    answer, _ = town.ask(ACCESS_LOG, variables, token)
    return answer.body["data"]["viewer"]["patients"][person]["accessLog"]


def test_a_grant_opens_one_card_of_another_hospital_with_all_of_its_reports(town: Audited) -> None:
    token = town.staff("501", scope="user/Patient.rs")
    before, _ = town.ask(READ, at(town, "p01", "253"), token)
    grant = town.grant(token, "p01", "253")
    opened, _ = town.ask(READ, at(town, "p01", "253"), token, grant=grant)
    other, _ = town.ask(READ, at(town, "p03", "253"), token, grant=grant)

    assert before.codes == ["FORBIDDEN"]
    reports = opened.data["patient"]["reports"]["nodes"]
    assert opened.data["patient"]["visits"]["nodes"]
    assert any(report["sensitive"] and report["detail"]["observations"] for report in reports if "detail" in report)
    assert other.codes == ["FORBIDDEN"]


def test_a_grant_is_of_no_use_to_anybody_else(town: Audited) -> None:
    grant = town.grant(town.staff("501"), "p01", "253")
    for token in (town.staff("501", subject="staff-2"), town.world.token("account-2"), town.world.token()):
        answer, _ = town.ask(READ, at(town, "p01", "253"), token, grant=grant)
        assert (answer.status, answer.codes) == (403, ["EMERGENCY_GRANT_INVALID"])


@pytest.mark.parametrize("grant", ["", "x", "%00", "A" * 3000])
def test_what_is_no_grant_is_refused_as_a_whole(town: Audited, grant: str) -> None:
    answer, _ = town.ask("{ hospitals { name } }", token=town.staff("501"), grant=grant)

    assert (answer.status, answer.codes) == (403, ["EMERGENCY_GRANT_INVALID"])


def test_a_grant_is_for_reading_only(town: Audited) -> None:
    token = town.staff("501", scope="user/*.cruds")
    grant = town.grant(token, "p01", "253")
    slot = free_slot(town.world, "253")
    given = {"businessKey": "booking-0009", "cardId": card_at(town.world, "253"), "slotId": slot["id"]}
    answer, _ = town.ask(BOOK, {"input": given}, token, grant=grant)

    assert answer.codes == ["FORBIDDEN"]


@pytest.mark.parametrize("person", ["account-1", None])
def test_only_staff_break_the_glass(town: Audited, person: str | None) -> None:
    given = {"hospitalId": "253", "number": town.card("p03", "253").number, "reason": REASON}
    if person is None:
        answer = town.world.ask(BREAK_GLASS, {"input": given}, None)
        assert answer.codes == ["UNAUTHENTICATED"]
        return
    answer, request_id = town.ask(BREAK_GLASS, {"input": given})

    assert answer.codes == ["FORBIDDEN"]
    assert [resource["outcomeDesc"] for resource in town.on_record(request_id)] == ["denied"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": "急"}, "reason"),
        ({"reason": "急" * 201}, "reason"),
        ({"reason": "急诊\n抢救患者"}, "reason"),
        ({"number": None}, "cardId"),
        ({"number": " "}, "number"),
        ({"hospitalId": "999"}, "hospital"),
        ({"cardId": "x"}, "cardId"),
    ],
)
def test_what_is_missing_or_wrong_is_told(town: Audited, changes: dict[str, Any], field: str) -> None:
    given = {"hospitalId": "253", "number": "600000000000003", "reason": REASON, **changes}
    answer, _ = town.ask(BREAK_GLASS, {"input": given}, town.staff("501"))
    [error] = answer.data["breakGlass"]["userErrors"]

    assert answer.data["breakGlass"]["grant"] is None
    assert error["field"] == field


def test_a_grant_ends_after_a_quarter_of_an_hour(town: Audited) -> None:
    given = {"hospitalId": "253", "number": town.card("p03", "253").number, "reason": REASON}
    answer, _ = town.ask(BREAK_GLASS, {"input": given}, town.staff("501"))
    ends = dt.datetime.fromisoformat(answer.data["breakGlass"]["grant"]["expiresAt"])

    left = ends - dt.datetime.now(dt.UTC)
    assert dt.timedelta(minutes=14, seconds=30) < left <= dt.timedelta(minutes=15)


def test_asking_and_every_use_are_on_record_with_the_reason_before_the_answer(town: Audited) -> None:
    token = town.staff("501")
    given = {"hospitalId": "253", "number": town.card("p03", "253").number, "reason": REASON}
    answer, asking = town.ask(BREAK_GLASS, {"input": given}, token)
    _, using = town.ask(READ, at(town, "p03", "253"), token, grant=answer.data["breakGlass"]["grant"]["token"])
    [asked], [used] = town.on_record(asking), town.on_record(using)

    assert (asked["action"], used["action"]) == ("E", "R")
    for resource in (asked, used):
        assert cards(resource) == {("253", town.card("p03", "253").number)}
        assert details(resource, "emergency reason") == {REASON}
    assert used["purposeOfEvent"][0]["coding"][0]["code"] == "ETREAT"


def test_the_person_sees_who_looked_where_they_work_and_why(town: Audited) -> None:
    token = town.staff("501", subject="staff-7")
    town.ask(READ, at(town, "p04", "254"), token, grant=town.grant(token, "p04", "254"))
    used, asked = log(town, town.world.token("account-3"))["nodes"][:2]

    for node, action in ((used, "READ"), (asked, "EXECUTE")):
        assert (node["role"], node["byViewer"], node["emergencyReason"]) == ("STAFF", False, REASON)
        assert node["hospital"] == {"code": "501"}
        assert [(part["action"], part["outcome"], part["hospital"]["code"]) for part in node["parts"]] == [
            (action, "SERVED", "254")
        ]
    assert used["purpose"] == "EMERGENCY"
    assert "DIAGNOSTIC_REPORT" in used["parts"][0]["resources"]
    assert used["readerId"] == asked["readerId"]
    assert "staff-7" not in str(used)


def test_the_list_goes_on_page_by_page_without_gaps(town: Audited) -> None:
    token = town.world.token("account-2")
    for _ in range(4):
        town.ask("{ viewer { patients { id } } }", token=token)
    whole = log(town, token, first=200)
    assert whole["totalCount"] == len(whole["nodes"])
    paged: list[Any] = []
    after = None
    while len(paged) < len(whole["nodes"]):
        page = log(town, token, first=2, after=after)
        paged += page["nodes"]
        after = page["pageInfo"]["endCursor"]

    # Each look at the list is on it from the next one on, so that later pages are the same ones.
    assert [node["at"] for node in paged if node in whole["nodes"]]
    assert [node for node in whole["nodes"] if node not in paged] == []


def test_reading_the_list_is_on_record_too(town: Audited) -> None:
    _, request_id = town.ask(ACCESS_LOG)

    assert any("AuditEvent" in details(resource, "resource") for resource in town.soon_on_record(request_id))


def test_a_guardian_sees_who_read_the_childs_record(town: Audited) -> None:
    assert log(town, person=1)["totalCount"] > 0


def test_who_looks_after_a_parent_does_not_see_who_read_their_record(town: Audited) -> None:
    query = "{ viewer { patients { relation accessLog { totalCount } } } }"
    answer, _ = town.ask(query, token=town.world.token("account-3"))

    assert answer.codes == ["FORBIDDEN", "FORBIDDEN"]


def test_staff_see_it_where_their_scopes_say_so(town: Audited) -> None:
    query = """query($hospital: ID!, $number: String!) {
        patient(by: {card: {hospitalId: $hospital, number: $number}}) { accessLog { totalCount } } }"""
    allowed, _ = town.ask(query, at(town, "p03", "253"), town.staff("253", scope="user/Patient.rs user/AuditEvent.rs"))
    not_allowed, _ = town.ask(query, at(town, "p03", "253"), town.staff("253", scope="user/Patient.rs"))
    elsewhere = town.staff("501", scope="user/Patient.rs")
    grant = town.grant(elsewhere, "p03", "253")
    emergency, _ = town.ask(query, at(town, "p03", "253"), elsewhere, grant=grant)

    assert allowed.data["patient"]["accessLog"]["totalCount"] > 0
    assert not_allowed.codes == ["FORBIDDEN"]
    assert emergency.codes == ["FORBIDDEN"]


@pytest.mark.parametrize("variables", [{"after": "x"}, {"after": "MTIz"}, {"first": 0}])
def test_a_page_that_is_none_is_refused(town: Audited, variables: dict[str, Any]) -> None:
    answer, _ = town.ask(ACCESS_LOG, variables)

    assert set(answer.codes) == {"BAD_INPUT"}


def test_each_of_several_grants_is_on_record_with_its_own_reason(town: Audited) -> None:
    query = """mutation($a: BreakGlassInput!, $b: BreakGlassInput!) {
        a: breakGlass(input: $a) { grant { token } } b: breakGlass(input: $b) { grant { token } } }"""
    number = town.card("p03", "253").number
    given = {
        key: {"hospitalId": "253", "number": number, "reason": reason}
        for key, reason in (("a", "第一个原因"), ("b", "第二个原因"))
    }
    grant = town.grant(town.staff("501"), "p01", "253")
    _, request_id = town.ask(query, given, town.staff("501"), grant=grant)

    assert [details(resource, "emergency reason") for resource in town.on_record(request_id)] == [
        {"第一个原因"},
        {"第二个原因"},
    ]
