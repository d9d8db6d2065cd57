"""What a hospital has booked of online payments, to be compared with what the payment platform has (对账)."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc, DocumentedEnum
from connectors.records.billing import PaymentMethod


class TransactionKind(DocumentedEnum):
    """Which way the money went (交易类型)."""

    PAYMENT = "PAYMENT", "To the hospital (支付)."
    REFUND = "REFUND", "Back from the hospital (退款)."


@dataclass(kw_only=True, slots=True)
class Transaction:
    """An online payment or refund, as the hospital has booked it (交易记录).

    The card has no number where the hospital names none.
    """

    card: Annotated[CardRef, INTERNAL]
    kind: Annotated[TransactionKind, Doc("Payment or refund (交易类型).")]
    number: Annotated[str, Doc("Number of the payment (订单号).")]
    refund_number: Annotated[str | None, Doc("Number of the refund, where it is one (退款单号).")] = None
    amount: Annotated[Decimal, Doc("Amount in yuan; negative for a refund (金额).")]
    traded_at: Annotated[dt.datetime | None, Doc("When the money moved (交易时间).")] = None
    method: Annotated[PaymentMethod, Doc("How it was paid (支付方式).")]
    subject: Annotated[str | None, Doc("What for, in the hospital's words (商品名称).")] = None
    complete: Annotated[bool | None, Doc("Whether the hospital has finished with it (交易是否完成).")] = None
    person_name: Annotated[str | None, INTERNAL] = None
