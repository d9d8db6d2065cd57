"""Fees of appointments that were booked before (document chapter 21)."""

from decimal import Decimal

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.payments import settled
from connectors.core.readers import done, value
from connectors.core.shape import One
from connectors.records.billing import Payment, PaymentStatus
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.same_day import FeeOrder, RegistrationReceipt
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.same_day_keys import Seat, is_registration, seat_of
from connectors.regional_wechat.same_day_shapes import RECEIPT
from connectors.regional_wechat.session_keys import BookingKey, compact
from connectors.regional_wechat.words import WORDS_OF_PAYMENT_METHOD

_PAID = "1"
_NOTHING = Decimal("0.00")


class AppointmentFees:
    """Implements `connectors.ports.AppointmentFees`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    async def surcharge(self, holder: CardHolder, appointment_id: str) -> Decimal:
        """What is to be paid beside the fee; a registration for today is paid in whole."""
        if is_registration(appointment_id):
            return _NOTHING
        seat = self._regional.key("21.2.5", seat_of, appointment_id, ProblemCode.NOT_FOUND)
        return await self.surcharge_of(holder, seat) or _NOTHING

    @endpoint("21.2.5")
    async def surcharge_of(self, holder: CardHolder, seat: Seat) -> Decimal | None:
        """What is to be paid beside the fee of a doctor's session (21.2.5)."""
        card = holder.card
        return await self.call(
            "hospital.interface.querySurcharge",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "medicalCardNumber": card.number,
                "idCard": holder.identity_number,
                "patientName": holder.name,
                "deptCode": seat.department_id,
                "docCode": seat.doctor_id,
                "scheduleDate": compact(seat.day),
                "amPm": seat.half,
            },
            value(Decimal, convert.money, "data", "surcharge"),
            self._regional.read(card, 0),
        )

    async def pay(self, holder: CardHolder, order: FeeOrder) -> Payment:
        """Tell the hospital of a payment; only what was booked through this server has the number it is named by."""
        booking = self._regional.key("21.2.4", BookingKey.parse, order.appointment_id, ProblemCode.NOT_PAYABLE)

        def payment(status: PaymentStatus, receipt: RegistrationReceipt | None = None) -> Payment:
            return Payment(
                card=holder.card,
                number=order.number,
                status=status,
                amount=order.total,
                hospital_reference=receipt.payment_reference if receipt else None,
                registration_number=receipt.registration_number if receipt else None,
            )

        async def told() -> Payment:
            return payment(PaymentStatus.CONFIRMED, await self.to_pay(holder, order, booking))

        return await settled(told(), payment)

    @endpoint("21.2.4")
    async def to_pay(self, holder: CardHolder, order: FeeOrder, booking: BookingKey) -> RegistrationReceipt:
        """Notice that a booking was paid (21.2.4); `arAmt` is the fee net of the card balance, the surcharge apart."""
        card, slot = holder.card, booking.slot
        return await self.call(
            "hospital.interface.yyghRegister",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "recordId": booking.record_id,
                "medicalCardNumber": card.number,
                "idCard": holder.identity_number,
                "patientName": holder.name,
                "deptCode": slot.session.department_id,
                "docCode": slot.session.doctor_id,
                "arAmt": convert.in_yuan(order.fee - order.balance_amount),
                "scheduleDate": slot.session.date,
                "payId": order.number,
                "payState": _PAID,
                "startTime": slot.start,
                "amPm": slot.half,
                "stateTime": convert.in_shanghai(order.paid_at),
                "payType": WORDS_OF_PAYMENT_METHOD[order.method],
                "balancePay": convert.in_yuan(order.balance_amount),
                "external": order.platform_info or None,
                "surcharge": convert.in_yuan(order.surcharge),
            },
            done(One(RECEIPT, "data")),
            self._regional.idempotent(order.number, card),
        )
