"""Reserving, paying and cancelling laboratory tests that people order themselves."""

import strawberry

from resolvers.diagnostic_tests import lab_test_booking as resolvers
from schema.base import graph_input
from schema.cost import Cost
from schema.outpatient.appointment import Appointment, Cancellation
from schema.payloads import mutation, payload, result


@graph_input(resolvers.ReserveLabTestInput)
class ReserveLabTestInput(resolvers.ReserveLabTestInput):
    """What reserveLabTest takes: a slot, or a session that has no numbers (检验号源锁定信息)."""


@graph_input(resolvers.PayLabTestInput)
class PayLabTestInput(resolvers.PayLabTestInput):
    """What payLabTest takes: a payment that was made, and what for (检验预约支付信息)."""


@graph_input(resolvers.CancelLabTestInput)
class CancelLabTestInput(resolvers.CancelLabTestInput):
    """What cancelLabTest takes (检验预约取消信息)."""


_RESERVE = payload(
    "ReserveLabTestPayload",
    "What reserveLabTest came to (检验号源锁定结果).",
    appointment=result(Appointment, "What is kept free, until `payBefore` (已锁定的预约)."),
)
_PAY = payload(
    "PayLabTestPayload",
    "What payLabTest came to (检验预约支付结果).",
    appointment=result(Appointment, "The booked test (预约)."),
)
_CANCEL = payload(
    "CancelLabTestPayload",
    "What cancelLabTest came to (检验预约取消结果).",
    cancellation=result(Cancellation, "What the hospital says; without a refund number no money goes back (取消结果)."),
)
_WRITE = Cost(calls=2, holder=True)


@strawberry.type
class LabTestMutations:
    """Writes about laboratory tests."""

    reserve_lab_test = mutation(
        resolvers.reserve_lab_test,
        ReserveLabTestInput,
        _RESERVE,
        "Keep a number free until it is paid (检验号源锁定).",
        cost=_WRITE,
    )
    pay_lab_test = mutation(
        resolvers.pay_lab_test,
        PayLabTestInput,
        _PAY,
        "Tell the hospital that a test was paid, which books it (检验预约支付).",
        cost=_WRITE,
    )
    cancel_lab_test = mutation(
        resolvers.cancel_lab_test,
        CancelLabTestInput,
        _CANCEL,
        "Cancel a paid test (取消检验预约).",
        cost=Cost(calls=1, holder=True),
    )
