"""Money: charges to be paid, payments, and the bills they become."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc, DocumentedEnum


class ChargeKind(DocumentedEnum):
    """What kind of order a charge comes from (处方类型)."""

    ORDINARY = "ORDINARY", "Western medicine, tests, materials (普通)."
    TRADITIONAL_CHINESE_MEDICINE = "TRADITIONAL_CHINESE_MEDICINE", "Traditional Chinese medicine (中药)."
    UNKNOWN = "UNKNOWN", "The hospital does not say (未知)."


@dataclass(kw_only=True, slots=True)
class Charge:
    """An ordered item that waits to be paid (待缴费, FHIR ChargeItem)."""

    id: Annotated[str, Doc("Global id; what payCharges takes (费用明细标识).")]
    card: Annotated[CardRef, INTERNAL]
    item: Annotated[str, Doc("What is charged (项目名称).")]
    amount: Annotated[Decimal, Doc("Amount in yuan (项目金额).")]
    unit_price: Annotated[Decimal | None, Doc("Price of one unit in yuan (单价).")] = None
    quantity: Annotated[Decimal | None, Doc("How many units (数量).")] = None
    unit: Annotated[str | None, Doc("Unit of the quantity (单位).")] = None
    category: Annotated[str | None, Doc("Category of the item, in the hospital's words (项目类别).")] = None
    kind: Annotated[ChargeKind, Doc("Kind of order (处方类型).")] = ChargeKind.UNKNOWN
    discount: Annotated[Decimal | None, Doc("Discount on this item in yuan (优惠金额).")] = None
    ordered_by: Annotated[str | None, Doc("Doctor who ordered it (开单医生).")] = None
    ordered_at: Annotated[dt.datetime | None, Doc("When it was ordered (开单时间).")] = None
    prescription_number: Annotated[str | None, Doc("Number of the prescription it belongs to (处方号).")] = None
    group: Annotated[
        str | None,
        Doc("Charges of one card with the same group are paid together; null: each alone (缴费组别)."),
    ] = None
    group_title: Annotated[str | None, Doc("Name of the group (组别名称).")] = None
    visit_id: Annotated[str | None, INTERNAL] = None


@dataclass(kw_only=True, slots=True)
class ChargeSheet:
    """All that one card has to pay, with the total as the hospital states it (待缴费清单)."""

    card: Annotated[CardRef, INTERNAL]
    total: Annotated[Decimal, Doc("What is to be paid for everything, in yuan; the hospital's figure (支付总金额).")]
    discount: Annotated[Decimal | None, Doc("Total discount in yuan (优惠总金额).")] = None
    insured: Annotated[bool | None, Doc("Whether the person has medical insurance (是否参保).")] = None
    charges: Annotated[list[Charge], Doc("The single charges (待缴费明细).")] = field(default_factory=list)


class PaymentMethod(DocumentedEnum):
    """How the money was paid (支付方式)."""

    WECHAT_PAY = "WECHAT_PAY", "WeChat Pay (微信)."
    ALIPAY = "ALIPAY", "Alipay (支付宝)."
    CUSTOM_PLATFORM = "CUSTOM_PLATFORM", "The region's own payment platform (自定义平台支付)."
    CARD_BALANCE = "CARD_BALANCE", "The balance of the card alone (卡余额)."
    UNKNOWN = "UNKNOWN", "A way that is not known here; never to be sent (未知)."


class PaymentStatus(DocumentedEnum):
    """What became of a payment (支付状态)."""

    CONFIRMED = "CONFIRMED", "The hospital has booked it (院内处理成功)."
    PROCESSING = (
        "PROCESSING",
        "The hospital is still working on it; ask again with the same key (业务处理中).",
    )
    UNKNOWN = (
        "UNKNOWN",
        "The hospital did not answer; ask again with the same key, do not pay again (状态不明).",
    )


@dataclass(kw_only=True, slots=True)
class PaymentOrder:
    """A payment to be told to the hospital (缴费订单)."""

    number: str
    charges: list[Charge]
    amount: Decimal
    balance_amount: Decimal
    method: PaymentMethod
    paid_at: dt.datetime
    platform_info: str = ""


@dataclass(kw_only=True, slots=True)
class Payment:
    """A payment and what the hospital says of it (缴费结果)."""

    card: Annotated[CardRef, INTERNAL]
    number: Annotated[str, Doc("The business key of the payment (支付单号).")]
    status: Annotated[PaymentStatus, Doc("What became of it (支付状态).")]
    amount: Annotated[Decimal, Doc("Amount in yuan, card balance included (支付金额).")]
    hospital_reference: Annotated[str | None, Doc("The hospital's own transaction number (院内流水号).")] = None
    registration_number: Annotated[
        str | None, Doc("The hospital's number of the registration that was paid, where it was one (院内挂号号).")
    ] = None
    invoice_ids: Annotated[list[str], Doc("Keys of the electronic invoices (电子发票标识).")] = field(
        default_factory=list
    )


@dataclass(kw_only=True, slots=True)
class BillItem:
    """One line of a bill (费用明细)."""

    item_id: Annotated[str | None, Doc("The hospital's key of what was charged (收费项目标识).")] = None
    category: Annotated[str | None, Doc("Category, in the hospital's words (费用类别).")] = None
    name: Annotated[str, Doc("What was charged (项目名称).")]
    unit_price: Annotated[Decimal | None, Doc("Price of one unit in yuan, up to four places (单价).")] = None
    quantity: Annotated[Decimal | None, Doc("How many units (数量).")] = None
    unit: Annotated[str | None, Doc("Unit of the quantity (单位).")] = None
    amount: Annotated[Decimal, Doc("Amount in yuan (小计金额).")]
    charged_at: Annotated[dt.datetime | None, Doc("When it was paid; for a stay, when it was charged (收费时间).")] = (
        None
    )


@dataclass(kw_only=True, slots=True)
class Bill:
    """What was paid for an outpatient visit (门诊费用, FHIR Invoice)."""

    id: Annotated[str, Doc("Global id (费用标识).")]
    card: Annotated[CardRef, INTERNAL]
    charged_at: Annotated[dt.datetime | None, Doc("When it was paid (收费时间).")] = None
    total: Annotated[Decimal, Doc("Total in yuan (费用总金额).")]
    discount: Annotated[Decimal | None, Doc("Discount in yuan (优惠金额).")] = None
    insurance_amount: Annotated[Decimal | None, Doc("What medical insurance paid, in yuan (医保报销金额).")] = None
    insurance_fund_amount: Annotated[Decimal | None, Doc("Of that, from the pooled fund (医保统筹金额).")] = None
    insurance_account_amount: Annotated[Decimal | None, Doc("Of that, from the personal account (医保余额支付).")] = (
        None
    )
    paid_amount: Annotated[Decimal | None, Doc("What the person paid in yuan (实付金额).")] = None
    items: Annotated[list[BillItem], Doc("The lines (明细).")] = field(default_factory=list)
    visit_id: Annotated[str | None, INTERNAL] = None
