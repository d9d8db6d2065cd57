"""Orders that the medical insurance pays a part of."""

import strawberry

from connectors.records import insurance as records
from connectors.records.recharges import Refundability
from resolvers.access_control.scopes import Resource
from resolvers.finance import insurance as resolvers
from resolvers.finance import insurance_orders, insurance_payment
from schema.access_control.guards import owned, part_of
from schema.base import graph_enum, graph_input, graph_type, relation
from schema.cost import Cost
from schema.finance.money import Payment
from schema.node import Node, of_card
from schema.owner import hospital_of
from schema.payloads import mutation, payload, result

# What is open is looked up first.
_WRITE = Cost(calls=2, holder=True)


@graph_type(records.InsurancePart, part_of(Resource.CLAIM))
class InsurancePart(records.InsurancePart):
    """What one purse of the insurance pays (医保支付)."""


@graph_type(records.InsuranceOrder, owned(Resource.CLAIM))
class InsuranceOrder(records.InsuranceOrder, Node):
    """Charges that are settled with the medical insurance first, then by the person (医保订单, FHIR Claim)."""

    id = of_card("InsuranceOrder")
    hospital = hospital_of()
    charge_ids = relation(
        resolvers.charge_ids,
        list[strawberry.ID],
        "Global ids of its charges, as far as the hospital names them (费用明细).",
        cost=Cost(size=20),
    )
    refundability = relation(
        resolvers.refundability,
        graph_enum(Refundability) | None,
        "Whether its payment may be given back (是否可退款).",
        cost=Cost(calls=1),
    )


@strawberry.type
class InsuranceOfCard:
    """What is settled with the medical insurance."""

    unfinished_insurance_orders = relation(
        resolvers.unfinished_orders,
        list[InsuranceOrder] | None,
        "Insurance orders that are not paid to the end; go on with them, or cancel them (未完成医保订单).",
        cost=Cost(calls=1, holder=True, size=5),
    )


@graph_input(insurance_orders.CreateInsuranceOrderInput)
class CreateInsuranceOrderInput(insurance_orders.CreateInsuranceOrderInput):
    """What createInsuranceOrder takes (医保订单信息)."""


@graph_input(insurance_orders.SettleInsuranceOrderInput)
class SettleInsuranceOrderInput(insurance_orders.SettleInsuranceOrderInput):
    """What settleInsuranceOrder takes (医保结算信息)."""


@graph_input(insurance_orders.CancelInsuranceOrdersInput)
class CancelInsuranceOrdersInput(insurance_orders.CancelInsuranceOrdersInput):
    """What cancelInsuranceOrders takes (撤销医保订单信息)."""


@graph_input(insurance_payment.PayInsuranceOrderInput)
class PayInsuranceOrderInput(insurance_payment.PayInsuranceOrderInput):
    """What payInsuranceOrder takes: a payment that was made (医保订单自费部分缴费信息)."""


_CREATE = payload(
    "CreateInsuranceOrderPayload",
    "What createInsuranceOrder came to (医保订单结果).",
    order=result(InsuranceOrder, "The order, with what the insurance would pay (医保订单)."),
)
_SETTLE = payload(
    "SettleInsuranceOrderPayload",
    "What settleInsuranceOrder came to (医保结算结果).",
    order=result(InsuranceOrder, "The order, with what the insurance has paid (医保订单)."),
)
_CANCEL = payload(
    "CancelInsuranceOrdersPayload",
    "What cancelInsuranceOrders came to (撤销医保订单结果).",
    cancelled=result(bool, "True when all of them were cancelled (已撤销)."),
)
_PAY = payload(
    "PayInsuranceOrderPayload",
    "What payInsuranceOrder came to (医保订单自费部分缴费结果).",
    payment=result(Payment, "The payment; look at its status (支付)."),
)


@strawberry.type
class InsuranceMutations:
    """Settling charges with the medical insurance."""

    create_insurance_order = mutation(
        insurance_orders.create_order,
        CreateInsuranceOrderInput,
        _CREATE,
        "Make an order of charges, and ask what the insurance would pay (生成医保订单).",
        cost=_WRITE,
    )
    settle_insurance_order = mutation(
        insurance_orders.settle_order,
        SettleInsuranceOrderInput,
        _SETTLE,
        "Let the insurance pay its part (医保结算).",
        cost=_WRITE,
    )
    cancel_insurance_orders = mutation(
        insurance_orders.cancel_orders,
        CancelInsuranceOrdersInput,
        _CANCEL,
        "Cancel orders that the person does not pay; the insurance takes its part back (撤销医保订单).",
        cost=Cost(calls=1, holder=True),
    )
    pay_insurance_order = mutation(
        insurance_payment.pay_insurance_order,
        PayInsuranceOrderInput,
        _PAY,
        "Tell the hospital that the person's part was paid (医保订单自费部分缴费).",
        cost=_WRITE,
    )
