"""Payments of booked nucleic-acid tests: under which order, what is not told, and what is found again."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from app.stores.memory_cache import MemoryCache
from connectors.errors import Refused
from connectors.palm_hospital import Options
from connectors.ports import Connection, NucleicAcidTestBookings, NucleicAcidTestPayments
from connectors.records.billing import Payment, PaymentMethod, PaymentStatus
from connectors.records.nucleic_acid_booking import NucleicAcidTestOrder, NucleicAcidTestPayment
from connectors.records.problems import ProblemCode
from sandbox.faults import Kind
from sandbox.town.front_desk import FeeOrder
from sandbox.town.nucleic_acid import CONFIRMED, PRICE, UNCONFIRMED, WITHDRAWN, BookedTest
from tests.connectors.palm_town import HOSPITAL, NOW, Town, connected

ORDER, CONFIRM, NEW = "/payment/get", "/appointment/confirm", "/cpay/newPayment"


def bookings(connection: Connection) -> NucleicAcidTestBookings:
    assert connection.nucleic_acid_test_bookings is not None
    return connection.nucleic_acid_test_bookings


def payments(connection: Connection) -> NucleicAcidTestPayments:
    assert connection.nucleic_acid_test_payments is not None
    return connection.nucleic_acid_test_payments


def row(town: Town) -> BookedTest:
    """What was booked last, from inside."""
    return town.sandbox.town.hospitals[HOSPITAL].nucleic_acid.booked[-1]


def orders(town: Town) -> list[FeeOrder]:
    return list(town.sandbox.town.hospitals[HOSPITAL].desk.orders.values())


async def booked(town: Town, place: int = 0) -> NucleicAcidTestPayment:
    """A payment of a test that was booked just now."""
    port = bookings(town.connection)
    site = (await port.sites(HOSPITAL))[0]
    day = (await port.days(HOSPITAL, site.id))[0].day
    slot = (await port.sessions(HOSPITAL, site.id, day))[0].slots[place]
    order = NucleicAcidTestOrder(slot_id=slot.id, method=PaymentMethod.WECHAT_PAY, ordered_at=NOW)
    made = await port.book(await town.holder(), order)
    return NucleicAcidTestPayment(
        number="W1", appointment_id=made.id, amount=PRICE, method=PaymentMethod.WECHAT_PAY, paid_at=NOW
    )


async def pay(town: Town, payment: NucleicAcidTestPayment, connection: Connection | None = None) -> Payment:
    return await payments(connection or town.connection).pay(await town.holder(), payment)


async def refusal(town: Town, payment: NucleicAcidTestPayment) -> ProblemCode:
    with pytest.raises(Refused) as refused:
        await pay(town, payment)
    return refused.value.code


async def test_a_test_without_an_order_gets_one_and_is_confirmed_under_it(town: Town) -> None:
    payment = await booked(town)

    paid = await pay(town, payment)

    (order,) = orders(town)
    assert (paid.status, paid.hospital_reference) == (PaymentStatus.CONFIRMED, order.number)
    assert (order.total, order.way, order.paid) == (PRICE, "wepay", True)
    assert (row(town).status, row(town).payment_number, row(town).order_number) == (CONFIRMED, "W1", order.number)


async def test_the_order_that_the_hospital_lists_is_paid_rather_than_a_new_one(town: Town) -> None:
    payment = await booked(town)
    town.fault(CONFIRM, "drop", times=2)
    assert (await pay(town, payment)).status is PaymentStatus.UNKNOWN
    town.sandbox.faults.clear()
    row(town).order_number = orders(town)[0].number

    restarted = town.restarted()
    paid = await pay(town, payment, restarted)
    await restarted.system.close()

    assert (paid.status, paid.hospital_reference) == (PaymentStatus.CONFIRMED, orders(town)[0].number)
    assert town.calls(NEW) == 1


async def test_the_order_that_the_payer_knows_comes_before_any_other(town: Town) -> None:
    payment = await booked(town)
    town.fault(CONFIRM, "refusal")
    await refusal(town, payment)
    named = orders(town)[0].number

    paid = await pay(town, replace(payment, number="W2", hospital_order_number=named))

    assert (paid.hospital_reference, town.calls(NEW)) == (named, 1)


async def test_a_payment_that_is_told_again_names_the_same_order(town: Town) -> None:
    payment = await booked(town)
    town.fault(CONFIRM, "drop", times=2)

    assert (await pay(town, payment)).status is PaymentStatus.UNKNOWN
    town.sandbox.faults.clear()
    assert (await pay(town, payment)).status is PaymentStatus.CONFIRMED

    assert town.calls(NEW) == 1


@pytest.mark.parametrize("kind", ["timeout", "malformed"])
async def test_a_lost_answer_is_unknown_and_a_repeat_finds_out_without_telling_again(town: Town, kind: Kind) -> None:
    payment = await booked(town)
    town.fault(CONFIRM, kind)

    assert (await pay(town, payment)).status is PaymentStatus.UNKNOWN
    restarted = town.restarted()
    assert (await pay(town, payment, restarted)).status is PaymentStatus.CONFIRMED
    await restarted.system.close()

    assert (town.calls(CONFIRM), town.calls(NEW)) == (1, 1)


async def test_what_was_booked_is_not_read_from_what_is_kept(town: Town) -> None:
    payment, holder = await booked(town), await town.holder()
    keeping = connected(town.address, Options(), MemoryCache())
    kept = await bookings(keeping).appointment(holder, payment.appointment_id)
    assert kept is not None
    assert kept.payment_number is None
    await pay(town, payment)

    assert (await pay(town, payment, keeping)).status is PaymentStatus.CONFIRMED
    assert town.calls(CONFIRM) == 1
    await keeping.system.close()


async def test_a_payment_makes_what_is_kept_of_the_test_stale(town: Town) -> None:
    payment, holder = await booked(town), await town.holder()
    keeping = connected(town.address, Options(), MemoryCache())
    await bookings(keeping).appointment(holder, payment.appointment_id)

    await pay(town, payment, keeping)
    found = await bookings(keeping).appointment(holder, payment.appointment_id)
    await keeping.system.close()

    assert found is not None
    assert found.payment_number == "W1"


@pytest.mark.parametrize("interface", [NEW, ORDER])
@pytest.mark.parametrize("kind", ["timeout", "error", "malformed", "drop"])
async def test_without_an_order_nothing_is_told_and_nothing_called_failed(
    town: Town, interface: str, kind: Kind
) -> None:
    payment = await booked(town)
    town.fault(interface, kind, times=2)

    assert (await pay(town, payment)).status is PaymentStatus.UNKNOWN
    town.sandbox.faults.clear()
    assert town.calls(CONFIRM) == 0
    assert (await pay(town, payment)).status is PaymentStatus.CONFIRMED


async def test_an_order_of_another_amount_is_not_paid(town: Town) -> None:
    payment = await booked(town)
    town.fault(CONFIRM, "refusal")
    await refusal(town, payment)
    named = replace(payment, amount=Decimal("0.01"), hospital_order_number=orders(town)[0].number)

    assert await refusal(town, named) is ProblemCode.AMOUNT_MISMATCH
    assert town.calls(CONFIRM) == 1


async def test_an_order_of_another_test_is_not_paid(town: Town) -> None:
    first = await booked(town)
    town.fault(CONFIRM, "refusal")
    await refusal(town, first)
    second = replace(await booked(town, place=1), hospital_order_number=orders(town)[0].number)

    assert await refusal(town, second) is ProblemCode.BAD_INPUT
    assert town.calls(CONFIRM) == 1


async def test_an_order_that_the_hospital_does_not_know_is_not_paid(town: Town) -> None:
    payment = replace(await booked(town), hospital_order_number="PO0")

    assert await refusal(town, payment) is ProblemCode.REFUSED_BY_HOSPITAL
    assert town.calls(CONFIRM) == 0


@pytest.mark.parametrize(
    ("number", "status"), [("W1", PaymentStatus.CONFIRMED), ("", PaymentStatus.UNKNOWN), ("W2", None)]
)
async def test_an_order_that_is_paid_is_not_paid_again(town: Town, number: str, status: PaymentStatus | None) -> None:
    payment = await booked(town)
    await pay(town, payment)
    # Not confirmed yet, as the hospital tells of it.
    row(town).status, row(town).payment_number = UNCONFIRMED, number

    if status is None:
        assert await refusal(town, payment) is ProblemCode.NOT_PAYABLE
    else:
        assert (await pay(town, payment)).status is status
    assert (town.calls(CONFIRM), town.calls(NEW)) == (1, 1)


async def test_what_another_payment_paid_is_not_paid_again(town: Town) -> None:
    payment = await booked(town)
    await pay(town, payment)

    assert await refusal(town, replace(payment, number="W2")) is ProblemCode.NOT_PAYABLE
    assert town.calls(CONFIRM) == 1


async def test_what_was_cancelled_is_not_paid(town: Town) -> None:
    payment = await booked(town)
    row(town).status = WITHDRAWN

    assert await refusal(town, payment) is ProblemCode.NOT_PAYABLE
    assert town.calls(NEW) == 0


async def test_what_was_paid_and_cancelled_since_was_paid(town: Town) -> None:
    payment = await booked(town)
    await pay(town, payment)
    row(town).status = WITHDRAWN

    assert (await pay(town, payment)).status is PaymentStatus.CONFIRMED


async def test_a_confirmed_test_that_names_no_payment_may_be_paid_by_this_one(town: Town) -> None:
    payment = await booked(town)
    row(town).status = CONFIRMED

    assert (await pay(town, payment)).status is PaymentStatus.UNKNOWN
    assert town.calls(NEW) == town.calls(CONFIRM) == 0


@pytest.mark.parametrize(
    ("happens", "status"),
    [
        ((CONFIRMED, "W1"), PaymentStatus.CONFIRMED),
        ((CONFIRMED, ""), PaymentStatus.UNKNOWN),
        ((UNCONFIRMED, "W1"), PaymentStatus.UNKNOWN),
        ((CONFIRMED, "W2"), None),
        ((UNCONFIRMED, ""), None),
    ],
)
@pytest.mark.parametrize("interface", [NEW, CONFIRM])
async def test_a_second_attempt_is_not_called_refused_when_the_first_was_booked(
    town: Town,
    monkeypatch: pytest.MonkeyPatch,
    interface: str,
    happens: tuple[int, str],
    status: PaymentStatus | None,
) -> None:
    payment, port = await booked(town), bookings(town.connection)
    read = port.appointment
    town.fault(interface, "refusal")

    async def read_and_book(*given: object, **more: object) -> object:
        found = await read(*given, **more)  # type: ignore[arg-type]
        row(town).status, row(town).payment_number = happens
        return found

    monkeypatch.setattr(port, "appointment", read_and_book)

    if status is None:
        assert await refusal(town, payment) is ProblemCode.REFUSED_BY_HOSPITAL
    else:
        assert (await pay(town, payment)).status is status


async def test_a_refusal_is_not_believed_while_nobody_can_say_what_was_booked(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    payment, port = await booked(town), bookings(town.connection)
    read = port.appointment
    town.fault(CONFIRM, "refusal")

    async def read_once(*given: object, **more: object) -> object:
        found = await read(*given, **more)  # type: ignore[arg-type]
        town.fault("/appointment/info/get", "error", times=2)
        return found

    monkeypatch.setattr(port, "appointment", read_once)

    assert (await pay(town, payment)).status is PaymentStatus.UNKNOWN


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda payment: replace(payment, method=PaymentMethod.CARD_BALANCE), ProblemCode.BAD_INPUT),
        (lambda payment: replace(payment, appointment_id="none"), ProblemCode.REFUSED_BY_HOSPITAL),
    ],
)
async def test_what_cannot_be_paid_gets_no_order(
    town: Town, change: Callable[[NucleicAcidTestPayment], NucleicAcidTestPayment], code: ProblemCode
) -> None:
    assert await refusal(town, change(await booked(town))) is code
    assert town.calls(NEW) == 0


async def test_without_a_visit_an_order_must_be_named(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    payment, port = await booked(town), bookings(town.connection)
    found = await port.appointment(await town.holder(), payment.appointment_id)
    assert found is not None

    async def without_visit(*_: object, **__: object) -> object:
        return replace(found, visit_id=None)

    monkeypatch.setattr(port, "appointment", without_visit)

    assert await refusal(town, payment) is ProblemCode.BAD_INPUT
    assert town.calls(NEW) == 0
