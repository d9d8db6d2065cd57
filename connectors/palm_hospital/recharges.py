"""Money on cards, and deposits for stays, which are recharges of the stay here: /recharge, /getRecharge.

The document promises nothing about a recharge that is told twice: one whose end is not known is asked for, and looked
for among what was booked, before it is told again.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from connectors.core.claims import endpoint
from connectors.core.concurrency import together
from connectors.core.readers import done, listing
from connectors.core.shape import GIVEN, Many, One, Shape, Whole
from connectors.errors import ConnectorError
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.fees import PAY_WAYS, PAYMENT, HospitalOrder
from connectors.palm_hospital.orders import Orders, Paid, Payer, Purpose
from connectors.palm_hospital.stays import Stay, Stays
from connectors.palm_hospital.words import INPATIENT, OUTPATIENT, joined_moment, number
from connectors.records.base import SHANGHAI, CardRef
from connectors.records.billing import Payment, PaymentMethod, PaymentStatus
from connectors.records.deposits import Deposit, DepositOrder, DepositPayment
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.recharges import Recharge, RechargeOrder

T = TypeVar("T")

_paid_at = Whole(lambda row: joined_moment(row, "recharge_date", "recharge_time"))

RECHARGE = Shape(
    Recharge,
    card=GIVEN,
    receipt_number="id",
    amount="actual",
    total="total",
    discount="discount",
    method_name="recharge_method",
    bank_name="bank_type",
    paid_at=_paid_at,
)
DEPOSIT = Shape(
    Deposit,
    card=GIVEN,
    amount="actual",
    method_name="recharge_method",
    paid_at=_paid_at,
    receipt_number="id",
    admission_number=GIVEN,
)
DEPOSIT_PAYMENT = Shape(
    DepositPayment,
    card=GIVEN,
    number=GIVEN,
    status=GIVEN,
    amount=GIVEN,
    hospital_reference=GIVEN,
    # Called the balance of the card; for a stay it is what is left of the deposits.
    deposit_balance="balance",
)


@dataclass(frozen=True, slots=True)
class _Recharging(Generic[T]):
    """One way to recharge: whose money it becomes, how it is told and listed, what it comes to."""

    card: CardRef
    about: object
    payer: Callable[[], Awaitable[Payer]]
    tell: Callable[[Payer, Paid, HospitalOrder], Awaitable[T]]
    booked: Callable[[], Awaitable[Sequence[Recharge | Deposit]]]
    ended: Callable[[PaymentStatus, HospitalOrder | None], T]


class Recharges:
    """Implements `connectors.ports.Recharges`, `RechargeHistory` and `Deposits`."""

    def __init__(self, palm: Palm, stays: Stays, orders: Orders) -> None:
        """Take the system, where stays are found and where orders are opened."""
        self._palm = palm
        self._stays = stays
        self.orders = orders
        self.call = palm.call

    async def recharge(self, holder: CardHolder, order: RechargeOrder) -> Payment:
        """Put money on the card; the same number again asks what became of it first."""
        card = holder.card

        async def payer() -> Payer:
            return Payer(card, self._palm.patient_id(card), card.number, OUTPATIENT, Purpose.RECHARGE)

        def ended(status: PaymentStatus, opened: HospitalOrder | None) -> Payment:
            return Payment(
                card=card,
                number=order.number,
                status=status,
                amount=order.amount,
                hospital_reference=_reference(status, opened),
            )

        about = (OUTPATIENT, card, order.amount, order.method)
        way = _Recharging(card, about, payer, self.recharge_card, lambda: self.recharges_of_card(card), ended)
        return await self._recharge(order, way)

    async def pay_deposit(self, holder: CardHolder, order: DepositOrder) -> DepositPayment:
        """Put money on the stay of the order; the same number again asks what became of it first."""
        card = holder.card

        async def payer() -> Payer:
            stay = await self._stay(holder, order)
            return Payer(card, stay.patient_id, stay.admission.number or "", INPATIENT, Purpose.RECHARGE)

        async def booked() -> list[Deposit]:
            return await self.deposits_of_stay(await self._stay(holder, order))

        def ended(status: PaymentStatus, opened: HospitalOrder | None) -> DepositPayment:
            return DepositPayment(
                card=card,
                number=order.number,
                status=status,
                amount=order.amount,
                hospital_reference=_reference(status, opened),
            )

        about = (INPATIENT, card, order.admission_number, order.amount, order.method)
        way = _Recharging(card, about, payer, self.recharge_stay, booked, ended)
        return await self._recharge(order, way)

    async def recharges(self, holder: CardHolder) -> list[Recharge]:
        """What was put on the card."""
        return await self.recharges_of_card(holder.card)

    async def deposits(self, holder: CardHolder) -> list[Deposit]:
        """Deposits of all stays that the hospital tells of; all must answer, a part is not shown as the whole."""
        stays = await self._stays.all(holder)
        found = await together(*(self.deposits_of_stay(stay) for stay in stays if stay.admission.number))
        return [deposit for deposits in found for deposit in deposits]

    @endpoint("/recharge", variant="card")
    async def recharge_card(self, payer: Payer, paid: Paid, opened: HospitalOrder) -> Payment:
        """Recharge of a card (/recharge with op_flag 1); sent once, since no one promises to know a repeat."""
        return await self._told(One(PAYMENT, "patient"), payer, paid, opened)

    @endpoint("/recharge", variant="stay")
    async def recharge_stay(self, payer: Payer, paid: Paid, opened: HospitalOrder) -> DepositPayment:
        """Recharge of a stay (/recharge with op_flag 2): `card_no` then holds the stay's number; sent once."""
        return await self._told(One(DEPOSIT_PAYMENT, "patient"), payer, paid, opened)

    @endpoint("/getRecharge", variant="card")
    async def recharges_of_card(self, card: CardRef) -> list[Recharge]:
        """Recharges of a card (/getRecharge with op_flag 1). Never kept: payments are looked for among them.

        `visit_no` is required though no stay is meant: it is sent blank.
        """
        return await self.call(
            "/getRecharge",
            card.hospital_id,
            {
                "patient_id": self._palm.patient_id(card),
                "card_no": card.number,
                "visit_no": "",
                "op_flag": OUTPATIENT,
            },
            listing(Many(RECHARGE, "fees"), card),
            self._palm.read(card, 0),
        )

    @endpoint("/getRecharge", variant="stay")
    async def deposits_of_stay(self, stay: Stay) -> list[Deposit]:
        """Deposits of a stay (/getRecharge with op_flag 2). Never kept: payments are looked for among them.

        `card_no` is required though the stay is meant: it holds the card that the person has.
        """
        return await self.call(
            "/getRecharge",
            stay.card.hospital_id,
            {
                "patient_id": stay.patient_id,
                "card_no": stay.card.number,
                "visit_no": stay.admission.number,
                "op_flag": INPATIENT,
            },
            listing(Many(DEPOSIT, "fees"), stay.card, admission_number=stay.admission.number),
            self._palm.read(stay.card, 0),
        )

    async def _recharge(self, order: RechargeOrder | DepositOrder, way: _Recharging[T]) -> T:
        self._check(order.method)
        paid = Paid(order.number, order.amount, order.method, order.platform_info)
        opened = self.orders.known(way.card, order.number, way.about)
        if opened is None:
            # Another server, or this one before it was started again, may have told of it under another order.
            if order.repeated and await _perhaps_booked(order, way):
                return way.ended(PaymentStatus.UNKNOWN, None)
            opened = await self.orders.open(await way.payer(), paid, way.about)
        of_hospital, payer, again = opened.order, opened.payer, order.repeated or opened.told

        async def perhaps_booked() -> bool:
            # A first one is sent once: refused, it is not booked.
            return again and await _perhaps_booked(order, way)

        return await self.orders.settle(
            opened,
            lambda: way.tell(payer, paid, of_hospital),
            lambda status: way.ended(status, of_hospital),
            perhaps_booked,
        )

    async def _stay(self, holder: CardHolder, order: DepositOrder) -> Stay:
        stay = await self._stays.find(holder, order.admission_number)
        if stay is None or not stay.admission.number:
            told = "未查询到住院信息"
            raise self._palm.refused("/recharge", ProblemCode.DEPOSIT_NOT_ADMITTED, "no such stay", told)
        return stay

    def _check(self, method: PaymentMethod) -> None:
        self._palm.signer("/recharge")
        if method not in PAY_WAYS or method is PaymentMethod.CARD_BALANCE:
            told = "不支持此支付方式"
            raise self._palm.refused("/recharge", ProblemCode.BAD_INPUT, "no word for this payment method", told)

    async def _told(self, answer: One[T], payer: Payer, paid: Paid, opened: HospitalOrder) -> T:
        return await self.call(
            "/recharge",
            payer.card.hospital_id,
            self._body(payer, paid, opened),
            done(
                answer,
                payer.card,
                number=paid.number,
                status=PaymentStatus.CONFIRMED,
                amount=paid.amount,
                hospital_reference=opened.number,
            ),
            self._palm.once(payer.card),
        )

    def _body(self, payer: Payer, paid: Paid, opened: HospitalOrder) -> dict[str, object]:
        return {
            "patient_id": payer.patient_id,
            "card_no": payer.number,
            "his_order_no": opened.number,
            "business_no": paid.number,
            "business_info": paid.info,
            "op_flag": payer.op_flag,
            "total": number(paid.amount),
            "pay_mode": PAY_WAYS[paid.method].order_mode,
            "sign": self._palm.signer("/recharge").sign(
                patient_id=payer.patient_id,
                his_order_no=opened.number,
                business_no=paid.number,
                total=paid.amount,
            ),
        }


async def _perhaps_booked(order: RechargeOrder | DepositOrder, way: _Recharging[T]) -> bool:
    """Whether one that was told of before may be booked: as much, since the day that it was paid.

    Rows do not carry our number, so one that fits may be another payment's. Where nobody says, it may be booked too.
    """
    try:
        rows = await way.booked()
    except ConnectorError:
        return True
    day = order.paid_at.astimezone(SHANGHAI).date()
    return any(row.amount == order.amount and (row.paid_at is None or row.paid_at.date() >= day) for row in rows)


def _reference(status: PaymentStatus, opened: HospitalOrder | None) -> str | None:
    return opened.number if opened and status is PaymentStatus.CONFIRMED else None
