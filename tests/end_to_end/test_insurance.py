"""Charges settled with the medical insurance: the order, the settlement, the person's part."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from sandbox.faults import Fault
from tests.end_to_end.test_payment import bills_at, card_at
from tests.end_to_end.world import World, world

ORDER = "id status total discount insuranceAmount parts { name amount } chargeIds createdAt settledAt hospital { code }"
ERRORS = "userErrors { code field message }"
CREATE = (
    "mutation($input: CreateInsuranceOrderInput!) { done: createInsuranceOrder(input: $input)"
    f" {{ order {{ {ORDER} }} {ERRORS} }} }}"
)
SETTLE = (
    "mutation($input: SettleInsuranceOrderInput!) { done: settleInsuranceOrder(input: $input)"
    f" {{ order {{ {ORDER} }} {ERRORS} }} }}"
)
CANCEL = (
    "mutation($input: CancelInsuranceOrdersInput!) { done: cancelInsuranceOrders(input: $input)"
    f" {{ cancelled {ERRORS} }} }}"
)
PAY = (
    "mutation($input: PayInsuranceOrderInput!) { done: payInsuranceOrder(input: $input)"
    f" {{ payment {{ number status amount hospital {{ code }} }} {ERRORS} }} }}"
)
OPEN = f"""{{ viewer {{ patients {{ cards {{ hospital {{ code }} unfinishedInsuranceOrders(
    socialSecurityCardEnding: "12345X") {{ {ORDER} }} }} }} }} }}"""
REFUNDABILITY = """query($id: ID!, $number: String!) { node(id: $id) { ... on InsuranceOrder {
    refundability(paymentNumber: $number) } } }"""
HERE = "254"


@pytest.fixture(scope="module")
def unconfigured() -> Iterator[World]:
    """A town whose interfaces without a documented name have no address."""
    with world(paths={}) as made:
        yield made


def ask(town: World, query: str, **given: Any) -> Any:
    return town.ask(query, {"input": given}).data["done"]


def charges_at(town: World, hospital: str = HERE) -> list[str]:
    return [charge["id"] for charge in card_at(town, hospital)["chargeSheet"]["charges"]]


def open_orders(town: World, hospital: str = HERE) -> list[Any]:
    # The palm hospital settles nothing with the insurance: its part of the answer is an error.
    cards = town.ask(OPEN).body["data"]["viewer"]["patients"][0]["cards"]
    found: list[Any] = next(card for card in cards if card["hospital"]["code"] == hospital)["unfinishedInsuranceOrders"]
    return found


def created(town: World, hospital: str = HERE, key: str = "insurance-order-1") -> Any:
    done = ask(town, CREATE, businessKey=key, chargeIds=charges_at(town, hospital))
    assert done["userErrors"] == []
    return done["order"]


def settled(town: World) -> Any:
    order = created(town)
    return ask(town, SETTLE, businessKey="insurance-settle-1", orderId=order["id"])["order"]


def rest_of(order: Any) -> Decimal:
    return Decimal(order["total"]) - Decimal(order["discount"]) - Decimal(order["insuranceAmount"])


def payment(order: Any, **changes: Any) -> dict[str, Any]:
    given = {"businessKey": "insurance-payment-1", "orderId": order["id"], "amount": str(rest_of(order))}
    return given | {"method": "WECHAT_PAY"} | changes


def use_insurance(town: World) -> None:
    """Reach every interface of chapter 5."""
    first = created(town)
    assert ask(town, CANCEL, businessKey="insurance-cancel", orderIds=[first["id"]])["cancelled"]
    order = created(town, key="insurance-order-2")
    assert ask(town, SETTLE, businessKey="insurance-settle", orderId=order["id"])["order"]["status"] == "SETTLED"
    known = town.ask(REFUNDABILITY, {"id": order["id"], "number": "insurance-payment-1"}).data
    assert known["node"] == {"refundability": "NOT_REFUNDABLE"}
    assert ask(town, PAY, **payment(order))["payment"]["status"] == "CONFIRMED"


def test_an_order_says_what_the_insurance_would_pay(fresh: World) -> None:
    charges = charges_at(fresh)

    order = created(fresh)

    assert order["status"] == "PRE_SETTLED"
    assert order["chargeIds"] == charges
    assert order["hospital"] == {"code": HERE}
    assert sum(Decimal(part["amount"]) for part in order["parts"]) == Decimal(order["insuranceAmount"])
    assert open_orders(fresh) == [order]


def test_the_insurance_and_the_person_pay_and_it_becomes_a_bill(fresh: World) -> None:
    before = bills_at(fresh, HERE)
    order = settled(fresh)
    assert order["status"] == "SETTLED"
    assert order["settledAt"]

    paid = ask(fresh, PAY, **payment(order, cardBalanceAmount="1.00"))

    assert paid["userErrors"] == []
    assert paid["payment"]["status"] == "CONFIRMED"
    assert Decimal(paid["payment"]["amount"]) == rest_of(order)
    assert charges_at(fresh) == []
    assert open_orders(fresh) == []
    assert bills_at(fresh, HERE) == before + 1


def test_an_order_that_is_open_for_the_same_charges_is_not_made_again(fresh: World) -> None:
    first = created(fresh)

    again = created(fresh, key="insurance-order-2")

    assert again == first
    assert fresh.sandbox.counters.snapshot()[f"{HERE} 5.1.1"] == 1


def test_an_order_whose_answer_was_lost_is_found_again_under_the_same_key(fresh: World) -> None:
    fresh.sandbox.faults.inject(HERE, "5.1.1", Fault(kind="malformed", times=1))
    given = {"businessKey": "insurance-order-1", "chargeIds": charges_at(fresh)}

    assert fresh.ask(CREATE, {"input": given}).codes == ["STATE_UNKNOWN"]
    order = ask(fresh, CREATE, **given)["order"]

    assert order["status"] == "PRE_SETTLED"
    assert len(fresh.sandbox.town.hospitals[HERE].claims.orders) == 1


def test_nothing_is_ordered_while_it_is_not_known_what_is_open(fresh: World) -> None:
    fresh.sandbox.faults.inject(HERE, "5.1.5", Fault(kind="error"))

    done = ask(fresh, CREATE, businessKey="insurance-order-1", chargeIds=charges_at(fresh))

    assert [error["code"] for error in done["userErrors"]] == ["UPSTREAM_UNAVAILABLE"]
    assert f"{HERE} 5.1.1" not in fresh.sandbox.counters.snapshot()


def test_a_settlement_whose_answer_was_lost_is_not_made_again(fresh: World) -> None:
    order = created(fresh)
    fresh.sandbox.faults.inject(HERE, "5.1.2", Fault(kind="malformed", times=1))
    given = {"businessKey": "insurance-settle-1", "orderId": order["id"]}

    assert fresh.ask(SETTLE, {"input": given}).codes == ["STATE_UNKNOWN"]
    assert ask(fresh, SETTLE, **given)["order"]["status"] == "SETTLED"
    assert fresh.sandbox.counters.snapshot()[f"{HERE} 5.1.2"] == 1


def test_a_payment_whose_answer_was_lost_is_unknown_and_a_repeat_finds_out(fresh: World) -> None:
    given = payment(settled(fresh))
    before = bills_at(fresh, HERE)
    fresh.sandbox.faults.inject(HERE, "5.1.4", Fault(kind="malformed", times=2))

    assert ask(fresh, PAY, **given)["payment"]["status"] == "UNKNOWN"
    fresh.sandbox.faults.clear()
    assert ask(fresh, PAY, **given)["payment"]["status"] == "CONFIRMED"
    assert bills_at(fresh, HERE) == before + 1


def test_an_order_that_the_person_does_not_pay_is_cancelled(fresh: World) -> None:
    order = settled(fresh)

    done = ask(fresh, CANCEL, businessKey="insurance-cancel-1", orderIds=[order["id"]])

    assert done == {"cancelled": True, "userErrors": []}
    assert open_orders(fresh) == []


def test_a_paid_order_is_not_cancelled_and_may_be_given_back(fresh: World) -> None:
    order = settled(fresh)
    ask(fresh, PAY, **payment(order))

    done = ask(fresh, CANCEL, businessKey="insurance-cancel-1", orderIds=[order["id"]])

    assert done["cancelled"] is None
    assert [(error["code"], error["field"]) for error in done["userErrors"]] == [("NOT_CANCELLABLE", "orderIds")]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"businessKey": "short"}, "BAD_INPUT", "businessKey"),
        ({"amount": "1.001"}, "BAD_INPUT", "amount"),
        ({"amount": "99999.00"}, "AMOUNT_MISMATCH", "amount"),
        ({"cardBalanceAmount": "99999.00"}, "AMOUNT_MISMATCH", "cardBalanceAmount"),
        ({"method": "CUSTOM_PLATFORM"}, "BAD_INPUT", "method"),
        ({"paidAt": "2999-01-01T00:00:00+08:00"}, "BAD_INPUT", "paidAt"),
    ],
)
def test_a_payment_that_cannot_be_right_reaches_no_hospital(
    fresh: World, changes: dict[str, str], code: str, field: str
) -> None:
    done = ask(fresh, PAY, **payment(settled(fresh), **changes))

    assert done["payment"] is None
    assert [(error["code"], error["field"]) for error in done["userErrors"]] == [(code, field)]
    assert f"{HERE} 5.1.4" not in fresh.sandbox.counters.snapshot()


def test_an_order_is_not_paid_before_the_insurance_has(fresh: World) -> None:
    done = ask(fresh, PAY, **payment(created(fresh)))

    assert [(error["code"], error["field"]) for error in done["userErrors"]] == [("BAD_INPUT", "orderId")]


def test_a_payment_of_another_amount_is_refused_by_the_hospital(fresh: World) -> None:
    done = ask(fresh, PAY, **payment(settled(fresh), amount="0.01"))

    assert [error["code"] for error in done["userErrors"]] == ["REFUSED_BY_HOSPITAL"]


def test_charges_of_two_cards_make_no_order(fresh: World) -> None:
    both = charges_at(fresh, "253") + charges_at(fresh)
    answer = fresh.ask(CREATE, {"input": {"businessKey": "insurance-order-1", "chargeIds": both}})

    assert answer.codes == ["BAD_INPUT"]


def test_the_end_of_a_card_is_six_characters(shared: World) -> None:
    query = OPEN.replace("12345X", "12345")

    assert set(shared.ask(query).codes) == {"BAD_INPUT"}


def test_an_order_left_half_done_is_read_again_by_its_id(shared: World) -> None:
    (order,) = open_orders(shared, "253")
    node = shared.ask(
        f"query($id: ID!) {{ node(id: $id) {{ ... on InsuranceOrder {{ {ORDER} }} }} }}", {"id": order["id"]}
    )

    assert node.data["node"] == order


def test_a_hospital_without_addresses_for_it_offers_no_insurance(unconfigured: World) -> None:
    capabilities = unconfigured.ask('{ hospital(id: "254") { capabilities } }').data["hospital"]["capabilities"]
    given = {"businessKey": "insurance-order-1", "chargeIds": charges_at(unconfigured)}
    done = ask(unconfigured, CREATE, **given)

    assert not {"INSURANCE_ORDERS", "VISIT_GUIDES"} & set(capabilities)
    assert [error["code"] for error in done["userErrors"]] == ["UNSUPPORTED_BY_HOSPITAL"]
    assert set(unconfigured.ask(OPEN).codes) == {"UNSUPPORTED_BY_HOSPITAL"}


def test_nobody_orders_settles_or_pays_for_another(fresh: World) -> None:
    order = settled(fresh)
    stranger = fresh.token("account-2")
    for query, given in (
        (CREATE, {"businessKey": "insurance-order-9", "chargeIds": charges_at(fresh)}),
        (SETTLE, {"businessKey": "insurance-settle-9", "orderId": order["id"]}),
        (CANCEL, {"businessKey": "insurance-cancel-9", "orderIds": [order["id"]]}),
        (PAY, payment(order)),
    ):
        assert fresh.ask(query, {"input": given}, stranger).codes == ["FORBIDDEN"]
        assert fresh.ask(query, {"input": given}, None).codes == ["UNAUTHENTICATED"]
