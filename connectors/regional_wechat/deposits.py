"""Deposits for stays (document chapters 10 and 39)."""

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.payments import settled
from connectors.core.readers import done, listing
from connectors.core.shape import GIVEN, Many, One, Shape
from connectors.records.billing import PaymentStatus
from connectors.records.deposits import Deposit, DepositOrder, DepositPayment
from connectors.records.people import CardHolder
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.words import WORDS_OF_PAYMENT_METHOD

DEPOSIT = Shape(
    Deposit,
    card=GIVEN,
    number="outTradeNo",
    amount="amount",
    method_name="payTypeName",
    paid_at="createTime",
    receipt_number="prepayCode",
    admission_number="admissionNumber",
)
PAYMENT = Shape(
    DepositPayment,
    card=GIVEN,
    number=GIVEN,
    status=GIVEN,
    amount=GIVEN,
    hospital_reference="outPrepayId",
    deposit_balance="amount",
)


class Deposits:
    """Implements `connectors.ports.Deposits`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    @endpoint("39.1.1")
    async def deposits(self, holder: CardHolder) -> list[Deposit]:
        """All deposits of a person and their refunds (39.1.1)."""
        card = holder.card
        return await self.call(
            "hospital.interface.getDepositRecord",
            card.hospital_id,
            {
                "medicalCardNumber": card.number,
                "patientName": holder.name,
                "idCard": holder.identity_number,
                "hospitalId": self._regional.upstream_id(card.hospital_id),
            },
            listing(Many(DEPOSIT, "data"), card),
            self._regional.read(card),
        )

    async def pay_deposit(self, holder: CardHolder, order: DepositOrder) -> DepositPayment:
        """Tell the hospital of a deposit; no answer, or "still in work", is not a failure."""

        def undecided(status: PaymentStatus) -> DepositPayment:
            return DepositPayment(card=holder.card, number=order.number, status=status, amount=order.amount)

        return await settled(self.payment_of_deposit(holder, order), undecided)

    @endpoint("10.1.2")
    async def payment_of_deposit(self, holder: CardHolder, order: DepositOrder) -> DepositPayment:
        """Notice of a deposit (10.1.2)."""
        card = holder.card
        return await self.call(
            "hospital.interface.paymentOfDeposit",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "medicalCardNumber": card.number,
                "idCard": holder.identity_number,
                "admissionNumber": order.admission_number,
                "amount": convert.in_yuan(order.amount),
                "outTradeNo": order.number,
                "payType": WORDS_OF_PAYMENT_METHOD[order.method],
                "payTime": convert.in_shanghai(order.paid_at),
                "external": order.platform_info or None,
            },
            done(One(PAYMENT, "data"), card, number=order.number, status=PaymentStatus.CONFIRMED, amount=order.amount),
            self._regional.idempotent(order.number, card),
        )
