"""Charges, payments and bills (document chapters 3 and 18)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.payments import settled
from connectors.core.readers import listing_by_hospital, single
from connectors.core.shape import GIVEN, Many, One, Shape
from connectors.errors import ConnectorError
from connectors.records.base import CardRef, Period
from connectors.records.billing import (
    Bill,
    BillItem,
    Charge,
    ChargeKind,
    ChargeSheet,
    Payment,
    PaymentOrder,
    PaymentStatus,
)
from connectors.records.people import CardHolder
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.words import WORDS_OF_PAYMENT_METHOD, several

BILL_ITEM = Shape(
    BillItem,
    category="type",
    name="item",
    unit_price=("price", convert.decimal),
    quantity=("quantity", convert.decimal),
    amount="amount",
)
BILL = Shape(
    Bill,
    id="invoiceId",
    card=GIVEN,
    charged_at="time",
    total="total",
    discount="preferentialAmount",
    insurance_amount="medInsuranceAmount",
    insurance_fund_amount="insuranceFundAmount",
    insurance_account_amount="insuranceBalanceAmount",
    paid_amount="getAmount",
    items=Many(BILL_ITEM, "details"),
)
_KINDS = {"0": ChargeKind.ORDINARY, "1": ChargeKind.TRADITIONAL_CHINESE_MEDICINE}


CHARGE = Shape(
    Charge,
    id="id",
    card=GIVEN,
    item="item",
    amount="itemAmount",
    unit_price=("price", convert.decimal),
    quantity=("quantity", convert.decimal),
    unit="unit",
    kind=("presType", convert.one_of(_KINDS, ChargeKind.UNKNOWN)),
    discount="preferentialAmount",
    ordered_by="doctor",
    ordered_at="createTime",
    prescription_number="presCode",
)
CHARGE_SHEET = Shape(
    ChargeSheet,
    card=GIVEN,
    total="amount",
    discount="discountAmount",
    insured="isMedicalPat",
    charges=Many(CHARGE, "detail"),
)
PAYMENT = Shape(
    Payment,
    card=GIVEN,
    number=GIVEN,
    status=GIVEN,
    amount=GIVEN,
    hospital_reference="outPrepayId",
    invoice_ids=("invoiceId", several),
)


class Billing:
    """Implements `connectors.ports.Billing`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    @endpoint("3.1.1")
    async def charges(self, holder: CardHolder) -> ChargeSheet | None:
        """Charges that wait to be paid (3.1.1). Never kept: its ids and total are what the payment is checked by."""
        card = holder.card
        return await self.call(
            "hospital.interface.queryWaitPay",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "medicalCardNumber": card.number,
                "idCard": holder.identity_number,
            },
            single(One(CHARGE_SHEET, "data"), card),
            self._regional.read(card, 0),
        )

    async def pay(self, holder: CardHolder, order: PaymentOrder) -> Payment:
        """Tell the hospital of a payment; no answer, or "still in work", is not a failure."""

        def undecided(status: PaymentStatus) -> Payment:
            return Payment(card=holder.card, number=order.number, status=status, amount=order.amount)

        return await settled(self.clinic_payment(holder, order), undecided) or undecided(PaymentStatus.CONFIRMED)

    @endpoint("3.1.2")
    async def clinic_payment(self, holder: CardHolder, order: PaymentOrder) -> Payment | None:
        """Notice of a clinic payment (3.1.2). `amount` is net of the card balance."""
        card = holder.card
        discount = sum((charge.discount or Decimal(0) for charge in order.charges), Decimal(0))
        return await self.call(
            "hospital.interface.clinicPayment",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "medicalCardNumber": card.number,
                "idCard": holder.identity_number,
                "outTradeNo": order.number,
                "amount": convert.in_yuan(order.amount - order.balance_amount),
                "balancePayment": convert.in_yuan(order.balance_amount),
                "payTime": convert.in_shanghai(order.paid_at),
                "payType": WORDS_OF_PAYMENT_METHOD[order.method],
                "detailId": [charge.id for charge in order.charges],
                "detailWithPresCode": _by_prescription(order.charges),
                "external": order.platform_info or None,
                "discountAmount": convert.in_yuan(discount),
            },
            single(
                One(PAYMENT, "data"), card, number=order.number, status=PaymentStatus.CONFIRMED, amount=order.amount
            ),
            self._regional.idempotent(order.number, card),
        )

    async def bills(self, holders: Sequence[CardHolder], period: Period) -> list[list[Bill] | ConnectorError]:
        """Bills, one call for all hospitals that share a card number."""

        async def ask(holder: CardHolder, cards: Mapping[str, CardRef]) -> list[Bill]:
            return await self.outpatient_costs(holder, cards, period)

        return await self._regional.joined(
            "hospital.interface.queryOutpatientCostDetail", holders, ask, lambda bill: bill.card
        )

    @endpoint("18.1.1")
    async def outpatient_costs(self, holder: CardHolder, cards: Mapping[str, CardRef], period: Period) -> list[Bill]:
        """Outpatient costs of one card number in one or more hospitals (18.1.1)."""
        return await self.call(
            "hospital.interface.queryOutpatientCostDetail",
            holder.card.hospital_id,
            {
                "medicalCardNumber": holder.card.number,
                "idCard": holder.identity_number,
                "startTime": convert.in_shanghai(period.since),
                "endTime": convert.in_shanghai(period.until),
                "patientName": holder.name,
                "hospitalId": ",".join(cards),
            },
            listing_by_hospital(Many(BILL, "data"), cards, "hospitalId"),
            self._regional.read(holder.card),
        )


def _by_prescription(charges: Sequence[Charge]) -> list[dict[str, Any]] | None:
    """Group the ids by prescription number; left out when the hospital named none."""
    groups: dict[str, list[str]] = {}
    for charge in charges:
        if charge.prescription_number:
            groups.setdefault(charge.prescription_number, []).append(charge.id)
    return [{"presCode": number, "detail": ids} for number, ids in groups.items()] or None
