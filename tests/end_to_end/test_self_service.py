"""Packages of examinations that people choose and pay for without a doctor."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from sandbox.faults import Fault
from tests.end_to_end.world import World

PACKAGES = """{ viewer { patients { cards { id balance hospital { code } selfServicePackages {
    id name departmentName department { name } required single kind price items { name price unit } } } } } }"""
DAYS = """query($ids: [ID!]!) { viewer { patients { cards { hospital { code }
    selfServiceDays(packageIds: $ids) { day remaining } } } } }"""
BOOK = """mutation($input: BookSelfServicePackagesInput!) { bookSelfServicePackages(input: $input) {
    order { id number day amount validUntil notice hospital { code } } userErrors { code field message } } }"""
CANCEL = """mutation($input: CancelSelfServiceOrderInput!) { cancelSelfServiceOrder(input: $input) {
    cancellation { refundNumber } userErrors { code field message } } }"""
SAVE = "hospital.interface.selfPrescription.saveSelfPrescription"


def card(world: World, hospital: str = "253", token: str = "") -> Any:
    cards = world.ask(PACKAGES, token=token).body["data"]["viewer"]["patients"][0]["cards"]
    return next(each for each in cards if each["hospital"]["code"] == hospital)


def packages(world: World, *names: str) -> list[Any]:
    found = {package["name"]: package for package in card(world)["selfServicePackages"]}
    return [found[name] for name in names]


def days(world: World, chosen: list[Any]) -> Any:
    return world.ask(DAYS, {"ids": [package["id"] for package in chosen]})


def tomorrow(world: World) -> str:
    return (world.sandbox.town.today + dt.timedelta(days=1)).isoformat()


def book(world: World, chosen: list[Any], key: str = "packages-0001", **given: Any) -> Any:
    total = sum((Decimal(package["price"]) for package in chosen), Decimal(0))
    order = {"businessKey": key, "packageIds": [package["id"] for package in chosen], "day": tomorrow(world)}
    order |= {"amount": str(total), "method": "WECHAT_PAY"} | given
    return world.ask(BOOK, {"input": order}).data["bookSelfServicePackages"]


def cancel(world: World, order_id: str, key: str = "cancelling-0001") -> Any:
    given = {"businessKey": key, "orderId": order_id}
    return world.ask(CANCEL, {"input": given}).data["cancelSelfServiceOrder"]


def told(result: Any) -> list[tuple[str, str | None]]:
    return [(error["code"], error["field"]) for error in result["userErrors"]]


def use_packages(town: World) -> None:
    """Reach every interface of packages."""
    chosen = packages(town, "核酸检测组")
    assert days(town, chosen).body["data"]["viewer"]["patients"][0]["cards"]
    order = book(town, chosen, "everything-0001")["order"]
    assert cancel(town, order["id"], "everything-0002")["cancellation"]["refundNumber"]


def test_packages_are_told_with_what_they_contain(shared: World) -> None:
    tests, pressure = packages(shared, "核酸检测组", "血压测量")

    assert (tests["kind"], tests["price"], tests["required"]) == ("NUCLEIC_ACID_TEST", "19.50", False)
    assert [item["price"] for item in tests["items"]] == ["16.00", "3.50"]
    assert (pressure["kind"], pressure["required"]) == ("ORDINARY", True)
    assert tests["departmentName"] != pressure["departmentName"]
    assert tests["department"] == {"name": tests["departmentName"]}


def test_days_are_those_of_the_chosen_packages(shared: World) -> None:
    answer = days(shared, packages(shared, "核酸检测组"))

    cards = answer.body["data"]["viewer"]["patients"][0]["cards"]
    here = next(each for each in cards if each["hospital"]["code"] == "253")
    assert here["selfServiceDays"][0]["day"] == tomorrow(shared)
    assert {each["remaining"] for each in here["selfServiceDays"]} == {50}
    assert [each["selfServiceDays"] for each in cards if each is not here] == [None] * (len(cards) - 1)
    assert set(answer.codes) == {"BAD_INPUT"}


def test_paid_packages_are_an_order_until_it_is_cancelled(fresh: World) -> None:
    chosen = packages(fresh, "核酸检测组", "血压测量", "血脂检查")
    before = Decimal(card(fresh)["balance"])

    result = book(fresh, chosen, cardBalanceAmount="9.50")

    assert result["userErrors"] == []
    order = result["order"]
    assert (order["number"], order["day"], order["amount"]) == ("packages-0001", tomorrow(fresh), "59.50")
    assert (order["notice"], order["hospital"]["code"]) == ("请空腹前往", "253")
    assert order["validUntil"] > order["day"]
    assert Decimal(card(fresh)["balance"]) == before - Decimal("9.50")
    assert book(fresh, chosen, cardBalanceAmount="9.50") == result
    refund = cancel(fresh, order["id"])
    assert refund["cancellation"]["refundNumber"]
    assert cancel(fresh, order["id"]) == refund
    assert Decimal(card(fresh)["balance"]) == before


def test_a_purchase_without_an_answer_is_unknown_and_resolved_by_its_number(fresh: World) -> None:
    chosen = packages(fresh, "核酸检测组")
    fresh.sandbox.faults.inject("253", SAVE, Fault(kind="malformed", times=1))
    given = {"businessKey": "packages-0001", "packageIds": [chosen[0]["id"]], "day": tomorrow(fresh)}
    given |= {"amount": "19.50", "method": "WECHAT_PAY"}

    assert fresh.ask(BOOK, {"input": given}).codes == ["STATE_UNKNOWN"]
    assert book(fresh, chosen)["order"]
    assert len(fresh.sandbox.town.hospitals["253"].examining.package_orders) == 1


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"amount": "19.51"}, "AMOUNT_MISMATCH", "amount"),
        ({"amount": "19.505"}, "BAD_INPUT", "amount"),
        ({"cardBalanceAmount": "20.00"}, "AMOUNT_MISMATCH", "cardBalanceAmount"),
        ({"cardBalanceAmount": "1.00", "method": "CARD_BALANCE"}, "AMOUNT_MISMATCH", "cardBalanceAmount"),
        ({"method": "UNKNOWN"}, "BAD_INPUT", "method"),
        ({"day": "2020-01-01"}, "BAD_INPUT", "day"),
        ({"packageIds": []}, "BAD_INPUT", "packageIds"),
    ],
)
def test_a_purchase_that_cannot_be_told_is_refused_before_it_is(
    fresh: World, given: dict[str, Any], code: str, field: str
) -> None:
    assert told(book(fresh, packages(fresh, "核酸检测组"), **given)) == [(code, field)]
    assert fresh.sandbox.counters.count(SAVE) == 0


def test_what_a_department_requires_must_be_chosen_too(fresh: World) -> None:
    lipids = packages(fresh, "血脂检查")

    assert told(book(fresh, lipids)) == [("REQUIRED_PACKAGE_MISSING", "packageIds")]
    assert "REQUIRED_PACKAGE_MISSING" in days(fresh, lipids).codes
    assert told(book(fresh, lipids * 2, "packages-0002")) == [("BAD_INPUT", "packageIds")]
    assert fresh.sandbox.counters.count(SAVE) == 0


def test_nobody_buys_or_cancels_for_somebody_else(fresh: World) -> None:
    chosen = packages(fresh, "核酸检测组")
    order = book(fresh, chosen)["order"]
    buying = {"businessKey": "somebody-0001", "packageIds": [chosen[0]["id"]], "day": tomorrow(fresh)}
    buying |= {"amount": "19.50", "method": "ALIPAY"}
    cancelling = {"businessKey": "somebody-0001", "orderId": order["id"]}

    for query, given in ((BOOK, buying), (CANCEL, cancelling)):
        assert fresh.ask(query, {"input": given}, fresh.token("account-2")).codes == ["FORBIDDEN"]
        assert fresh.ask(query, {"input": given}, None).codes == ["UNAUTHENTICATED"]
