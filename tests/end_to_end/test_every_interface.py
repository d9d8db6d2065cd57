"""Every claimed interface is reached by a GraphQL operation over a real socket: the sandbox counts."""

import json
from pathlib import Path
from typing import Any

from tests.contracts.catalogue import FACTS, claims
from tests.end_to_end.desk import use_desk
from tests.end_to_end.inpatient import use_stays
from tests.end_to_end.report_files import use_reports
from tests.end_to_end.test_admission_applications import be_admitted_and_cancel
from tests.end_to_end.test_admission_bookings import book_and_cancel_a_bed_and_check_in
from tests.end_to_end.test_booking import BOOK, CANCEL, card_at, free_slot
from tests.end_to_end.test_card_changes import use_cards
from tests.end_to_end.test_card_creation import CREATE, bound, details
from tests.end_to_end.test_card_money import use_recharges
from tests.end_to_end.test_caregivers import keep_passes
from tests.end_to_end.test_checkups import use_checkups
from tests.end_to_end.test_consultations import use_consultations
from tests.end_to_end.test_counter_insurance import use_counter_insurance
from tests.end_to_end.test_directory import use_directory
from tests.end_to_end.test_education import learn_and_sign
from tests.end_to_end.test_examinations import use_examinations
from tests.end_to_end.test_inbound import use_inbound
from tests.end_to_end.test_insurance import use_insurance
from tests.end_to_end.test_lab_tests import use_lab_tests
from tests.end_to_end.test_login import logged_in
from tests.end_to_end.test_nucleic_acid import use_nucleic_acid_tests
from tests.end_to_end.test_numbered_checkups import use_numbered_checkups
from tests.end_to_end.test_outreach import read_all_lists
from tests.end_to_end.test_palm_receipts import use_palm_papers
from tests.end_to_end.test_palm_recharges import use_palm_recharges
from tests.end_to_end.test_palm_registrations import use_palm_registrations
from tests.end_to_end.test_palm_stays import use_palm_stays
from tests.end_to_end.test_papers import use_papers
from tests.end_to_end.test_payment import PAY, due
from tests.end_to_end.test_reconciliation import use_the_books
from tests.end_to_end.test_rooms_and_prices import use_rooms_and_prices
from tests.end_to_end.test_self_service import use_packages
from tests.end_to_end.test_statistics import read_statistics
from tests.end_to_end.world import World, world

READ_ALL = """query($day: Date!) {
  hospitals { code capabilities campuses { name }
    departments { name doctors { name } schedules(day: $day) { slots { id } } } }
  viewer { patients { name
    cards { balance hospital { code } chargeSheet { charges { id amount discount } } }
    bills { totalCount } charges { totalCount } appointments { totalCount }
    visits(first: 50) { nodes { medicalRecord { diagnoses } } }
    reports(first: 50) { nodes {
      ... on LabReport { detail { withheld } } ... on ImagingReport { detail { withheld } } } }
    prescriptions(first: 50) { nodes { detail { drugs { name } } } } } } }"""
BY_IDENTITY = """query($hospital: ID!, $name: String!, $number: String!) {
  patient(by: {identity: {hospitalId: $hospital, name: $name, identityNumber: $number}}) { name } }"""
HOSPITALS = ("253", "501")


def reached(town: World) -> set[tuple[str, str]]:
    """System and id of every interface that the sandbox was asked for."""
    names = {key.partition(" ")[2] for key in town.sandbox.counters.snapshot()}
    found = set()
    for path in sorted(FACTS.glob("*.json")):
        facts: Any = json.loads(Path(path).read_text())
        for interface in facts["interfaces"]:
            known = {interface["id"], interface.get("name"), *interface.get("variants", ())}
            if known & names:
                found.add((facts["system"], interface["id"]))
    return found


def use_everything(town: World) -> None:
    person = town.sandbox.town.people["p01"]
    data = town.ask(READ_ALL, {"day": town.sandbox.town.today.isoformat()}).body["data"]
    for hospital in HOSPITALS:
        identity = {"hospital": hospital, "name": person.name, "number": person.identity_number}
        assert town.ask(BY_IDENTITY, identity, town.staff()).data["patient"]["name"] == person.name
        card = next(card for card in data["viewer"]["patients"][0]["cards"] if card["hospital"]["code"] == hospital)
        charges = card["chargeSheet"]["charges"]
        order = {"businessKey": f"payment-{hospital}", "chargeIds": [charge["id"] for charge in charges]}
        order |= {"amount": str(due(charges)), "method": "ALIPAY"}
        assert town.ask(PAY, {"input": order}).data["payCharges"]["payment"]["status"] == "CONFIRMED"
        booking = {"businessKey": f"booking-{hospital}", "cardId": card_at(town, hospital)}
        booking["slotId"] = free_slot(town, hospital)["id"]
        appointment = town.ask(BOOK, {"input": booking}).data["bookAppointment"]["appointment"]
        cancelling = {"businessKey": f"cancel-{hospital}", "appointmentId": appointment["id"]}
        assert town.ask(CANCEL, {"input": cancelling}).data["cancelAppointment"]["cancellation"] is not None
        new = details(town, "p20", hospital, patientId=bound(town, "account-4"))
        assert town.ask(CREATE, {"input": new}, town.token("account-4")).data["createCard"]["card"]
    without_second_key = town.sandbox.town.hospitals["501"].cards[0].number
    query = 'query($n: String!) { patient(by: {card: {hospitalId: "501", number: $n}}) { name } }'
    assert town.ask(query, {"n": without_second_key}, town.staff()).data["patient"]["name"]
    use_checkups(town)
    use_recharges(town)
    use_the_books(town)
    use_cards(town)
    use_insurance(town)
    use_counter_insurance(town)
    use_papers(town)
    use_consultations(town)
    use_stays(town)
    use_reports(town)
    use_desk(town)
    use_palm_registrations(town)
    use_palm_papers(town)
    use_directory(town)
    assert logged_in(town)
    be_admitted_and_cancel(town)
    book_and_cancel_a_bed_and_check_in(town)
    use_palm_stays(town)
    use_palm_recharges(town)
    keep_passes(town)
    learn_and_sign(town)
    use_examinations(town)
    use_lab_tests(town)
    use_packages(town)
    use_nucleic_acid_tests(town)
    use_inbound(town)
    read_all_lists(town)
    read_statistics(town)
    use_rooms_and_prices(town)
    use_numbered_checkups(town)


def test_operations_reach_every_claimed_interface() -> None:
    with world() as town:
        use_everything(town)

        assert reached(town) >= claims().keys()


def test_imaging_reports_can_come_from_an_interface_of_their_own() -> None:
    with world(separate_imaging_list=True) as town:
        query = "{ viewer { patients { reports(first: 100) { nodes { __typename } failures { code } } } } }"
        reports = town.ask(query).data["viewer"]["patients"][0]["reports"]
        calls = town.sandbox.counters.snapshot()

    assert {node["__typename"] for node in reports["nodes"]} == {"LabReport", "ImagingReport"}
    assert calls["253,254 hospital.interface.pacsReport"] == 1
    assert calls["253,254 hospital.interface.laboratoryReport"] == 1
