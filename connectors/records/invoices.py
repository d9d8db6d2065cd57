"""Electronic invoices."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc, DocumentedEnum


class InvoiceKind(DocumentedEnum):
    """What an invoice is about (发票类型)."""

    OUTPATIENT = "OUTPATIENT", "An outpatient visit (门诊)."
    INPATIENT = "INPATIENT", "A stay (住院)."
    DEPOSIT = "DEPOSIT", "A deposit for a stay (住院押金)."
    UNKNOWN = "UNKNOWN", "The hospital does not say (未知)."


class InvoiceFormat(DocumentedEnum):
    """What the file of an invoice is (文件格式)."""

    PDF = "PDF", "PDF (PDF文件)."
    PNG = "PNG", "PNG picture (PNG图片)."
    JPEG = "JPEG", "JPEG picture (JPEG图片)."
    UNKNOWN = "UNKNOWN", "The hospital does not say (未知)."


@dataclass(kw_only=True, slots=True)
class InvoiceDocument:
    """An invoice to look at: a page of the hospital's, a file, or both (电子发票文件)."""

    card: Annotated[CardRef, INTERNAL]
    page_url: Annotated[str | None, Doc("Page that shows it (查看地址).")] = None
    content: Annotated[str | None, Doc("The file in Base64 (文件内容).")] = None
    format: Annotated[InvoiceFormat, Doc("What `content` is (文件格式).")] = InvoiceFormat.UNKNOWN


@dataclass(kw_only=True, slots=True)
class ElectronicInvoice:
    """An electronic invoice (电子发票)."""

    id: Annotated[str, Doc("Global id (发票标识).")]
    card: Annotated[CardRef, INTERNAL]
    number: Annotated[str | None, Doc("Number of the invoice (发票号).")] = None
    kind: Annotated[InvoiceKind, Doc("What it is about (发票类型).")] = InvoiceKind.UNKNOWN
    issued_at: Annotated[dt.datetime | None, Doc("When it was made (开票时间).")] = None
    amount: Annotated[Decimal, Doc("Amount in yuan (发票金额).")]
    discount: Annotated[Decimal | None, Doc("Of that, what was remitted, in yuan (减免金额).")] = None
    paid_amount: Annotated[Decimal | None, Doc("What the person paid in yuan (实付金额).")] = None
    insurance_amount: Annotated[Decimal | None, Doc("What medical insurance paid, in yuan (医保支付金额).")] = None
    account_amount: Annotated[Decimal | None, Doc("What the personal account paid, in yuan (账户支付金额).")] = None
    cash_amount: Annotated[Decimal | None, Doc("What was paid in cash, in yuan (现金支付金额).")] = None
    patient_name: Annotated[str | None, INTERNAL] = None
    document_address: Annotated[str | None, INTERNAL] = None
