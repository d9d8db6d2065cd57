"""Deposits for stays, and orders of copies of case files: money of inpatients."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc
from connectors.records.billing import PaymentMethod, PaymentStatus


@dataclass(kw_only=True, slots=True)
class Deposit:
    """A deposit that was paid for a stay, or given back (住院押金记录)."""

    card: Annotated[CardRef, INTERNAL]
    number: Annotated[
        str | None, Doc("Number of the payment; a refund carries that of what it gives back (订单号).")
    ] = None
    amount: Annotated[Decimal, Doc("Amount in yuan; negative for a refund (金额).")]
    method_name: Annotated[str | None, Doc("How it was paid, in the hospital's words (支付方式).")] = None
    paid_at: Annotated[dt.datetime | None, Doc("When (支付时间).")] = None
    receipt_number: Annotated[str | None, Doc("Number of the receipt (预交金单据编号).")] = None
    admission_number: Annotated[str | None, Doc("Admission number of the stay (住院号).")] = None


@dataclass(kw_only=True, slots=True)
class PaidOrder:
    """Something that was paid for, to be told to the hospital (已支付订单)."""

    number: str
    amount: Decimal
    method: PaymentMethod
    paid_at: dt.datetime


@dataclass(kw_only=True, slots=True)
class DepositOrder(PaidOrder):
    """A deposit to be told to the hospital (押金缴纳订单).

    `repeated`: the hospital was told of it before, whatever came of that.
    """

    admission_number: str | None = None
    platform_info: str = ""
    # Not a part of what is paid: the same order, sent again.
    repeated: bool = field(default=False, repr=False)


@dataclass(kw_only=True, slots=True)
class DepositPayment:
    """A deposit and what the hospital says of it (押金缴纳结果)."""

    card: Annotated[CardRef, INTERNAL]
    number: Annotated[str, Doc("The business key of the payment (支付单号).")]
    status: Annotated[PaymentStatus, Doc("What became of it (支付状态).")]
    amount: Annotated[Decimal, Doc("Amount in yuan (缴纳金额).")]
    hospital_reference: Annotated[str | None, Doc("The hospital's own transaction number (院内流水号).")] = None
    deposit_balance: Annotated[Decimal | None, Doc("What is left of all deposits now, in yuan (押金余额).")] = None


@dataclass(kw_only=True, slots=True)
class CaseCopyOrder(PaidOrder):
    """Copies of a case file that were paid for, to be told to the hospital (病案复印订单).

    Without `mailing_fee` the person collects them.
    """

    application_id: str
    admission_number: str
    page_count: int
    print_fee: Decimal
    mailing_fee: Decimal | None = None


@dataclass(kw_only=True, slots=True)
class CaseCopy:
    """Copies of a case file that were paid for, and what the hospital says of it (病案复印)."""

    id: Annotated[str, Doc("Global id; what cancelCaseCopy takes once it is confirmed (病案复印标识).")]
    card: Annotated[CardRef, INTERNAL]
    number: Annotated[str, Doc("The business key of the payment (支付单号).")]
    status: Annotated[PaymentStatus, Doc("What became of it (支付状态).")]
    amount: Annotated[Decimal, Doc("Amount in yuan (总金额).")]
    admission_number: Annotated[str, Doc("Admission number of the stay (住院号).")]
    hospital_reference: Annotated[str | None, Doc("The hospital's own number of the order (院内订单号).")] = None


@dataclass(kw_only=True, slots=True)
class CaseCopyCancellation:
    """An order of copies that was taken back, and its money with it (病案复印撤销退费)."""

    refunded_amount: Annotated[Decimal, Doc("What is given back, in yuan (退费金额).")]
