"""Nucleic-acid tests of a person: what was done, what is booked."""

import strawberry

from connectors.records import nucleic_acid_booking as records
from resolvers.access_control.scopes import Personal, Resource
from resolvers.diagnostic_tests import nucleic_acid, nucleic_acid_booking, nucleic_acid_refunds
from schema.access_control.guards import owned, part_of
from schema.access_control.personal import personal
from schema.base import graph_input, graph_type, relation
from schema.cost import FREE, Cost
from schema.diagnostic_reports.special_reports import NucleicAcidTest
from schema.finance.money import Payment
from schema.lists import list_over_hospitals
from schema.node import of_card
from schema.outpatient.appointment import Cancellation
from schema.owner import hospital_of
from schema.payloads import mutation, payload, result

_READ_AND_WRITTEN = Cost(calls=2, holder=True)
# The test, its order opened and read, the payment, and the test again where that was refused.
_PAID = Cost(calls=5, holder=True)


@graph_type(records.NucleicAcidTestRefund, part_of(Resource.APPOINTMENT))
class NucleicAcidTestRefund(records.NucleicAcidTestRefund):
    """What became of the money of a cancelled nucleic-acid test (核酸检测退款)."""


@graph_type(records.NucleicAcidTestAppointment, owned(Resource.APPOINTMENT))
class NucleicAcidTestAppointment(records.NucleicAcidTestAppointment):
    """A nucleic-acid test that a person booked (核酸检测预约, FHIR Appointment)."""

    id = of_card("NucleicAcidTestAppointment")
    hospital = hospital_of()
    name = personal("patient_name", Personal.NAME, "Name as the hospital has it; masked by role (姓名).")
    identity_number = personal(
        "identity_number", Personal.IDENTITY_NUMBER, "Identity number; masked by role (身份证号)."
    )
    phone = personal("phone", Personal.PHONE, "Phone to be reached at; masked by role (手机号).")
    test = relation(
        nucleic_acid.test_of,
        NucleicAcidTest | None,
        "The test that came of it, with its results alone; null before there are any (检测结果).",
        cost=Cost(calls=1, holder=True),
    )
    refund = relation(
        nucleic_acid_refunds.refund,
        NucleicAcidTestRefund | None,
        "What became of the money, where a paid test was cancelled here within 30 days (退款).",
        cost=FREE,
    )


@graph_input(nucleic_acid_booking.BookNucleicAcidTestInput)
class BookNucleicAcidTestInput(nucleic_acid_booking.BookNucleicAcidTestInput):
    """What bookNucleicAcidTest takes (核酸检测预约信息)."""


@graph_input(nucleic_acid_booking.PayNucleicAcidTestInput)
class PayNucleicAcidTestInput(nucleic_acid_booking.PayNucleicAcidTestInput):
    """What payNucleicAcidTest takes: a payment that was made, and of which booked test (核酸检测支付信息)."""


@graph_input(nucleic_acid_booking.CancelNucleicAcidTestInput)
class CancelNucleicAcidTestInput(nucleic_acid_booking.CancelNucleicAcidTestInput):
    """What cancelNucleicAcidTest takes (核酸检测撤销信息)."""


_BOOK = payload(
    "BookNucleicAcidTestPayload",
    "What bookNucleicAcidTest came to (核酸检测预约结果).",
    appointment=result(NucleicAcidTestAppointment, "The booked test, which waits to be paid (核酸检测预约)."),
)
_PAY = payload(
    "PayNucleicAcidTestPayload",
    "What payNucleicAcidTest came to (核酸检测支付结果).",
    payment=result(Payment, "The payment; look at its status (支付)."),
)
_CANCEL = payload(
    "CancelNucleicAcidTestPayload",
    "What cancelNucleicAcidTest came to (核酸检测撤销结果).",
    cancellation=result(Cancellation, "What the hospital says (撤销结果)."),
)


@strawberry.type
class NucleicAcidTestsOfPatient:
    """Nucleic-acid tests over all of a person's hospitals."""

    nucleic_acid_tests = list_over_hospitals(
        nucleic_acid.tests, NucleicAcidTest, "All nucleic-acid tests, where a hospital lists them (核酸检测记录).", 1
    )
    nucleic_acid_test_appointments = list_over_hospitals(
        nucleic_acid.appointments,
        NucleicAcidTestAppointment,
        "Nucleic-acid tests that the person booked (核酸检测预约).",
        1,
    )


@strawberry.type
class NucleicAcidTestsOfCard:
    """Nucleic-acid tests at one hospital."""

    nucleic_acid_test_appointment = relation(
        nucleic_acid.appointment_of,
        NucleicAcidTestAppointment | None,
        "A nucleic-acid test that was booked with the card, with the numbers of its payment (核酸检测预约详情).",
        cost=Cost(calls=1, holder=True),
    )


@strawberry.type
class NucleicAcidTestMutations:
    """Writes about booked nucleic-acid tests."""

    book_nucleic_acid_test = mutation(
        nucleic_acid_booking.book_test,
        BookNucleicAcidTestInput,
        _BOOK,
        "Book a nucleic-acid test (预约核酸检测).",
        cost=_READ_AND_WRITTEN,
    )
    pay_nucleic_acid_test = mutation(
        nucleic_acid_booking.pay_test,
        PayNucleicAcidTestInput,
        _PAY,
        "Tell the hospital that a booked nucleic-acid test was paid, which confirms it (核酸检测支付确认).",
        cost=_PAID,
    )
    cancel_nucleic_acid_test = mutation(
        nucleic_acid_booking.cancel_test,
        CancelNucleicAcidTestInput,
        _CANCEL,
        "Cancel a booked nucleic-acid test (撤销核酸检测预约).",
        cost=_READ_AND_WRITTEN,
    )
