"""Orders that the medical insurance pays a part of (document chapter 5)."""

from collections.abc import Sequence
from typing import Any

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import done, listing, value
from connectors.core.shape import GIVEN, Many, One, Shape
from connectors.records.base import CardRef
from connectors.records.billing import Payment
from connectors.records.insurance import InsuranceOrder, InsuranceOrderStatus, InsurancePart, InsurancePayment
from connectors.records.people import CardHolder
from connectors.records.recharges import Refundability
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.insurance_notices import told
from connectors.regional_wechat.recharges import refundability
from connectors.regional_wechat.words import WORDS_OF_PAYMENT_METHOD, several

_STATUSES = {"0": InsuranceOrderStatus.PRE_SETTLED, "1": InsuranceOrderStatus.SETTLED}

PART = Shape(InsurancePart, name="payTypeName", amount="payAmount")
CREATED = Shape(
    InsuranceOrder,
    card=GIVEN,
    status=GIVEN,
    charge_ids=GIVEN,
    id="hisTradeId",
    total="tradeAmount",
    discount="preferentialAmount",
    insurance_amount="preMedAmount",
    parts=Many(PART, "medPayList"),
    created_at="tradeCreateTime",
)
SETTLED = Shape(
    InsuranceOrder,
    card=GIVEN,
    status=GIVEN,
    charge_ids=GIVEN,
    created_at=GIVEN,
    id="hisTradeId",
    total="tradeAmount",
    discount="preferentialAmount",
    insurance_amount="medAmount",
    parts=Many(PART, "medPayList"),
    settled_at="medSettleTime",
)
UNFINISHED = Shape(
    InsuranceOrder,
    card=GIVEN,
    id="hisTradeId",
    status=("tradeState", convert.one_of(_STATUSES, InsuranceOrderStatus.UNKNOWN)),
    total="tradeAmount",
    discount="preferentialAmount",
    insurance_amount="medAmount",
    parts=Many(PART, "medPayList"),
    created_at="tradeCreateTime",
    charge_ids=("detailIds", several),
)


class Insurance:
    """Implements `connectors.ports.Insurance`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    @endpoint("5.1.1")
    async def create_order(
        self, holder: CardHolder, charge_ids: Sequence[str], card_ending: str | None = None
    ) -> InsuranceOrder:
        """New order of charges, settled tentatively (5.1.1). It has no key of ours: never sent twice by itself."""
        card = holder.card
        return await self.call(
            "5.1.1",
            card.hospital_id,
            {**self._person(holder, card_ending), "detailIds": ",".join(charge_ids)},
            done(One(CREATED, "data"), card, status=InsuranceOrderStatus.PRE_SETTLED, charge_ids=list(charge_ids)),
            self._regional.once(card),
        )

    @endpoint("5.1.2")
    async def settle_order(
        self, holder: CardHolder, order_id: str, known: InsuranceOrder | None, card_ending: str | None = None
    ) -> InsuranceOrder:
        """Settlement of an order with the insurance (5.1.2)."""
        return await self.call(
            "5.1.2",
            holder.card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(holder.card.hospital_id),
                "hisTradeId": order_id,
                "phoneNo": holder.phone,
                "socialCardNo": card_ending,
            },
            done(
                One(SETTLED, "data"),
                holder.card,
                status=InsuranceOrderStatus.SETTLED,
                charge_ids=known.charge_ids if known else [],
                created_at=known.created_at if known else None,
            ),
            self._regional.once(holder.card),
        )

    @endpoint("5.1.3")
    async def cancel_orders(self, card: CardRef, order_ids: Sequence[str]) -> bool | None:
        """Cancellation of orders, settled or not (5.1.3). False: the hospital did not cancel them.

        The document's table calls the ids hisTradeId, its example hisTradeIds.
        """
        return await self.call(
            "5.1.3",
            card.hospital_id,
            {"hospitalId": self._regional.upstream_id(card.hospital_id), "hisTradeIds": ",".join(order_ids)},
            value(bool, convert.flag, "data"),
            self._regional.once(card),
        )

    async def pay_order(self, holder: CardHolder, payment: InsurancePayment) -> Payment:
        """Tell the hospital that the person's part was paid."""
        said = self.payment_notice(holder, payment)
        return await told(self._regional.config.name, "5.1.4", holder.card, payment, said)

    @endpoint("5.1.4")
    async def payment_notice(self, holder: CardHolder, payment: InsurancePayment) -> bool | None:
        """Notice that the person's part was paid (5.1.4). `amount` includes the card balance, unlike in 3.1.2."""
        card = holder.card
        return await self.call(
            "5.1.4",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "hisTradeId": payment.order_id,
                "medicalCardNumber": card.number,
                "outTradeNo": payment.number,
                "amount": convert.in_yuan(payment.amount),
                "payTime": convert.in_shanghai(payment.paid_at),
                "payType": WORDS_OF_PAYMENT_METHOD[payment.method],
                "balancePayment": convert.in_yuan(payment.balance_amount),
            },
            value(bool, convert.flag, "data"),
            self._regional.idempotent(payment.number, card),
        )

    @endpoint("5.1.5")
    async def unfinished_orders(self, holder: CardHolder, card_ending: str | None = None) -> list[InsuranceOrder]:
        """Orders that are not paid to the end (5.1.5). Shown as one object; several are read as well."""
        return await self.call(
            "5.1.5",
            holder.card.hospital_id,
            self._person(holder, card_ending),
            listing(Many(UNFINISHED, "data"), holder.card),
            self._regional.read(holder.card, 0),
        )

    @endpoint("5.1.6")
    async def refundability(self, card: CardRef, order_id: str, payment_number: str) -> Refundability:
        """Whether the payment of an order may be given back (5.1.6)."""
        return await self.call(
            "5.1.6",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "hisTradeId": order_id,
                "outTradeNo": payment_number,
            },
            refundability(),
            self._regional.read(card, 0),
        )

    def _person(self, holder: CardHolder, card_ending: str | None) -> dict[str, Any]:
        return {
            "hospitalId": self._regional.upstream_id(holder.card.hospital_id),
            "medicalCardNumber": holder.card.number,
            "idCard": holder.identity_number,
            "phoneNo": holder.phone,
            "socialCardNo": card_ending,
        }
