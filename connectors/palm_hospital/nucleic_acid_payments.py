"""Payments of booked nucleic-acid tests: /cpay/newPayment, /payment/get, /appointment/confirm.

The document promises nothing about a payment that is told twice: whether it was booked is read from the test first,
and it is never called refused while an earlier attempt may have been booked.
"""

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.payments import settled
from connectors.core.readers import done, single
from connectors.core.shape import One
from connectors.errors import ConnectorError, Refused
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.fees import PAYMENT, HospitalOrder
from connectors.palm_hospital.nucleic_acid_bookings import NucleicAcidTestBookings, pay_way, stale
from connectors.palm_hospital.nucleic_acid_shapes import OPENED, ORDER, OrderState
from connectors.palm_hospital.order_book import OrderBook
from connectors.palm_hospital.words import OUTPATIENT, SOURCE, number
from connectors.records.base import CardRef
from connectors.records.billing import Payment, PaymentStatus
from connectors.records.nucleic_acid_booking import NucleicAcidTestAppointment, NucleicAcidTestPayment
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.scheduling import AppointmentStatus

_PATH = "/appointment/confirm"
# What is confirmed was paid; who was cancelled has nothing more to pay.
_CONFIRMED = frozenset({AppointmentStatus.BOOKED, AppointmentStatus.COLLECTED, AppointmentStatus.FULFILLED})
_OVER = frozenset({AppointmentStatus.CANCELLED, AppointmentStatus.REFUNDED, AppointmentStatus.MISSED})


class NucleicAcidTestPayments:
    """Implements `connectors.ports.NucleicAcidTestPayments`."""

    def __init__(self, palm: Palm, bookings: NucleicAcidTestBookings) -> None:
        """Take the system, and where booked tests are read."""
        self._palm = palm
        self._bookings = bookings
        self.call = palm.call
        self._opened: OrderBook[HospitalOrder] = OrderBook()

    async def pay(self, holder: CardHolder, payment: NucleicAcidTestPayment) -> Payment:
        """Confirm a test with a payment under the hospital's order, which is opened where there is none."""
        way = pay_way(self._palm, _PATH, payment.method)
        booked = await self._bookings.appointment(holder, payment.appointment_id, fresh=True)
        if booked is None:
            raise self._palm.refused(_PATH, ProblemCode.APPOINTMENT_UNKNOWN, "no such booked test")
        known = _said_of(booked, payment)
        if known is not None:
            return known
        if booked.status in _CONFIRMED | _OVER:
            raise self._palm.refused(_PATH, ProblemCode.NOT_PAYABLE, "nothing to be paid")
        try:
            return await settled(
                self._told(holder.card, payment, booked, way), lambda status: _payment(holder.card, payment, status)
            )
        except Refused:
            # A hospital that has booked an earlier attempt may refuse the second.
            before = await self._booked_before(holder, payment)
            if before is None:
                raise
            return before

    @endpoint("/cpay/newPayment")
    async def new_order(
        self, card: CardRef, payment: NucleicAcidTestPayment, booked: NucleicAcidTestAppointment, way: str
    ) -> HospitalOrder:
        """New order of the hospital for a booked test (/cpay/newPayment); nothing is charged by it."""
        path = "/cpay/newPayment"
        if booked.visit_id is None:
            told = "请填写院内订单号"
            raise self._palm.refused(path, ProblemCode.BAD_INPUT, "no visit to open an order for", told)
        return await self.call(
            path,
            card.hospital_id,
            {
                # Whoever was booked by name has a key of their own, and the visit is that one's.
                "patient_id": booked.patient_id or self._palm.patient_id(card),
                "visit_id": booked.visit_id,
                "appt_id": payment.appointment_id,
                "op_flag": OUTPATIENT,
                "pay_way": way,
                "data_source": SOURCE,
                "total": number(payment.amount),
            },
            done(One(OPENED, "data")),
            # The test may name its order from now on.
            self._palm.once(card),
        )

    @endpoint("/payment/get")
    async def order(self, card: CardRef, order_number: str) -> OrderState | None:
        """Order of a test as it stands (/payment/get). Never kept: payments are checked by it."""
        return await self.call(
            "/payment/get",
            card.hospital_id,
            {"his_order_no": order_number},
            single(One(ORDER, "data")),
            self._palm.read(card, 0),
        )

    @endpoint("/appointment/confirm")
    async def confirm(self, card: CardRef, payment: NucleicAcidTestPayment, order_number: str, way: str) -> Payment:
        """Payment of a booked test, which confirms it (/appointment/confirm); the answer says no more than yes."""
        return await self.call(
            _PATH,
            card.hospital_id,
            {
                "appt_id": payment.appointment_id,
                "business_no": payment.number,
                "his_order_no": order_number,
                "pay_way": way,
                "pay_total": number(payment.amount),
                "pay_time": convert.in_shanghai(payment.paid_at),
                "data_source": SOURCE,
            },
            done(
                One(PAYMENT),
                card,
                number=payment.number,
                status=PaymentStatus.CONFIRMED,
                amount=payment.amount,
                hospital_reference=order_number,
            ),
            self._palm.once(*stale(card)),
        )

    async def _told(
        self, card: CardRef, payment: NucleicAcidTestPayment, booked: NucleicAcidTestAppointment, way: str
    ) -> Payment:
        """Tell of the payment, once its order is known to be of this test and this amount."""
        order_number = payment.hospital_order_number or booked.hospital_order_number
        if order_number is None:
            order_number = (await self._opened_order(card, payment, booked, way)).number
        order = await self.order(card, order_number)
        if order is None or order.appointment_id != payment.appointment_id:
            told = "院内订单号与预约不符"
            raise self._palm.refused("/payment/get", ProblemCode.BAD_INPUT, "no order of this test", told)
        if order.total != payment.amount:
            raise self._palm.refused("/payment/get", ProblemCode.AMOUNT_MISMATCH, "not the order's amount")
        if not order.paid:
            return await self.confirm(card, payment, order_number, way)
        if booked.payment_number == payment.number:
            return _payment(card, payment, PaymentStatus.CONFIRMED, order_number)
        if booked.payment_number is None:
            # Perhaps by this very payment: it was not, when the test was read.
            return _payment(card, payment, PaymentStatus.UNKNOWN, order_number)
        raise self._palm.refused("/payment/get", ProblemCode.NOT_PAYABLE, "paid by another payment")

    async def _opened_order(
        self, card: CardRef, payment: NucleicAcidTestPayment, booked: NucleicAcidTestAppointment, way: str
    ) -> HospitalOrder:
        """Find the order that was opened for this payment, or open it; another content has another order."""
        key = (card.hospital_id, payment.number, payment.appointment_id, way, f"{payment.amount:.2f}")
        return await self._opened.opened(key, lambda: self.new_order(card, payment, booked, way))

    async def _booked_before(self, holder: CardHolder, payment: NucleicAcidTestPayment) -> Payment | None:
        """Say what an earlier attempt came to, of which nothing was known before this one was refused."""
        try:
            booked = await self._bookings.appointment(holder, payment.appointment_id, fresh=True)
        except ConnectorError:
            return _payment(holder.card, payment, PaymentStatus.UNKNOWN)
        if booked is None:
            return None
        if booked.status is AppointmentStatus.PENDING and booked.payment_number == payment.number:
            return _payment(holder.card, payment, PaymentStatus.UNKNOWN)
        return _said_of(booked, payment)


def _said_of(booked: NucleicAcidTestAppointment, payment: NucleicAcidTestPayment) -> Payment | None:
    """Say what the test tells of the payment; None while it may still be told.

    A test that is not confirmed may name the number already: its order says whether it is paid.
    """
    if booked.payment_number == payment.number and booked.status is not AppointmentStatus.PENDING:
        return _payment(booked.card, payment, PaymentStatus.CONFIRMED, booked.hospital_order_number)
    if booked.payment_number is None and booked.status in _CONFIRMED:
        # Perhaps by this very payment, whose number the hospital does not repeat.
        return _payment(booked.card, payment, PaymentStatus.UNKNOWN)
    return None


def _payment(
    card: CardRef, payment: NucleicAcidTestPayment, status: PaymentStatus, order_number: str | None = None
) -> Payment:
    return Payment(
        card=card,
        number=payment.number,
        status=status,
        amount=payment.amount,
        hospital_reference=order_number,
    )
