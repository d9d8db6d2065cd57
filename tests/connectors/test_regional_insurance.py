"""Payments of insurance orders: what is a failure, and what is not known; and what needs an address."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from connectors.errors import Refused
from connectors.records.base import SHANGHAI, CardRef
from connectors.records.billing import PaymentMethod, PaymentStatus
from connectors.records.hospitals import Capability
from connectors.records.insurance import InsurancePayment
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from tests.connectors.golden import ScriptedTransport, connect

HOLDER = CardHolder(card=CardRef("253", "10001"), name="样例")
PAYMENT = InsurancePayment(
    number="pay-1",
    order_id="1",
    amount=Decimal("12.00"),
    balance_amount=Decimal("2.00"),
    method=PaymentMethod.ALIPAY,
    paid_at=dt.datetime(2026, 3, 4, 12, tzinfo=SHANGHAI),
)
NUMBERS = ("4.1.1", "5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.5", "5.1.6")
PORTS = pytest.mark.parametrize("port", ["insurance", "counter_insurance"])


async def paid(port: str, answer: Any) -> Any:
    raw = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    connection = connect("regional_wechat", ScriptedTransport(raw), ["253"], {"paths": {n: f"/{n}" for n in NUMBERS}})
    if port == "insurance":
        assert connection.insurance is not None
        return await connection.insurance.pay_order(HOLDER, PAYMENT)
    assert connection.counter_insurance is not None
    return await connection.counter_insurance.pay_rest(HOLDER, PAYMENT)


@PORTS
@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ({"success": True, "code": "10001", "data": "1"}, PaymentStatus.CONFIRMED),
        ({"success": True, "code": "10001"}, PaymentStatus.CONFIRMED),
        ({"success": False, "code": "40004", "msg": "业务处理中"}, PaymentStatus.PROCESSING),
        ({"success": False, "code": "40001", "msg": "系统繁忙"}, PaymentStatus.UNKNOWN),
        ({"success": True, "code": "10001", "data": "perhaps"}, PaymentStatus.UNKNOWN),
        (b"no json", PaymentStatus.UNKNOWN),
    ],
)
async def test_only_a_plain_no_is_a_failure(port: str, answer: Any, status: PaymentStatus) -> None:
    told = await paid(port, answer)

    assert told.status is status
    assert (told.card, told.number, told.amount) == (HOLDER.card, "pay-1", Decimal("12.00"))


@PORTS
async def test_a_plain_no_is_a_refusal_without_a_reason(port: str) -> None:
    with pytest.raises(Refused) as refused:
        await paid(port, {"success": True, "code": "10001", "data": "0"})

    assert refused.value.code is ProblemCode.REFUSED_BY_HOSPITAL


async def test_an_interface_without_a_name_or_an_address_is_not_called() -> None:
    transport = ScriptedTransport(b"{}")
    connection = connect("regional_wechat", transport, ["253"], {})
    assert connection.insurance is not None

    with pytest.raises(Refused) as refused:
        await connection.insurance.unfinished_orders(HOLDER)

    assert refused.value.code is ProblemCode.UNSUPPORTED_BY_HOSPITAL
    assert transport.sent == []


@pytest.mark.parametrize("missing", NUMBERS)
def test_a_service_of_which_a_step_has_no_address_is_not_offered(missing: str) -> None:
    paths = {number: f"/{number}" for number in NUMBERS if number != missing}
    connection = connect("regional_wechat", ScriptedTransport(b"{}"), ["253"], {"paths": paths})
    configured = {Capability.VISIT_GUIDES, Capability.INSURANCE_ORDERS}
    lacking = Capability.VISIT_GUIDES if missing == "4.1.1" else Capability.INSURANCE_ORDERS

    assert configured - connection.offers("253") == {lacking}
