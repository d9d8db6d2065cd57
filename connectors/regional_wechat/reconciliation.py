"""What was booked of online payments (document chapter 14)."""

from decimal import Decimal

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import listing, listing_each, single
from connectors.core.shape import GIVEN, Many, One, Row, Shape, Whole
from connectors.records.base import CardRef, Period
from connectors.records.reconciliation import Transaction, TransactionKind
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.words import payment_method

# Money moves at any time, and a reconciliation is repeated until it agrees: never kept.
_NOT_KEPT = 0


def _kind(row: Row) -> TransactionKind:
    refund = convert.text(row.get("refundNo")) or (convert.money(row.get("amount")) or 0) < 0
    return TransactionKind.REFUND if refund else TransactionKind.PAYMENT


def _amount(row: Row) -> Decimal | None:
    """Refunds are negative in 14.2.1 and positive in 14.2.3: here always negative."""
    amount = convert.money(row.get("amount"))
    return -abs(amount) if amount is not None and _kind(row) is TransactionKind.REFUND else amount


TRANSACTION = Shape(
    Transaction,
    card=GIVEN,
    kind=Whole(_kind),
    number="tradeNo",
    refund_number="refundNo",
    amount=Whole(_amount),
    traded_at="tradeTime",
    method=("payType", payment_method),
    subject="body",
    complete="complete",
    person_name="name",
)


class Reconciliation:
    """Implements `connectors.ports.Reconciliation`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    @endpoint("14.2.1")
    async def transactions(self, hospital_id: str, period: Period) -> list[Transaction]:
        """Transactions of a stretch of time (14.2.1)."""
        return await self.call(
            "hospital.interface.reconciliation.detail",
            hospital_id,
            {
                "hospitalId": self._regional.upstream_id(hospital_id),
                "startTime": convert.in_shanghai(period.since),
                "endTime": convert.in_shanghai(period.until),
            },
            listing_each(
                Many(TRANSACTION, "data"),
                lambda row: {"card": CardRef(hospital_id, convert.text(row.get("hisCardCode")) or "")},
                hospital_id,
            ),
            self._regional.read(_topic(hospital_id), _NOT_KEPT),
        )

    @endpoint("14.2.2")
    async def transactions_of(self, hospital_id: str, number: str) -> list[Transaction]:
        """Transactions of one order (14.2.2)."""
        return await self.call(
            "hospital.interface.reconciliation.queryByOutTradeNo",
            hospital_id,
            {"hospitalId": self._regional.upstream_id(hospital_id), "tradeNo": number},
            listing(Many(TRANSACTION, "data"), _nobody(hospital_id)),
            self._regional.read(_topic(hospital_id), _NOT_KEPT),
        )

    @endpoint("14.2.3")
    async def refund_transaction(self, hospital_id: str, number: str, refund_number: str) -> Transaction | None:
        """One refund of an order (14.2.3)."""
        return await self.call(
            "hospital.interface.reconciliation.queryByOutTradeNoAndRefundNo",
            hospital_id,
            {"hospitalId": self._regional.upstream_id(hospital_id), "tradeNo": number, "refundNo": refund_number},
            single(One(TRANSACTION, "data"), _nobody(hospital_id)),
            self._regional.read(_topic(hospital_id), _NOT_KEPT),
        )


def _topic(hospital_id: str) -> str:
    return f"transactions {hospital_id}"


def _nobody(hospital_id: str) -> CardRef:
    """The card of a row that tells of none: it is of the hospital."""
    return CardRef(hospital_id, "")
