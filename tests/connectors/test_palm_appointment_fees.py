"""Fees of booked appointments at the palm hospital: what is told, what is not, and what is found again."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from connectors.errors import Refused
from connectors.ports import AppointmentFees, Booking
from connectors.records.billing import PaymentMethod, PaymentStatus
from connectors.records.problems import ProblemCode
from connectors.records.same_day import FeeOrder
from tests.connectors.palm_town import HOSPITAL, NOW, Town


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
