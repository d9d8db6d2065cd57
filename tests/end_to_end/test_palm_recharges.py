"""Money at the palm hospital: recharges of cards and deposits for stays, with the operations of the other vendor."""

from decimal import Decimal
from typing import Any

import pytest

from app.application import create_app
from sandbox.app import create_app as create_sandbox
from sandbox.exchange import Sandbox
from sandbox.faults import Fault, Kind
from sandbox.serving import running
from sandbox.town.stays import StayFile
from tests.end_to_end.inpatient import DEPOSITS, PAY_DEPOSIT, deposit
from tests.end_to_end.test_booking import card_at
from tests.end_to_end.test_card_money import RECHARGE, recharge
from tests.end_to_end.test_palm_registrations import funds
from tests.end_to_end.test_palm_stays import ACCOUNT, card_with_stay, the_stay
from tests.end_to_end.world import World, settings

PALM = "501"
RECHARGES = """query($id: ID!) { node(id: $id) { ... on Card { balance recharges {
    receiptNumber amount total discount methodName bankName paidAt hospital { code } } } } }"""


def money(town: World) -> Any:
    return town.ask(RECHARGES, {"id": card_at(town, PALM)}).data["node"]


def lasting(town: World) -> StayFile:
    """The file of the one stay there, which lasts again."""
    stay, file = the_stay(town)
    stay.discharged_at = None
    return file


def pay_deposit(town: World, **changes: Any) -> Any:
    given = deposit(card_with_stay(town)["id"], paidAt=None, **changes)
    return town.ask(PAY_DEPOSIT, {"input": given}, town.token(ACCOUNT)).data["payDeposit"]


def deposits(town: World) -> list[Any]:
    """What was deposited there, over all people of the account."""
    patients = town.ask(DEPOSITS, {"hospitals": [PALM]}, town.token(ACCOUNT)).data["viewer"]["patients"]
    assert [patient["deposits"]["failures"] for patient in patients] == [[] for _ in patients]
    return [row for patient in patients for row in patient["deposits"]["nodes"]]


def codes(told: Any) -> list[str]:
    return [error["code"] for error in told["userErrors"]]


def silence(town: World, interface: str, kind: Kind = "malformed", times: int = 1) -> None:
    town.sandbox.faults.inject(PALM, interface, Fault(kind=kind, times=times))


def calls(town: World, interface: str) -> int:
    return town.sandbox.counters.count(interface)


def use_palm_recharges(town: World) -> None:
    """Put money on a card and on a stay, one with a lost answer, and list it."""
    silence(town, "/recharge")
    assert recharge(town, PALM, key="palm-recharge")["payment"]["status"] == "CONFIRMED"
    assert money(town)["recharges"]
    stay, _ = the_stay(town)
    left = stay.discharged_at
    lasting(town)
    assert pay_deposit(town, businessKey="palm-deposit")["payment"]["status"] == "CONFIRMED"
    assert deposits(town)
    stay.discharged_at = left


def test_a_recharge_is_on_the_card_once_in_its_funds_and_in_its_list(fresh: World) -> None:
    before = money(fresh)

    first = recharge(fresh, PALM)

    assert first["userErrors"] == []
    assert (first["payment"]["status"], first["payment"]["amount"]) == ("CONFIRMED", "100.00")
    assert (first["payment"]["hospital"], bool(first["payment"]["hospitalReference"])) == ({"code": PALM}, True)
    assert recharge(fresh, PALM) == first
    after = money(fresh)
    assert Decimal(after["balance"]) == Decimal(funds(fresh)["balance"]) == Decimal(before["balance"]) + 100
    (made,) = [row for row in after["recharges"] if row not in before["recharges"]]
    assert (made["amount"], made["total"], made["discount"], made["methodName"]) == ("100.00", "100.00", "0.00", "微信")
    assert made["paidAt"][:10] == fresh.sandbox.town.today.isoformat()
    assert made["hospital"] == {"code": PALM}
    # Paid, and booked.
    assert (calls(fresh, "/recharge"), calls(fresh, "/paymentUpdateStatus")) == (1, 2)


def test_recharges_of_before_are_listed(shared: World) -> None:
    listed = {(row["amount"], row["methodName"]) for row in money(shared)["recharges"]}

    assert listed >= {("100.00", "微信"), ("50.00", "支付宝")}


def test_a_deposit_is_on_the_stay_once_in_its_account_and_in_the_list(fresh: World) -> None:
    file = lasting(fresh)
    before, account = len(deposits(fresh)), card_with_stay(fresh)["admission"]["account"]

    first = pay_deposit(fresh)

    assert first["userErrors"] == []
    payment = first["payment"]
    assert (payment["status"], payment["amount"], payment["hospital"]) == ("CONFIRMED", "500.00", {"code": PALM})
    assert Decimal(payment["depositBalance"]) == file.balance == Decimal(account["depositBalance"]) + 500
    assert pay_deposit(fresh) == first
    assert Decimal(card_with_stay(fresh)["admission"]["account"]["depositBalance"]) == file.balance
    listed = deposits(fresh)
    assert len(listed) == before + 1
    stay, _ = the_stay(fresh)
    assert (listed[0]["amount"], listed[0]["methodName"]) == ("500.00", "微信")
    assert {row["admissionNumber"] for row in listed} == {stay.number}
    assert calls(fresh, "/recharge") == 1


def test_who_has_left_deposits_nothing(fresh: World) -> None:
    assert codes(pay_deposit(fresh)) == ["ALREADY_DISCHARGED"]
    assert calls(fresh, "/paymentNew") == 0


def test_what_the_hospital_does_not_take_is_refused_and_told_to_be(fresh: World) -> None:
    file = lasting(fresh)
    before = file.balance

    assert codes(pay_deposit(fresh, amount="99.00")) == ["REFUSED_BY_HOSPITAL"]
    assert (file.balance, calls(fresh, "/paymentUpdateStatus")) == (before, 2)


@pytest.mark.parametrize("pay", [lambda town: recharge(town, PALM), pay_deposit], ids=["recharge", "deposit"])
def test_a_lost_answer_is_asked_for_and_never_read_as_failure(fresh: World, pay: Any) -> None:
    lasting(fresh)
    silence(fresh, "/recharge")
    silence(fresh, "/requestSucess", times=2)

    assert pay(fresh)["payment"]["status"] == "UNKNOWN"
    assert pay(fresh)["payment"]["status"] == "UNKNOWN"
    assert pay(fresh)["payment"]["status"] == "CONFIRMED"
    assert (calls(fresh, "/recharge"), calls(fresh, "/paymentNew")) == (1, 1)


@pytest.mark.parametrize("pay", [lambda town: recharge(town, PALM), pay_deposit], ids=["recharge", "deposit"])
def test_what_never_arrived_is_told_again_under_the_same_order(fresh: World, pay: Any) -> None:
    lasting(fresh)
    silence(fresh, "/recharge", "drop")

    assert pay(fresh)["payment"]["status"] == "UNKNOWN"
    assert pay(fresh)["payment"]["status"] == "CONFIRMED"
    assert (calls(fresh, "/recharge"), calls(fresh, "/paymentNew")) == (2, 1)


def test_a_notice_that_fails_changes_nothing(fresh: World) -> None:
    silence(fresh, "/paymentUpdateStatus", "refusal", times=2)

    assert recharge(fresh, PALM)["payment"]["status"] == "CONFIRMED"
    assert calls(fresh, "/paymentUpdateStatus") == 2


def test_another_recharge_under_the_same_key_is_a_conflict(fresh: World) -> None:
    recharge(fresh, PALM)

    assert codes(recharge(fresh, PALM, amount="1.00")) == ["IDEMPOTENCY_CONFLICT"]
    assert calls(fresh, "/recharge") == 1


def test_nobody_sees_or_moves_somebody_elses_money(fresh: World) -> None:
    card, other = card_at(fresh, PALM), fresh.token("account-2")
    given = {"businessKey": "recharge-0009", "cardId": card, "amount": "1.00", "method": "ALIPAY"}

    assert fresh.ask(RECHARGES, {"id": card}, other).codes == ["FORBIDDEN"]
    assert fresh.ask(RECHARGE, {"input": given}, other).codes == ["FORBIDDEN"]
    assert calls(fresh, "/getRecharge") == calls(fresh, "/paymentNew") == 0


def test_the_other_vendors_hospitals_list_no_recharges(shared: World) -> None:
    assert shared.ask(RECHARGES, {"id": card_at(shared, "253")}).codes == ["UNSUPPORTED_BY_HOSPITAL"]


def test_without_a_signer_money_is_listed_and_not_taken() -> None:
    sandbox = Sandbox()
    with running(create_sandbox(sandbox)) as address:
        made = settings(address)
        unsigned = made.systems["palm"].model_copy(update={"options": {}})
        with running(create_app(made.model_copy(update={"systems": made.systems | {"palm": unsigned}}))) as url:
            town = World(url, sandbox)
            lasting(town)
            assert codes(recharge(town, PALM)) == codes(pay_deposit(town)) == ["UNSUPPORTED_BY_HOSPITAL"]
            assert money(town)["recharges"]
            assert deposits(town)
            assert calls(town, "/paymentNew") == 0
            town.client.close()
