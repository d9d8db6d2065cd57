"""A card and a stay of the palm hospital as places that money is put in, seen from both sides."""

import datetime as dt
from decimal import Decimal

from connectors.ports import Connection
from connectors.records.billing import Payment, PaymentMethod
from connectors.records.deposits import DepositOrder, DepositPayment
from connectors.records.people import CardHolder
from connectors.records.recharges import RechargeOrder
from sandbox.town.model import Admission
from sandbox.town.stays import StayFile
from tests.connectors.palm_town import HOSPITAL, NOW, Town

AMOUNT = Decimal("500.00")


class Purse:
    """One of the two places that money is put in, seen from both sides."""

    def __init__(self, town: Town, *, of_stay: bool) -> None:
        self.town = town
        self.of_stay = of_stay
        self.stay.discharged_at = None
        self.before = self.balance

    @property
    def stay(self) -> Admission:
        (stay,) = self.town.sandbox.town.hospitals[HOSPITAL].admissions
        return stay

    @property
    def file(self) -> StayFile:
        (file,) = self.town.sandbox.town.hospitals[HOSPITAL].stay_files
        return file

    @property
    def balance(self) -> Decimal:
        return self.file.balance if self.of_stay else self.town.card().balance

    @property
    def gained(self) -> Decimal:
        return self.balance - self.before

    async def holder(self) -> CardHolder:
        cards = self.town.sandbox.town.hospitals[HOSPITAL].cards
        inpatient = next(card.person_id for card in cards if card.number == self.stay.card_number)
        return await self.town.holder(inpatient if self.of_stay else "p01")

    async def put(
        self,
        number: str = "R1",
        amount: Decimal = AMOUNT,
        method: PaymentMethod = PaymentMethod.WECHAT_PAY,
        at: Connection | None = None,
        *,
        repeated: bool = False,
        paid_at: dt.datetime = NOW,
    ) -> Payment | DepositPayment:
        chosen, holder = at or self.town.connection, await self.holder()
        if self.of_stay:
            assert chosen.deposits is not None
            order = DepositOrder(number=number, amount=amount, method=method, paid_at=paid_at, repeated=repeated)
            order.admission_number = self.stay.number
            return await chosen.deposits.pay_deposit(holder, order)
        assert chosen.recharges is not None
        plain = RechargeOrder(number=number, amount=amount, method=method, paid_at=paid_at, repeated=repeated)
        return await chosen.recharges.recharge(holder, plain)

    async def listed(self) -> list[Decimal]:
        holder = await self.holder()
        if self.of_stay:
            assert self.town.connection.deposits is not None
            return [row.amount for row in await self.town.connection.deposits.deposits(holder)]
        assert self.town.connection.recharge_history is not None
        return [row.amount for row in await self.town.connection.recharge_history.recharges(holder)]
