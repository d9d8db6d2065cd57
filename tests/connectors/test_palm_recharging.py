"""Recharges of cards and deposits for stays of the palm connector against the sandbox, over a real socket."""

import asyncio
import datetime as dt
from decimal import Decimal

import pytest

from app.stores.memory_cache import MemoryCache
from connectors.errors import Refused, Unavailable
from connectors.palm_hospital import Options
from connectors.records.base import SHANGHAI
from connectors.records.billing import PaymentMethod, PaymentStatus
from connectors.records.deposits import DepositOrder, DepositPayment
from connectors.records.hospitals import Capability
from connectors.records.problems import ProblemCode
from sandbox.faults import Kind
from tests.connectors.palm_purse import AMOUNT, Purse
from tests.connectors.palm_town import NOW, SIGNER, Town, connected

# The work is done, and the answer is none.
KINDS: list[Kind] = ["timeout", "malformed"]


@pytest.fixture(params=[False, True], ids=["card", "stay"])
def purse(town: Town, request: pytest.FixtureRequest) -> Purse:
    return Purse(town, of_stay=request.param)


async def test_money_arrives_once_and_is_listed(purse: Purse, town: Town) -> None:
    before = len(await purse.listed())

    first = await purse.put()
    again = await purse.put(repeated=True)

    assert (first.status, first.amount, purse.gained) == (PaymentStatus.CONFIRMED, AMOUNT, AMOUNT)
    assert again.status is PaymentStatus.CONFIRMED
    assert again.hospital_reference == first.hospital_reference
    assert (await purse.listed()).count(AMOUNT) >= 1
    assert len(await purse.listed()) == before + 1
    assert (town.calls("/recharge"), town.calls("/paymentNew"), town.calls("/requestSucess")) == (1, 1, 1)
    assert town.calls("/paymentUpdateStatus") == 2


async def test_what_is_left_of_the_deposits_is_told(town: Town) -> None:
    purse = Purse(town, of_stay=True)
    payment = await purse.put()
    assert isinstance(payment, DepositPayment)
    assert payment.deposit_balance == purse.balance


@pytest.mark.parametrize("kind", KINDS)
async def test_without_an_answer_the_hospital_is_asked(purse: Purse, town: Town, kind: Kind) -> None:
    town.fault("/recharge", kind)
    assert (await purse.put()).status is PaymentStatus.CONFIRMED
    assert (town.calls("/recharge"), purse.gained) == (1, AMOUNT)


@pytest.mark.parametrize("kind", KINDS)
async def test_where_nobody_says_it_is_unknown_and_not_told_again(purse: Purse, town: Town, kind: Kind) -> None:
    town.fault("/recharge", kind)
    town.fault("/requestSucess", kind, times=2)
    assert (await purse.put()).status is PaymentStatus.UNKNOWN
    assert (await purse.put(repeated=True)).status is PaymentStatus.UNKNOWN
    assert (await purse.put(repeated=True)).status is PaymentStatus.CONFIRMED
    assert (town.calls("/recharge"), purse.gained) == (1, AMOUNT)
    # Paid, and at last booked.
    assert town.calls("/paymentUpdateStatus") == 2


async def test_what_a_late_answer_confirms_is_not_read_as_it_was_before(town: Town) -> None:
    cached = connected(town.address, Options.model_validate({"signer": SIGNER}), MemoryCache())
    purse, card = Purse(town, of_stay=False), town.card()
    for interface in ("/recharge", "/requestSucess"):
        town.fault(interface, "malformed")
    assert (await purse.put(at=cached)).status is PaymentStatus.UNKNOWN
    # As it is read until the hospital gets to booking it.
    card.balance -= AMOUNT
    assert await cached.cards.balance(town.ref()) == purse.before
    card.balance += AMOUNT
    assert (await purse.put(at=cached, repeated=True)).status is PaymentStatus.CONFIRMED
    assert await cached.cards.balance(town.ref()) == purse.before + AMOUNT
    await cached.system.close()


async def test_what_did_not_go_through_is_unknown_and_told_again(purse: Purse, town: Town) -> None:
    town.fault("/recharge", "error")
    assert (await purse.put()).status is PaymentStatus.UNKNOWN
    assert purse.gained == 0
    assert (await purse.put(repeated=True)).status is PaymentStatus.CONFIRMED
    assert (town.calls("/recharge"), town.calls("/paymentNew"), purse.gained) == (2, 1, AMOUNT)


async def test_a_first_refusal_is_one_and_may_be_tried_again(purse: Purse, town: Town) -> None:
    await purse.put("R0")
    town.fault("/recharge", "refusal")
    with pytest.raises(Refused):
        await purse.put()
    # Paid and booked; paid and not booked.
    assert town.calls("/paymentUpdateStatus") == 4
    assert (await purse.put(repeated=True)).status is PaymentStatus.CONFIRMED
    assert purse.gained == 2 * AMOUNT


async def test_a_refusal_of_what_is_perhaps_booked_is_none(purse: Purse, town: Town) -> None:
    town.fault("/recharge", "malformed")
    town.fault("/requestSucess", "refusal", times=3)
    assert (await purse.put()).status is PaymentStatus.UNKNOWN
    town.fault("/recharge", "refusal")
    assert (await purse.put(repeated=True)).status is PaymentStatus.UNKNOWN
    assert purse.gained == AMOUNT


async def test_a_refusal_that_cannot_be_checked_is_none(purse: Purse, town: Town) -> None:
    town.fault("/recharge", "error")
    assert (await purse.put()).status is PaymentStatus.UNKNOWN
    town.fault("/recharge", "refusal")
    town.fault("/getRecharge", "refusal")
    assert (await purse.put(repeated=True)).status is PaymentStatus.UNKNOWN


async def test_a_refusal_of_what_is_not_in_the_list_is_one(purse: Purse, town: Town) -> None:
    town.fault("/recharge", "error")
    assert (await purse.put()).status is PaymentStatus.UNKNOWN
    town.fault("/recharge", "refusal")
    with pytest.raises(Refused):
        await purse.put(repeated=True)


async def test_after_a_restart_what_may_be_booked_is_not_told_again(purse: Purse, town: Town) -> None:
    town.fault("/recharge", "malformed")
    town.fault("/requestSucess", "malformed")
    assert (await purse.put()).status is PaymentStatus.UNKNOWN
    restarted = town.restarted()
    assert (await purse.put(at=restarted, repeated=True)).status is PaymentStatus.UNKNOWN
    await restarted.system.close()
    assert (town.calls("/recharge"), purse.gained) == (1, AMOUNT)


async def test_after_a_restart_what_is_in_no_list_is_told_again(purse: Purse, town: Town) -> None:
    town.fault("/recharge", "error")
    assert (await purse.put()).status is PaymentStatus.UNKNOWN
    restarted = town.restarted()
    assert (await purse.put(at=restarted, repeated=True)).status is PaymentStatus.CONFIRMED
    await restarted.system.close()
    assert purse.gained == AMOUNT


async def test_after_a_restart_an_older_one_of_the_same_amount_is_no_doubt(purse: Purse, town: Town) -> None:
    await purse.put("R0")
    restarted = town.restarted()
    tomorrow = dt.datetime.now(SHANGHAI) + dt.timedelta(days=1)
    payment = await purse.put(at=restarted, repeated=True, paid_at=tomorrow)
    await restarted.system.close()
    assert payment.status is PaymentStatus.CONFIRMED
    assert purse.gained == 2 * AMOUNT


@pytest.mark.parametrize("change", ["amount", "method"])
async def test_the_same_number_for_another_payment_is_a_conflict(purse: Purse, town: Town, change: str) -> None:
    await purse.put()
    with pytest.raises(Refused) as refusal:
        await (purse.put(amount=Decimal("100.00")) if change == "amount" else purse.put(method=PaymentMethod.ALIPAY))
    assert refusal.value.code is ProblemCode.IDEMPOTENCY_CONFLICT
    assert (town.calls("/recharge"), purse.gained) == (1, AMOUNT)


async def test_the_same_number_for_card_and_stay_is_a_conflict(town: Town) -> None:
    await Purse(town, of_stay=True).put()
    with pytest.raises(Refused) as refusal:
        await Purse(town, of_stay=False).put()
    assert refusal.value.code is ProblemCode.IDEMPOTENCY_CONFLICT


async def test_two_at_once_put_it_there_once(purse: Purse) -> None:
    first, second = await asyncio.gather(purse.put(), purse.put())
    assert {first.status, second.status} == {PaymentStatus.CONFIRMED}
    assert purse.gained == AMOUNT


@pytest.mark.parametrize("method", [PaymentMethod.CARD_BALANCE, PaymentMethod.CUSTOM_PLATFORM])
async def test_a_way_that_has_no_word_is_refused_before_any_call(
    purse: Purse, town: Town, method: PaymentMethod
) -> None:
    with pytest.raises(Refused) as refusal:
        await purse.put(method=method)
    assert refusal.value.code is ProblemCode.BAD_INPUT
    assert town.calls("/paymentNew") == 0


async def test_a_failure_before_the_recharge_is_an_error_since_nothing_was_told(purse: Purse, town: Town) -> None:
    town.fault("/paymentNew", "error", times=2)
    with pytest.raises(Unavailable):
        await purse.put()
    assert (town.calls("/recharge"), purse.gained) == (0, Decimal(0))


@pytest.mark.parametrize("kind", [*KINDS, "refusal", "error"])
async def test_a_notice_that_fails_changes_nothing(purse: Purse, town: Town, kind: Kind) -> None:
    town.fault("/paymentUpdateStatus", kind, times=2)
    assert (await purse.put()).status is PaymentStatus.CONFIRMED
    assert purse.gained == AMOUNT


async def test_a_caller_who_leaves_before_the_answer_is_gone_and_a_repeat_finds_out(purse: Purse, town: Town) -> None:
    town.fault("/recharge", "timeout")
    leaving = asyncio.create_task(purse.put())
    while not town.calls("/recharge"):  # noqa: ASYNC110 # the sandbox counts in a thread of its own
        await asyncio.sleep(0.01)
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    assert (await purse.put(repeated=True)).status is PaymentStatus.CONFIRMED
    assert (town.calls("/recharge"), purse.gained) == (1, AMOUNT)


async def test_a_deposit_for_no_stay_of_the_person_is_refused(town: Town) -> None:
    purse = Purse(town, of_stay=True)
    purse.stay.number = "ZY501999999"
    holder = await purse.holder()
    assert town.connection.deposits is not None
    order = DepositOrder(
        number="R1", amount=AMOUNT, method=PaymentMethod.ALIPAY, paid_at=NOW, admission_number="ZY000000001"
    )
    with pytest.raises(Refused) as refusal:
        await town.connection.deposits.pay_deposit(holder, order)
    assert refusal.value.code is ProblemCode.DEPOSIT_NOT_ADMITTED
    # Told before, of a stay that is not told of any more: it may be booked.
    order.repeated = True
    assert (await town.connection.deposits.pay_deposit(holder, order)).status is PaymentStatus.UNKNOWN
    assert town.calls("/paymentNew") == 0


async def test_without_a_signer_money_is_listed_and_not_taken(town: Town) -> None:
    unsigned = connected(town.address, Options())
    money = {Capability.RECHARGE, Capability.DEPOSIT_PAYMENT}
    lists = {Capability.RECHARGE_HISTORY, Capability.DEPOSITS}
    assert town.connection.capabilities >= money | lists
    assert unsigned.capabilities & (money | lists) == lists
    for of_stay in (False, True):
        with pytest.raises(Refused) as refusal:
            await Purse(town, of_stay=of_stay).put(at=unsigned)
        assert refusal.value.code is ProblemCode.UNSUPPORTED_BY_HOSPITAL
    assert town.calls("/paymentNew") == 0
    await unsigned.system.close()
