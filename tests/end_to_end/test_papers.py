"""What a person takes home: the guide of a visit, invoices, leaflets."""

import base64
import datetime as dt
from decimal import Decimal
from typing import Any

from sandbox.faults import Fault
from tests.end_to_end.test_payment import card_at, order, pay
from tests.end_to_end.world import World

GUIDE = """query($day: Date) { viewer { patients { cards { hospital { code } visitGuide(day: $day) {
    kind name address updatedAt
    items { name status appointment quantity unitPrice paidAt } } } } } }"""
INVOICES = """query($hospitals: [ID!]) { viewer { patients { electronicInvoices(first: 50, hospitals: $hospitals) {
    totalCount failures { hospital { code } code }
    nodes { id number kind issuedAt amount issuedTo hospital { code }
      document { pageUrl content format } } } } } }"""
LEAFLETS = """{ viewer { patients { prescriptions(first: 5, hospitals: ["253"]) { nodes { detail { drugs {
    name leaflet { title content } } } } } } } }"""
PALM_LEAFLETS = LEAFLETS.replace("253", "501")


def use_papers(town: World) -> None:
    """Reach the guide, the invoices and the leaflets; something was paid today."""
    assert guide(town, None)
    assert all(invoice["document"] for invoice in invoices(town))
    assert leaflets(town)


def yesterday(town: World) -> str:
    return (town.sandbox.town.today - dt.timedelta(days=1)).isoformat()


def guide(town: World, day: str | None, hospital: str = "253") -> Any:
    # The palm hospital has no guides: its part of the answer is an error.
    cards = town.ask(GUIDE, {"day": day}).body["data"]["viewer"]["patients"][0]["cards"]
    return next(card for card in cards if card["hospital"]["code"] == hospital)["visitGuide"]


def invoices(town: World, token: str | None = "", **variables: Any) -> Any:
    return town.ask(INVOICES, variables, token).data["viewer"]["patients"][0]["electronicInvoices"]["nodes"]


def leaflets(town: World, query: str = LEAFLETS) -> list[Any]:
    nodes = town.ask(query).data["viewer"]["patients"][0]["prescriptions"]["nodes"]
    return [drug["leaflet"] for node in nodes for drug in node["detail"]["drugs"]]


def test_the_guide_sends_to_the_rooms_of_what_was_ordered(shared: World) -> None:
    charges = {charge["item"] for charge in card_at(shared, "253")["chargeSheet"]["charges"]}
    rooms = guide(shared, yesterday(shared))

    assert {item["name"] for room in rooms for item in room["items"]} == charges
    assert {item["status"] for room in rooms for item in room["items"]} == {"ORDERED"}
    assert "WESTERN_PHARMACY" in {room["kind"] for room in rooms}
    assert all(room["name"] and room["address"] and room["updatedAt"] for room in rooms)


def test_what_was_paid_is_in_todays_guide_as_paid(fresh: World) -> None:
    assert guide(fresh, None) == []
    pay(fresh, order(card_at(fresh, "253")["chargeSheet"]["charges"]))

    items = [item for room in guide(fresh, None) for item in room["items"]]

    assert items
    assert {item["status"] for item in items} == {"PAID"}
    assert all(item["paidAt"] for item in items)


def test_each_bill_and_each_stay_that_is_over_is_an_invoice(shared: World) -> None:
    query = '{ viewer { patients { bills(first: 100, hospitals: ["253"]) { nodes { paidAmount } } } } }'
    bills = shared.ask(query).data["viewer"]["patients"][0]["bills"]["nodes"]

    found = invoices(shared, hospitals=["253"])

    of_visits = [Decimal(invoice["amount"]) for invoice in found if invoice["kind"] == "OUTPATIENT"]
    assert sorted(of_visits) == sorted(Decimal(bill["paidAmount"]) for bill in bills)
    assert [invoice["kind"] for invoice in found].count("INPATIENT") == 1
    assert {invoice["issuedTo"] for invoice in found} == {shared.sandbox.town.people["p01"].name}


def test_an_invoice_is_shown_as_what_its_file_is(shared: World) -> None:
    documents = {invoice["kind"]: invoice["document"] for invoice in invoices(shared, hospitals=["253"])}

    assert documents["OUTPATIENT"]["format"] == "PDF"
    assert base64.b64decode(documents["OUTPATIENT"]["content"]).startswith(b"%PDF")
    assert documents["INPATIENT"]["format"] == "PNG"
    assert documents["INPATIENT"]["pageUrl"].startswith("https://")


def test_a_hospital_that_fails_is_named_and_the_others_list_their_invoices(fresh: World) -> None:
    name = "hospital.interface.electronicInvoiceInformation"
    fresh.sandbox.faults.inject("254", name, Fault(kind="error"))
    found = fresh.ask(INVOICES).data["viewer"]["patients"][0]["electronicInvoices"]

    assert {node["hospital"]["code"] for node in found["nodes"]} == {"253", "501"}
    assert found["failures"] == [{"hospital": {"code": "254"}, "code": "UPSTREAM_UNAVAILABLE"}]


def test_an_invoice_is_read_again_by_its_id_by_its_owner_alone(shared: World) -> None:
    invoice = invoices(shared, hospitals=["253"])[0]
    query = "query($id: ID!) { node(id: $id) { ... on ElectronicInvoice { number document { format } } } }"

    again = shared.ask(query, {"id": invoice["id"]}).data["node"]
    assert again == {"number": invoice["number"], "document": {"format": invoice["document"]["format"]}}
    assert shared.ask(query, {"id": invoice["id"]}, shared.token("account-2")).codes == ["FORBIDDEN"]


def test_a_leaflet_is_plain_text(shared: World) -> None:
    found = leaflets(shared)

    assert found
    for leaflet in found:
        sections = {section["title"]: section["content"] for section in leaflet}
        assert "\n" in sections["用法用量"]
        assert not any(mark in content for content in sections.values() for mark in "<>&")


def test_a_medicine_without_a_key_has_no_leaflet(shared: World) -> None:
    found = leaflets(shared, PALM_LEAFLETS)

    assert found
    assert not any(found)
