"""Money on cards: what was put there, what can be given back, and what became of refunds."""

import strawberry

from connectors.records import recharges as records
from resolvers.access_control.scopes import Resource
from resolvers.patients import recharges as resolvers
from schema.access_control.guards import owned, part_of
from schema.base import graph_enum, graph_type, relation
from schema.cost import Cost
from schema.owner import hospital_of

_ASKED = Cost(calls=1, holder=True)


@graph_type(records.Recharge, owned(Resource.PAYMENT_NOTICE))
class Recharge(records.Recharge):
    """Money that was put on a card (充值记录)."""

    hospital = hospital_of()


@graph_type(records.RefundableRecharge, part_of(Resource.ACCOUNT))
class RefundableRecharge(records.RefundableRecharge):
    """A recharge of which something can be given back (可退充值订单)."""


@graph_type(records.RefundableBalance, owned(Resource.ACCOUNT))
class RefundableBalance(records.RefundableBalance):
    """What of a card's balance was paid in online and can be given back (可退余额)."""


@graph_type(records.Refund, owned(Resource.PAYMENT_NOTICE))
class Refund(records.Refund):
    """A refund of a card's balance and what the hospital says of it (就诊卡退款)."""

    hospital = hospital_of()


@strawberry.type
class RechargesOfCard:
    """What a card says of money that was put on it."""

    recharges = relation(
        resolvers.recharges,
        list[Recharge] | None,
        "What was put on the card (充值记录).",
        cost=Cost(calls=1, holder=True, size=20),
    )


@strawberry.type
class RefundsOfCard:
    """What a card says of money that goes back."""

    refundable_balance = relation(
        resolvers.refundable_balance,
        RefundableBalance | None,
        "What of the balance can be given back, and of which recharges (可退余额).",
        cost=_ASKED,
    )
    refund = relation(
        resolvers.refund, Refund | None, "What became of a refund, by its numbers (退款状态).", cost=_ASKED
    )
    refundability = relation(
        resolvers.refundability,
        graph_enum(records.Refundability) | None,
        "Whether a payment that the hospital did not confirm may be given back (是否可退款).",
        cost=_ASKED,
    )
