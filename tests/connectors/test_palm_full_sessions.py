"""Bookings and registrations at the palm hospital: what it does not say of them, and can be looked up."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from connectors.errors import Refused, Unavailable
from connectors.ports import Booking, SameDay
from connectors.records.billing import PaymentMethod
from connectors.records.problems import ProblemCode
from connectors.records.same_day import SameDayOrder
from connectors.records.scheduling import AppointmentStatus, SameDaySession, Slot
from tests.connectors.palm_town import HOSPITAL, Town

FULL = "号源已满，请另选时段"


def same_day(town: Town) -> SameDay:
    assert town.connection.same_day is not None
    return town.connection.same_day


async def a_slot(town: Town, *, free: bool) -> Slot:
    day = town.sandbox.town.today + dt.timedelta(days=1)
    departments = await town.scheduling.departments(HOSPITAL)
    schedules = await town.scheduling.schedules(HOSPITAL, departments[0].id, day, None)
    slots = [slot for each in schedules for slot in await town.scheduling.slots(HOSPITAL, each.id)]
    # The first of the day is the person's already.
    return next(slot for slot in slots[1:] if bool(slot.remaining) is free)


async def a_session(town: Town) -> SameDaySession:
    departments = await town.scheduling.departments(HOSPITAL)
    sessions = [each for place in departments for each in await same_day(town).sessions(HOSPITAL, place.id)]
    return next(session for session in sessions if session.remaining)


async def booking_refused(town: Town, slot: Slot) -> Refused:
    with pytest.raises(Refused) as refused:
        await town.scheduling.book(await town.holder(), Booking(key="B1", slot_id=slot.id, account="account-1"))
    return refused.value


def order(session: SameDaySession, fee: Decimal) -> SameDayOrder:
    return SameDayOrder(
        key="R0000001",
        slot_id=None,
        session_id=session.id,
        payment_number="P0000001",
        fee=fee,
        balance_amount=Decimal(0),
        method=PaymentMethod.WECHAT_PAY,
    )


async def registering_refused(town: Town, given: SameDayOrder) -> Refused:
    with pytest.raises(Refused) as refused:
        await same_day(town).register(await town.holder(), given)
    return refused.value


async def test_a_booking_of_a_full_slot_says_that_it_is_full(town: Town) -> None:
    refusal = await booking_refused(town, await a_slot(town, free=False))

    assert (refusal.code, refusal.patient_message) == (ProblemCode.SLOT_FULL, FULL)
    assert town.calls("/new") == 1


async def test_a_refusal_of_a_free_slot_stays_as_it_is(town: Town) -> None:
    slot = await a_slot(town, free=True)
    town.fault("/new", "refusal")

    assert (await booking_refused(town, slot)).code is ProblemCode.REFUSED_BY_HOSPITAL


async def test_a_refusal_stays_as_it_is_when_nothing_can_be_looked_up(town: Town) -> None:
    slot = await a_slot(town, free=False)
    town.fault("/get_time", "error", times=9)

    assert (await booking_refused(town, slot)).code is ProblemCode.REFUSED_BY_HOSPITAL


async def test_a_registration_with_a_full_session_says_that_it_is_full(town: Town) -> None:
    session = await a_session(town)
    fee = (await same_day(town).terms(await town.holder(), session.id)).fee
    assert fee is not None
    for each in town.sandbox.town.hospitals[HOSPITAL].sessions:
        for slot in each.slots:
            slot.booked = slot.capacity

    refusal = await registering_refused(town, order(session, fee))

    assert (refusal.code, refusal.patient_message) == (ProblemCode.SLOT_FULL, FULL)


async def test_a_registration_for_another_fee_than_the_hospitals_is_not_told(town: Town) -> None:
    # The hospital would take it: nothing that it is told names the amount.
    refusal = await registering_refused(town, order(await a_session(town), Decimal("0.01")))

    assert refusal.code is ProblemCode.AMOUNT_MISMATCH
    assert refusal.patient_message
    assert town.calls("/register") == 0


async def test_a_registration_for_the_hospitals_fee_is_told(town: Town) -> None:
    session, holder = await a_session(town), await town.holder()
    fee = (await same_day(town).terms(holder, session.id)).fee
    assert fee is not None

    assert (await same_day(town).register(holder, order(session, fee))).fee == fee


async def test_a_booking_that_was_told_before_is_found_and_not_told_again(town: Town) -> None:
    holder, slot = await town.holder(), await a_slot(town, free=True)
    booking = Booking(key="B1", slot_id=slot.id, account="account-1", fee=Decimal("25.00"))
    first = await town.scheduling.book(holder, booking)

    again = await town.scheduling.book(holder, replace(booking, repeated=True))

    assert (again.id, again.status, again.booking_key) == (first.id, AppointmentStatus.BOOKED, "B1")
    assert town.calls("/new") == 1


async def test_a_booking_that_was_told_before_and_came_to_nothing_is_told_again(town: Town) -> None:
    holder, slot = await town.holder(), await a_slot(town, free=True)
    booking = Booking(key="B1", slot_id=slot.id, account="account-1")
    cancelled = await town.scheduling.book(holder, booking)
    await town.scheduling.cancel(holder, cancelled.id)

    await town.scheduling.book(holder, replace(booking, repeated=True))

    assert town.calls("/new") == 2


async def test_a_booking_that_was_told_before_is_not_told_again_while_nothing_can_be_looked_up(town: Town) -> None:
    booking = Booking(key="B1", slot_id=(await a_slot(town, free=True)).id, account="account-1", repeated=True)
    town.fault("/query", "refusal")

    with pytest.raises(Unavailable):
        await town.scheduling.book(await town.holder(), booking)
    assert town.calls("/new") == 0
