"""Deposits for stays, and copies of case files: what is paid for."""

import strawberry

from connectors.records import deposits as records
from resolvers.access_control.scopes import Resource
from resolvers.inpatient import case_copies, deposits
from schema.access_control.guards import owned, part_of
from schema.base import graph_input, graph_type, relation
from schema.cost import Cost
from schema.lists import list_over_hospitals
from schema.node import of_card
from schema.owner import hospital_of
from schema.payloads import mutation, payload, result

_PAID = owned(Resource.PAYMENT_NOTICE)
# The stay that is paid for, and up to six steps of the payment.
_WRITE = Cost(calls=8, holder=True)
# The stay, the bill of the copies, and up to eight steps of its payment.
_ORDER_COPIES = Cost(calls=11, holder=True)


@graph_type(records.Deposit, _PAID)
class Deposit(records.Deposit):
    """A deposit that was paid for a stay, or given back (住院押金记录)."""

    hospital = hospital_of()


@graph_type(records.DepositPayment, _PAID)
class DepositPayment(records.DepositPayment):
    """A deposit and what the hospital says of it (押金缴纳结果)."""

    hospital = hospital_of()


@graph_type(records.CaseCopy, _PAID)
class CaseCopy(records.CaseCopy):
    """Copies of a case file that were paid for, and what the hospital says of it (病案复印)."""

    id = of_card("CaseCopy")
    hospital = hospital_of()


@graph_type(records.CaseCopyCancellation, part_of(Resource.PAYMENT_NOTICE))
class CaseCopyCancellation(records.CaseCopyCancellation):
    """An order of copies that was taken back, and its money with it (病案复印撤销退费)."""


@graph_input(deposits.PayDepositInput)
class PayDepositInput(deposits.PayDepositInput):
    """What payDeposit takes: a deposit that was paid for the stay that lasts (押金缴纳信息)."""


@graph_input(case_copies.OrderCaseCopyInput)
class OrderCaseCopyInput(case_copies.OrderCaseCopyInput):
    """What orderCaseCopy takes: copies of a stay's case file that were paid for (病案复印信息)."""


@graph_input(case_copies.CancelCaseCopyInput)
class CancelCaseCopyInput(case_copies.CancelCaseCopyInput):
    """What cancelCaseCopy takes (病案复印撤销信息)."""


_PAY_DEPOSIT = payload(
    "PayDepositPayload",
    "What payDeposit came to (押金缴纳结果).",
    payment=result(DepositPayment, "The deposit; look at its status (押金)."),
)
_ORDER_CASE_COPY = payload(
    "OrderCaseCopyPayload",
    "What orderCaseCopy came to (病案复印结果).",
    case_copy=result(CaseCopy, "The order; look at its status (病案复印)."),
)


_CANCEL_CASE_COPY = payload(
    "CancelCaseCopyPayload",
    "What cancelCaseCopy came to (病案复印撤销结果).",
    cancellation=result(CaseCopyCancellation, "What is given back (退费)."),
)


@strawberry.type
class CaseFileOfAdmission:
    """What an admission has to say of its case file."""

    case_page_count = relation(
        case_copies.page_count,
        int | None,
        "How many pages copies of the case file have (病历复印页数).",
        cost=Cost(calls=2, holder=True),
    )


@strawberry.type
class DepositsOfPatient:
    """What a person's hospitals tell of deposits."""

    deposits = list_over_hospitals(
        deposits.deposits, Deposit, "All deposits for stays and their refunds (住院押金记录).", 1
    )


@strawberry.type
class InpatientMutations:
    """What is paid for stays."""

    pay_deposit = mutation(
        deposits.pay_deposit,
        PayDepositInput,
        _PAY_DEPOSIT,
        "Tell the hospital that a deposit was paid for the stay that lasts (缴纳住院押金).",
        cost=_WRITE,
    )
    order_case_copy = mutation(
        case_copies.order_case_copy,
        OrderCaseCopyInput,
        _ORDER_CASE_COPY,
        "Tell the hospital that copies of a case file were paid for (病案复印).",
        cost=_ORDER_COPIES,
    )
    cancel_case_copy = mutation(
        case_copies.cancel_case_copy,
        CancelCaseCopyInput,
        _CANCEL_CASE_COPY,
        "Take an order of copies back, and its money with it (撤销病案复印).",
        cost=Cost(calls=1, holder=True),
    )
