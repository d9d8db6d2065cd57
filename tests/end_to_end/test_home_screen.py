"""The home screen of a person with cards at three hospitals of two vendors."""

from decimal import Decimal
from typing import Any

import pytest

from sandbox.faults import Fault
from tests.end_to_end.world import World, world

HOME_SCREEN = """
query HomeScreen {
  viewer {
    patients {
      id name relation gender birthDate phone identityNumber
      cards { number holderName status balance hospital { code name } }
      charges { totalCount nodes { id item amount hospital { code } }
        failures { hospital { code } code message retryable } }
      bills { totalCount nodes { total chargedAt items { name amount } hospital { code } }
        failures { hospital { code } code } }
      visits { totalCount nodes { startedAt visitClass hospital { code } } failures { hospital { code } code } }
      reports { totalCount nodes { title reportedAt hospital { code } } failures { hospital { code } code } }
      prescriptions { totalCount nodes { prescribedAt hospital { code } } failures { hospital { code } code } }
      appointments { totalCount nodes { kind startsAt hospital { code } } failures { hospital { code } code } }
    }
  }
}
"""
STAYS = "501 /getInHospitalList"
LISTS = ("charges", "bills", "visits", "reports", "prescriptions", "appointments")


def first_person(data: Any) -> Any:
    return data["viewer"]["patients"][0]


def hospitals_of(connection: Any) -> set[str]:
    return {node["hospital"]["code"] for node in connection["nodes"]}


def test_three_hospitals_answer_as_one_graph(shared: World) -> None:
    person = first_person(shared.ask(HOME_SCREEN).data)

    assert [card["hospital"]["code"] for card in person["cards"]] == ["253", "254", "501"]
    assert all(card["balance"] is not None for card in person["cards"])
    for name in LISTS:
        assert hospitals_of(person[name]) == {"253", "254", "501"}, name
        assert person[name]["failures"] == [], name


def test_lists_are_sorted_newest_first(shared: World) -> None:
    person = first_person(shared.ask(HOME_SCREEN).data)

    for name, moment in (("bills", "chargedAt"), ("visits", "startedAt"), ("prescriptions", "prescribedAt")):
        moments = [node[moment] for node in person[name]["nodes"]]
        assert moments == sorted(moments, reverse=True), name


def test_a_bill_is_the_sum_of_its_items(shared: World) -> None:
    for bill in first_person(shared.ask(HOME_SCREEN).data)["bills"]["nodes"]:
        assert Decimal(bill["total"]) == sum(Decimal(item["amount"]) for item in bill["items"])


def test_personal_data_is_whole_for_the_person_and_masked_for_others(shared: World) -> None:
    query = "{ viewer { patients { relation name identityNumber phone } } }"
    own, parents, _ = shared.ask(query, token=shared.token("account-3")).data["viewer"]["patients"]
    known, parent = shared.sandbox.town.people["p04"], shared.sandbox.town.people["p05"]

    assert (own["name"], own["identityNumber"], own["phone"]) == (known.name, known.identity_number, known.phone)
    assert parents["name"] == parent.name
    assert parents["identityNumber"] == parent.identity_number[:3] + "*" * 11 + parent.identity_number[-4:]
    assert parents["phone"] == parent.phone[:3] + "****" + parent.phone[-4:]


ONE_PERSON = """query($id: ID!) { patient(by: {id: $id}) { name
    bills { totalCount } visits { totalCount } reports { totalCount } prescriptions { totalCount }
    cards { balance } charges { totalCount } appointments { totalCount } } }"""


def test_each_hospital_is_asked_the_least_that_suffices(fresh: World) -> None:
    person = fresh.ask("{ viewer { patients { id } } }").data["viewer"]["patients"][0]["id"]
    fresh.sandbox.counters.clear()
    fresh.ask(ONE_PERSON, {"id": person})
    calls = fresh.sandbox.counters.snapshot()

    joined = ("queryOutpatientCostDetail", "queryHospitalizationRecord", "electronicMedicalRecord")
    joined += ("laboratoryReport", "getPrescriptionRecord")
    alone = ("queryBalance", "queryWaitPay", "appointment.getScheduleInfo", "getAppointmentDoctors")
    regional = {key: count for key, count in calls.items() if "hospital.interface." in key}
    assert regional == {
        "253 hospital.interface.queryPatientInfo": 1,
        **{f"253,254 hospital.interface.{name}": 1 for name in joined},
        **{f"{hospital} hospital.interface.{name}": 1 for hospital in ("253", "254") for name in alone},
    }
    palm = {key.removeprefix("501 "): count for key, count in calls.items() if key not in regional}
    assert palm.pop("/getRegisterList") == 2, "pending and paid"
    assert palm.pop("/getRecipe") == 1, "one visit has something to pay"
    assert palm.pop("/getChargeDetail") >= 2, "one for each paid visit"
    assert palm == {
        "/getPatientList": 1,
        "/getPatient": 1,
        "/getVisitInfoNew": 1,
        "/getLisPacsList": 1,
        # For the visits and the reports.
        "/getInHospitalList": 1,
        "/getElectronicPrescriptionBasicInfo": 1,
        "/query": 1,
    }


@pytest.mark.parametrize("caches", [True, False])
def test_stays_are_asked_for_once_for_all_lists_that_hold_what_is_of_them(*, caches: bool) -> None:
    lists = "visits { totalCount } reports { totalCount } electronicInvoices { totalCount }"
    with world(caches=caches) as fresh:
        people = [person for person, _ in fresh.sandbox.town.accounts["account-1"].people]
        cards = [card for card in fresh.sandbox.town.hospitals["501"].cards if card.person_id in people]
        fresh.ask(f"{{ viewer {{ patients {{ {lists} }} }} }}")

        assert fresh.sandbox.counters.snapshot()[STAYS] == len(cards)


@pytest.mark.parametrize("name", ["charges", "bills", "prescriptions", "appointments"])
def test_stays_are_not_asked_for_by_other_lists(fresh: World, name: str) -> None:
    fresh.ask(f"{{ viewer {{ patients {{ {name} {{ totalCount }} }} }} }}")

    assert STAYS not in fresh.sandbox.counters.snapshot()


def test_the_people_of_an_account_share_batches(fresh: World) -> None:
    fresh.ask("{ viewer { patients { name cards { holderName } } } }")

    assert fresh.sandbox.counters.snapshot()["501 /getPatientList"] == 1


def test_a_second_look_is_served_from_the_cache(fresh: World) -> None:
    query = "{ viewer { patients { visits { totalCount } } } }"
    first = fresh.ask(query).data
    fresh.sandbox.counters.clear()

    assert fresh.ask(query).data == first
    assert fresh.sandbox.counters.total() == 0


def test_with_caches_switched_off_every_look_asks_the_hospitals() -> None:
    query = "{ viewer { patients { visits { totalCount } } } }"
    with world(caches=False) as fresh:
        first = fresh.ask(query).data
        asked = fresh.sandbox.counters.total()
        assert fresh.ask(query).data == first
        assert fresh.sandbox.counters.total() == 2 * asked > 0


def test_with_one_hospital_dead_the_others_answer_and_it_is_named() -> None:
    with world() as fresh:
        fresh.sandbox.faults.inject("254", "*", Fault(kind="error"))
        person = first_person(fresh.ask(HOME_SCREEN).body["data"])

    for name in LISTS:
        assert hospitals_of(person[name]) == {"253", "501"}, name
        assert [failure["hospital"]["code"] for failure in person[name]["failures"]] == ["254"], name
    assert person["charges"]["failures"][0]["code"] == "UPSTREAM_UNAVAILABLE"
    assert person["charges"]["failures"][0]["retryable"] is True


@pytest.mark.parametrize("slow", ["253", "254", "501"])
def test_with_one_hospital_slow_the_deadline_cuts_it_off_and_says_so(slow: str) -> None:
    with world(deadline_seconds=2.5) as fresh:
        fresh.sandbox.faults.inject(slow, "*", Fault(kind="delay", seconds=20))
        person = first_person(fresh.ask(HOME_SCREEN).body["data"])

    assert person["name"], "another hospital knows it"
    for name in LISTS:
        assert hospitals_of(person[name]) == {"253", "254", "501"} - {slow}, name
        assert person[name]["failures"] == [{**person[name]["failures"][0], "code": "UPSTREAM_TIMEOUT"}], name
        assert person[name]["failures"][0]["hospital"]["code"] == slow, name


def test_pages_give_every_visit_once(shared: World) -> None:
    query = """query($after: String) { viewer { patients { visits(first: 3, after: $after) {
        totalCount nodes { id } pageInfo { hasNextPage endCursor } } } } }"""
    seen: list[str] = []
    after = None
    while True:
        visits = first_person(shared.ask(query, {"after": after}).data)["visits"]
        seen += [node["id"] for node in visits["nodes"]]
        after = visits["pageInfo"]["endCursor"]
        if not visits["pageInfo"]["hasNextPage"]:
            break

    assert len(seen) == len(set(seen)) == visits["totalCount"]
