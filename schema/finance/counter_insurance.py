"""Insurance settled at the counter, which its document has given up: all of it is deprecated."""

import strawberry

from connectors.records import insurance as records
from resolvers.access_control.scopes import Resource
from resolvers.finance import counter_insurance as resolvers
from resolvers.finance import insurance_payment
from schema.access_control.guards import owned, part_of
from schema.base import graph_input, graph_type, relation
from schema.cost import Cost
from schema.finance.money import Payment
from schema.node import of_card
from schema.owner import hospital_of
from schema.payloads import mutation, payload, result

_ORDERS = "Use unfinishedInsuranceOrders."
_PAYING = "Use payInsuranceOrder."
_BILLS = "Use Patient.bills, which have insuranceAmount."


@graph_type(records.InsuranceItem, part_of(Resource.CLAIM))
class InsuranceItem(records.InsuranceItem):
    """One line of what the insurance was asked about (医保明细)."""


@graph_type(records.SelfPaySheet, part_of(Resource.CLAIM))
class SelfPaySheet(records.SelfPaySheet):
    """The lines of one prescription in an order (处方明细)."""


@graph_type(records.SelfPayOrderDetail, owned(Resource.CLAIM))
class SelfPayOrderDetail(records.SelfPayOrderDetail):
    """The content of such an order (诊间医保自费订单明细)."""


@graph_type(records.SelfPayOrder, owned(Resource.CLAIM))
class SelfPayOrder(records.SelfPayOrder):
    """What is left to pay after the insurance was settled at the counter (诊间医保自费订单)."""

    id = of_card("SelfPayOrder")
    hospital = hospital_of()
    detail = relation(
        resolvers.self_pay_order,
        SelfPayOrderDetail | None,
        "The content (订单明细).",
        cost=Cost(calls=1),
        deprecated=_ORDERS,
    )


@graph_type(records.Reimbursement, owned(Resource.CLAIM))
class Reimbursement(records.Reimbursement):
    """What the insurance has paid back for a visit (医保报销记录, FHIR ClaimResponse)."""

    id = of_card("Reimbursement")
    hospital = hospital_of()
    items = relation(
        resolvers.reimbursed_items,
        list[InsuranceItem] | None,
        "What it has paid for (报销明细).",
        cost=Cost(calls=1, holder=True, size=20),
        deprecated=_BILLS,
    )


@strawberry.type
class CounterInsuranceOfCard:
    """What was settled with the medical insurance at the counter."""

    self_pay_orders = relation(
        resolvers.self_pay_orders,
        list[SelfPayOrder] | None,
        "What is left to pay after the insurance was settled at the counter (诊间医保自费订单).",
        cost=Cost(calls=1, holder=True, size=10),
        deprecated=_ORDERS,
    )
    reimbursements = relation(
        resolvers.reimbursements,
        list[Reimbursement] | None,
        "What the insurance has paid back (诊间医保报销记录).",
        cost=Cost(calls=1, holder=True, size=20),
        deprecated=_BILLS,
    )


@graph_input(insurance_payment.PaySelfPayOrderInput)
class PaySelfPayOrderInput(insurance_payment.PaySelfPayOrderInput):
    """What paySelfPayOrder takes: a payment that was made (诊间医保自费部分缴费信息)."""


_PAY = payload(
    "PaySelfPayOrderPayload",
    "What paySelfPayOrder came to (诊间医保自费部分缴费结果).",
    payment=result(Payment, "The payment; look at its status (支付)."),
)


@strawberry.type
class CounterInsuranceMutations:
    """Paying what was left at the counter."""

    pay_self_pay_order = mutation(
        insurance_payment.pay_self_pay_order,
        PaySelfPayOrderInput,
        _PAY,
        "Tell the hospital that the rest of an order was paid (诊间医保自费部分缴费).",
        cost=Cost(calls=1, holder=True),
        deprecated=_PAYING,
    )
