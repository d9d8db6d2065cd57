"""Check-ups: what is offered, when, for whom, and booking one."""

import datetime as dt
from typing import Any

import pytest

from tests.end_to_end.test_booking import card_at
from tests.end_to_end.world import World

OFFERED = """query($hospital: ID!, $day: Date!, $today: Date!) {
  hospital(id: $hospital) { checkupItems(first: 60) { totalCount pageInfo { hasNextPage endCursor }
    nodes { id name gender beforeMeal departmentName standardPrice price discountPercent } } }
  viewer { patients { cards { id hospital { code }
    checkupPackages { id name kind price standardPrice introduction offeredFrom items { name price }
      days(since: $today) { day remaining } times(day: $day) }
    checkupEmployers { name groups { id name gender youngest oldest items { name price } } }
    booked: checkupBooked(day: $day) registered: checkupRegistered(day: $today) checkupNotice } } } }"""
DAY = """query($day: Date!) { viewer { patients { cards { hospital { code } checkupBooked(day: $day)
  checkupRegistered(day: $day) checkupPackages { times(day: $day) } } } } }"""
BOOK = """mutation($input: BookCheckupInput!) { bookCheckup(input: $input) {
  appointment { id kind status startsAt fee cancellable hospital { code } } userErrors { code field message } } }"""
CANCEL = """mutation($input: CancelCheckupInput!) { cancelCheckup(input: $input) {
  cancellation { refundNumber } userErrors { code field } } }"""


def working_day(town: World) -> dt.date:
    """A day on which the centre is open."""
    tomorrow = town.sandbox.town.today + dt.timedelta(days=1)
    return tomorrow + dt.timedelta(days=tomorrow.weekday() == 6)


def offered(town: World, hospital: str = "253") -> tuple[Any, Any]:
    """What the hospital has for all, and what it says to the first person."""
    days = {"day": working_day(town).isoformat(), "today": town.sandbox.town.today.isoformat()}
    data = town.ask(OFFERED, {"hospital": hospital, **days}).body["data"]
    cards = data["viewer"]["patients"][0]["cards"]
    return data["hospital"], next(card for card in cards if card["hospital"]["code"] == hospital)


def order(town: World, hospital: str = "253", **changes: Any) -> dict[str, Any]:
    _, card = offered(town, hospital)
    package = card["checkupPackages"][0]
    return {
        "businessKey": f"checkup-{hospital}",
        "cardId": card["id"],
        "packageIds": [package["id"]],
        "startsAt": package["times"][0],
        "amount": package["price"],
        "method": "ALIPAY",
        **changes,
    }


def book(town: World, given: dict[str, Any]) -> Any:
    return town.ask(BOOK, {"input": given}).data["bookCheckup"]


def of_day(town: World, hospital: str = "253") -> Any:
    cards = town.ask(DAY, {"day": working_day(town).isoformat()}).body["data"]["viewer"]["patients"][0]["cards"]
    return next(card for card in cards if card["hospital"]["code"] == hospital)


def cancel(town: World, appointment_id: str, key: str = "cancel-checkup") -> Any:
    given = {"businessKey": key, "appointmentId": appointment_id}
    return town.ask(CANCEL, {"input": given}).data["cancelCheckup"]


def use_checkups(town: World) -> None:
    """Reach every interface of the domain."""
    for hospital in ("253", "254"):
        result = book(town, order(town, hospital))
        assert result["appointment"]["status"] == "BOOKED"
        assert cancel(town, result["appointment"]["id"], f"cancel-{hospital}-checkup")["userErrors"] == []


def test_packages_say_what_they_hold_and_when_there_is_room(shared: World) -> None:
    _, card = offered(shared)
    package = card["checkupPackages"][0]
    assert (package["name"], package["kind"], package["price"]) == ("基础健康体检", "HEALTH", "128.00")
    assert package["items"][0] == {"name": "一般检查", "price": "10.00"}
    assert sum(float(item["price"]) for item in package["items"]) == float(package["standardPrice"])
    assert package["days"][0] == {"day": working_day(shared).isoformat(), "remaining": 48}
    assert package["times"][0] == f"{working_day(shared)}T07:30:00+08:00"
    assert len(package["times"]) == 48


def test_an_occupation_has_packages_of_its_own(shared: World) -> None:
    query = """query($code: String) { viewer { patients { cards { hospital { code }
        checkupPackages(occupationCode: $code) { name occupationCode } } } } }"""

    def names(code: str | None) -> set[str]:
        cards = shared.ask(query, {"code": code}).body["data"]["viewer"]["patients"][0]["cards"]
        return {package["name"] for package in cards[0]["checkupPackages"]}

    assert names("001") - names(None) == {"粉尘作业职业病体检"}


@pytest.mark.parametrize(("hospital", "calls"), [("253", 0), ("254", 2)])
def test_employers_groups_are_asked_for_their_items_where_the_list_leaves_them_out(
    fresh: World, hospital: str, calls: int
) -> None:
    _, card = offered(fresh, hospital)
    (employer,) = card["checkupEmployers"]
    men, women = employer["groups"]
    assert (men["gender"], men["youngest"], men["oldest"]) == ("MALE", 18, None)
    assert (women["gender"], women["oldest"]) == ("FEMALE", 55)
    assert men["items"][-1] == {"name": "前列腺彩超", "price": "90.00"}
    counted = fresh.sandbox.counters.snapshot()
    assert counted.get(f"{hospital} hospital.interface.physical.getOrgGroupComb", 0) == calls


def test_items_are_read_page_by_page(fresh: World) -> None:
    query = """query($first: Int!, $after: String) { hospital(id: "253") { checkupItems(first: $first, after: $after) {
        totalCount pageInfo { hasNextPage endCursor }
        nodes { name beforeMeal gender departmentName discountPercent } } } }"""

    def page(**variables: Any) -> Any:
        return fresh.ask(query, variables).data["hospital"]["checkupItems"]

    def calls() -> int:
        return fresh.sandbox.counters.count("hospital.interface.physical.getItemList", "253")

    first = page(first=45)
    assert (len(first["nodes"]), first["totalCount"], first["pageInfo"]["hasNextPage"], calls()) == (45, 62, True, 1)
    rest = page(first=45, after=first["pageInfo"]["endCursor"])
    assert (len(rest["nodes"]), rest["pageInfo"]["hasNextPage"], calls()) == (17, False, 2)
    names = [node["name"] for node in first["nodes"] + rest["nodes"]]
    assert len(set(names)) == 62
    liver = next(node for node in first["nodes"] if node["name"] == "肝功能")
    assert (liver["beforeMeal"], liver["gender"], liver["departmentName"]) == (True, None, "检验科")
    assert rest["nodes"][0]["discountPercent"] == "80"


def test_a_hospital_says_what_to_know_and_who_has_come(shared: World) -> None:
    _, card = offered(shared)
    assert "空腹" in card["checkupNotice"]
    assert (card["booked"], card["registered"]) == (False, True)


def test_a_booked_time_is_taken_until_it_is_cancelled(fresh: World) -> None:
    given = order(fresh)
    result = book(fresh, given)
    assert result["userErrors"] == []
    appointment = result["appointment"]
    expected = {"kind": "CHECKUP", "status": "BOOKED", "startsAt": given["startsAt"], "fee": given["amount"]}
    assert {name: appointment[name] for name in expected} == expected
    now = of_day(fresh)
    assert (now["checkupBooked"], now["checkupRegistered"]) == (True, False)
    assert given["startsAt"] not in now["checkupPackages"][0]["times"]

    assert cancel(fresh, appointment["id"]) == {"cancellation": {"refundNumber": None}, "userErrors": []}
    then = of_day(fresh)
    assert then["checkupBooked"] is False
    assert given["startsAt"] in then["checkupPackages"][0]["times"]


def test_the_same_key_books_a_checkup_once(fresh: World) -> None:
    given = order(fresh)
    first = book(fresh, given)
    assert book(fresh, given) == first
    assert len(fresh.sandbox.town.hospitals["253"].checkups.bookings) == 2
    (error,) = book(fresh, given | {"amount": "1.00"})["userErrors"]
    assert error["code"] == "IDEMPOTENCY_CONFLICT"


def test_items_and_a_group_go_along_and_what_is_not_paid_is_paid_at_the_hospital(fresh: World) -> None:
    hospital, card = offered(fresh)
    item = next(item for item in hospital["checkupItems"]["nodes"] if item["name"] == "心电图")
    group = card["checkupEmployers"][0]["groups"][0]
    given = order(fresh, method=None, itemIds=[item["id"]], groupId=group["id"], amount="154.40")
    assert book(fresh, given)["userErrors"] == []
    assert fresh.sandbox.town.hospitals["253"].checkups.bookings[-1].content.endswith("['11009'] 154.40")


def test_a_wrong_amount_is_the_hospitals_refusal(fresh: World) -> None:
    (error,) = book(fresh, order(fresh, amount="1.00"))["userErrors"]
    assert error["code"] == "AMOUNT_MISMATCH"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"packageIds": []}, "packageIds"),
        ({"packageIds": ["none"]}, "packageIds"),
        ({"itemIds": ["none"]}, "itemIds"),
        ({"groupId": "none"}, "groupId"),
        ({"startsAt": "2020-01-01T08:00:00+08:00"}, "startsAt"),
        ({"amount": "1.001"}, "amount"),
        ({"method": "CARD_BALANCE"}, "method"),
        ({"occupationCode": " "}, "occupationCode"),
        ({"businessKey": "short"}, "businessKey"),
    ],
)
def test_bad_input_is_refused_before_any_call(fresh: World, changes: dict[str, Any], field: str) -> None:
    given = order(fresh, **changes)
    fresh.sandbox.counters.clear()
    (error,) = book(fresh, given)["userErrors"]
    assert (error["code"], error["field"]) == ("BAD_INPUT", field)
    assert fresh.sandbox.counters.total() == 0


def test_a_package_offered_to_another_card_cannot_be_booked(fresh: World) -> None:
    _, elsewhere = offered(fresh, "254")
    (error,) = book(fresh, order(fresh, packageIds=[elsewhere["checkupPackages"][0]["id"]]))["userErrors"]
    assert (error["code"], error["field"]) == ("BAD_INPUT", "packageIds")


def test_days_are_asked_for_in_order_and_not_too_many(shared: World) -> None:
    query = """query($until: Date!) { viewer { patients { cards {
        checkupPackages { days(since: "2026-03-01", until: $until) { day } } } } } }"""
    for until in ("2026-02-28", "2026-06-01"):
        assert set(shared.ask(query, {"until": until}).codes) == {"BAD_INPUT", "UNSUPPORTED_BY_HOSPITAL"}


def test_who_has_registered_cannot_cancel(fresh: World) -> None:
    appointment = book(fresh, order(fresh))["appointment"]
    fresh.sandbox.town.hospitals["253"].checkups.bookings[-1].state = "registered"
    (error,) = cancel(fresh, appointment["id"])["userErrors"]
    assert error["code"] == "APPOINTMENT_ATTENDED"


def test_an_appointment_with_a_doctor_is_not_cancelled_as_a_checkup(fresh: World) -> None:
    query = "{ viewer { patients { appointments(first: 50) { nodes { id kind hospital { code } } } } } }"
    nodes = fresh.ask(query).data["viewer"]["patients"][0]["appointments"]["nodes"]
    one = next(node for node in nodes if node["kind"] == "CONSULTATION" and node["hospital"]["code"] == "253")
    (error,) = cancel(fresh, one["id"])["userErrors"]
    assert error["code"] == "NOT_CANCELLABLE"


def test_what_is_offered_to_a_person_is_for_those_who_reach_the_card(fresh: World) -> None:
    card = card_at(fresh, "253")
    query = "query($id: ID!) { node(id: $id) { ... on Card { checkupPackages { name } } } }"
    assert fresh.ask(query, {"id": card}, fresh.token("account-2")).codes == ["FORBIDDEN"]
    assert fresh.ask(query, {"id": card}, fresh.staff(["253"])).data["node"]["checkupPackages"]
    given = order(fresh)
    assert fresh.ask(BOOK, {"input": given}, fresh.token("account-2")).codes == ["FORBIDDEN"]
