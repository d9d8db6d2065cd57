"""Copies of case files: /getEmrPageCount, /specialType/newBill, /case/cancel.

The hospital first bills the copies; their bill is then paid like any other charge of an outpatient.
"""

from dataclasses import dataclass
from decimal import Decimal

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.local_id import pack
from connectors.core.readers import DONE, done, value
from connectors.core.shape import One, Shape
from connectors.errors import Refused
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.billing import Billing
from connectors.palm_hospital.fees import PAY_WAYS
from connectors.palm_hospital.order_book import OrderBook
from connectors.palm_hospital.stays import Stay, Stays
from connectors.palm_hospital.words import SOURCE, USER, number
from connectors.records.base import CardRef
from connectors.records.billing import PaymentMethod, PaymentOrder
from connectors.records.deposits import CaseCopy, CaseCopyCancellation, CaseCopyOrder
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode

_PAGES_USER = "sa"
_PRINTED_FILE = 2
_CASE_COPY = 1
_CHARGING, _REFUNDING = "2", "-2"
_REMARK = "微信公众号"


@dataclass(frozen=True, slots=True)
class CopyBill:
    """What the hospital bills for copies: a charge of a visit (订单)."""

    visit_id: str
    order_id: str
    total: Decimal


@dataclass(frozen=True, slots=True)
class PaidCopy:
    """What was paid for copies, as cancelling names it."""

    number: str
    hospital_reference: str
    total: Decimal
    method: PaymentMethod

    def key(self) -> str:
        """Write it as one string."""
        return pack(self.number, self.hospital_reference, convert.in_yuan(self.total), self.method.name)


COPY_BILL = Shape(CopyBill, visit_id="visit_id", order_id="order_id", total="total")


class CaseCopies:
    """Implements `connectors.ports.CaseCopies`, `CaseCopyCancellations` and `CasePages`."""

    def __init__(self, palm: Palm, stays: Stays, billing: Billing) -> None:
        """Take the system, and where stays are found and bills paid."""
        self._palm = palm
        self._stays = stays
        self._billing = billing
        self.call = palm.call
        # Told again, the hospital must not bill the copies again.
        self._billed: OrderBook[PaymentOrder] = OrderBook()

    async def order_case_copy(self, holder: CardHolder, order: CaseCopyOrder) -> CaseCopy:
        """Have the copies billed, and tell of the payment; the same number again only repeats the last step."""
        if order.mailing_fee is not None:
            raise self._refused(ProblemCode.BAD_INPUT, "copies are not mailed", "该医院不邮寄病案复印件")
        key = (holder.card.hospital_id, order.number)
        payment_order = await self._billed.opened(key, lambda: self._bill(holder.card, order))
        payment = await self._billing.pay(holder, payment_order)
        reference = payment.hospital_reference
        return CaseCopy(
            id=PaidCopy(order.number, reference or "", order.amount, order.method).key(),
            card=holder.card,
            number=order.number,
            status=payment.status,
            amount=order.amount,
            admission_number=order.admission_number,
            hospital_reference=reference,
        )

    async def cancel_case_copy(self, holder: CardHolder, copy_id: str) -> CaseCopyCancellation:
        """Take back an order that was confirmed; of another the hospital's number is not known."""
        business_key, reference, total, method = self._palm.key("/case/cancel", copy_id, 4)
        if not reference:
            raise self._palm.refused("/case/cancel", ProblemCode.NOT_FOUND, "the order was not confirmed")
        paid = PaidCopy(business_key, reference, Decimal(total), PaymentMethod[method])
        await self.take_back(holder.card, paid)
        return CaseCopyCancellation(refunded_amount=paid.total)

    async def page_count(self, holder: CardHolder, admission_number: str) -> int | None:
        """Pages of the case file of a stay; None for one that is not the person's."""
        stay = await self._stays.find(holder, admission_number)
        return None if stay is None else await self.count_pages(stay)

    @endpoint("/getEmrPageCount")
    async def count_pages(self, stay: Stay) -> int | None:
        """Pages of a case file when printed (/getEmrPageCount); a stay is named by its admission number."""
        return await self.call(
            "/getEmrPageCount",
            stay.card.hospital_id,
            {
                "visit_id": stay.admission.number,
                "dept_id": stay.department_id or "",
                "user_id": _PAGES_USER,
                "type": _PRINTED_FILE,
            },
            value(int, convert.integer, "data", "pageCount"),
            self._palm.read(stay.card),
        )

    @endpoint("/specialType/newBill")
    async def new_bill(self, card: CardRef, order: CaseCopyOrder) -> CopyBill:
        """Bill of copies (/specialType/newBill): another one with each call, and nothing is paid by it."""
        return await self.call(
            "/specialType/newBill",
            card.hospital_id,
            {
                "patient_id": self._palm.patient_id(card),
                "card_no": order.admission_number,
                "total": number(order.amount),
                "pay_mode": PAY_WAYS[order.method].order_mode,
                "user_dept_id": USER,
                "user_id": USER,
                "data_source": SOURCE,
                "purpose": _CHARGING,
                "remark": _REMARK,
                "bill_type": _CASE_COPY,
                "quantity": order.page_count,
            },
            done(One(COPY_BILL, "order")),
            self._palm.once(card),
        )

    @endpoint("/case/cancel")
    async def take_back(self, card: CardRef, paid: PaidCopy) -> None:
        """Refund of copies (/case/cancel); the answer says no more than yes."""
        await self.call(
            "/case/cancel",
            card.hospital_id,
            {
                "patient_id": self._palm.patient_id(card),
                "his_order_no": paid.hospital_reference,
                "bill_no": paid.number,
                "purpose": _REFUNDING,
                "bill_type": _CASE_COPY,
                "user_dept_id": USER,
                "user_id": USER,
                "remark": _REMARK,
                "pay_mode": PAY_WAYS[paid.method].order_mode,
                "total": number(paid.total),
            },
            DONE,
            self._palm.once(card),
        )

    async def _bill(self, card: CardRef, order: CaseCopyOrder) -> PaymentOrder:
        """Have the copies billed, and find the charges that came of it."""
        if order.method not in PAY_WAYS:
            raise self._refused(ProblemCode.BAD_INPUT, "no word for this payment method", "不支持此支付方式")
        bill = await self.new_bill(card, order)
        if bill.total != order.amount:
            raise self._refused(ProblemCode.AMOUNT_MISMATCH, "not the hospital's price", "金额与医院价格不一致")
        sheet = await self._billing.recipe(card, bill.visit_id, paid=False)
        group = pack(bill.visit_id, bill.order_id)
        charges = [charge for charge in sheet.charges if charge.group == group]
        if not charges:
            raise self._refused(
                ProblemCode.CHARGE_UNKNOWN, "the bill is no charge", "医院未开出病案复印费用，请到窗口咨询"
            )
        return PaymentOrder(
            number=order.number,
            charges=charges,
            amount=order.amount,
            balance_amount=Decimal(0),
            method=order.method,
            paid_at=order.paid_at,
        )

    def _refused(self, code: ProblemCode, detail: str, told: str) -> Refused:
        return self._palm.refused("/specialType/newBill", code, detail, told)
