"""What is left to pay after the insurance was settled at the counter, and what it has paid back."""

import datetime as dt
from decimal import Decimal
from typing import Any

from tests.end_to_end.test_insurance import PAY, ask
from tests.end_to_end.test_payment import PAY as PAY_CHARGES
from tests.end_to_end.test_payment import card_at, order
from tests.end_to_end.world import World

PAY_REST = PAY.replace("PayInsuranceOrderInput", "PaySelfPayOrderInput").replace("payInsurance", "paySelfPay")
COUNTER = """query($since: Date!) { viewer { patients { cards { hospital { code }
    selfPayOrders(since: $since) { id amount insuranceAmount total doctorName departmentName
        detail { amount sheets { prescriptionNumber doctorName orderedAt items { name unitPrice quantity unit } } } }
    reimbursements(since: $since) { id diagnosis amount insuranceAmount total visitedAt
        items { name quantity amount } } } } } }"""


def use_counter_insurance(town: World) -> None:
    """Reach every interface of chapter 6."""
    found = at_counter(town, "253")
    assert found["reimbursements"]
    assert ask(town, PAY_REST, **payment(found["selfPayOrders"][0]))["payment"]["status"] == "CONFIRMED"


def payment(left: Any, **changes: Any) -> dict[str, Any]:
    given = {"businessKey": "counter-payment-1", "orderId": left["id"], "amount": left["amount"], "method": "ALIPAY"}
    return given | changes


def year_back(town: World) -> dict[str, str]:
    return {"since": (town.sandbox.town.today - dt.timedelta(days=365)).isoformat()}


def at_counter(town: World, hospital: str) -> Any:
    cards = town.ask(COUNTER, year_back(town)).body["data"]["viewer"]["patients"][0]["cards"]
    return next(card for card in cards if card["hospital"]["code"] == hospital)


def test_what_was_left_at_the_counter_is_paid(fresh: World) -> None:
    (left,) = at_counter(fresh, "253")["selfPayOrders"]
    assert Decimal(left["amount"]) + Decimal(left["insuranceAmount"]) == Decimal(left["total"])
    (sheet,) = left["detail"]["sheets"]
    assert sum(Decimal(item["unitPrice"]) * Decimal(item["quantity"]) for item in sheet["items"]) == Decimal(
        left["total"]
    )

    done = ask(fresh, PAY_REST, **payment(left, method="CUSTOM_PLATFORM"))

    assert done["payment"]["status"] == "CONFIRMED"
    assert at_counter(fresh, "253")["selfPayOrders"] == []


def test_what_the_insurance_paid_back_names_what_for(shared: World) -> None:
    found = at_counter(shared, "253")["reimbursements"] + at_counter(shared, "254")["reimbursements"]

    assert found
    for row in found:
        assert Decimal(row["insuranceAmount"]) > 0
        assert sum(Decimal(item["amount"]) for item in row["items"]) == Decimal(row["total"])


def test_the_number_of_another_payment_is_not_used_again(fresh: World) -> None:
    charges = card_at(fresh, "253")["chargeSheet"]["charges"]
    fresh.ask(PAY_CHARGES, {"input": order(charges, key="counter-payment-1")})
    (left,) = at_counter(fresh, "253")["selfPayOrders"]

    done = ask(fresh, PAY_REST, **payment(left))

    assert [error["code"] for error in done["userErrors"]] == ["IDEMPOTENCY_CONFLICT"]


def test_nobody_pays_for_another(fresh: World) -> None:
    (left,) = at_counter(fresh, "253")["selfPayOrders"]

    assert fresh.ask(PAY_REST, {"input": payment(left)}, fresh.token("account-2")).codes == ["FORBIDDEN"]
    assert fresh.ask(PAY_REST, {"input": payment(left)}, None).codes == ["UNAUTHENTICATED"]
    assert fresh.sandbox.town.hospitals["253"].claims.counter_orders[0].payment is None
