"""Insurance orders: which are open, and whether they can be given back."""

import re
from typing import Annotated

import strawberry

from connectors.ports import Connection
from connectors.records.base import CardRef
from connectors.records.insurance import InsuranceOrder
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.recharges import Refundability
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.offers import offered
from resolvers.patients.people import CardAtHospital
from resolvers.problems import Problem
from resolvers.writes import checks

_ENDING = re.compile(r"[0-9Xx]{6}")

CardEnding = Annotated[
    str | None,
    strawberry.argument(
        description="Last six characters of the social security card, where the hospital asks for it (社保卡后6位)."
    ),
]
PaymentNumber = Annotated[
    str, strawberry.argument(description="The business key that the order was paid with (支付单号).")
]


def card_ending(value: str | None, field: str = "socialSecurityCardEnding") -> str | None:
    """The end of a social security card's number: six characters."""
    if value is None:
        return None
    if not _ENDING.fullmatch(value.strip()):
        raise Problem(ProblemCode.BAD_INPUT, "社会保障卡号须为后 6 位", field=field)
    return value.strip().upper()


async def unfinished_orders(
    root: CardAtHospital, info: GraphInfo, social_security_card_ending: CardEnding = None
) -> list[InsuranceOrder]:
    """List the orders that are not paid to the end."""
    return await load_unfinished(info.context, root.card, card_ending(social_security_card_ending))


async def load_unfinished(context: Context, card: CardRef, ending: str | None = None) -> list[InsuranceOrder]:
    """Read what is open of one card."""
    holder = await context.loaders.holder(card)
    return await context.loaders.alone(_unfinished, holder, ending)


def charge_ids(root: InsuranceOrder, info: GraphInfo) -> list[str]:
    """Write the global ids of the charges."""
    ids = info.context.services.ids
    return [ids.write("Charge", root.card.hospital_id, root.card, charge_id) for charge_id in root.charge_ids]


async def refundability(root: InsuranceOrder, info: GraphInfo, payment_number: PaymentNumber) -> Refundability:
    """Ask whether the payment of the order may be given back."""
    number = checks.number(payment_number, "paymentNumber")
    return await info.context.loaders.alone(_refundability, root.card, root.id, number)


@needs(Resource.CLAIM, Action.SEARCH)
async def _unfinished(connection: Connection, holder: CardHolder, ending: str | None) -> list[InsuranceOrder]:
    return await offered(connection.insurance).unfinished_orders(holder, ending)


@needs(Resource.CLAIM, Action.READ)
async def _refundability(connection: Connection, card: CardRef, order_id: str, payment_number: str) -> Refundability:
    return await offered(connection.insurance).refundability(card, order_id, payment_number)
