"""Money on cards: recharges and refunds (document chapters 7, 8 and 13)."""

import datetime as dt
from typing import Any

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.payments import settled
from connectors.core.readers import Reader, done, single
from connectors.core.shape import GIVEN, Many, One, Shape
from connectors.errors import Malformed, NotFound, Refused, Unavailable
from connectors.records.billing import Payment, PaymentStatus
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.recharges import (
    RechargeOrder,
    Refund,
    Refundability,
    RefundableBalance,
    RefundableRecharge,
    RefundOrder,
    RefundStatus,
)
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.words import WORDS_OF_PAYMENT_METHOD

RECHARGE = Shape(Payment, card=GIVEN, number=GIVEN, status=GIVEN, amount=GIVEN, hospital_reference="outPrepayId")
REFUNDABLE = Shape(
    RefundableBalance,
    card=GIVEN,
    total="balance",
    recharges=Many(Shape(RefundableRecharge, number="rechargeNo", amount="balance"), "order"),
)
REFUND = Shape(
    Refund,
    card=GIVEN,
    number=GIVEN,
    recharge_number=GIVEN,
    status=GIVEN,
    amount=GIVEN,
    balance="balance",
    hospital_reference="outRefundId",
)
# Code 3 stands for all but success and "in work", also for a refund that the hospital never heard of.
_STATES = {"1": RefundStatus.CONFIRMED, "2": RefundStatus.PROCESSING, "3": RefundStatus.FAILED}
REFUND_STATE = Shape(
    Refund,
    card=GIVEN,
    number=GIVEN,
    recharge_number=GIVEN,
    status=("status", convert.one_of(_STATES, RefundStatus.UNKNOWN)),
    hospital_reference="outRefundId",
)
REFUNDABILITY = convert.one_of(
    {"refundable": Refundability.REFUNDABLE, "nonrefundable": Refundability.NOT_REFUNDABLE}, Refundability.UNKNOWN
)


def refundability() -> Reader[Refundability]:
    """Read a bare refundable or nonrefundable."""
    return Reader(Refundability, lambda body: REFUNDABILITY(body.get("data")), lambda: Refundability.UNKNOWN)


class Recharges:
    """Implements `connectors.ports.Recharges` and `Refunds`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    async def recharge(self, holder: CardHolder, order: RechargeOrder) -> Payment:
        """Tell the hospital of a recharge; no answer, or "still in work", is not a failure."""

        def undecided(status: PaymentStatus) -> Payment:
            return Payment(card=holder.card, number=order.number, status=status, amount=order.amount)

        return await settled(self.pay_success(holder, order), undecided)

    @endpoint("7.1.2")
    async def pay_success(self, holder: CardHolder, order: RechargeOrder) -> Payment:
        """Notice of a recharge (7.1.2)."""
        return await self.call(
            "hospital.interface.paySuccess",
            holder.card.hospital_id,
            {
                **self._whose(holder),
                "outTradeNo": order.number,
                "payAmount": convert.in_yuan(order.amount),
                "payType": WORDS_OF_PAYMENT_METHOD[order.method],
                "payTime": convert.in_shanghai(order.paid_at),
                "external": order.platform_info or None,
            },
            done(
                One(RECHARGE, "data"),
                holder.card,
                number=order.number,
                status=PaymentStatus.CONFIRMED,
                amount=order.amount,
            ),
            self._regional.idempotent(order.number, holder.card),
        )

    @endpoint("8.1.1")
    async def refundable(self, holder: CardHolder, since: dt.date | None) -> RefundableBalance | None:
        """Balance that can be given back, and the recharges it came from (8.1.1); three months' without a day."""
        return await self.call(
            "hospital.interface.getRefundBlance",
            holder.card.hospital_id,
            {**self._whose(holder), "startTime": since and since.isoformat()},
            single(One(REFUNDABLE, "data"), holder.card),
            self._regional.read(holder.card, 0),
        )

    async def refund(self, holder: CardHolder, order: RefundOrder) -> Refund:
        """Give money back; no answer, "nothing found" or "still in work" is not a failure."""

        def undecided(status: RefundStatus) -> Refund:
            return Refund(
                card=holder.card,
                number=order.number,
                recharge_number=order.recharge_number,
                status=status,
                amount=order.amount,
            )

        try:
            return await self.card_refund(holder, order)
        except (Unavailable, Malformed, NotFound):
            # Of refunds, "nothing found" means that their state is not known (appendix 4).
            return undecided(RefundStatus.UNKNOWN)
        except Refused as error:
            if error.code is not ProblemCode.IN_PROGRESS:
                raise
            return undecided(RefundStatus.PROCESSING)

    @endpoint("8.1.2")
    async def card_refund(self, holder: CardHolder, order: RefundOrder) -> Refund:
        """Refund of a recharge (8.1.2): the hospital knows a repeat by the refund's number."""
        return await self.call(
            "hospital.interface.cardRefund",
            holder.card.hospital_id,
            {
                **self._whose(holder),
                "orderNo": order.recharge_number,
                "refundNo": order.number,
                "refunAmount": convert.in_yuan(order.amount),
            },
            done(
                One(REFUND, "data"),
                holder.card,
                number=order.number,
                recharge_number=order.recharge_number,
                status=RefundStatus.CONFIRMED,
                amount=order.amount,
            ),
            self._regional.idempotent(order.number, holder.card),
        )

    @endpoint("8.1.3")
    async def refund_state(self, holder: CardHolder, recharge_number: str, refund_number: str) -> Refund:
        """State of a refund (8.1.3); "nothing found" is a state that is not known."""
        return await self.call(
            "hospital.interface.getRefundStatus",
            holder.card.hospital_id,
            {**self._whose(holder), "orderNo": recharge_number, "refundNo": refund_number},
            done(One(REFUND_STATE, "data"), holder.card, number=refund_number, recharge_number=recharge_number),
            self._regional.read(holder.card, 0),
        )

    @endpoint("13.1.1")
    async def refundability(self, holder: CardHolder, payment_number: str) -> Refundability:
        """Whether a payment may be given back (13.1.1); anything but a clear yes is none."""
        return await self.call(
            "hospital.interface.refundQuery",
            holder.card.hospital_id,
            {**self._whose(holder), "outTradeNo": payment_number},
            refundability(),
            self._regional.read(holder.card, 0),
        )

    def _whose(self, holder: CardHolder) -> dict[str, Any]:
        return {
            "hospitalId": self._regional.upstream_id(holder.card.hospital_id),
            "medicalCardNumber": holder.card.number,
            "idCard": holder.identity_number,
        }
