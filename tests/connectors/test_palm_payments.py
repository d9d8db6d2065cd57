"""Charges, payments and bills of the palm connector against the sandbox, over a real socket."""

from decimal import Decimal

import pytest

from app.stores.memory_cache import MemoryCache
from connectors.errors import Refused, Unavailable
from connectors.palm_hospital import Options
from connectors.records.billing import PaymentMethod, PaymentStatus
from connectors.records.hospitals import Capability
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from tests.connectors.palm_town import ALL_TIME, HOSPITAL, SIGNER, Town, connected


async def test_the_sheet_adds_up_what_the_visits_state(town: Town) -> None:
    sheet = await town.billing.charges(await town.holder())
    assert sheet is not None
    assert sheet.charges
    assert sheet.total == sum(charge.amount for charge in sheet.charges)


async def test_nothing_pending_is_an_empty_sheet(town: Town) -> None:
    town.sandbox.town.hospitals[HOSPITAL].charges.clear()
    sheet = await town.billing.charges(await town.holder())
    assert sheet is not None
    assert (sheet.total, sheet.charges) == (Decimal("0.00"), [])


@pytest.mark.parametrize("method", [PaymentMethod.WECHAT_PAY, PaymentMethod.ALIPAY, PaymentMethod.CARD_BALANCE])
async def test_a_payment_is_confirmed_once_and_becomes_a_bill(town: Town, method: PaymentMethod) -> None:
    holder, order, before, balance = (
        await town.holder(),
        await town.order(method=method),
        town.bills,
        town.card().balance,
    )
    first = await town.billing.pay(holder, order)
    again = await town.billing.pay(holder, order)
    assert first.status is PaymentStatus.CONFIRMED
    assert again == first
    assert town.bills == before + 1
    assert town.card().balance == balance - order.balance_amount
    assert (town.calls("/cpayCheck"), town.calls("/paymentNew"), town.calls("/recipeCharge")) == (1, 1, 2)
    (bills,) = await town.billing.bills([holder], ALL_TIME)
    assert isinstance(bills, list)
    assert order.charges[0].visit_id in {bill.id for bill in bills}


async def test_a_payment_without_an_answer_is_unknown_and_the_same_key_resolves_it(town: Town) -> None:
    holder, order, before = await town.holder(), await town.order(), town.bills
    town.fault("/recipeCharge", "timeout")
    assert (await town.billing.pay(holder, order)).status is PaymentStatus.UNKNOWN
    assert (await town.billing.pay(holder, order)).status is PaymentStatus.CONFIRMED
    assert town.bills == before + 1
    assert town.calls("/paymentNew") == 1


async def test_after_a_restart_a_payment_that_was_booked_stays_unknown(town: Town) -> None:
    holder, order, before = await town.holder(), await town.order(), town.bills
    town.fault("/recipeCharge", "malformed")
    assert (await town.billing.pay(holder, order)).status is PaymentStatus.UNKNOWN
    restarted = town.restarted()
    assert restarted.billing is not None
    assert (await restarted.billing.pay(holder, order)).status is PaymentStatus.UNKNOWN
    await restarted.system.close()
    assert town.bills == before + 1


async def test_after_a_restart_a_payment_that_was_not_booked_is_made(town: Town) -> None:
    holder, order = await town.holder(), await town.order()
    town.fault("/recipeCharge", "error", times=2)
    assert (await town.billing.pay(holder, order)).status is PaymentStatus.UNKNOWN
    restarted = town.restarted()
    assert restarted.billing is not None
    assert (await restarted.billing.pay(holder, order)).status is PaymentStatus.CONFIRMED
    await restarted.system.close()


async def test_a_refusal_while_the_charges_are_paid_is_no_refusal(town: Town) -> None:
    holder, order = await town.holder(), await town.order()
    town.fault("/recipeCharge", "malformed")
    await town.billing.pay(holder, order)
    town.fault("/recipeCharge", "refusal")
    assert (await town.billing.pay(holder, order)).status is PaymentStatus.UNKNOWN


async def test_a_refusal_that_cannot_be_checked_is_no_refusal(town: Town) -> None:
    holder, order = await town.holder(), await town.order()
    await town.billing.pay(holder, order)
    town.fault("/recipeCharge", "refusal")
    town.fault("/getRecipe", "refusal")
    assert (await town.billing.pay(holder, order)).status is PaymentStatus.UNKNOWN


async def test_a_refusal_while_the_charges_wait_is_one(town: Town) -> None:
    holder, order = await town.holder(), await town.order()
    town.fault("/recipeCharge", "refusal")
    with pytest.raises(Refused):
        await town.billing.pay(holder, order)


@pytest.mark.parametrize("interface", ["/cpayCheck", "/paymentNew"])
async def test_a_failure_before_the_payment_is_an_error_since_nothing_was_charged(town: Town, interface: str) -> None:
    holder, order = await town.holder(), await town.order()
    town.fault(interface, "error", times=2)
    with pytest.raises(Unavailable):
        await town.billing.pay(holder, order)
    assert town.calls("/recipeCharge") == 0


async def test_without_a_signer_nothing_can_be_paid(town: Town) -> None:
    unsigned = connected(town.address, Options())
    assert unsigned.billing is not None
    assert Capability.CHARGE_PAYMENT in town.connection.capabilities
    assert Capability.CHARGE_PAYMENT not in unsigned.capabilities
    holder, order = await town.holder(), await town.order()
    asked = town.sandbox.counters.total()
    with pytest.raises(Refused) as refusal:
        await unsigned.billing.pay(holder, order)
    assert refusal.value.code is ProblemCode.UNSUPPORTED_BY_HOSPITAL
    assert town.sandbox.counters.total() == asked
    await unsigned.system.close()


async def test_what_was_read_of_several_holders_or_of_one_is_not_served_after_a_payment(town: Town) -> None:
    cards = [town.ref("p01"), town.ref("p02")]
    cached = connected(town.address, Options.model_validate({"signer": SIGNER}), MemoryCache())
    assert cached.billing is not None

    async def balances() -> list[Decimal | None]:
        together = await cached.cards.holders(cards)
        alone = await cached.cards.holders(cards[:1])
        holders = [holder for holder in (*together, *alone) if isinstance(holder, CardHolder)]
        return [*(holder.balance for holder in holders), await cached.cards.balance(cards[0])]

    holder, order = await town.holder(), await town.order(method=PaymentMethod.CARD_BALANCE)
    town.sandbox.counters.clear()
    before = await balances()
    assert await balances() == before
    assert (town.calls("/getPatientList"), town.calls("/getPatient")) == (1, 1)
    await cached.billing.pay(holder, order)
    first, second, _, _ = before
    assert first is not None
    assert await balances() == [first - order.amount, second, first - order.amount, first - order.amount]
    await cached.system.close()
