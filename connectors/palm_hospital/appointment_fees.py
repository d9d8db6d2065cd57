"""Fees of appointments that were booked before: /prepay, and what /query tells of one appointment.

/prepay takes no amount and promises nothing about being told twice: the fee is compared with the appointment's, and a
payment whose answer was lost is found again by the platform's number that the appointment then carries.
"""

from dataclasses import dataclass
from decimal import Decimal

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.payments import settled
from connectors.core.readers import done, single
from connectors.core.shape import One, Shape
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.same_day_shapes import is_registration
from connectors.palm_hospital.sessions import STATUSES
from connectors.palm_hospital.words import NO_MESSAGE, SOURCE, USER
from connectors.records.base import CardRef
from connectors.records.billing import Payment, PaymentMethod, PaymentStatus
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.same_day import FeeOrder
from connectors.records.scheduling import AppointmentStatus

_NOTHING = Decimal("0.00")


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


class AppointmentFees:
    """Implements `connectors.ports.AppointmentFees`."""

    def __init__(self, palm: Palm) -> None:
        """Take the system."""
        self._palm = palm
        self.call = palm.call

    async def surcharge(self, holder: CardHolder, appointment_id: str) -> Decimal:  # noqa: ARG002 # the port's form
        """Nothing: this system has no surcharges."""
        return _NOTHING

    async def pay(self, holder: CardHolder, order: FeeOrder) -> Payment:
        """Tell of a payment that fits the appointment; one that was told before is confirmed."""
        way = self._way(order)
        state = await self._state(holder.card, order)
        if state.payment_number == order.number:
            return _payment(holder.card, order, PaymentStatus.CONFIRMED, state.code)
        if state.fee != order.fee or order.surcharge:
            raise self._palm.refused("/prepay", ProblemCode.AMOUNT_MISMATCH, "not the appointment's fee")
        if not state.payable:
            if state.status in _OVER or state.payment_number:
                raise self._palm.refused("/prepay", ProblemCode.NOT_PAYABLE, "nothing to be paid")
            # Perhaps paid by this very order, whose number the hospital does not repeat.
            return _payment(holder.card, order, PaymentStatus.UNKNOWN)

        async def told() -> Payment:
            paid = await self.prepay(holder.card, order, way)
            return _payment(holder.card, order, PaymentStatus.CONFIRMED, paid.code)

        return await settled(told(), lambda status: _payment(holder.card, order, status))

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
    async def prepay(self, card: CardRef, order: FeeOrder, way: PayWay) -> Prepaid:
        """Notice that the fee of an appointment was paid (/prepay); the HIS's order is the appointment itself."""
        return await self.call(
            "/prepay",
            card.hospital_id,
            {
                "USER_DEPT_ID": USER,
                "USER_ID": USER,
                "APPT_ID": order.appointment_id,
                "BALANCE_PAY": way.balance,
                "PAY_WAY_ID": way.way,
                "HIS_ORDER_NO": order.appointment_id,
                "BUSINESS_NO": order.number,
                "BUSINESS_INFO": order.platform_info or None,
                "SEND_SMS": int(NO_MESSAGE),
                "DATA_SOURCE": SOURCE,
            },
            done(One(PREPAID)),
            self._palm.once(card),
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


def _payment(card: CardRef, order: FeeOrder, status: PaymentStatus, code: str | None = None) -> Payment:
    return Payment(card=card, number=order.number, status=status, amount=order.total, registration_number=code)
