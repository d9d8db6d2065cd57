"""Notices of what a person paid of an insurance order, which are answered with a bare yes or no."""

from collections.abc import Awaitable

from connectors.core.payments import settled
from connectors.errors import Refused
from connectors.records.base import CardRef
from connectors.records.billing import Payment, PaymentStatus
from connectors.records.insurance import InsurancePayment
from connectors.records.problems import ProblemCode


async def told(
    system: str, interface: str, card: CardRef, payment: InsurancePayment, said: Awaitable[bool | None]
) -> Payment:
    """Await the notice; a no is a refusal whose reason is not told, a success that says nothing is a yes."""

    def paid(status: PaymentStatus) -> Payment:
        return Payment(card=card, number=payment.number, status=status, amount=payment.amount)

    async def notice() -> Payment:
        if await said is False:
            raise Refused(system=system, interface=interface, code=ProblemCode.REFUSED_BY_HOSPITAL)
        return paid(PaymentStatus.CONFIRMED)

    return await settled(notice(), paid)
