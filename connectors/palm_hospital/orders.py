"""Orders that the hospital opens for payments: /paymentNew, /paymentUpdateStatus, /requestSucess.

Whatever is paid goes one way: an order is opened, the payment is told of under it, and where that ends without an
answer the hospital is asked whether it went through.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, IntEnum
from typing import TypeVar

from connectors.core.claims import endpoint
from connectors.core.readers import DONE, done
from connectors.core.shape import One
from connectors.errors import ConnectorError, Malformed, Refused, Unavailable
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.fees import HOSPITAL_ORDER, PAY_WAYS, HospitalOrder
from connectors.palm_hospital.order_book import OrderBook, notify
from connectors.palm_hospital.words import SOURCE, USER, number
from connectors.records.base import CardRef
from connectors.records.billing import PaymentMethod, PaymentStatus
from connectors.records.problems import ProblemCode

T = TypeVar("T")

_REMARK = "微信公众号"
_CHECK_REASON = "确认交易结果"
_NOT_BOOKED_REASON = "医院未入账"
_NO = "-1"


class Purpose(Enum):
    """What an order is opened for (支付目的)."""

    RECHARGE = "1"
    CHARGES = "2"


class OrderStatus(IntEnum):
    """What the hospital is told of its order (订单状态).

    The document also has -1, a payment that failed. It is never ours to tell: this server hears only of payments that
    were made.
    """

    PAID = 1
    BOOKED = 2
    NOT_BOOKED = -2


@dataclass(frozen=True, slots=True)
class Payer:
    """Whose order it is, and what for; `number` is the card's, with the `op_flag` of inpatients the stay's.

    A person in hospital may have another `patient_id` than outside.
    """

    card: CardRef
    patient_id: str
    number: str
    op_flag: int
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment that was made, by its business key; the amount is in yuan."""

    number: str
    amount: Decimal
    method: PaymentMethod
    platform_info: str = ""

    @property
    def info(self) -> str:
        """What the platform says of it; required, so an empty object stands where it told nothing."""
        return self.platform_info or "{}"


@dataclass(slots=True)
class OpenedOrder:
    """The hospital's order of a business key, and `about` what it is.

    `told` is set from when the hospital is told of the payment, unless it refuses: from then on it may be booked.
    `confirmed` is set once it is known to be.
    """

    payer: Payer
    paid: Paid
    about: object
    order: HospitalOrder
    told: bool = False
    confirmed: bool = False


class Orders:
    """Opens orders, tells of what becomes of them, and finds out."""

    def __init__(self, palm: Palm) -> None:
        """Take the system."""
        self._palm = palm
        self.call = palm.call
        self._opened: OrderBook[OpenedOrder] = OrderBook()

    def known(self, card: CardRef, business_key: str, about: object) -> OpenedOrder | None:
        """Find the order of a business key; raises Refused where that was for something else."""
        opened = self._opened.get((card.hospital_id, business_key))
        if opened is not None and opened.about != about:
            raise self._palm.refused("/paymentNew", ProblemCode.IDEMPOTENCY_CONFLICT, "another payment's number")
        return opened

    async def open(self, payer: Payer, paid: Paid, about: object) -> OpenedOrder:
        """Have an order opened for a payment, and tell that it was made."""
        order = await self.payment_new(payer, paid.method, paid.amount)
        fresh = OpenedOrder(payer, paid, about, order)
        # Of two that came at once the first one's order stands: both then tell the same.
        self._opened.setdefault((payer.card.hospital_id, paid.number), fresh)
        opened = self.known(payer.card, paid.number, about) or fresh
        if opened is fresh:
            await self._notify(opened, OrderStatus.PAID)
        return opened

    async def settle(
        self,
        opened: OpenedOrder,
        tell: Callable[[], Awaitable[T]],
        ended: Callable[[PaymentStatus], T],
        perhaps_booked: Callable[[], Awaitable[bool]],
    ) -> T:
        """Tell of the payment, or find out what became of an earlier attempt; `ended` makes what is then known.

        No answer is UNKNOWN, unless the hospital says that it has booked it. A refusal is raised only where nothing is
        `perhaps_booked`: a hospital that has booked an earlier attempt may refuse the second.
        """
        if opened.told and (booked := await self._booked(opened)) is not False:
            if booked:
                return await self._confirmed(opened, ended(PaymentStatus.CONFIRMED))
            return ended(PaymentStatus.UNKNOWN)
        opened.told = True
        try:
            result = await tell()
        except (Unavailable, Malformed):
            if not await self._booked(opened):
                return ended(PaymentStatus.UNKNOWN)
            result = ended(PaymentStatus.CONFIRMED)
        except Refused:
            if not await self._booked(opened):
                if await perhaps_booked():
                    return ended(PaymentStatus.UNKNOWN)
                opened.told = False
                await self._notify(opened, OrderStatus.NOT_BOOKED)
                raise
            result = ended(PaymentStatus.CONFIRMED)
        return await self._confirmed(opened, result)

    @endpoint("/paymentNew")
    async def payment_new(self, payer: Payer, method: PaymentMethod, total: Decimal) -> HospitalOrder:
        """New order at the hospital (/paymentNew): another one with each call, and nothing is charged by it."""
        return await self.call(
            "/paymentNew",
            payer.card.hospital_id,
            {
                "patient_id": payer.patient_id,
                "card_no": payer.number,
                "op_flag": payer.op_flag,
                "total": number(total),
                "pay_mode": PAY_WAYS[method].order_mode,
                "user_dept_id": USER,
                "user_id": USER,
                "data_source": SOURCE,
                "purpose": payer.purpose.value,
                "remark": _REMARK,
            },
            done(One(HOSPITAL_ORDER, "order")),
            self._palm.once(),
        )

    @endpoint("/paymentUpdateStatus")
    async def payment_update_status(
        self, hospital_id: str, order: HospitalOrder, paid: Paid, status: OrderStatus, reason: str | None = None
    ) -> None:
        """Notice of what became of an order (/paymentUpdateStatus); a `reason` belongs to what was not booked.

        -1, a payment that failed, is never told: this server hears only of payments that were made.
        """
        await self.call(
            "/paymentUpdateStatus",
            hospital_id,
            {
                "his_order_no": order.number,
                "business_no": paid.number,
                "business_info": paid.info,
                "status": int(status),
                "fail_reason": reason,
            },
            DONE,
            self._palm.once(),
        )

    @endpoint("/requestSucess")
    async def request_success(self, card: CardRef, order: HospitalOrder, business_key: str) -> None:
        """Question whether the HIS has booked a payment (/requestSucess, spelled so): yes, or Refused.

        What was read before it answers may be from before the payment, so it makes that stale as a write does.
        """
        await self.call(
            "/requestSucess",
            card.hospital_id,
            {"bill_no": order.number, "bill_id": business_key, "check_reason": _CHECK_REASON},
            DONE,
            self._palm.idempotent(business_key, card),
        )

    async def _booked(self, opened: OpenedOrder) -> bool | None:
        """Ask; None where there is no answer.

        The document calls -1 a failure, not "not booked": False allows to tell again, and never to give money back.
        Where the hospital cannot be asked it is told again, as its order is the same.
        """
        if not self._palm.options.payment_inquiries:
            return False
        try:
            await self.request_success(opened.payer.card, opened.order, opened.paid.number)
        except Refused as refusal:
            return False if refusal.upstream_code == _NO else None
        except ConnectorError:
            return None
        return True

    async def _confirmed(self, opened: OpenedOrder, result: T) -> T:
        if not opened.confirmed:
            opened.confirmed = True
            await self._notify(opened, OrderStatus.BOOKED)
        return result

    async def _notify(self, opened: OpenedOrder, status: OrderStatus) -> None:
        """Tell of a status; that it fails changes nothing. Of what a card's balance pays no platform knows anything."""
        if not self._palm.options.payment_notices or opened.paid.method is PaymentMethod.CARD_BALANCE:
            return
        reason = _NOT_BOOKED_REASON if status is OrderStatus.NOT_BOOKED else None
        hospital_id = opened.payer.card.hospital_id
        await notify(self.payment_update_status(hospital_id, opened.order, opened.paid, status, reason))
