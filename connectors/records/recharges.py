"""Money that is put on a card and given back, and whether a payment may be given back."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc, DocumentedEnum
from connectors.records.billing import PaymentMethod


class RefundStatus(DocumentedEnum):
    """What became of a refund (退款状态)."""

    CONFIRMED = "CONFIRMED", "The hospital has made it (退款成功)."
    PROCESSING = "PROCESSING", "The hospital is still working on it; ask again (退款进行中)."
    FAILED = "FAILED", "Nothing was taken off; it may be sent again under the same number (退款失败)."
    UNKNOWN = "UNKNOWN", "Not known; never read this as failure, ask again (状态不明)."


class Refundability(DocumentedEnum):
    """Whether a payment may be given back (是否可退款)."""

    REFUNDABLE = "REFUNDABLE", "May be given back, all of it (可退款)."
    NOT_REFUNDABLE = "NOT_REFUNDABLE", "May not be given back (不可退款)."
    UNKNOWN = "UNKNOWN", "The hospital does not say; do not give it back (未知)."


@dataclass(kw_only=True, slots=True)
class RechargeOrder:
    """Money that was paid in to a card, to be told to the hospital (充值订单).

    `repeated`: the hospital was told of it before, whatever came of that.
    """

    number: str
    amount: Decimal
    method: PaymentMethod
    paid_at: dt.datetime
    platform_info: str = ""
    # Not a part of what is paid: the same order, sent again.
    repeated: bool = field(default=False, repr=False)


@dataclass(kw_only=True, slots=True)
class Recharge:
    """Money that was put on a card (充值记录)."""

    card: Annotated[CardRef, INTERNAL]
    receipt_number: Annotated[str, Doc("The hospital's own number of it (充值记录编号).")]
    amount: Annotated[Decimal, Doc("What was paid, in yuan (实际支付金额).")]
    total: Annotated[Decimal | None, Doc("What it came to, in yuan, the discount included (总金额).")] = None
    discount: Annotated[Decimal | None, Doc("Discount in yuan (减免金额).")] = None
    method_name: Annotated[str | None, Doc("How it was paid, in the hospital's words (支付途径).")] = None
    bank_name: Annotated[str | None, Doc("Bank that it was paid through (银行名称).")] = None
    paid_at: Annotated[dt.datetime | None, Doc("When (充值时间).")] = None


@dataclass(kw_only=True, slots=True)
class RefundableRecharge:
    """A recharge of which something can be given back (可退充值订单)."""

    number: Annotated[str, Doc("Number of the recharge; what refundRecharge takes (充值订单号).")]
    amount: Annotated[Decimal, Doc("What of it can be given back, in yuan (可退金额).")]


@dataclass(kw_only=True, slots=True)
class RefundableBalance:
    """What of a card's balance was paid in online and can be given back (可退余额)."""

    card: Annotated[CardRef, INTERNAL]
    total: Annotated[Decimal, Doc("All that can be given back, in yuan; the hospital's figure (可退金额合计).")]
    recharges: Annotated[list[RefundableRecharge], Doc("The recharges it came from (可退订单).")] = field(
        default_factory=list
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class RefundOrder:
    """A refund to be made: its own number, the recharge it is of, and how much in yuan."""

    number: str
    recharge_number: str
    amount: Decimal


@dataclass(kw_only=True, slots=True)
class Refund:
    """A refund of a card's balance and what the hospital says of it (就诊卡退款)."""

    card: Annotated[CardRef, INTERNAL]
    number: Annotated[str, Doc("The business key of the refund (退款单号).")]
    recharge_number: Annotated[str, Doc("Number of the recharge that it is of (充值订单号).")]
    status: Annotated[RefundStatus, Doc("What became of it (退款状态).")]
    amount: Annotated[Decimal | None, Doc("Amount in yuan, where it is told (退款金额).")] = None
    balance: Annotated[Decimal | None, Doc("What is left on the card, in yuan (退款后余额).")] = None
    hospital_reference: Annotated[str | None, Doc("The hospital's own number of the refund (院内退款流水号).")] = None
