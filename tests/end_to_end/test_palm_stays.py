"""Stays at the palm hospital: read and paid for with the operations of the other vendor's hospitals."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from sandbox.faults import Fault
from sandbox.town.model import Admission, Hospital
from sandbox.town.stays import StayFile
from tests.end_to_end.inpatient import ADMISSION, DEPOSITS, ORDER_COPY, copies
from tests.end_to_end.world import World

ACCOUNT = "account-3"
CANCEL_COPY = """mutation($input: CancelCaseCopyInput!) { cancelCaseCopy(input: $input) {
  cancellation { refundedAmount } userErrors { code field message } } }"""
ORDER_WITH_ID = ORDER_COPY.replace("caseCopy {", "caseCopy { id hospitalReference", 1)
STAY = """query($day: Date!) { viewer { patients { cards { id hospital { code } admission {
  number days casePageCount account { depositRefusal }
  costSummary { total admissionNumber byItem { name total } }
  dailyBill(day: $day) { items { itemId unit } } } } } } }"""
NEW_BILL, CANCEL = "501 /specialType/newBill", "501 /case/cancel"


def there(town: World) -> Hospital:
    return town.sandbox.town.hospitals["501"]


def the_stay(town: World) -> tuple[Admission, StayFile]:
    return there(town).admissions[0], there(town).stay_files[0]


def card_with_stay(town: World, query: str = ADMISSION, token: str | None = None) -> Any:
    """What the query tells of the card of the town's one stay there, on its third day."""
    stay, _ = the_stay(town)
    day = (stay.admitted_at.date() + dt.timedelta(days=2)).isoformat()
    patients = town.ask(query, {"day": day}, token or town.token(ACCOUNT)).body["data"]["viewer"]["patients"]
    cards = [card for patient in patients for card in patient["cards"] if card["hospital"]["code"] == "501"]
    return next(card for card in cards if card["admission"])


def ordered(town: World, card: Any, **changes: Any) -> Any:
    plain = {"mailingFee": None, "amount": "12.50", "applicationId": "application-1"}
    given = copies(card["id"], card["admission"]["number"], **plain | changes)
    return town.ask(ORDER_WITH_ID, {"input": given}, town.token(ACCOUNT)).data["orderCaseCopy"]


def taken_back(town: World, copy_id: str, token: str | None = None) -> Any:
    given = {"businessKey": "back-0001", "caseCopyId": copy_id}
    return town.ask(CANCEL_COPY, {"input": given}, token or town.token(ACCOUNT))


def told(answer: Any) -> list[tuple[str, str | None]]:
    return [(error["code"], error["field"]) for error in answer["userErrors"]]


def use_palm_stays(town: World) -> None:
    """Reach all interfaces of this file."""
    card = card_with_stay(town)
    found = card_with_stay(town, STAY)["admission"]
    assert found["casePageCount"] == 25
    assert found["costSummary"]["byItem"]
    copy = ordered(town, card)["caseCopy"]
    assert taken_back(town, copy["id"]).data["cancelCaseCopy"]["cancellation"]["refundedAmount"] == "12.50"


def test_a_stay_there_is_shown_by_the_same_operation_as_elsewhere(shared: World) -> None:
    stay, file = the_stay(shared)
    card = card_with_stay(shared)
    admission = card["admission"]

    assert (admission["number"], admission["status"], admission["bedNumber"]) == (stay.number, "DISCHARGED", file.bed)
    assert Decimal(admission["account"]["totalCost"]) == stay.cost
    assert Decimal(admission["account"]["depositBalance"]) == file.balance
    assert admission["account"]["depositPayable"] is False
    assert [each["number"] for each in card["admissions"]] == [stay.number]
    assert card["admissions"][0]["admittedAt"][:10] == stay.admitted_at.date().isoformat()


def test_its_costs_are_shown_by_day_and_by_item(shared: World) -> None:
    stay, file = the_stay(shared)
    third_day = stay.admitted_at.date() + dt.timedelta(days=2)
    of_day = [item for item in file.items if item.charged_at.date() == third_day]

    card, admission = card_with_stay(shared), card_with_stay(shared, STAY)["admission"]

    bill = card["dailyBill"]
    assert (bill["day"], bill["admissionNumber"]) == (third_day.isoformat(), stay.number)
    assert Decimal(bill["total"]) == sum(item.amount for item in of_day)
    assert [item["name"] for item in bill["items"]] == [item.name for item in of_day]
    assert card["admission"]["dailyBill"]["total"] == bill["total"]
    summary = admission["costSummary"]
    assert Decimal(summary["total"]) == sum(Decimal(item["total"]) for item in summary["byItem"]) == stay.cost
    assert {item["name"] for item in summary["byItem"]} == {item.name for item in file.items}
    assert (admission["days"], admission["casePageCount"]) == (9, 25)
    assert admission["account"]["depositRefusal"] == "已出院"


def test_a_stay_that_lasts_takes_deposits(fresh: World) -> None:
    stay, _ = the_stay(fresh)
    stay.discharged_at = None

    admission = card_with_stay(fresh)["admission"]

    assert (admission["status"], admission["account"]["depositPayable"]) == ("ADMITTED", True)


def test_who_was_never_admitted_there_has_no_stay_and_no_costs(shared: World) -> None:
    day = shared.sandbox.town.today.isoformat()
    cards = shared.ask(ADMISSION, {"day": day}).body["data"]["viewer"]["patients"][0]["cards"]
    card = next(card for card in cards if card["hospital"]["code"] == "501")

    assert (card["admission"], card["admissions"], card["dailyBill"]) == (None, [], None)


def test_the_deposits_of_a_stay_there_are_listed_with_those_of_elsewhere(shared: World) -> None:
    stay, file = the_stay(shared)
    patients = shared.ask(DEPOSITS, token=shared.token(ACCOUNT)).data["viewer"]["patients"]
    listed = [row for patient in patients for row in patient["deposits"]["nodes"]]
    there = [row for row in listed if row["hospital"]["code"] == "501"]

    assert [patient["deposits"]["failures"] for patient in patients] == [[] for _ in patients]
    assert sorted(Decimal(row["amount"]) for row in there) == sorted(paid.amount for paid in file.deposits)
    assert {row["admissionNumber"] for row in there} == {stay.number}


def test_the_summary_of_a_stay_is_the_same_at_both_vendors(shared: World) -> None:
    summary = "costSummary { total byItem { name } }"
    query = f"{{ viewer {{ patients {{ cards {{ hospital {{ code }} admission {{ stayId {summary} }} }} }} }} }}"
    cards = shared.ask(query).body["data"]["viewer"]["patients"][0]["cards"]
    admission = next(card["admission"] for card in cards if card["hospital"]["code"] == "253")
    file = next(
        file for file in shared.sandbox.town.hospitals["253"].stay_files if file.admission_id == admission["stayId"]
    )

    assert Decimal(admission["costSummary"]["total"]) == file.cost
    assert {item["name"] for item in admission["costSummary"]["byItem"]} == {item.name for item in file.items}


def test_copies_are_billed_paid_and_taken_back(fresh: World) -> None:
    card = card_with_stay(fresh)
    bills = len(there(fresh).bills)

    copy = ordered(fresh, card)["caseCopy"]

    assert (copy["status"], copy["amount"], copy["hospital"]) == ("CONFIRMED", "12.50", {"code": "501"})
    assert copy["hospitalReference"]
    assert len(there(fresh).bills) == bills + 1
    assert taken_back(fresh, copy["id"]).data["cancelCaseCopy"] == {
        "cancellation": {"refundedAmount": "12.50"},
        "userErrors": [],
    }
    assert len(there(fresh).bills) == bills


def test_the_same_order_of_copies_again_is_billed_once(fresh: World) -> None:
    card = card_with_stay(fresh)
    for interface in ("/recipeCharge", "/requestSucess"):
        fresh.sandbox.faults.inject("501", interface, Fault(kind="malformed", times=1))

    assert ordered(fresh, card)["caseCopy"]["status"] == "UNKNOWN"
    again = ordered(fresh, card)["caseCopy"]

    assert again["status"] == "CONFIRMED"
    assert ordered(fresh, card)["caseCopy"] == again
    assert fresh.sandbox.counters.snapshot()[NEW_BILL] == 1
    assert taken_back(fresh, again["id"]).data["cancelCaseCopy"]["userErrors"] == []
    taken_back(fresh, again["id"])
    assert fresh.sandbox.counters.snapshot()[CANCEL] == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"mailingFee": "20.00", "amount": "32.50"}, "BAD_INPUT"),
        ({"method": "CUSTOM_PLATFORM"}, "BAD_INPUT"),
        ({"admissionNumber": "ZY501000009"}, "BAD_INPUT"),
    ],
)
def test_copies_that_the_hospital_cannot_take_are_not_billed(fresh: World, changes: dict[str, Any], code: str) -> None:
    card = card_with_stay(fresh)

    assert [error for error, _ in told(ordered(fresh, card, **changes))] == [code]
    assert NEW_BILL not in fresh.sandbox.counters.snapshot()


def test_copies_at_another_price_are_refused_and_not_paid(fresh: World) -> None:
    card, bills = card_with_stay(fresh), len(there(fresh).bills)

    refused = ordered(fresh, card, printFee="13.00", amount="13.00")

    assert told(refused) == [("REFUSED_BY_HOSPITAL", None)]
    assert len(there(fresh).bills) == bills


def test_nobody_else_takes_copies_back_and_other_hospitals_do_not(fresh: World) -> None:
    copy = ordered(fresh, card_with_stay(fresh))["caseCopy"]

    assert taken_back(fresh, copy["id"], fresh.token("account-1")).codes == ["FORBIDDEN"]
    assert CANCEL not in fresh.sandbox.counters.snapshot()
