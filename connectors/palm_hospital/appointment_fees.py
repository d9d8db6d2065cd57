"""Fees of appointments that were booked before: /cpay_new_payment, /prepay, /cpay_update_payment_status, and /query.

/prepay takes no amount and promises nothing about being told twice: the fee is compared with the appointment's, and a
payment whose answer was lost is found again by the platform's number that the appointment then carries. What is paid
elsewhere than from the card's balance has an order of the hospital, which costs nothing until it is paid.
"""

from dataclasses import dataclass
from decimal import Decimal

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.payments import settled
from connectors.core.readers import DONE, done, single
from connectors.core.shape import One, Shape
from connectors.errors import ConnectorError, Refused
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.fees import HospitalOrder
from connectors.palm_hospital.order_book import OrderBook, notify
from connectors.palm_hospital.same_day_shapes import is_registration
from connectors.palm_hospital.sessions import STATUSES
from connectors.palm_hospital.words import NO_MESSAGE, OUTPATIENT, SOURCE, USER, number
from connectors.records.base import CardRef
from connectors.records.billing import Payment, PaymentMethod, PaymentStatus
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.same_day import FeeOrder
from connectors.records.scheduling import AppointmentStatus

_NOTHING = Decimal("0.00")
_APPOINTMENT = 3
"""PURPOSE of an order: the only one that is listed."""
_PAID = 5
"""STATUS of an order: the only one that is listed."""


@dataclass(frozen=True, slots=True)
class PayWay:
    """How a payment method is written; `balance` is 1 for the card's, the opposite of /recipeCharge's balance_pay."""

    balance: int
    way: str | None


PAY_WAYS = {
    PaymentMethod.WECHAT_PAY: PayWay(0, "wepay"),
    PaymentMethod.ALIPAY: PayWay(0, "alipay"),
    PaymentMethod.CARD_BALANCE: PayWay(1, None),
}
# Who was cancelled or did not come has nothing more to pay.
_OVER = frozenset({AppointmentStatus.CANCELLED, AppointmentStatus.REFUNDED, AppointmentStatus.MISSED})


@dataclass(kw_only=True, slots=True)
class FeeState:
    """What is to be paid for an appointment, or was."""

    patient_id: str | None = None
    status: AppointmentStatus
    fee: Decimal
    payable: bool
    payment_number: str | None = None
    code: str | None = None


@dataclass(kw_only=True, slots=True)
class Prepaid:
    """What the hospital says of a paid fee: the code to collect the number with."""

    code: str | None = None


FEE_STATE = Shape(
    FeeState,
    patient_id="PATIENT_ID",
    status=("STATUS", convert.one_of(STATUSES, AppointmentStatus.UNKNOWN)),
    fee="TOTAL",
    payable="ALLOW_PREPAY",
    payment_number="BUSINESS_NO",
    code="CERTIFICATE_CODE",
)
PREPAID = Shape(Prepaid, code="CERTIFICATE_CODE")
OPENED = Shape(HospitalOrder, number="HIS_ORDER_NO")


class AppointmentFees:
    """Implements `connectors.ports.AppointmentFees`."""

    def __init__(self, palm: Palm) -> None:
        """Take the system."""
        self._palm = palm
        self.call = palm.call
        self._opened: OrderBook[HospitalOrder] = OrderBook()

    async def surcharge(self, holder: CardHolder, appointment_id: str) -> Decimal:  # noqa: ARG002 # the port's form
        """Nothing: this system has no surcharges."""
        return _NOTHING

    async def pay(self, holder: CardHolder, order: FeeOrder) -> Payment:
        """Tell of a payment that fits the appointment; one that was told before is confirmed."""
        way = self._way(order)
        state = await self._state(holder.card, order)
        if state.payment_number == order.number:
            return await self._confirmed(holder.card, order, state.code)
        if state.fee != order.fee or order.surcharge:
            raise self._palm.refused("/prepay", ProblemCode.AMOUNT_MISMATCH, "not the appointment's fee")
        if not state.payable:
            if state.status in _OVER or state.payment_number:
                raise self._palm.refused("/prepay", ProblemCode.NOT_PAYABLE, "nothing to be paid")
            # Perhaps paid by this very order, whose number the hospital does not repeat.
            return self._payment(holder.card, order, PaymentStatus.UNKNOWN)
        try:
            return await settled(
                self._told(holder.card, order, way), lambda status: self._payment(holder.card, order, status)
            )
        except Refused:
            # A hospital that has booked an earlier attempt may refuse the second.
            booked = await self._booked_before(holder.card, order)
            if booked is None:
                raise
            return booked

    @endpoint("/query", variant="one appointment")
    async def state(self, card: CardRef, appointment_id: str) -> FeeState | None:
        """What is to be paid for an appointment (/query by its id). Never kept: payments are checked by it."""
        return await self.call(
            "/query",
            card.hospital_id,
            {"APPT_ID": appointment_id, "DATA_SOURCE": SOURCE},
            single(One(FEE_STATE, "DATA")),
            self._palm.read(card, 0),
        )

    @endpoint("/prepay")
    async def prepay(self, card: CardRef, order: FeeOrder, way: PayWay, opened: HospitalOrder | None) -> Prepaid:
        """Notice that the fee of an appointment was paid (/prepay); from the card's balance, there is no order."""
        return await self.call(
            "/prepay",
            card.hospital_id,
            {
                "USER_DEPT_ID": USER,
                "USER_ID": USER,
                "APPT_ID": order.appointment_id,
                "BALANCE_PAY": way.balance,
                "PAY_WAY_ID": way.way,
                "HIS_ORDER_NO": opened.number if opened else None,
                "BUSINESS_NO": order.number,
                "BUSINESS_INFO": order.platform_info or None,
                "SEND_SMS": int(NO_MESSAGE),
                "DATA_SOURCE": SOURCE,
            },
            done(One(PREPAID)),
            self._palm.once(card),
        )

    @endpoint("/cpay_new_payment")
    async def new_order(self, card: CardRef, order: FeeOrder, way: PayWay) -> HospitalOrder:
        """New order of the hospital for an appointment's fee (/cpay_new_payment); nothing is charged by it."""
        return await self.call(
            "/cpay_new_payment",
            card.hospital_id,
            {
                "APPT_ID": order.appointment_id,
                "TOTAL": number(order.fee),
                "OP_FLAG": OUTPATIENT,
                "PURPOSE": _APPOINTMENT,
                "DATA_SOURCE": SOURCE,
                "PATIENT_ID": self._palm.patient_id(card),
                "PAY_WAY_ID": way.way,
                "USER_ID": USER,
                "USER_DEPT_ID": USER,
            },
            done(One(OPENED)),
            self._palm.once(),
        )

    @endpoint("/cpay_update_payment_status")
    async def mark_paid(self, card: CardRef, order: FeeOrder, way: PayWay, opened: HospitalOrder) -> None:
        """Notice that an order was paid (/cpay_update_payment_status); the answer says no more than yes."""
        await self.call(
            "/cpay_update_payment_status",
            card.hospital_id,
            {
                "HIS_ORDER_NO": opened.number,
                "PAY_WAY_ID": way.way,
                "BUSINESS_NO": order.number,
                # Required, so an empty object stands where the payment platform told nothing.
                "BUSINESS_INFO": order.platform_info or "{}",
                "DATA_SOURCE": SOURCE,
                "STATUS": _PAID,
            },
            DONE,
            self._palm.idempotent(opened.number),
        )

    async def _told(self, card: CardRef, order: FeeOrder, way: PayWay) -> Payment:
        """Tell of the payment, under the hospital's order where it is paid elsewhere than from the card's balance."""
        opened = None if way.way is None else await self._order(card, order, way)
        paid = await self.prepay(card, order, way, opened)
        return await self._confirmed(card, order, paid.code)

    async def _order(self, card: CardRef, order: FeeOrder, way: PayWay) -> HospitalOrder:
        """Find the order that was opened for this payment, or open it."""
        return await self._opened.opened(_key(card, order), lambda: self.new_order(card, order, way))

    async def _confirmed(self, card: CardRef, order: FeeOrder, code: str | None) -> Payment:
        """Say that it is booked, and close its order: nothing that becomes of the notice changes what is booked."""
        opened, way = self._opened.get(_key(card, order)), PAY_WAYS[order.method]
        if opened is not None and self._palm.options.payment_notices:
            await notify(self.mark_paid(card, order, way, opened))
        return self._payment(card, order, PaymentStatus.CONFIRMED, code)

    async def _booked_before(self, card: CardRef, order: FeeOrder) -> Payment | None:
        """Say what an earlier attempt came to, of which nothing was known before this one was refused."""
        try:
            state = await self.state(card, order.appointment_id)
        except ConnectorError:
            return self._payment(card, order, PaymentStatus.UNKNOWN)
        if state is None or (state.payable and state.payment_number is None):
            return None
        if state.payment_number == order.number:
            return await self._confirmed(card, order, state.code)
        if state.payment_number or state.status in _OVER:
            return None
        return self._payment(card, order, PaymentStatus.UNKNOWN)

    def _payment(self, card: CardRef, order: FeeOrder, status: PaymentStatus, code: str | None = None) -> Payment:
        opened = self._opened.get(_key(card, order))
        return Payment(
            card=card,
            number=order.number,
            status=status,
            amount=order.total,
            hospital_reference=opened.number if opened else None,
            registration_number=code,
        )

    async def _state(self, card: CardRef, order: FeeOrder) -> FeeState:
        """Look the appointment up: it must be this person's."""
        if is_registration(order.appointment_id):
            raise self._palm.refused("/prepay", ProblemCode.NOT_PAYABLE, "a registration for today is paid already")
        state = await self.state(card, order.appointment_id)
        if state is None or state.patient_id not in (None, self._palm.patient_id(card)):
            raise self._palm.refused("/query", ProblemCode.APPOINTMENT_UNKNOWN, "no such appointment of this person")
        return state

    def _way(self, order: FeeOrder) -> PayWay:
        if order.method not in PAY_WAYS:
            raise self._palm.refused("/prepay", ProblemCode.BAD_INPUT, "no word for this payment method")
        from_balance = order.fee if order.method is PaymentMethod.CARD_BALANCE else Decimal(0)
        if order.balance_amount != from_balance:
            told = "该院仅支持全部用卡余额或全部线上支付"
            raise self._palm.refused("/prepay", ProblemCode.BAD_INPUT, "either the card's balance or online", told)
        return PAY_WAYS[order.method]


def _key(card: CardRef, order: FeeOrder) -> tuple[str, ...]:
    """Name a payment with its content: another content has another order."""
    return (card.hospital_id, order.number, order.appointment_id, order.method.value, f"{order.fee:.2f}")
