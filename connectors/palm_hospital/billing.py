"""Charges, payments and bills: /getRegisterList, /getRecipe, /cpayCheck, /recipeCharge, /getChargeDetail.

The document promises nothing about a payment that is told twice, so a payment is never called refused while its
charges may have been paid by an earlier attempt.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from connectors.core.claims import endpoint
from connectors.core.concurrency import together
from connectors.core.outcomes import outcomes
from connectors.core.readers import DONE, done, listing
from connectors.core.shape import Many, One
from connectors.errors import ConnectorError
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.fees import (
    BILL_ITEM,
    CHARGED_VISIT,
    PAY_WAYS,
    PAYMENT,
    HospitalOrder,
    bill,
    charge_sheet,
)
from connectors.palm_hospital.orders import OpenedOrder, Orders, Paid, Payer, Purpose
from connectors.palm_hospital.words import OUTPATIENT, number
from connectors.records.base import SHANGHAI, CardRef, Period
from connectors.records.billing import Bill, BillItem, ChargeSheet, Payment, PaymentMethod, PaymentOrder, PaymentStatus
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.visits import Visit, VisitClass

_PENDING_DAYS = 90


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is paid: whole groups of one visit."""

    card: CardRef
    visit_id: str
    order_ids: tuple[str, ...]
    total: Decimal
    method: PaymentMethod


class Billing:
    """Implements `connectors.ports.Billing`."""

    def __init__(self, palm: Palm, orders: Orders) -> None:
        """Take the system, and where orders are opened."""
        self._palm = palm
        self.orders = orders
        self.call = palm.call

    async def charges(self, holder: CardHolder) -> ChargeSheet | None:
        """Charges of all visits of the last 90 days; all must answer, a part is not shown as the whole."""
        today = dt.datetime.now(SHANGHAI).date()
        visits = await self.register_list(holder.card, today - dt.timedelta(days=_PENDING_DAYS), today, paid=False)
        sheets = await together(*(self.recipe(holder.card, visit.id, paid=False) for visit in visits))
        return ChargeSheet(
            card=holder.card,
            total=sum((sheet.total for sheet in sheets), Decimal("0.00")),
            charges=[charge for sheet in sheets for charge in sheet.charges],
        )

    async def bills(self, holders: Sequence[CardHolder], period: Period) -> list[list[Bill] | ConnectorError]:
        """Bills, one for each visit with paid fees."""
        return await outcomes(*(self._bills_of(holder.card, period) for holder in holders))

    async def pay(self, holder: CardHolder, order: PaymentOrder) -> Payment:
        """Check, open the hospital's order, tell of the payment; the same number again asks what became of it first."""
        settlement, card = self._settlement(holder.card, order), holder.card
        opened = self.orders.known(card, order.number, settlement)
        if opened is None:
            if await self._paid_before(settlement, order):
                return _payment(card, order, PaymentStatus.UNKNOWN)
            await self.cpay_check(card, settlement.order_ids, order.amount)
            payer = Payer(card, self._palm.patient_id(card), card.number, OUTPATIENT, Purpose.CHARGES)
            paid = Paid(order.number, order.amount, order.method, order.platform_info)
            opened = await self.orders.open(payer, paid, settlement)
        return await self._tell(settlement, order, opened)

    @endpoint("/getRegisterList")
    async def register_list(self, card: CardRef, since: dt.date, until: dt.date, *, paid: bool) -> list[Visit]:
        """Visits that have charges to be paid, or paid ones (/getRegisterList)."""
        return await self.call(
            "/getRegisterList",
            card.hospital_id,
            {
                "patient_id": self._palm.patient_id(card),
                "begin_date": since.isoformat(),
                "end_date": until.isoformat(),
                "flag": int(paid),
            },
            listing(Many(CHARGED_VISIT, "records"), card, visit_class=VisitClass.OUTPATIENT),
            self._palm.read(card) if paid else self._palm.read(card, 0),
        )

    @endpoint("/getRecipe")
    async def recipe(self, card: CardRef, visit_id: str, *, paid: bool) -> ChargeSheet:
        """Charges of a visit, to be paid or paid (/getRecipe). Never kept: payments are checked by them."""
        return await self.call(
            "/getRecipe",
            card.hospital_id,
            {"patient_id": self._palm.patient_id(card), "visit_id": visit_id, "flag": int(paid)},
            charge_sheet(card, visit_id, paid=paid),
            self._palm.read(card, 0),
        )

    @endpoint("/getChargeDetail")
    async def charge_detail(self, card: CardRef, visit_id: str) -> list[BillItem]:
        """Fees of a visit (/getChargeDetail)."""
        return await self.call(
            "/getChargeDetail",
            card.hospital_id,
            {"patient_id": self._palm.patient_id(card), "visit_id": visit_id},
            listing(Many(BILL_ITEM, "fees")),
            self._palm.read(card),
        )

    @endpoint("/cpayCheck")
    async def cpay_check(self, card: CardRef, order_ids: Sequence[str], total: Decimal) -> None:
        """Check of payment groups (/cpayCheck); changes nothing, the answer says no more than yes."""
        await self.call(
            "/cpayCheck",
            card.hospital_id,
            {
                "patient_id": self._palm.patient_id(card),
                "card_no": card.number,
                "op_flag": OUTPATIENT,
                "total": number(total),
                "orders": _orders(order_ids),
            },
            DONE,
            self._palm.read(card, 0),
        )

    @endpoint("/recipeCharge")
    async def recipe_charge(self, settlement: Settlement, order: PaymentOrder, opened: HospitalOrder) -> Payment:
        """Payment of whole groups of a visit (/recipeCharge); insurance settlements are not sent."""
        card, patient_id = settlement.card, self._palm.patient_id(settlement.card)
        way = PAY_WAYS[settlement.method]
        return await self.call(
            "/recipeCharge",
            card.hospital_id,
            {
                "patient_id": patient_id,
                "visit_id": settlement.visit_id,
                "his_order_no": opened.number,
                "business_no": order.number,
                # Required, so an empty object stands where the payment platform told nothing.
                "business_info": order.platform_info or "{}",
                "op_flag": OUTPATIENT,
                "balance_pay": way.balance_pay,
                "total": number(settlement.total),
                "pay_mode": way.charge_mode,
                "sign": self._palm.signer("/recipeCharge").sign(
                    patient_id=patient_id,
                    his_order_no=opened.number,
                    business_no=order.number,
                    total=settlement.total,
                ),
                "orders": _orders(settlement.order_ids),
            },
            done(
                One(PAYMENT, "info"),
                card,
                number=order.number,
                status=PaymentStatus.CONFIRMED,
                amount=order.amount,
                hospital_reference=opened.number,
            ),
            self._palm.once(card),
        )

    async def _bills_of(self, card: CardRef, period: Period) -> list[Bill]:
        since, until = (moment.astimezone(SHANGHAI).date() for moment in (period.since, period.until))
        visits = await self.register_list(card, since, until, paid=True)
        details = await together(*(self.charge_detail(card, visit.id) for visit in visits))
        return [bill(visit, items) for visit, items in zip(visits, details, strict=True) if items]

    def _settlement(self, card: CardRef, order: PaymentOrder) -> Settlement:
        """Read what is to be paid from the charges' keys; refuses what this hospital cannot take."""
        self._palm.signer("/recipeCharge")
        if order.method not in PAY_WAYS:
            raise self._palm.refused("/recipeCharge", ProblemCode.BAD_INPUT, "no word for this payment method")
        from_balance = order.amount if order.method is PaymentMethod.CARD_BALANCE else Decimal(0)
        if order.balance_amount != from_balance:
            raise self._palm.refused("/recipeCharge", ProblemCode.BAD_INPUT, "either the card's balance or online")
        keys = [self._palm.key("/recipeCharge", charge.id, 3, ProblemCode.CHARGE_UNKNOWN) for charge in order.charges]
        visits = {visit_id for visit_id, _, _ in keys}
        if len(visits) != 1:
            problem = ProblemCode.CHARGES_OF_SEVERAL_VISITS if visits else ProblemCode.BAD_INPUT
            raise self._palm.refused("/recipeCharge", problem, f"{len(visits)} visits")
        order_ids = tuple(sorted({order_id for _, order_id, _ in keys}))
        return Settlement(card, visits.pop(), order_ids, order.amount, order.method)

    async def _paid_before(self, settlement: Settlement, order: PaymentOrder) -> bool:
        """Compare with what is to be paid now.

        True when all of it was paid meanwhile: perhaps at the counter, perhaps by this very order before this server
        was started again. Raises Refused when it cannot be paid like this.
        """
        asked = {charge.id for charge in order.charges}
        sheet = await self.recipe(settlement.card, settlement.visit_id, paid=False)
        pending = {charge.id: charge for charge in sheet.charges}
        if not asked <= pending.keys():
            if await self._are_paid(settlement, order):
                return True
            raise self._palm.refused("/getRecipe", ProblemCode.CHARGE_UNKNOWN, "no longer to be paid")
        groups = {pending[charge_id].group for charge_id in asked}
        if any(charge.group in groups for charge_id, charge in pending.items() if charge_id not in asked):
            raise self._palm.refused("/getRecipe", ProblemCode.CHARGE_GROUP_INCOMPLETE, "part of a group")
        if sum((pending[charge_id].amount for charge_id in asked), Decimal(0)) != order.amount:
            raise self._palm.refused("/getRecipe", ProblemCode.AMOUNT_MISMATCH, "not the sum of the charges")
        return False

    async def _are_paid(self, settlement: Settlement, order: PaymentOrder) -> bool:
        sheet = await self.recipe(settlement.card, settlement.visit_id, paid=True)
        return {charge.id for charge in order.charges} <= {charge.id for charge in sheet.charges}

    async def _tell(self, settlement: Settlement, order: PaymentOrder, opened: OpenedOrder) -> Payment:
        return await self.orders.settle(
            opened,
            lambda: self.recipe_charge(settlement, order, opened.order),
            lambda status: _payment(settlement.card, order, status, opened.order),
            lambda: self._perhaps_paid(settlement, order),
        )

    async def _perhaps_paid(self, settlement: Settlement, order: PaymentOrder) -> bool:
        try:
            return await self._are_paid(settlement, order)
        except ConnectorError:
            return True


def _orders(order_ids: Sequence[str]) -> list[dict[str, str]]:
    return [{"order_id": order_id} for order_id in order_ids]


def _payment(card: CardRef, order: PaymentOrder, status: PaymentStatus, opened: HospitalOrder | None = None) -> Payment:
    reference = opened.number if opened and status is PaymentStatus.CONFIRMED else None
    return Payment(card=card, number=order.number, status=status, amount=order.amount, hospital_reference=reference)
