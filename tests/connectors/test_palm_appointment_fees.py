"""Fees of booked appointments at the palm hospital: what is told, what is not, and what is found again."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from connectors.errors import Refused
from connectors.palm_hospital import Options
from connectors.ports import AppointmentFees, Booking
from connectors.records.billing import PaymentMethod, PaymentStatus
from connectors.records.problems import ProblemCode
from connectors.records.same_day import FeeOrder
from sandbox.faults import Kind
from tests.connectors.palm_town import HOSPITAL, NOW, SIGNER, Town, connected


def fees(town: Town) -> AppointmentFees:
    assert town.connection.appointment_fees is not None
    return town.connection.appointment_fees


async def booked(town: Town, number: str = "W1", person: str = "p01") -> FeeOrder:
    """An order for an appointment that was booked just now."""
    day = town.sandbox.town.today + dt.timedelta(days=1)
    departments = await town.scheduling.departments(HOSPITAL)
    for schedule in await town.scheduling.schedules(HOSPITAL, departments[0].id, day, None):
        for slot in await town.scheduling.slots(HOSPITAL, schedule.id):
            if slot.remaining:
                booking = Booking(key=f"B-{person}", slot_id=slot.id, account="account-1")
                made = await town.scheduling.book(await town.holder(person), booking)
                assert schedule.fee is not None
                return FeeOrder(
                    number=number,
                    appointment_id=made.id,
                    fee=schedule.fee,
                    surcharge=Decimal(0),
                    balance_amount=Decimal(0),
                    method=PaymentMethod.WECHAT_PAY,
                    paid_at=NOW,
                )
    raise LookupError("nothing is free")


async def refusal(town: Town, order: FeeOrder, person: str = "p01") -> ProblemCode:
    with pytest.raises(Refused) as refused:
        await fees(town).pay(await town.holder(person), order)
    assert town.calls("/prepay") == 0
    return refused.value.code


async def test_a_number_that_the_appointment_carries_already_is_confirmed_without_being_told_again(town: Town) -> None:
    order, holder = await booked(town), await town.holder()

    first = await fees(town).pay(holder, order)
    again = await fees(town).pay(holder, order)

    assert (first.status, first.registration_number) == (PaymentStatus.CONFIRMED, again.registration_number)
    assert again.status is PaymentStatus.CONFIRMED
    assert town.calls("/prepay") == 1


async def test_somebody_elses_appointment_is_not_paid(town: Town) -> None:
    assert await refusal(town, await booked(town), "p02") is ProblemCode.APPOINTMENT_UNKNOWN


async def test_an_appointment_that_the_hospital_does_not_know_is_not_paid(town: Town) -> None:
    order = replace(await booked(town), appointment_id="none")

    assert await refusal(town, order) is ProblemCode.APPOINTMENT_UNKNOWN


async def test_a_cancelled_appointment_is_not_paid(town: Town) -> None:
    order = await booked(town)
    await town.scheduling.cancel(await town.holder(), order.appointment_id)

    assert await refusal(town, order) is ProblemCode.NOT_PAYABLE


async def test_a_registration_for_today_is_not_paid_again(town: Town) -> None:
    order = replace(await booked(town), appointment_id="registered:1")

    assert await refusal(town, order) is ProblemCode.NOT_PAYABLE


async def test_what_may_have_been_paid_by_this_order_is_never_called_refused(town: Town) -> None:
    order, holder = await booked(town), await town.holder()
    hospital = town.sandbox.town.hospitals[HOSPITAL]
    next(row for row in hospital.appointments if row.id == order.appointment_id).paid = True

    assert (await fees(town).pay(holder, order)).status is PaymentStatus.UNKNOWN
    assert town.calls("/prepay") == 0


async def test_there_is_nothing_to_pay_beside_the_fee(town: Town) -> None:
    order = await booked(town)

    assert await fees(town).surcharge(await town.holder(), order.appointment_id) == 0
    assert await refusal(town, replace(order, surcharge=Decimal("1.00"))) is ProblemCode.AMOUNT_MISMATCH


async def test_a_fee_is_paid_under_an_order_that_is_closed(town: Town) -> None:
    order = await booked(town)

    paid = await fees(town).pay(await town.holder(), order)

    (opened,) = town.sandbox.town.hospitals[HOSPITAL].desk.orders.values()
    assert (opened.appointment_id, opened.total, opened.way) == (order.appointment_id, order.fee, "wepay")
    assert (opened.paid, opened.payment_number) == (True, order.number)
    assert paid.hospital_reference == opened.number


async def test_what_the_cards_balance_pays_has_no_order(town: Town) -> None:
    order = await booked(town)
    order = replace(order, method=PaymentMethod.CARD_BALANCE, balance_amount=order.fee)

    assert (await fees(town).pay(await town.holder(), order)).status is PaymentStatus.CONFIRMED
    assert town.calls("/cpay_new_payment") == town.calls("/cpay_update_payment_status") == 0


@pytest.mark.parametrize("kind", ["timeout", "error", "malformed", "refusal", "drop"])
async def test_nothing_that_becomes_of_the_notice_changes_what_is_booked(town: Town, kind: Kind) -> None:
    order = await booked(town)
    town.fault("/cpay_update_payment_status", kind, times=2)

    assert (await fees(town).pay(await town.holder(), order)).status is PaymentStatus.CONFIRMED
    assert town.calls("/prepay") == 1


async def test_a_hospital_can_lack_the_notice(town: Town) -> None:
    connection = connected(town.address, Options.model_validate({"signer": SIGNER, "payment_notices": False}))
    assert connection.appointment_fees is not None
    order = await booked(town)

    paid = await connection.appointment_fees.pay(await town.holder(), order)
    await connection.system.close()

    assert paid.status is PaymentStatus.CONFIRMED
    assert town.calls("/cpay_update_payment_status") == 0


@pytest.mark.parametrize("kind", ["timeout", "error", "malformed", "drop"])
async def test_without_an_order_nothing_is_told_and_nothing_called_failed(town: Town, kind: Kind) -> None:
    order, holder = await booked(town), await town.holder()
    town.fault("/cpay_new_payment", kind, times=2)

    assert (await fees(town).pay(holder, order)).status is PaymentStatus.UNKNOWN
    town.sandbox.faults.clear()
    assert town.calls("/prepay") == 0
    assert (await fees(town).pay(holder, order)).status is PaymentStatus.CONFIRMED


async def test_a_payment_that_is_told_again_names_the_same_order(town: Town) -> None:
    order, holder = await booked(town), await town.holder()
    town.fault("/prepay", "drop", times=2)

    assert (await fees(town).pay(holder, order)).status is PaymentStatus.UNKNOWN
    town.sandbox.faults.clear()
    assert (await fees(town).pay(holder, order)).status is PaymentStatus.CONFIRMED

    assert (town.calls("/cpay_new_payment"), town.calls("/prepay")) == (1, 2)


async def test_a_payment_without_an_answer_is_found_again_and_its_order_closed(town: Town) -> None:
    order, holder = await booked(town), await town.holder()
    town.fault("/prepay", "malformed")

    assert (await fees(town).pay(holder, order)).status is PaymentStatus.UNKNOWN
    assert (await fees(town).pay(holder, order)).status is PaymentStatus.CONFIRMED

    (opened,) = town.sandbox.town.hospitals[HOSPITAL].desk.orders.values()
    assert opened.payment_number == order.number
    assert town.calls("/prepay") == 1


@pytest.mark.parametrize("interface", ["/cpay_new_payment", "/prepay"])
async def test_what_is_refused_and_was_not_booked_before_is_refused(town: Town, interface: str) -> None:
    order = await booked(town)
    town.fault(interface, "refusal")

    with pytest.raises(Refused) as refused:
        await fees(town).pay(await town.holder(), order)

    assert refused.value.code is ProblemCode.REFUSED_BY_HOSPITAL


@pytest.mark.parametrize(
    ("number", "status"), [("W1", PaymentStatus.CONFIRMED), ("", PaymentStatus.UNKNOWN), ("W2", None)]
)
@pytest.mark.parametrize("interface", ["/cpay_new_payment", "/prepay"])
async def test_a_second_attempt_is_not_called_refused_when_the_first_was_booked(
    town: Town, monkeypatch: pytest.MonkeyPatch, interface: str, number: str, status: PaymentStatus | None
) -> None:
    order, holder, port = await booked(town), await town.holder(), fees(town)
    before = await port.state(holder.card, order.appointment_id)  # type: ignore[attr-defined]  # not of the port
    after = replace(before, payable=False, payment_number=number or None)
    states = [before, after]

    async def state(*_: object) -> object:
        return states.pop(0)

    monkeypatch.setattr(port, "state", state)
    town.fault(interface, "refusal")

    if status is None:
        with pytest.raises(Refused):
            await port.pay(holder, order)
    else:
        assert (await port.pay(holder, order)).status is status


async def test_a_refusal_is_not_believed_while_nobody_can_say_what_was_booked(town: Town) -> None:
    order, holder, port = await booked(town), await town.holder(), fees(town)
    town.fault("/prepay", "refusal")
    asked, real = [], port.state  # type: ignore[attr-defined]  # not of the port

    async def state(*given: str) -> object:
        asked.append(given)
        if len(asked) == 2:
            town.fault("/query", "error", times=2)
        return await real(*given)

    port.state = state  # type: ignore[attr-defined]

    assert (await port.pay(holder, order)).status is PaymentStatus.UNKNOWN
