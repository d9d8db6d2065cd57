"""What the palm connector refuses by itself before the hospital is told of a payment."""

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from connectors.core.local_id import pack
from connectors.errors import Refused
from connectors.palm_hospital import Options
from connectors.ports import Billing
from connectors.records.base import SHANGHAI, CardRef
from connectors.records.billing import Charge, PaymentMethod, PaymentOrder, PaymentStatus
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from tests.connectors.golden import ScriptedTransport, connect

CARD = CardRef("501", "000123456", "P0001")
HOLDER = CardHolder(card=CARD, name="样例甲")
SIGNER = {"template": "{patient_id}|{his_order_no}|{business_no}|{total}|{key}", "key": "golden-key"}
PENDING = {"F1": "G1", "F2": "G1", "F3": "G2"}


class Cashier(ScriptedTransport):
    """Has three charges of ten yuan, in two groups, at every visit; counts the calls. What is `failing` is refused."""

    def __init__(self, pending: Mapping[str, str] = PENDING, failing: frozenset[str] = frozenset()) -> None:
        super().__init__(b"")
        self.pending = pending
        self.failing = failing
        self.notices: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.told: list[dict[str, Any]] = []

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:  # noqa: ARG002 # the protocol's form
        name, asked = url.rpartition("/")[2], json.loads(body)
        self.asked.append(name)
        answer: dict[str, Any] = {"head": {"code": -1 if name in self.failing else 1, "msg": ""}}
        if name == "getRecipe":
            rows = self.pending if asked["flag"] == 0 else {}
            answer["fees"] = [
                {"id": fee, "order_id": group, "item_name": "样例", "total": 10} for fee, group in rows.items()
            ]
        if name == "paymentNew":
            answer["order"] = {"order_no": f"HO{self.asked.count(name)}"}
        if name == "recipeCharge":
            self.told.append(asked)
        if name == "paymentUpdateStatus":
            self.notices.append(asked)
        return json.dumps(answer).encode()


def billing(cashier: Cashier) -> Billing:
    found = connect("palm_hospital", cashier, ["501"], {"signer": SIGNER}).billing
    assert found is not None
    return found


def charge(fee: str, group: str, visit: str = "V1") -> Charge:
    return Charge(id=pack(visit, group, fee), card=CARD, item="样例", amount=Decimal("10.00"))


def order(
    *charges: Charge,
    amount: str = "20.00",
    balance: str = "0",
    method: PaymentMethod = PaymentMethod.WECHAT_PAY,
) -> PaymentOrder:
    return PaymentOrder(
        number="W1",
        charges=list(charges) or [charge("F1", "G1"), charge("F2", "G1")],
        amount=Decimal(amount),
        balance_amount=Decimal(balance),
        method=method,
        paid_at=dt.datetime(2024, 5, 6, tzinfo=SHANGHAI),
    )


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        (order(charge("F1", "G1"), charge("F2", "G1", "V2")), ProblemCode.CHARGES_OF_SEVERAL_VISITS),
        (order(balance="5.00"), ProblemCode.BAD_INPUT),
        (order(balance="20.00"), ProblemCode.BAD_INPUT),
        (order(balance="5.00", method=PaymentMethod.CARD_BALANCE), ProblemCode.BAD_INPUT),
        (order(method=PaymentMethod.CUSTOM_PLATFORM), ProblemCode.BAD_INPUT),
        (order(Charge(id="F1", card=CARD, item="样例", amount=Decimal(10))), ProblemCode.CHARGE_UNKNOWN),
    ],
)
async def test_refused_before_any_call(asked: PaymentOrder, problem: ProblemCode) -> None:
    cashier = Cashier()
    with pytest.raises(Refused) as refusal:
        await billing(cashier).pay(HOLDER, asked)
    assert refusal.value.code is problem
    assert cashier.asked == []


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        (order(charge("F1", "G1"), amount="10.00"), ProblemCode.CHARGE_GROUP_INCOMPLETE),
        (order(amount="20.01"), ProblemCode.AMOUNT_MISMATCH),
        (order(charge("F9", "G1")), ProblemCode.CHARGE_UNKNOWN),
    ],
)
async def test_refused_by_what_the_hospital_lists_now(asked: PaymentOrder, problem: ProblemCode) -> None:
    cashier = Cashier()
    with pytest.raises(Refused) as refusal:
        await billing(cashier).pay(HOLDER, asked)
    assert refusal.value.code is problem
    assert set(cashier.asked) == {"getRecipe"}


FIRST_STEPS = ["getRecipe", "cpayCheck", "paymentNew", "paymentUpdateStatus"]


async def test_a_repeated_key_asks_what_became_of_it_and_tells_nothing_again() -> None:
    cashier = Cashier()
    cash = billing(cashier)
    first = await cash.pay(HOLDER, order())
    assert first.status is PaymentStatus.CONFIRMED
    assert await cash.pay(HOLDER, order()) == first
    assert cashier.asked == [*FIRST_STEPS, "recipeCharge", "paymentUpdateStatus", "requestSucess"]
    assert [notice["status"] for notice in cashier.notices] == [1, 2]


async def test_what_failed_is_told_again_the_same_under_the_same_order() -> None:
    cashier = Cashier(failing=frozenset({"requestSucess"}))
    cash = billing(cashier)
    await cash.pay(HOLDER, order())
    await cash.pay(HOLDER, order())
    assert cashier.asked.count("paymentNew") == 1
    assert cashier.told[0] == cashier.told[1]


async def test_a_refused_payment_is_told_to_be_one_with_a_reason_that_names_nobody() -> None:
    cashier = Cashier(failing=frozenset({"requestSucess", "recipeCharge"}))
    with pytest.raises(Refused):
        await billing(cashier).pay(HOLDER, order())
    assert [(notice["status"], notice.get("fail_reason")) for notice in cashier.notices] == [
        (1, None),
        (-2, "医院未入账"),
    ]
    assert {notice["his_order_no"] for notice in cashier.notices} == {"HO1"}


async def test_a_repeated_key_with_another_payment_is_a_conflict() -> None:
    cashier = Cashier()
    cash = billing(cashier)
    await cash.pay(HOLDER, order())
    with pytest.raises(Refused) as refusal:
        await cash.pay(HOLDER, order(charge("F3", "G2"), amount="10.00"))
    assert refusal.value.code is ProblemCode.IDEMPOTENCY_CONFLICT
    assert len(cashier.told) == 1


async def test_groups_are_named_once_each_and_in_order() -> None:
    cashier = Cashier()
    await billing(cashier).pay(
        HOLDER, order(charge("F3", "G2"), charge("F2", "G1"), charge("F1", "G1"), amount="30.00")
    )
    assert cashier.told[0]["orders"] == [{"order_id": "G1"}, {"order_id": "G2"}]


@pytest.mark.parametrize(
    "template",
    ["{patient_id}", "{key}{amount}", "{key.__class__}", "{key!r}", "{total:>9}{key}", "{0}{key}", "{key}{"],
)
def test_a_signature_template_names_only_what_is_signed_and_always_the_key(template: str) -> None:
    with pytest.raises(ValidationError):
        Options.model_validate({"signer": {"template": template, "key": "golden-key"}})


def test_the_key_is_not_shown() -> None:
    assert "golden-key" not in repr(Options.model_validate({"signer": SIGNER}))
