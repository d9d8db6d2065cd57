from decimal import Decimal
from typing import Any

import pytest

from connectors.records.base import CardRef
from connectors.records.billing import Charge, PaymentMethod, PaymentStatus
from connectors.records.problems import ProblemCode
from resolvers.access_control.principal import ANONYMOUS
from resolvers.finance.payment import PayChargesInput, pay_charges
from resolvers.problems import Problem
from tests.resolvers.fakes import CHILDS, MINE, NOW, STRANGERS, Region

CHARGES = [
    Charge(id="a", card=MINE, item="血常规", amount=Decimal("10.00"), discount=Decimal("1.50")),
    Charge(id="b", card=MINE, item="CT", amount=Decimal("20.00"), group="g"),
    Charge(id="c", card=MINE, item="胶片", amount=Decimal("5.00"), group="g"),
]


@pytest.fixture
def town(region: Region) -> Region:
    region.shared.charges_ = list(CHARGES)
    return region


def asking(region: Region, *charges: str, card: CardRef = MINE, **more: Any) -> PayChargesInput:
    ids = [region.ids.write("Charge", card.hospital_id, card, charge) for charge in charges]
    given = {"business_key": "pay-000001", "amount": Decimal("8.50"), "method": PaymentMethod.WECHAT_PAY, **more}
    return PayChargesInput(**{"charge_ids": ids, **given})


async def refused(region: Region, given: PayChargesInput) -> tuple[ProblemCode, str | None]:
    outcome = await pay_charges(region.info(), given)
    assert outcome.result is None
    assert region.shared.count("pay") == 0
    (error,) = outcome.user_errors
    return error.code, error.field


async def test_a_payment_that_agrees_with_the_hospitals_list_is_told_once(town: Region) -> None:
    for _ in range(3):
        outcome = await pay_charges(town.info(), asking(town, "a", card_balance_amount=Decimal("1.5")))
        assert outcome.result is not None
        assert outcome.result.status is PaymentStatus.CONFIRMED
    (order,) = [asked[1] for asked in town.shared.asked if asked[0] == "pay"]
    assert ([charge.id for charge in order.charges], order.number) == (["a"], "pay-000001")
    assert (order.amount, order.balance_amount, order.paid_at) == (Decimal("8.50"), Decimal("1.50"), NOW)


async def test_a_repeat_after_an_unknown_end_sends_the_order_as_it_was(town: Region) -> None:
    town.shared.payment_status = PaymentStatus.UNKNOWN
    assert (await pay_charges(town.info(), asking(town, "a"))).result is not None
    town.shared.charges_ = []  # the hospital did book it, and lists it no more
    town.shared.payment_status = PaymentStatus.CONFIRMED
    outcome = await pay_charges(town.info(), asking(town, "a"))
    assert outcome.result is not None
    assert outcome.result.status is PaymentStatus.CONFIRMED
    first, second = (asked[1] for asked in town.shared.asked if asked[0] == "pay")
    assert first == second


async def test_the_same_number_for_something_else_is_a_conflict(town: Region) -> None:
    await pay_charges(town.info(), asking(town, "a"))
    outcome = await pay_charges(town.info(), asking(town, "b", "c", amount=Decimal(25)))
    assert [error.code for error in outcome.user_errors] == [ProblemCode.IDEMPOTENCY_CONFLICT]
    assert town.shared.count("pay") == 1


@pytest.mark.parametrize("amount", ["8.49", "8.51", "10.00", "0"])
async def test_another_amount_than_the_charges_come_to_is_refused(town: Region, amount: str) -> None:
    assert await refused(town, asking(town, "a", amount=Decimal(amount))) == (ProblemCode.AMOUNT_MISMATCH, "amount")


async def test_more_from_the_balance_than_is_paid_is_refused(town: Region) -> None:
    given = asking(town, "a", card_balance_amount=Decimal("8.51"))
    assert await refused(town, given) == (ProblemCode.AMOUNT_MISMATCH, "cardBalanceAmount")


@pytest.mark.parametrize("field", ["amount", "card_balance_amount"])
@pytest.mark.parametrize("amount", ["-1", "NaN", "1.001", "1e40"])
async def test_an_amount_that_is_none_is_refused(town: Region, field: str, amount: str) -> None:
    assert (await refused(town, asking(town, "a", **{field: Decimal(amount)})))[0] is ProblemCode.BAD_INPUT


async def test_a_charge_that_is_not_on_the_list_is_refused(town: Region) -> None:
    assert await refused(town, asking(town, "a", "gone")) == (ProblemCode.CHARGE_UNKNOWN, "chargeIds")


async def test_part_of_a_group_is_refused(town: Region) -> None:
    given = asking(town, "b", amount=Decimal(20))
    assert await refused(town, given) == (ProblemCode.CHARGE_GROUP_INCOMPLETE, "chargeIds")
    assert (await pay_charges(town.info(), asking(town, "c", "b", amount=Decimal(25), business_key="p2-000000"))).result


@pytest.mark.parametrize("charges", [(), ("a", "a"), tuple(map(str, range(201)))])
async def test_no_charges_the_same_twice_or_too_many_are_refused(town: Region, charges: tuple[str, ...]) -> None:
    with pytest.raises(Problem) as caught:
        await pay_charges(town.info(), asking(town, *charges))
    assert (caught.value.code, caught.value.field) == (ProblemCode.BAD_INPUT, "chargeIds")


async def test_charges_of_two_cards_are_not_paid_together(town: Region) -> None:
    given = asking(town, "a")
    given.charge_ids += asking(town, "b", card=CHILDS).charge_ids
    with pytest.raises(Problem) as caught:
        await pay_charges(town.info(), given)
    assert caught.value.code is ProblemCode.BAD_INPUT


@pytest.mark.parametrize("key", ["", "short", "a b c d e", "x" * 65])
async def test_a_bad_payment_number_is_refused(town: Region, key: str) -> None:
    assert await refused(town, asking(town, "a", business_key=key)) == (ProblemCode.BAD_INPUT, "businessKey")


async def test_charges_out_of_reach_are_refused_before_the_hospital_is_asked(town: Region) -> None:
    for info, card in ((town.info(), STRANGERS), (town.info(ANONYMOUS), MINE)):
        with pytest.raises(Problem) as caught:
            await pay_charges(info, asking(town, "a", card=card))
        assert caught.value.code in {ProblemCode.FORBIDDEN, ProblemCode.UNAUTHENTICATED}
    assert town.shared.asked == []
