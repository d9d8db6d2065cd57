"""Medical insurance: orders that it pays a part of."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc, DocumentedEnum
from connectors.records.billing import PaymentMethod


class InsuranceOrderStatus(DocumentedEnum):
    """How far an insurance order is (医保订单状态)."""

    PRE_SETTLED = "PRE_SETTLED", "The insurance has said what it would pay (已预结算)."
    SETTLED = "SETTLED", "The insurance has paid its part; the rest is open (已医保结算)."
    UNKNOWN = "UNKNOWN", "The hospital does not say (未知)."


@dataclass(kw_only=True, slots=True)
class InsurancePart:
    """What one purse of the insurance pays (医保支付)."""

    name: Annotated[str, Doc("Which purse, in the hospital's words (支付方式名称).")]
    amount: Annotated[Decimal, Doc("Amount in yuan (支付金额).")]


@dataclass(kw_only=True, slots=True)
class InsuranceOrder:
    """Charges that are settled with the medical insurance first, then by the person (医保订单, FHIR Claim)."""

    id: Annotated[str, Doc("Global id (订单标识).")]
    card: Annotated[CardRef, INTERNAL]
    status: Annotated[InsuranceOrderStatus, Doc("How far it is (订单状态).")]
    total: Annotated[Decimal, Doc("Total in yuan (订单金额).")]
    discount: Annotated[Decimal | None, Doc("Discount in yuan (优惠金额).")] = None
    insurance_amount: Annotated[
        Decimal | None, Doc("What the insurance pays, or would pay, in yuan (医保结算金额).")
    ] = None
    parts: Annotated[list[InsurancePart], Doc("What each purse pays (医保支付列表).")] = field(default_factory=list)
    created_at: Annotated[dt.datetime | None, Doc("When it was made (订单创建时间).")] = None
    settled_at: Annotated[dt.datetime | None, Doc("When the insurance settled it (医保结算时间).")] = None
    charge_ids: Annotated[list[str], INTERNAL] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class InsurancePayment:
    """The person's part of an insurance order, paid, to be told to the hospital (自费部分支付).

    `amount` has the card's part in it.
    """

    number: str
    order_id: str
    amount: Decimal
    balance_amount: Decimal
    method: PaymentMethod
    paid_at: dt.datetime


@dataclass(kw_only=True, slots=True)
class InsuranceItem:
    """One line of what the insurance was asked about (医保明细)."""

    name: Annotated[str, Doc("What it is (项目名称).")]
    unit_price: Annotated[Decimal | None, Doc("Price of one unit in yuan (单价).")] = None
    quantity: Annotated[Decimal | None, Doc("How many units (数量).")] = None
    unit: Annotated[str | None, Doc("Unit of the quantity (单位).")] = None
    amount: Annotated[Decimal | None, Doc("Amount in yuan, as the hospital states it (金额).")] = None


@dataclass(kw_only=True, slots=True)
class SelfPayOrder:
    """What is left to pay after the insurance was settled at the counter (诊间医保自费订单)."""

    id: Annotated[str, Doc("Global id (订单标识).")]
    card: Annotated[CardRef, INTERNAL]
    amount: Annotated[Decimal, Doc("What the person has to pay, in yuan (待支付金额).")]
    insurance_amount: Annotated[Decimal | None, Doc("What the insurance paid, in yuan (报销金额).")] = None
    total: Annotated[Decimal | None, Doc("Total in yuan (总金额).")] = None
    doctor_name: Annotated[str | None, Doc("Doctor who ordered it (开单医生).")] = None
    department_name: Annotated[str | None, Doc("Department (科室).")] = None


@dataclass(kw_only=True, slots=True)
class SelfPaySheet:
    """The lines of one prescription in an order (处方明细)."""

    prescription_number: Annotated[str | None, Doc("Number of the prescription (处方号).")] = None
    doctor_name: Annotated[str | None, Doc("Doctor who ordered it (开单医生).")] = None
    ordered_at: Annotated[dt.datetime | None, Doc("When it was ordered (开单时间).")] = None
    items: Annotated[list[InsuranceItem], Doc("The lines (明细).")] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class SelfPayOrderDetail:
    """The content of such an order (诊间医保自费订单明细)."""

    card: Annotated[CardRef, INTERNAL]
    amount: Annotated[Decimal | None, Doc("What the person has to pay, in yuan (自费金额).")] = None
    insurance_amount: Annotated[Decimal | None, Doc("What the insurance paid, in yuan (报销金额).")] = None
    total: Annotated[Decimal | None, Doc("Total in yuan (订单总金额).")] = None
    sheets: Annotated[list[SelfPaySheet], Doc("Its prescriptions (待缴费明细).")] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class Reimbursement:
    """What the insurance has paid back for a visit (医保报销记录, FHIR ClaimResponse)."""

    id: Annotated[str, Doc("Global id (报销标识).")]
    card: Annotated[CardRef, INTERNAL]
    visited_at: Annotated[dt.datetime | None, Doc("When the visit took place (就诊时间).")] = None
    diagnosis: Annotated[str | None, Doc("Diagnosis (疾病名称).")] = None
    doctor_name: Annotated[str | None, Doc("Doctor (医生).")] = None
    amount: Annotated[Decimal | None, Doc("What the person paid, in yuan (自费金额).")] = None
    insurance_amount: Annotated[Decimal | None, Doc("What the insurance paid, in yuan (报销金额).")] = None
    total: Annotated[Decimal | None, Doc("Total in yuan (总金额).")] = None
