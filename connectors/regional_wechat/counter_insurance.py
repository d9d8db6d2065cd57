"""Insurance settled at the counter, the rest paid online (document chapter 6, deprecated there)."""

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import listing, single, value
from connectors.core.shape import GIVEN, Many, One, Row, Shape, Whole
from connectors.records.base import CardRef, Period
from connectors.records.billing import Payment
from connectors.records.insurance import (
    InsuranceItem,
    InsurancePayment,
    Reimbursement,
    SelfPayOrder,
    SelfPayOrderDetail,
    SelfPaySheet,
)
from connectors.records.people import CardHolder
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.insurance_notices import told
from connectors.regional_wechat.words import WORDS_OF_PAYMENT_METHOD

ITEM = Shape(
    InsuranceItem,
    name="item",
    unit_price=("price", convert.decimal),
    quantity=("quantity", convert.decimal),
    unit="unit",
    amount="amount",
)
_NESTED = Many(ITEM, "items")


def _items(row: Row) -> list[InsuranceItem]:
    """The example nests the items in each prescription; the table has them flat, one a row."""
    return _NESTED.read(row) if "items" in row or "item" not in row else [ITEM.read(row)]


ORDER = Shape(
    SelfPayOrder,
    id="hisTradeId",
    card=GIVEN,
    amount="amount",
    insurance_amount="reimburseAmount",
    total="totalAmount",
    doctor_name="doctor",
    department_name="deptName",
)
SHEET = Shape(
    SelfPaySheet,
    prescription_number="presCode",
    doctor_name="doctor",
    ordered_at="createTime",
    items=Whole(_items),
)
DETAIL = Shape(
    SelfPayOrderDetail,
    card=GIVEN,
    amount="amount",
    insurance_amount="reimburseAmount",
    total="totalAmount",
    sheets=Many(SHEET, "detail"),
)
REIMBURSEMENT = Shape(
    Reimbursement,
    id="hisTradeId",
    card=GIVEN,
    visited_at="createTime",
    diagnosis="diseaseName",
    doctor_name="doctor",
    amount="amount",
    insurance_amount="reimburseAmount",
    total="totalAmount",
)


class CounterInsurance:
    """Implements `connectors.ports.CounterInsurance`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    @endpoint("6.2.1")
    async def self_pay_orders(self, holder: CardHolder, period: Period) -> list[SelfPayOrder]:
        """Orders whose rest waits to be paid (6.2.1)."""
        return await self.call(
            "hospital.interface.queryMedicalInsuranceOrder",
            holder.card.hospital_id,
            self._search(holder, period),
            listing(Many(ORDER, "data"), holder.card),
            self._regional.read(holder.card, 0),
        )

    @endpoint("6.2.2")
    async def self_pay_order(self, card: CardRef, order_id: str) -> SelfPayOrderDetail | None:
        """Content of such an order (6.2.2)."""
        return await self.call(
            "hospital.interface.queryMedicalInsuranceOrderDetail",
            card.hospital_id,
            {"hisTradeId": order_id, "hospitalId": self._regional.upstream_id(card.hospital_id)},
            single(One(DETAIL, "data"), card),
            self._regional.read(card),
        )

    @endpoint("6.2.3")
    async def reimbursements(self, holder: CardHolder, period: Period) -> list[Reimbursement]:
        """What the insurance has paid back (6.2.3)."""
        return await self.call(
            "hospital.interface.queryReimbursement",
            holder.card.hospital_id,
            self._search(holder, period),
            listing(Many(REIMBURSEMENT, "data"), holder.card),
            self._regional.read(holder.card),
        )

    @endpoint("6.2.4")
    async def reimbursed_items(self, holder: CardHolder, order_id: str) -> list[InsuranceItem]:
        """What it has paid for (6.2.4). Amounts are the hospital's; the example's do not multiply out."""
        card = holder.card
        return await self.call(
            "hospital.interface.queryReimbursementDetail",
            card.hospital_id,
            {
                "medicalCardNumber": card.number,
                "idCard": holder.identity_number,
                "hisTradeId": order_id,
                "hospitalId": self._regional.upstream_id(card.hospital_id),
            },
            listing(Many(ITEM, "data")),
            self._regional.read(card),
        )

    async def pay_rest(self, holder: CardHolder, payment: InsurancePayment) -> Payment:
        """Tell the hospital that the rest was paid."""
        said = self.rest_paid(holder, payment)
        return await told(self._regional.config.name, "6.2.5", holder.card, payment, said)

    @endpoint("6.2.5")
    async def rest_paid(self, holder: CardHolder, payment: InsurancePayment) -> bool | None:
        """Notice that the rest was paid (6.2.5); the payment's number is called blTradeNo here."""
        card = holder.card
        return await self.call(
            "hospital.interface.medicalInsurancePayment",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "medicalCardNumber": card.number,
                "idCard": holder.identity_number,
                "blTradeNo": payment.number,
                "amount": convert.in_yuan(payment.amount),
                "payTime": convert.in_shanghai(payment.paid_at),
                "payType": WORDS_OF_PAYMENT_METHOD[payment.method],
                "blPayment": convert.in_yuan(payment.balance_amount),
                "hisTradeId": payment.order_id,
            },
            value(bool, convert.flag, "data"),
            self._regional.idempotent(payment.number, card),
        )

    def _search(self, holder: CardHolder, period: Period) -> dict[str, str | None]:
        return {
            "medicalCardNumber": holder.card.number,
            "idCard": holder.identity_number,
            "startTime": convert.in_shanghai(period.since),
            "endTime": convert.in_shanghai(period.until),
            "hospitalId": self._regional.upstream_id(holder.card.hospital_id),
        }
