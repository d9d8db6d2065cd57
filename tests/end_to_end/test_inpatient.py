"""Stays in hospital: costs, deposits, discharges, and the lists of those who work there."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from sandbox.faults import Fault
from sandbox.town.stays import StayFile
from tests.end_to_end.inpatient import (
    ADMISSION,
    ADMITTED,
    COSTS,
    DEPOSITS,
    DISCHARGED,
    DISCHARGES,
    INPATIENTS,
    ORDER_COPY,
    PAY_DEPOSIT,
    card_of,
    copies,
    deposit,
)
from tests.end_to_end.world import World

PAYMENT = "254 hospital.interface.paymentOfDeposit"
COPYING = "253 hospital.interface.medicalRecordInsertOrder"


def file_of(town: World, whose: tuple[str, str]) -> StayFile:
    """What the town keeps of the account's stay."""
    account, hospital_id = whose
    person = town.sandbox.town.accounts[account].people[0][0]
    hospital = town.sandbox.town.hospitals[hospital_id]
    card = next(card for card in hospital.cards if card.person_id == person)
    stay = next(stay for stay in hospital.admissions if stay.card_number == card.number)
    return next(file for file in hospital.stay_files if file.admission_id == stay.id)


def stay_of(town: World, whose: tuple[str, str] = ADMITTED, days_ago: int = 2) -> Any:
    return card_of(town, whose, ADMISSION, day=(town.sandbox.town.today - dt.timedelta(days=days_ago)).isoformat())


def pay(town: World, given: dict[str, Any], token: str | None = "") -> Any:
    return town.ask(PAY_DEPOSIT, {"input": given}, town.token(ADMITTED[0]) if token == "" else token)


def refused(answer: Any, field: str) -> list[tuple[str, str]]:
    outcome = answer.data[field]
    assert all(value is None for name, value in outcome.items() if name != "userErrors")
    return [(error["code"], error["field"]) for error in outcome["userErrors"]]


def test_the_stay_that_lasts_is_shown_with_its_money(shared: World) -> None:
    admission, file = stay_of(shared)["admission"], file_of(shared, ADMITTED)

    assert (admission["status"], admission["bedNumber"]) == ("ADMITTED", file.bed)
    assert admission["name"] == "样例丙"
    account = {name: Decimal(value) for name, value in admission["account"].items() if isinstance(value, str)}
    assert account["totalCost"] == file.cost
    assert account["depositBalance"] == account["depositTotal"] - account["totalCost"]
    assert admission["account"]["depositPayable"] is True
    assert admission["dailyBill"]["total"] == stay_of(shared)["dailyBill"]["total"]


def test_of_a_stay_that_has_ended_no_deposit_is_taken(shared: World) -> None:
    stay = stay_of(shared, DISCHARGED)

    assert (stay["admission"]["status"], stay["admission"]["account"]["depositPayable"]) == ("DISCHARGED", False)
    assert [(each["status"], each["wardName"][-2:]) for each in stay["admissions"]] == [("DISCHARGED", "病区")]
    assert stay["dailyBill"] is None


def test_a_bill_of_a_day_has_the_lines_of_that_day(shared: World) -> None:
    bill = stay_of(shared)["dailyBill"]

    assert bill["day"] == (shared.sandbox.town.today - dt.timedelta(days=2)).isoformat()
    assert {item["chargedAt"][:10] for item in bill["items"]} == {bill["day"]}
    assert sum(Decimal(item["amount"]) for item in bill["items"]) == Decimal(bill["total"])


def test_what_a_stay_cost_is_the_same_by_line_by_day_by_item_and_by_category(shared: World) -> None:
    day = (shared.sandbox.town.today - dt.timedelta(days=58)).isoformat()
    answer = shared.ask(COSTS, {"day": day}).data["viewer"]["patients"][0]["visits"]
    (stay,) = [node for node in answer["nodes"] if node["visitClass"] == "INPATIENT"]
    outpatient = next(node for node in answer["nodes"] if node["visitClass"] == "OUTPATIENT")

    total = file_of(shared, DISCHARGED).cost
    assert total == Decimal(stay["cost"]) == Decimal(stay["stayBill"]["total"]) == Decimal(stay["whole"]["total"])
    assert sum(Decimal(item["amount"]) for item in stay["stayBill"]["items"]) == total
    for parts in ("byDay", "byItem", "byCategory"):
        assert sum(Decimal(part["total"]) for part in stay["whole"][parts]) == total
    of_day = sum(Decimal(item["amount"]) for item in stay["dailyBill"]["items"])
    assert [(each["day"], Decimal(each["total"])) for each in stay["oneDay"]["byDay"]] == [(day, of_day)]
    assert {item["chargedAt"] for item in stay["dailyBill"]["items"]} == {f"{day}T00:00:00+08:00"}
    assert [outpatient[name] for name in ("stayBill", "whole", "oneDay", "dailyBill")] == [None] * 4


def test_deposits_of_all_stays_are_listed_with_their_refunds(shared: World) -> None:
    listed = shared.ask(DEPOSITS).data["viewer"]["patients"][0]["deposits"]

    assert listed["failures"] == []
    assert [Decimal(node["amount"]) for node in listed["nodes"]] == [
        each.amount for each in reversed(file_of(shared, DISCHARGED).deposits)
    ]
    refund, repaid, _ = listed["nodes"]
    assert refund["number"] == repaid["number"]
    assert Decimal(refund["amount"]) < 0


def test_a_discharge_shows_the_medicines_that_were_given_along_and_is_found_by_its_id(shared: World) -> None:
    listed = shared.ask(DISCHARGES).data["viewer"]["patients"][0]["discharges"]
    (discharge,) = listed["nodes"]

    names = {medicine.name for medicine, _ in file_of(shared, DISCHARGED).medicines}
    assert {drug["name"] for drug in discharge["medicines"]["drugs"]} == names
    query = "query($id: ID!) { node(id: $id) { ... on Discharge { id admissionNumber } } }"
    found = shared.ask(query, {"id": discharge["id"]}).data["node"]
    assert found == {"id": discharge["id"], "admissionNumber": discharge["admissionNumber"]}


def test_a_person_without_identity_number_is_told_so_and_no_hospital_is_asked(fresh: World) -> None:
    fresh.sandbox.town.people["p01"].identity_number = ""
    listed = fresh.ask(DISCHARGES).data["viewer"]["patients"][0]["discharges"]

    assert {failure["code"] for failure in listed["failures"]} == {"IDENTITY_NUMBER_MISSING"}
    calls = fresh.sandbox.counters.snapshot()
    # The one call is for the child, whose number is known.
    assert {key: calls[key] for key in calls if key.endswith("getOutOfHospitalHistory")} == {
        "253 hospital.interface.getOutOfHospitalHistory": 1
    }


def test_staff_see_who_is_in_hospital_in_one_call_for_all_hospitals(fresh: World) -> None:
    query = "{ hospitals { code inpatients { name identityNumber admissionNumber } } }"
    answer = fresh.ask(query, token=fresh.staff(["253", "254"]))
    found = {hospital["code"]: hospital["inpatients"] for hospital in answer.body["data"]["hospitals"]}

    assert [len(found[code]) for code in ("253", "254")] == [1, 1]
    assert found["254"][0] == {
        "name": "样例丙",
        "identityNumber": "990***********0064",
        "admissionNumber": "ZY254000001",
    }
    assert found["501"] is None
    assert answer.codes == ["FORBIDDEN"]
    calls = {key for key in fresh.sandbox.counters.snapshot() if key.endswith("inpatientList")}
    assert calls == {"253,254 hospital.interface.inpatientList"}


def test_staff_see_whose_deposit_is_used_up(shared: World) -> None:
    answer = shared.ask(INPATIENTS, {"below": "500.00"}, shared.staff(["253", "254"]))
    here, there, _ = answer.body["data"]["hospitals"]

    assert [Decimal(row["depositBalance"]) < 0 for row in here["depositArrears"]] == [True]
    assert there["depositArrears"] == []
    assert here["inpatients"][0]["patient"]["gender"] in {"MALE", "FEMALE"}


@pytest.mark.parametrize("field", ["inpatients", "depositArrears"])
def test_patients_do_not_see_who_is_in_hospital(fresh: World, field: str) -> None:
    query = f'{{ hospital(id: "253") {{ {field} {{ admissionNumber }} }} }}'

    assert fresh.ask(query).codes == ["FORBIDDEN"]
    assert fresh.ask(query, token=None).codes == ["UNAUTHENTICATED"]
    assert fresh.sandbox.counters.total() == 0


def test_a_negative_limit_is_refused_before_the_hospital_is_asked(fresh: World) -> None:
    query = '{ hospital(id: "253") { depositArrears(below: "-1") { admissionNumber } } }'

    assert fresh.ask(query, token=fresh.staff()).codes == ["BAD_INPUT"]
    assert fresh.sandbox.counters.total() == 0


def test_a_deposit_is_added_to_what_is_left_and_listed(fresh: World) -> None:
    before = stay_of(fresh)
    balance = Decimal(before["admission"]["account"]["depositBalance"])

    payment = pay(fresh, deposit(before["id"])).data["payDeposit"]["payment"]

    assert (payment["status"], payment["amount"], payment["hospital"]) == ("CONFIRMED", "500.00", {"code": "254"})
    assert Decimal(payment["depositBalance"]) == balance + 500
    assert Decimal(stay_of(fresh)["admission"]["account"]["depositBalance"]) == balance + 500
    made = file_of(fresh, ADMITTED).deposits[-1]
    assert (made.number, made.paid_at) == ("deposit-0001", dt.datetime(2024, 5, 1, 10))  # noqa: DTZ001 # hospital time


def test_the_same_deposit_again_is_made_once_and_another_under_its_key_is_a_conflict(fresh: World) -> None:
    card = stay_of(fresh)["id"]
    first = pay(fresh, deposit(card)).data

    assert pay(fresh, deposit(card)).data == first
    assert fresh.sandbox.counters.snapshot()[PAYMENT] == 1
    conflict = refused(pay(fresh, deposit(card, amount="501.00")), "payDeposit")
    assert conflict == [("IDEMPOTENCY_CONFLICT", "businessKey")]


def test_no_answer_to_a_deposit_is_unknown_and_a_repeat_finds_out(fresh: World) -> None:
    card, count = stay_of(fresh)["id"], len(file_of(fresh, ADMITTED).deposits)
    fresh.sandbox.faults.inject("254", "hospital.interface.paymentOfDeposit", Fault(kind="malformed", times=1))

    assert pay(fresh, deposit(card)).data["payDeposit"]["payment"]["status"] == "UNKNOWN"
    # Meanwhile the stay ends: the deposit was made nevertheless, and is not refused for it.
    fresh.sandbox.faults.inject("254", "hospital.interface.queryInpatientInfo", Fault(kind="refusal", code="10002"))
    assert pay(fresh, deposit(card)).data["payDeposit"]["payment"]["status"] == "CONFIRMED"
    assert len(file_of(fresh, ADMITTED).deposits) == count + 1


def test_a_deposit_still_in_work_is_processing(fresh: World) -> None:
    card = stay_of(fresh)["id"]
    fault = Fault(kind="refusal", code="40004", times=1)
    fresh.sandbox.faults.inject("254", "hospital.interface.paymentOfDeposit", fault)

    assert pay(fresh, deposit(card)).data["payDeposit"]["payment"]["status"] == "PROCESSING"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"businessKey": "short"}, "BAD_INPUT", "businessKey"),
        ({"amount": "0"}, "BAD_INPUT", "amount"),
        ({"amount": "500.001"}, "BAD_INPUT", "amount"),
        ({"amount": "99.99"}, "BAD_INPUT", "amount"),
        ({"amount": "10000.01"}, "BAD_INPUT", "amount"),
        ({"method": "CARD_BALANCE"}, "BAD_INPUT", "method"),
        ({"paidAt": "2999-01-01T00:00:00+08:00"}, "BAD_INPUT", "paidAt"),
    ],
)
def test_a_deposit_that_is_not_right_reaches_no_hospital(
    fresh: World, changes: dict[str, str], code: str, field: str
) -> None:
    card = stay_of(fresh)["id"]

    assert refused(pay(fresh, deposit(card, **changes)), "payDeposit") == [(code, field)]
    assert PAYMENT not in fresh.sandbox.counters.snapshot()


def test_nobody_deposits_for_a_stay_that_has_ended_or_never_was(fresh: World) -> None:
    ended, never = card_of(fresh, DISCHARGED)["id"], card_of(fresh, ("account-1", "254"))["id"]
    own = fresh.token(DISCHARGED[0])

    assert refused(pay(fresh, deposit(ended), own), "payDeposit") == [("ALREADY_DISCHARGED", "cardId")]
    assert refused(pay(fresh, deposit(never), own), "payDeposit") == [("DEPOSIT_NOT_ADMITTED", "cardId")]


def test_who_was_never_admitted_deposits_nothing_at_the_other_vendors_hospital_either(fresh: World) -> None:
    card = card_of(fresh, ("account-1", "501"))["id"]

    told = refused(pay(fresh, deposit(card), fresh.token("account-1")), "payDeposit")
    assert told == [("DEPOSIT_NOT_ADMITTED", "cardId")]
    assert fresh.sandbox.counters.count("/paymentNew") == 0


def test_copies_of_a_case_file_are_ordered_once(fresh: World) -> None:
    stay = stay_of(fresh, DISCHARGED)
    given = copies(stay["id"], stay["admissions"][0]["number"])

    first = fresh.ask(ORDER_COPY, {"input": given}).data
    assert first["orderCaseCopy"]["caseCopy"] == {
        "number": "copies-0001",
        "status": "CONFIRMED",
        "amount": "32.50",
        "admissionNumber": given["admissionNumber"],
        "hospital": {"code": "253"},
    }
    assert fresh.ask(ORDER_COPY, {"input": given}).data == first
    assert fresh.sandbox.counters.snapshot()[COPYING] == 1
    (ordered,) = file_of(fresh, DISCHARGED).copies
    assert (ordered.pages, ordered.mailing_fee) == (25, Decimal("20.00"))


def test_copies_that_are_collected_have_no_fee_for_mailing(fresh: World) -> None:
    stay = stay_of(fresh, DISCHARGED)
    given = copies(stay["id"], stay["admissions"][0]["number"], mailingFee=None, amount="12.50")

    assert fresh.ask(ORDER_COPY, {"input": given}).data["orderCaseCopy"]["userErrors"] == []
    assert file_of(fresh, DISCHARGED).copies[0].mailing_fee is None


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"amount": "32.51"}, "AMOUNT_MISMATCH", "amount"),
        ({"mailingFee": None}, "AMOUNT_MISMATCH", "amount"),
        ({"printFee": "12.505"}, "BAD_INPUT", "printFee"),
        ({"pageCount": 0}, "BAD_INPUT", "pageCount"),
        ({"applicationId": " "}, "BAD_INPUT", "applicationId"),
        ({"method": "CARD_BALANCE"}, "BAD_INPUT", "method"),
        # Somebody else's stay, at the same hospital.
        ({"admissionNumber": "ZY253000002"}, "BAD_INPUT", "admissionNumber"),
    ],
)
def test_an_order_of_copies_that_is_not_right_reaches_no_hospital(
    fresh: World, changes: dict[str, Any], code: str, field: str
) -> None:
    stay = stay_of(fresh, DISCHARGED)
    given = copies(stay["id"], stay["admissions"][0]["number"], **changes)

    assert refused(fresh.ask(ORDER_COPY, {"input": given}), "orderCaseCopy") == [(code, field)]
    assert COPYING not in fresh.sandbox.counters.snapshot()
    assert any(stay.number == "ZY253000002" for stay in fresh.sandbox.town.hospitals["253"].admissions)


def test_a_card_out_of_reach_shows_no_stay_and_takes_no_money(fresh: World) -> None:
    card = stay_of(fresh)["id"]

    for mutation, given, field in (
        (PAY_DEPOSIT, deposit(card), "payDeposit"),
        (ORDER_COPY, copies(card, "ZY254000001"), "orderCaseCopy"),
    ):
        answer = fresh.ask(mutation, {"input": given}, fresh.token("account-1"))
        assert (answer.codes, (answer.body.get("data") or {}).get(field)) == (["FORBIDDEN"], None)
    assert PAYMENT not in fresh.sandbox.counters.snapshot()
