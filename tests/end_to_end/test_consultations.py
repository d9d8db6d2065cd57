"""Online consultations: whom one has seen, what is sold, and what the hospital is told."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from sandbox.tokens import RECEPTION_SCOPE, staff_token, system_token
from tests.end_to_end.world import HS256_SECRET, World

DOCTORS = """{ viewer { patients { cards { hospital { code } visitedDoctors {
    doctorNumber doctorName departmentName title lastVisitedAt } } } } }"""
CATALOGUE = """query($kind: OnlineItemKind!) { hospital(id: "253") { onlineItems(kind: $kind) {
    id kind name unitPrice approvalNumber specification packageUnit doseUnit unitsPerPackage manufacturer } } }"""
PRICE = 'query($id: ID!) { hospital(id: "253") { currentPrice(itemId: $id) } }'
CONSULTATION = """mutation($input: RecordConsultationInput!) { done: recordConsultation(input: $input) {
    recorded userErrors { code field } } }"""
ORDER = """mutation($input: RecordOnlineOrderInput!) { done: recordOnlineOrder(input: $input) {
    recorded userErrors { code field } } }"""
KINDS = ("DRUG", "LABORATORY_TEST", "EXAMINATION")
SYSTEM_SCOPE = "system/Patient.rs system/Encounter.c system/ServiceRequest.c"


def use_consultations(town: World) -> None:
    """Reach every interface of chapter 25 that hospitals provide."""
    assert doctors(town)
    for kind in KINDS:
        assert price(town, items(town, kind)[0])
    assert tell(town, CONSULTATION, consultation(town))["recorded"]
    assert tell(town, ORDER, online_order(town))["recorded"]


def items(town: World, kind: str = "DRUG") -> list[Any]:
    found: list[Any] = town.ask(CATALOGUE, {"kind": kind}, None).data["hospital"]["onlineItems"]
    return found


def price(town: World, item: Any) -> Decimal:
    return Decimal(town.ask(PRICE, {"id": item["id"]}, None).data["hospital"]["currentPrice"])


def doctors(town: World, hospital: str = "253") -> Any:
    # The palm hospital does not say: its part of the answer is an error.
    cards = town.ask(DOCTORS).body["data"]["viewer"]["patients"][0]["cards"]
    return next(card for card in cards if card["hospital"]["code"] == hospital)["visitedDoctors"]


def card_id(town: World, person: str = "p01") -> str:
    number = next(card.number for card in town.sandbox.town.hospitals["253"].cards if card.person_id == person)
    query = 'query($n: String!) { patient(by: {card: {hospitalId: "253", number: $n}}) { cards { id } } }'
    found: str = town.ask(query, {"n": number}, town.staff(["253"])).data["patient"]["cards"][0]["id"]
    return found


def consultation(town: World, **changes: Any) -> dict[str, Any]:
    doctor = town.sandbox.town.hospitals["253"].doctors[0]
    given = {
        "businessKey": "ZX-924966814582567168",
        "cardId": card_id(town),
        "consultationNumber": "3477691",
        "consultedAt": "2021-12-22T17:17:20+08:00",
        "doctorNumber": doctor.id,
        "doctorName": doctor.name,
        "departmentNumber": doctor.department_id,
        "departmentName": "样例科室",
        "fee": "5.00",
        "paid": True,
        "description": "复诊开药",
    }
    return given | changes


def online_order(town: World, **changes: Any) -> dict[str, Any]:
    drug, test = items(town)[0], items(town, "LABORATORY_TEST")[0]
    given = {
        "businessKey": "CFZF-190622200-0001",
        "cardId": card_id(town),
        "paidAt": "2021-12-22T17:30:00+08:00",
        "total": str(2 * Decimal(drug["unitPrice"]) + Decimal(test["unitPrice"])),
        "diagnosisCode": "I10.X02",
        "diagnosis": "高血压",
        "doctorHospital": "县人民医院",
        "doctorNumber": "D1",
        "doctorName": "样例医生",
        "items": [
            {"itemId": drug["id"], "name": drug["name"], "quantity": "2", "unitPrice": drug["unitPrice"]}
            | {"group": "1", "frequency": "QD", "route": "口服", "dose": "5mg"},
            {"itemId": test["id"], "name": test["name"], "quantity": "1", "unitPrice": test["unitPrice"]},
        ],
    }
    return given | changes


def tell(town: World, mutation: str, given: dict[str, Any], token: str | None = None) -> Any:
    return town.ask(mutation, {"input": given}, token or town.staff(["253"])).data["done"]


def test_the_doctors_of_a_card_are_those_of_its_hospital_the_last_one_first(shared: World) -> None:
    found = doctors(shared)
    hospital = shared.sandbox.town.hospitals["253"]
    card = next(card for card in hospital.cards if card.person_id == "p01")
    seen = {visit.doctor_id for visit in hospital.visits if visit.card_number == card.number}

    assert {doctor["doctorNumber"] for doctor in found} == seen
    times = [dt.datetime.fromisoformat(doctor["lastVisitedAt"]) for doctor in found]
    assert times == sorted(times, reverse=True)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_sold_online_is_public(shared: World, kind: str) -> None:
    found = items(shared, kind)

    assert {item["kind"] for item in found} == {kind}
    assert all(item["name"] and Decimal(item["unitPrice"]) > 0 for item in found)
    assert all((item["approvalNumber"] is not None) is (kind == "DRUG") for item in found)


@pytest.mark.parametrize("kind", KINDS)
def test_the_price_of_now_is_asked_for_one_thing(shared: World, kind: str) -> None:
    item = items(shared, kind)[0]

    assert price(shared, item) == Decimal(item["unitPrice"])


def test_what_is_out_of_stock_has_no_price(shared: World) -> None:
    answer = shared.ask(PRICE, {"id": items(shared)[-1]["id"]}, None)

    assert answer.codes == ["CHARGE_ITEM_UNKNOWN"]
    assert answer.body["errors"][0]["message"] == "项目已作废或药品无库存"


def test_a_consultation_reaches_the_hospital_once(fresh: World) -> None:
    given = consultation(fresh)

    assert tell(fresh, CONSULTATION, given) == {"recorded": True, "userErrors": []}
    assert tell(fresh, CONSULTATION, given) == {"recorded": True, "userErrors": []}

    kept = fresh.sandbox.town.hospitals["253"].claims.consultations[given["businessKey"]]
    assert kept["patName"] == fresh.sandbox.town.people["p01"].name
    assert (kept["consultFee"], kept["payFlag"], kept["consultFlag"]) == ("5.00", 1, "INTERNET_HOSPITAL")
    name = "253 hospital.inerface.internetHospital.saveConsultInfo"
    assert fresh.sandbox.counters.snapshot()[name] == 1


def test_an_order_reaches_the_hospital_with_the_keys_of_its_catalogue(fresh: World) -> None:
    given = online_order(fresh)

    assert tell(fresh, ORDER, given) == {"recorded": True, "userErrors": []}

    kept = fresh.sandbox.town.hospitals["253"].claims.online_orders[given["businessKey"]]
    drug, test = kept["charges"]
    assert (drug["chargeId"], drug["chargeType"], drug["groupId"]) == ("X001", 3, "1")
    assert (test["chargeId"], test["chargeType"], test["groupId"]) == ("J001", 2, "J001")
    assert kept["total"] == given["total"]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"businessKey": "short"}, "BAD_INPUT", "businessKey"),
        ({"total": "0.01"}, "AMOUNT_MISMATCH", "total"),
        ({"total": "1.001"}, "BAD_INPUT", "total"),
        ({"items": []}, "BAD_INPUT", "items"),
        ({"paidAt": "2999-01-01T00:00:00+08:00"}, "BAD_INPUT", "paidAt"),
        ({"diagnosis": " "}, "BAD_INPUT", "diagnosis"),
    ],
)
def test_an_order_that_cannot_be_right_reaches_no_hospital(
    fresh: World, changes: dict[str, Any], code: str, field: str
) -> None:
    done = tell(fresh, ORDER, online_order(fresh, **changes))

    assert done == {"recorded": None, "userErrors": [{"code": code, "field": field}]}
    assert fresh.sandbox.town.hospitals["253"].claims.online_orders == {}


def test_a_consultation_in_the_future_is_refused(fresh: World) -> None:
    done = tell(fresh, CONSULTATION, consultation(fresh, consultedAt="2999-01-01T00:00:00+08:00"))

    assert done["userErrors"] == [{"code": "BAD_INPUT", "field": "consultedAt"}]


def test_only_those_who_work_there_tell_a_hospital(fresh: World) -> None:
    reception = staff_token(HS256_SECRET, ["253"], scope=RECEPTION_SCOPE)
    for mutation, given in ((CONSULTATION, consultation(fresh)), (ORDER, online_order(fresh))):
        for token in (fresh.token(), fresh.staff(["254"]), reception):
            assert fresh.ask(mutation, {"input": given}, token).codes == ["FORBIDDEN"]
    system = system_token(HS256_SECRET, ["253"], scope=SYSTEM_SCOPE)

    assert tell(fresh, CONSULTATION, consultation(fresh), system)["recorded"]
    assert tell(fresh, ORDER, online_order(fresh), system)["recorded"]
