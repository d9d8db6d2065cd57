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
from sandbox.faults import Kind
from tests.connectors.palm_town import ALL_TIME, HOSPITAL, SIGNER, Town, connected

# The work is done, and the answer is none.
KINDS: list[Kind] = ["timeout", "malformed"]


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
    assert (town.calls("/cpayCheck"), town.calls("/paymentNew"), town.calls("/recipeCharge")) == (1, 1, 1)
    assert town.calls("/requestSucess") == 1
    # Of what the card's balance pays no platform knows anything: it is told twice of the others, paid and booked.
    assert town.calls("/paymentUpdateStatus") == (0 if method is PaymentMethod.CARD_BALANCE else 2)
    (bills,) = await town.billing.bills([holder], ALL_TIME)
    assert isinstance(bills, list)
    assert order.charges[0].visit_id in {bill.id for bill in bills}


@pytest.mark.parametrize("kind", KINDS)
async def test_a_payment_without_an_answer_is_asked_for(town: Town, kind: Kind) -> None:
    holder, order, before = await town.holder(), await town.order(), town.bills
    town.fault("/recipeCharge", kind)
    payment = await town.billing.pay(holder, order)
    assert (payment.status, town.bills) == (PaymentStatus.CONFIRMED, before + 1)
    assert payment.hospital_reference
    assert town.calls("/recipeCharge") == 1


@pytest.mark.parametrize("silent", [*KINDS, "error"])
async def test_where_nobody_says_a_payment_is_unknown_and_not_told_again(town: Town, silent: Kind) -> None:
    holder, order, before = await town.holder(), await town.order(), town.bills
    town.fault("/recipeCharge", "timeout")
    # A question that failed at once is asked again at once.
    town.fault("/requestSucess", silent, times=4 if silent == "error" else 2)
    assert (await town.billing.pay(holder, order)).status is PaymentStatus.UNKNOWN
    assert (await town.billing.pay(holder, order)).status is PaymentStatus.UNKNOWN
    assert (await town.billing.pay(holder, order)).status is PaymentStatus.CONFIRMED
    assert (town.calls("/recipeCharge"), town.calls("/paymentNew"), town.bills) == (1, 1, before + 1)


async def test_what_did_not_go_through_is_unknown_and_told_again(town: Town) -> None:
    holder, order, before = await town.holder(), await town.order(), town.bills
    town.fault("/recipeCharge", "error")
    assert (await town.billing.pay(holder, order)).status is PaymentStatus.UNKNOWN
    # Never sent again by itself: nothing says that the hospital would know it.
    assert (town.calls("/recipeCharge"), town.bills) == (1, before)
    assert (await town.billing.pay(holder, order)).status is PaymentStatus.CONFIRMED
    assert (town.calls("/paymentNew"), town.bills) == (1, before + 1)


async def test_a_hospital_that_cannot_be_asked_is_told_again_under_the_same_order(town: Town) -> None:
    options = Options.model_validate({"signer": SIGNER, "payment_inquiries": False, "payment_notices": False})
    plain = connected(town.address, options)
    assert plain.billing is not None
    holder, order, before = await town.holder(), await town.order(), town.bills
    town.fault("/recipeCharge", "timeout")
    assert (await plain.billing.pay(holder, order)).status is PaymentStatus.UNKNOWN
    assert (await plain.billing.pay(holder, order)).status is PaymentStatus.CONFIRMED
    assert (town.calls("/paymentNew"), town.bills) == (1, before + 1)
    assert (town.calls("/requestSucess"), town.calls("/paymentUpdateStatus")) == (0, 0)
    await plain.system.close()


@pytest.mark.parametrize("kind", [*KINDS, "refusal", "error"])
async def test_a_notice_that_fails_changes_nothing(town: Town, kind: Kind) -> None:
    holder, order = await town.holder(), await town.order()
    town.fault("/paymentUpdateStatus", kind, times=4)
    assert (await town.billing.pay(holder, order)).status is PaymentStatus.CONFIRMED
    assert town.calls("/recipeCharge") == 1


async def test_after_a_restart_a_payment_that_was_booked_stays_unknown(town: Town) -> None:
    holder, order, before = await town.holder(), await town.order(), town.bills
    town.fault("/recipeCharge", "malformed")
    town.fault("/requestSucess", "malformed")
    assert (await town.billing.pay(holder, order)).status is PaymentStatus.UNKNOWN
    restarted = town.restarted()
    assert restarted.billing is not None
    assert (await restarted.billing.pay(holder, order)).status is PaymentStatus.UNKNOWN
    await restarted.system.close()
    assert town.bills == before + 1


async def test_after_a_restart_a_payment_that_was_not_booked_is_made(town: Town) -> None:
    holder, order = await town.holder(), await town.order()
    town.fault("/recipeCharge", "error")
    assert (await town.billing.pay(holder, order)).status is PaymentStatus.UNKNOWN
    restarted = town.restarted()
    assert restarted.billing is not None
    assert (await restarted.billing.pay(holder, order)).status is PaymentStatus.CONFIRMED
    await restarted.system.close()


async def test_a_refusal_while_the_charges_are_paid_is_no_refusal(town: Town) -> None:
    holder, order = await town.holder(), await town.order()
    town.fault("/recipeCharge", "malformed")
    # No question finds out: neither says yes.
    town.fault("/requestSucess", "refusal", times=3)
    await town.billing.pay(holder, order)
    town.fault("/recipeCharge", "refusal")
    assert (await town.billing.pay(holder, order)).status is PaymentStatus.UNKNOWN


async def test_a_refusal_that_cannot_be_checked_is_no_refusal(town: Town) -> None:
    holder, order = await town.holder(), await town.order()
    await town.billing.pay(holder, order)
    town.fault("/requestSucess", "refusal", times=2)
    town.fault("/recipeCharge", "refusal")
    town.fault("/getRecipe", "refusal")
    assert (await town.billing.pay(holder, order)).status is PaymentStatus.UNKNOWN


async def test_a_refusal_while_the_charges_wait_is_one(town: Town) -> None:
    holder, order = await town.holder(), await town.order()
    town.fault("/recipeCharge", "refusal")
    with pytest.raises(Refused):
        await town.billing.pay(holder, order)
    # It was paid, and it was not booked.
    assert town.calls("/paymentUpdateStatus") == 2


async def test_a_refusal_of_what_the_hospital_says_it_has_booked_is_none(town: Town) -> None:
    holder, order = await town.holder(), await town.order()
    await town.billing.pay(holder, order)
    town.fault("/requestSucess", "refusal")
    town.fault("/recipeCharge", "refusal")
    assert (await town.billing.pay(holder, order)).status is PaymentStatus.CONFIRMED


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
