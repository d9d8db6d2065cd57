"""How the palm hospital writes charges, fees and payments."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from connectors.core import convert
from connectors.core.local_id import pack
from connectors.core.readers import Reader
from connectors.core.shape import GIVEN, Many, Row, Shape, ShapeError, Whole
from connectors.palm_hospital.words import joined_moment, price, required
from connectors.records.base import CardRef
from connectors.records.billing import Bill, BillItem, Charge, ChargeSheet, Payment, PaymentMethod
from connectors.records.visits import Visit

# A visit as /getRegisterList tells of it: the one that has charges or fees.
CHARGED_VISIT = Shape(
    Visit,
    id="visit_id",
    card=GIVEN,
    visit_class=GIVEN,
    started_at="visit_time",
    department_name="dept_name",
    doctor_name="doctor_name",
)
CHARGE = Shape(
    Charge,
    id=GIVEN,
    card=GIVEN,
    group=GIVEN,
    visit_id=GIVEN,
    item="item_name",
    amount="total",
    unit_price=("price", price),
    quantity=("quantity", convert.decimal),
    unit="unit",
    category="item_category",
    ordered_by="bill_doctor_name",
    ordered_at=Whole(lambda row: joined_moment(row, "bill_date", "bill_time")),
    group_title="order_title",
)
BILL_ITEM = Shape(
    BillItem,
    item_id="item_id",
    category="item_category",
    name="item_name",
    unit_price=("price", price),
    quantity=("quantity", convert.decimal),
    unit="unit",
    amount="total",
    charged_at=Whole(lambda row: joined_moment(row, "charge_date", "charge_time")),
)
PAYMENT = Shape(Payment, card=GIVEN, number=GIVEN, status=GIVEN, amount=GIVEN, hospital_reference=GIVEN)

_CHARGES = Many(CHARGE, "fees")


@dataclass(frozen=True, slots=True)
class HospitalOrder:
    """The order that the hospital opens for a payment (订单)."""

    number: str


HOSPITAL_ORDER = Shape(HospitalOrder, number="order_no")


@dataclass(frozen=True, slots=True)
class PayWay:
    """How a payment method is written; the two interfaces differ.

    `balance_pay` is 0 for the card's balance here, the opposite of the appointments' BALANCE_PAY.
    """

    order_mode: str
    charge_mode: str
    balance_pay: int


PAY_WAYS = {
    PaymentMethod.WECHAT_PAY: PayWay("wePay", "wePay", 1),
    PaymentMethod.ALIPAY: PayWay("aliPay", "aliPay", 1),
    # /paymentNew has no word for the balance of the card; which way it is paid is decided by /recipeCharge.
    PaymentMethod.CARD_BALANCE: PayWay("wePay", "balancePay", 0),
}


def charge_sheet(card: CardRef, visit_id: str, *, paid: bool) -> Reader[ChargeSheet]:
    """The charges of a visit. The hospital's total stands in every row; without one the rows are added up."""

    def given(row: Row) -> Mapping[str, object]:
        order_id, fee_id = required(row.get("order_id")), required(row.get("id"))
        return {
            "id": pack(visit_id, order_id, fee_id),
            "card": card,
            "group": pack(visit_id, order_id),
            "visit_id": visit_id,
        }

    def read(body: Mapping[str, Any]) -> ChargeSheet:
        charges = _CHARGES.read_each(body, given)
        total = _stated_total(body)
        if total is None:
            total = sum((charge.amount for charge in charges), Decimal("0.00"))
        return ChargeSheet(card=card, total=total, charges=charges)

    return Reader(
        ChargeSheet,
        read,
        lambda: ChargeSheet(card=card, total=Decimal("0.00")),
        about=f"{card.hospital_id} {card.number} {visit_id} {paid}",
    )


def _stated_total(body: Mapping[str, Any]) -> Decimal | None:
    for row in _CHARGES.rows(body):
        try:
            return convert.money(row.get("summary")) if isinstance(row, Mapping) else None
        except ValueError as fault:
            raise ShapeError(f"summary: {fault}") from None
    return None


def bill(visit: Visit, items: list[BillItem]) -> Bill:
    """The bill of a visit: the document has fees, but no total of them."""
    return Bill(
        id=visit.id,
        card=visit.card,
        charged_at=max((item.charged_at for item in items if item.charged_at), default=None),
        total=sum((item.amount for item in items), Decimal("0.00")),
        items=items,
        visit_id=visit.id,
    )
