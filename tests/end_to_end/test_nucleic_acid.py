"""Nucleic-acid tests: the list, where and when to book, booking, cancelling."""

import dataclasses
import datetime as dt
from typing import Any

import pytest

from sandbox.faults import Fault
from sandbox.town.nucleic_acid import DONE, UNCONFIRMED
from tests.end_to_end.test_booking import card_at
from tests.end_to_end.world import World

HOSPITAL = "501"
SITES = """query($id: ID!) { hospital(id: $id) { nucleicAcidReportLanguages { id name }
    nucleicAcidTestSites { id name days { day sessions {
        fee remaining slots { id name startsAt endsAt remaining } } } } } }"""
SESSIONS = """query($id: ID!, $day: Date!) { hospital(id: $id) { nucleicAcidTestSites { id sessions(day: $day) {
    fee remaining slots { id name remaining } } } } }"""
_BOOKED = """id status statusName number day slotName startsAt endsAt fee reportExpectedAt paymentNumber
    hospitalOrderNumber invoiceNumber name gender age birthDate identityNumber phone hospital { code }"""
LISTED = f"""query($h: [ID!]) {{ viewer {{ patients {{ nucleicAcidTestAppointments(hospitals: $h, first: 100) {{
    totalCount nodes {{ {_BOOKED} test {{ observations {{ name shortName value referenceRange interpretation }} }} }}
    failures {{ code hospital {{ code }} }} }} }} }} }}"""
ONE = f"""query($card: ID!, $id: ID!) {{ node(id: $card) {{ ... on Card {{
    nucleicAcidTestAppointment(id: $id) {{ {_BOOKED} }} }} }} }}"""
TESTS = """query($h: [ID!]) { viewer { patients { nucleicAcidTests(hospitals: $h) { totalCount nodes {
    name age identityNumber phone specimen specimenNumber collectedAt examinedAt collectedBy performedBy laboratory
    hospital { code } pdf { path } observations { name shortName value referenceRange } }
    failures { code } }
    cards { hospital { code } latestNucleicAcidTest { specimenNumber specimen } } } } }"""
_ERRORS = "userErrors { code field message }"
BOOK = f"""mutation($input: BookNucleicAcidTestInput!) {{ bookNucleicAcidTest(input: $input) {{
    appointment {{ {_BOOKED} }} {_ERRORS} }} }}"""
PAY = f"""mutation($input: PayNucleicAcidTestInput!) {{ payNucleicAcidTest(input: $input) {{
    payment {{ number status amount hospitalReference }} {_ERRORS} }} }}"""
CANCEL = f"""mutation($input: CancelNucleicAcidTestInput!) {{ cancelNucleicAcidTest(input: $input) {{
    cancellation {{ refundNumber invoiceNumber }} {_ERRORS} }} }}"""


def sites(world: World) -> list[Any]:
    found: list[Any] = world.ask(SITES, {"id": HOSPITAL}, None).data["hospital"]["nucleicAcidTestSites"]
    return found


def first_slot(world: World, day: int = 0) -> Any:
    return sites(world)[0]["days"][day]["sessions"][0]["slots"][0]


def listed(world: World, token: str = "") -> Any:
    return world.ask(LISTED, {"h": [HOSPITAL]}, token).data["viewer"]["patients"][0]["nucleicAcidTestAppointments"]


def read(world: World, appointment_id: str) -> Any:
    variables = {"card": card_at(world, HOSPITAL), "id": appointment_id}
    return world.ask(ONE, variables).data["node"]["nucleicAcidTestAppointment"]


def book(world: World, slot: Any, key: str = "nucleic-0001", token: str = "", **more: Any) -> Any:
    given = {
        "businessKey": key,
        "cardId": card_at(world, HOSPITAL, token),
        "slotId": slot["id"],
        "method": "WECHAT_PAY",
    }
    return world.ask(BOOK, {"input": given | more}, token).data["bookNucleicAcidTest"]


def pay(world: World, appointment_id: str, key: str = "paying-0001", **more: Any) -> Any:
    given = {"businessKey": key, "appointmentId": appointment_id, "amount": "16.00", "method": "WECHAT_PAY"} | more
    return world.ask(PAY, {"input": given}).data["payNucleicAcidTest"]


def cancel(world: World, appointment_id: str, key: str = "cancelling-0001", **more: Any) -> Any:
    given = {"businessKey": key, "appointmentId": appointment_id} | more
    return world.ask(CANCEL, {"input": given}).data["cancelNucleicAcidTest"]


def told(result: Any) -> list[tuple[str, str | None]]:
    return [(error["code"], error["field"]) for error in result["userErrors"]]


def use_nucleic_acid_tests(town: World) -> None:
    """Reach every interface of nucleic-acid tests."""
    made = book(town, first_slot(town), "everything-0001")["appointment"]
    assert pay(town, made["id"], "everything-0002")["payment"]["status"] == "CONFIRMED"
    assert read(town, made["id"])["status"] == "BOOKED"
    assert cancel(town, made["id"], "everything-0003")["userErrors"] == []
    assert listed(town)["totalCount"] >= 1
    assert town.ask(TESTS, {"h": [HOSPITAL]}).body["data"]["viewer"]["patients"][0]["nucleicAcidTests"]["nodes"]


def test_tests_are_listed_where_a_hospital_lists_them(shared: World) -> None:
    answer = shared.ask(TESTS, {"h": None})
    person = answer.body["data"]["viewer"]["patients"][0]
    town, tests = shared.sandbox.town, person["nucleicAcidTests"]
    mine = town.people["p01"]

    assert tests["failures"] == []
    assert {node["hospital"]["code"] for node in tests["nodes"]} == {HOSPITAL}
    assert tests["totalCount"] == len(tests["nodes"]) > 0
    test = tests["nodes"][0]
    assert (test["name"], test["identityNumber"], test["phone"]) == (mine.name, mine.identity_number, mine.phone)
    assert test["specimen"] == "咽拭子"
    assert test["collectedAt"] < test["examinedAt"]
    assert test["laboratory"] == "区域检测中心"
    assert all((test["collectedBy"], test["performedBy"]))
    assert test["age"].endswith("岁")
    assert test["pdf"] is None
    assert test["observations"] == [
        {"name": "新型冠状病毒核酸检测", "shortName": "2019-nCoV", "value": "阴性", "referenceRange": "阴性"}
    ]


def test_the_latest_test_is_one_field_at_both_vendors(shared: World) -> None:
    person = shared.ask(TESTS, {"h": [HOSPITAL]}).data["viewer"]["patients"][0]
    latest = {card["hospital"]["code"]: card["latestNucleicAcidTest"] for card in person["cards"]}

    assert {test["specimen"] for test in latest.values()} == {"咽拭子"}
    assert latest[HOSPITAL]["specimenNumber"] == person["nucleicAcidTests"]["nodes"][0]["specimenNumber"]


def test_where_and_when_is_public(shared: World) -> None:
    hospital = shared.ask(SITES, {"id": HOSPITAL}, None).data["hospital"]

    assert [language["name"] for language in hospital["nucleicAcidReportLanguages"]] == [
        "中文",
        "中英文",
        "英文",
        "日文",
    ]
    assert [site["name"] for site in hospital["nucleicAcidTestSites"]] == ["本部", "新区分院"]
    days = hospital["nucleicAcidTestSites"][0]["days"]
    coming = [(shared.sandbox.town.today + dt.timedelta(days=ahead)).isoformat() for ahead in (1, 2, 3)]
    assert [day["day"] for day in days] == coming
    (session,) = days[0]["sessions"]
    assert session["fee"] == "16.00"
    assert session["remaining"] == sum(slot["remaining"] for slot in session["slots"])
    assert session["slots"][0]["startsAt"] == f"{coming[0]}T08:00:00+08:00"
    assert session["slots"][0]["endsAt"] == f"{coming[0]}T09:00:00+08:00"


def test_a_day_can_be_named_but_none_that_is_past(shared: World) -> None:
    today = shared.sandbox.town.today
    named = {"id": HOSPITAL, "day": (today + dt.timedelta(days=1)).isoformat()}
    by_day = shared.ask(SESSIONS, named, None).data["hospital"]["nucleicAcidTestSites"][0]["sessions"]
    assert by_day[0]["slots"][0]["id"] == first_slot(shared)["id"]

    before = shared.sandbox.counters.count("/type/list")
    past = named | {"day": (today - dt.timedelta(days=1)).isoformat()}
    answer = shared.ask(SESSIONS, past, None)
    assert set(answer.codes) == {"BAD_INPUT"}
    assert answer.body["errors"][0]["extensions"]["field"] == "day"
    assert shared.sandbox.counters.count("/type/list") == before


def test_a_booked_test_takes_a_place_and_is_listed(fresh: World) -> None:
    slot, person = first_slot(fresh), fresh.sandbox.town.people["p01"]
    before = listed(fresh)["totalCount"]

    result = book(fresh, slot, reportLanguage="中英文", document="RESIDENT_IDENTITY_CARD", fromMainland=True)

    assert result["userErrors"] == []
    made = result["appointment"]
    assert (made["status"], made["fee"], made["startsAt"]) == ("PENDING", "16.00", slot["startsAt"])
    assert (made["name"], made["phone"]) == (person.name, person.phone)
    now = listed(fresh)
    assert now["totalCount"] == before + 1
    found = next(node for node in now["nodes"] if node["id"] == made["id"])
    assert (found["status"], found["slotName"], found["fee"]) == ("PENDING", "08:00-09:00", "16.00")
    assert found["test"] is None
    assert first_slot(fresh)["remaining"] == slot["remaining"] - 1
    assert fresh.sandbox.town.hospitals[HOSPITAL].nucleic_acid.booked[-1].language == "中英文"


def test_the_same_key_books_once_and_another_content_is_a_conflict(fresh: World) -> None:
    slot = first_slot(fresh)
    first = book(fresh, slot)
    calls = fresh.sandbox.counters.count("/appointment/pre")

    assert book(fresh, slot) == first
    assert fresh.sandbox.counters.count("/appointment/pre") == calls
    assert told(book(fresh, slot, method="ALIPAY")) == [("IDEMPOTENCY_CONFLICT", "businessKey")]


@pytest.mark.parametrize("arrived", [True, False])
def test_a_booking_without_an_answer_is_not_booked_twice(fresh: World, arrived: bool) -> None:
    slot, person = first_slot(fresh), fresh.sandbox.town.people["p01"]
    given = {
        "businessKey": "nucleic-0001",
        "cardId": card_at(fresh, HOSPITAL),
        "slotId": slot["id"],
        "method": "ALIPAY",
    }
    fresh.sandbox.faults.inject(HOSPITAL, "/appointment/pre", Fault(kind="malformed", times=1))
    assert fresh.ask(BOOK, {"input": given}).codes == ["STATE_UNKNOWN"]
    fresh.sandbox.faults.clear()
    desk, sent = fresh.sandbox.town.hospitals[HOSPITAL].nucleic_acid, fresh.sandbox.counters.count("/appointment/pre")
    desk.booked = [row for row in desk.booked if row.status == DONE]
    if arrived:
        known = next(row for row in desk.booked if row.identity_number == person.identity_number)
        day = dt.date.fromisoformat(slot["startsAt"][:10])
        desk.booked.append(dataclasses.replace(known, id="NAT-1", day=day, slot=slot["name"], status=UNCONFIRMED))

    made = fresh.ask(BOOK, {"input": given}).data["bookNucleicAcidTest"]["appointment"]

    assert made["status"] == "PENDING"
    assert fresh.sandbox.counters.count("/appointment/pre") == sent + (not arrived)
    assert len([row for row in desk.booked if row.status == UNCONFIRMED]) == 1


@pytest.mark.parametrize("paid", [False, True])
def test_a_cancelled_test_frees_its_place(fresh: World, paid: bool) -> None:
    slot = first_slot(fresh)
    made = book(fresh, slot)["appointment"]
    if paid:
        assert pay(fresh, made["id"])["userErrors"] == []

    result = cancel(fresh, made["id"], refundOrderNumber="HO-2" if paid else None)

    assert result["userErrors"] == []
    assert result["cancellation"]["refundNumber"] == ("HO-2" if paid else None)
    assert bool(result["cancellation"]["invoiceNumber"]) is paid
    assert read(fresh, made["id"])["status"] == "CANCELLED"
    assert first_slot(fresh)["remaining"] == slot["remaining"]
    assert cancel(fresh, made["id"], refundOrderNumber="HO-2" if paid else None) == result


def test_a_test_that_was_done_has_its_results_and_is_not_cancelled(fresh: World) -> None:
    done = next(node for node in listed(fresh)["nodes"] if node["status"] == "FULFILLED")

    assert done["test"]["observations"] == [
        {
            "name": "新型冠状病毒核酸检测",
            "shortName": "2019-nCoV",
            "value": "阴性",
            "referenceRange": "阴性",
            "interpretation": "NORMAL",
        }
    ]
    assert done["age"].endswith("岁")
    assert told(cancel(fresh, done["id"])) == [("NOT_CANCELLABLE", "appointmentId")]
    assert fresh.sandbox.counters.count("/appointment/cancel") == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"phone": "1"}, "phone"),
        ({"method": "CARD_BALANCE"}, "method"),
        ({"method": "UNKNOWN"}, "method"),
        ({"document": "UNKNOWN"}, "document"),
        ({"reportLanguage": " "}, "reportLanguage"),
        ({"businessKey": "k"}, "businessKey"),
    ],
)
def test_a_bad_booking_reaches_no_hospital(shared: World, wrong: Any, field: str) -> None:
    before = shared.sandbox.counters.count("/appointment/pre")

    assert told(book(shared, first_slot(shared), **wrong)) == [("BAD_INPUT", field)]
    assert shared.sandbox.counters.count("/appointment/pre") == before


def test_a_card_of_another_hospital_does_not_fit(shared: World) -> None:
    given = {"businessKey": "nucleic-0001", "cardId": card_at(shared, "253"), "slotId": first_slot(shared)["id"]}
    result = shared.ask(BOOK, {"input": given | {"method": "ALIPAY"}}).data["bookNucleicAcidTest"]
    assert told(result) == [("BAD_INPUT", "cardId")]


def test_nobody_reads_pays_or_cancels_what_somebody_else_booked(fresh: World) -> None:
    made = book(fresh, first_slot(fresh))["appointment"]["id"]
    other = fresh.token("account-2")
    paying = {"businessKey": "paying-0009", "appointmentId": made, "amount": "16.00", "method": "ALIPAY"}
    cancelling = {"businessKey": "cancelling-0009", "appointmentId": made}

    assert fresh.ask(PAY, {"input": paying}, other).codes == ["FORBIDDEN"]
    assert fresh.ask(CANCEL, {"input": cancelling}, other).codes == ["FORBIDDEN"]
    theirs = fresh.ask(ONE, {"card": card_at(fresh, HOSPITAL, other), "id": made}, other)
    assert theirs.codes == ["BAD_INPUT"]
    assert theirs.body["data"]["node"]["nucleicAcidTestAppointment"] is None


def test_staff_see_who_booked_masked(shared: World) -> None:
    card = next(card for card in shared.sandbox.town.hospitals[HOSPITAL].cards if card.person_id == "p01")
    query = """query($n: String!) { patient(by: {card: {hospitalId: "501", number: $n}}) {
        nucleicAcidTestAppointments { nodes { name identityNumber phone } }
        nucleicAcidTests { nodes { name identityNumber phone } } } }"""
    patient = shared.ask(query, {"n": card.number}, shared.staff([HOSPITAL])).data["patient"]
    person = shared.sandbox.town.people["p01"]

    for found in (patient["nucleicAcidTestAppointments"]["nodes"][0], patient["nucleicAcidTests"]["nodes"][0]):
        assert set(found.values()) & {person.identity_number, person.phone} == set()
        assert all("*" in found[name] for name in ("identityNumber", "phone"))


def test_a_hospital_without_bookings_says_so(shared: World) -> None:
    answer = shared.ask(SITES, {"id": "253"}, None)
    assert set(answer.codes) == {"UNSUPPORTED_BY_HOSPITAL"}
