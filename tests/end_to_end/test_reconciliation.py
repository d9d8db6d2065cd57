"""What hospitals have booked of online payments: for those who work there, seven days at a time."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from sandbox.tokens import staff_token
from tests.end_to_end.test_card_money import FIRST, recharge, refund
from tests.end_to_end.test_payment import card_at, order, pay
from tests.end_to_end.world import HS256_SECRET, Answer, World

BOOKS = """query($hospital: ID!, $since: DateTime!, $until: DateTime!) { hospital(id: $hospital) { reconciliation {
    transactions(since: $since, until: $until) { kind number refundNumber amount tradedAt method subject complete
    personName patient { name } } } } }"""
ONE = """query($number: String!, $refund: String!) { hospital(id: "253") { reconciliation {
    transactionsOf(number: $number) { kind number amount personName patient { name } }
    refundTransaction(number: $number, refundNumber: $refund) { kind number refundNumber amount } } } }"""
CHINA = dt.timezone(dt.timedelta(hours=8))


def books(world: World, token: str | None, hospital: str = "253", days: int = 2) -> Answer:
    end = dt.datetime.combine(world.sandbox.town.today, dt.time.max, CHINA).replace(microsecond=0)
    asked = {"since": (end - dt.timedelta(days=days)).isoformat(), "until": end.isoformat()}
    return world.ask(BOOKS, {"hospital": hospital} | asked, token)


def rows(answer: Answer) -> Any:
    return answer.data["hospital"]["reconciliation"]["transactions"]


def use_the_books(world: World) -> None:
    """Read a hospital's books in all three ways."""
    staff = world.staff(["253"])
    assert rows(books(world, staff)) is not None
    asked = {"number": FIRST, "refund": "none-such"}
    assert world.ask(ONE, asked, staff).data["hospital"]["reconciliation"]["transactionsOf"]


def test_payments_recharges_and_refunds_are_in_the_books(fresh: World) -> None:
    charges = card_at(fresh, "253")["chargeSheet"]["charges"]
    paid = Decimal(pay(fresh, order(charges)).data["payCharges"]["payment"]["amount"])
    recharge(fresh, method="ALIPAY")
    refund(fresh)

    found = {(row["number"], row["refundNumber"]): row for row in rows(books(fresh, fresh.staff(["253"])))}

    assert found.keys() == {("payment-0001", None), ("recharge-0001", None), (FIRST, "refund-000001")}
    payment, back = found["payment-0001", None], found[FIRST, "refund-000001"]
    assert (payment["kind"], Decimal(payment["amount"]), payment["method"]) == ("PAYMENT", paid, "WECHAT_PAY")
    assert (payment["subject"], payment["complete"]) == ("诊间支付", True)
    assert (back["kind"], back["amount"]) == ("REFUND", "-40.00")
    assert found["recharge-0001", None]["method"] == "ALIPAY"


def test_a_name_in_the_books_is_masked_for_staff_without_a_scope_for_it(fresh: World) -> None:
    recharge(fresh)
    name = fresh.sandbox.town.people["p01"].name

    cashier = staff_token(HS256_SECRET, ["253"], scope="user/*.rs", purpose="HPAYMT")
    (masked,) = rows(books(fresh, cashier))
    (whole,) = rows(books(fresh, fresh.staff(["253"])))

    assert masked["personName"] == masked["patient"]["name"] != name
    assert masked["personName"][0] == name[0]
    assert whole["personName"] == name


def test_one_payment_and_one_refund_are_looked_up(fresh: World) -> None:
    refund(fresh)

    asked = {"number": FIRST, "refund": "refund-000001"}
    found = fresh.ask(ONE, asked, fresh.staff(["253"])).data["hospital"]["reconciliation"]

    assert found["transactionsOf"] == [
        {"kind": "PAYMENT", "number": FIRST, "amount": "100.00", "personName": None, "patient": None}
    ]
    assert found["refundTransaction"] == {
        "kind": "REFUND",
        "number": FIRST,
        "refundNumber": "refund-000001",
        "amount": "-40.00",
    }


def test_what_was_never_booked_is_not_in_the_books(shared: World) -> None:
    asked = {"number": "payment-unknown", "refund": "refund-unknown"}
    found = shared.ask(ONE, asked, shared.staff(["253"])).data["hospital"]["reconciliation"]

    assert found == {"transactionsOf": [], "refundTransaction": None}


@pytest.mark.parametrize("days", [8, -1])
def test_a_time_of_over_seven_days_or_that_ends_first_is_refused(shared: World, days: int) -> None:
    before = shared.sandbox.counters.total()

    assert books(shared, shared.staff(["253"]), days=days).codes == ["BAD_INPUT"]
    assert shared.sandbox.counters.total() == before


@pytest.mark.parametrize(
    ("asker", "code"), [("patient", "FORBIDDEN"), ("staff elsewhere", "FORBIDDEN"), ("nobody", "UNAUTHENTICATED")]
)
def test_the_books_are_closed_to_all_others(shared: World, asker: str, code: str) -> None:
    token = {"patient": shared.token(), "staff elsewhere": shared.staff(["254"]), "nobody": None}[asker]

    answer = books(shared, token)

    assert answer.codes == [code]
    assert answer.body["data"]["hospital"] == {"reconciliation": None}


def test_a_hospital_that_keeps_no_such_books_says_so(shared: World) -> None:
    assert books(shared, shared.staff(["501"]), "501").codes == ["UNSUPPORTED_BY_HOSPITAL"]
