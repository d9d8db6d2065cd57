"""Writes of a day at the hospital: registering, paying what was booked, arriving."""

import strawberry

from resolvers.outpatient import appointment_payment, arrivals, number_collection, registering
from schema.base import graph_input
from schema.cost import Cost
from schema.finance.money import Payment
from schema.outpatient.appointment import Appointment
from schema.outpatient.arrival import CheckIn
from schema.payloads import mutation, payload, result


@graph_input(registering.InsuranceSettlementInput)
class InsuranceSettlementInput(registering.InsuranceSettlementInput):
    """What medical insurance paid of a registration fee (医保结算)."""


@graph_input(registering.RegisterSameDayInput)
class RegisterSameDayInput(registering.RegisterSameDayInput):
    """What registerSameDay takes: for what, and how the fee was paid (当日挂号信息)."""

    insurance: InsuranceSettlementInput | None = strawberry.field(
        default=None,
        description="What medical insurance paid of the fee, where it did; INSURED_REGISTRATION alone (医保结算).",
    )


@graph_input(appointment_payment.PayAppointmentInput)
class PayAppointmentInput(appointment_payment.PayAppointmentInput):
    """What payAppointment takes: a payment that was made, and of which appointment (预约挂号支付信息)."""


@graph_input(number_collection.CollectNumberInput)
class CollectNumberInput(number_collection.CollectNumberInput):
    """What collectNumber takes (取号信息)."""


@graph_input(arrivals.TriageInput)
class TriageInput(arrivals.TriageInput):
    """What triage takes (分诊信息)."""


@graph_input(arrivals.CheckInInput)
class CheckInInput(arrivals.CheckInInput):
    """What checkIn takes (签到信息)."""


_REGISTER = payload(
    "RegisterSameDayPayload",
    "What registerSameDay came to (当日挂号结果).",
    appointment=result(Appointment, "The registration (挂号)."),
)
_PAY = payload(
    "PayAppointmentPayload",
    "What payAppointment came to (预约挂号支付结果).",
    payment=result(Payment, "The payment; look at its status (支付)."),
)
_COLLECT = payload(
    "CollectNumberPayload",
    "What collectNumber came to (预约取号结果).",
    appointment=result(Appointment, "The appointment with its number in the queue (预约)."),
)
_TRIAGE = payload(
    "TriagePayload", "What triage came to (分诊结果).", check_in=result(CheckIn, "The arrival at the room (分诊).")
)
_CHECK_IN = payload(
    "CheckInPayload", "What checkIn came to (签到结果).", check_in=result(CheckIn, "The arrival (签到).")
)
_WRITE = Cost(calls=1, holder=True)
# What came of an earlier attempt, the fee, the registration, and whether it was refused because nothing is left.
_REGISTER_ONE = Cost(calls=4, holder=True)
# What is to be paid, its order opened, paid and closed, and what has come of it where that was refused.
_PAY_ONE = Cost(calls=5, holder=True)
# What has become of the appointment, before and perhaps after.
_COLLECT_ONE = Cost(calls=3, holder=True)


@strawberry.type
class VisitingMutations:
    """What is written on a day at the hospital, and before it."""

    register_same_day = mutation(
        registering.register_same_day,
        RegisterSameDayInput,
        _REGISTER,
        "Register with a clinic of today, the fee being paid (当日挂号).",
        cost=_REGISTER_ONE,
    )
    pay_appointment = mutation(
        appointment_payment.pay_appointment,
        PayAppointmentInput,
        _PAY,
        "Tell the hospital that the fee of a booked appointment was paid (预约挂号支付).",
        cost=_PAY_ONE,
    )
    collect_number = mutation(
        number_collection.collect_number,
        CollectNumberInput,
        _COLLECT,
        "Take the number of today's queue for a booked appointment, before checking in (预约取号).",
        cost=_COLLECT_ONE,
    )
    triage = mutation(
        arrivals.triage,
        TriageInput,
        _TRIAGE,
        "Put a person into the queue of a room (分诊登记).",
        cost=_WRITE,
    )
    check_in = mutation(
        arrivals.check_in,
        CheckInInput,
        _CHECK_IN,
        "Say that a person has come to an appointment (预约签到).",
        cost=_WRITE,
    )
