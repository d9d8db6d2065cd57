"""The root of all writes."""

import strawberry

from connectors.records.billing import PaymentMethod
from connectors.records.people import Gender
from connectors.records.problems import ProblemCode
from resolvers.finance import payment
from resolvers.outpatient import booking
from resolvers.patients import card_creation
from schema.access_control.break_glass import BREAK_GLASS
from schema.access_control.login import LOGOUT, REFRESH_LOGIN, WECHAT_LOGIN
from schema.base import graph_enum, graph_input
from schema.checkups.booking import CheckupMutations
from schema.checkups.self_service import SelfServiceMutations
from schema.clinical_records.consultation import ConsultationMutations
from schema.communication.education import EducationMutations
from schema.cost import CHARGES_OF_A_CARD, Cost
from schema.diagnostic_tests.examination_booking import ExaminationMutations
from schema.diagnostic_tests.lab_test_booking import LabTestMutations
from schema.diagnostic_tests.nucleic_acid_booking import NucleicAcidTestMutations
from schema.finance.counter_insurance import CounterInsuranceMutations
from schema.finance.insurance import InsuranceMutations
from schema.finance.money import Payment
from schema.inpatient.admission_applications import AdmissionApplicationMutations
from schema.inpatient.admission_bookings import AdmissionBookingMutations
from schema.inpatient.admission_certificates import AdmissionCertificateMutations
from schema.inpatient.caregivers import CaregiverMutations
from schema.inpatient.deposits import InpatientMutations
from schema.outpatient.appointment import Appointment, Cancellation
from schema.outpatient.registrations import RegistrationMutations
from schema.outpatient.visiting import VisitingMutations
from schema.patients.card_mutations import CardMutations
from schema.patients.patient import Card
from schema.payloads import mutation, payload, result

for enum in (Gender, PaymentMethod, ProblemCode):
    graph_enum(enum)


@graph_input(card_creation.CreateCardInput)
class CreateCardInput(card_creation.CreateCardInput):
    """What createCard takes (办卡信息)."""


@graph_input(booking.BookAppointmentInput)
class BookAppointmentInput(booking.BookAppointmentInput):
    """What bookAppointment takes (预约信息)."""


@graph_input(booking.CancelAppointmentInput)
class CancelAppointmentInput(booking.CancelAppointmentInput):
    """What cancelAppointment takes (取消信息)."""


@graph_input(payment.PayChargesInput)
class PayChargesInput(payment.PayChargesInput):
    """What payCharges takes: a payment that was made, and what for (缴费信息)."""


_CREATE_CARD = payload(
    "CreateCardPayload", "What createCard came to (办卡结果).", card=result(Card, "The card (就诊卡).")
)
_BOOK_APPOINTMENT = payload(
    "BookAppointmentPayload",
    "What bookAppointment came to (预约结果).",
    appointment=result(Appointment, "The appointment (预约)."),
)
_CANCEL_APPOINTMENT = payload(
    "CancelAppointmentPayload",
    "What cancelAppointment came to (取消结果).",
    cancellation=result(Cancellation, "What the hospital says (取消结果)."),
)
_PAY_CHARGES = payload(
    "PayChargesPayload",
    "What payCharges came to (缴费结果).",
    payment=result(Payment, "The payment; look at its status (支付)."),
)

_WRITE = Cost(calls=1, holder=True)
# What is to be paid, and up to eight steps of a payment.
_PAY = Cost(calls=CHARGES_OF_A_CARD + 8, holder=True)
_INPUT = strawberry.argument(description="What it takes (输入).")


@strawberry.type(description="All writes; each carries its business key and is done once (变更).")
class Mutation(
    ExaminationMutations,
    LabTestMutations,
    NucleicAcidTestMutations,
    SelfServiceMutations,
    InpatientMutations,
    EducationMutations,
    CaregiverMutations,
    AdmissionApplicationMutations,
    AdmissionBookingMutations,
    AdmissionCertificateMutations,
    InsuranceMutations,
    CounterInsuranceMutations,
    ConsultationMutations,
    VisitingMutations,
    RegistrationMutations,
    CardMutations,
    CheckupMutations,
):
    """The root of all writes."""

    create_card = mutation(
        card_creation.create_card,
        CreateCardInput,
        _CREATE_CARD,
        "Create a card for a person at a hospital (办卡).",
        cost=_WRITE,
    )
    book_appointment = mutation(
        booking.book_appointment, BookAppointmentInput, _BOOK_APPOINTMENT, "Book a slot (预约挂号).", cost=_WRITE
    )
    cancel_appointment = mutation(
        booking.cancel_appointment,
        CancelAppointmentInput,
        _CANCEL_APPOINTMENT,
        "Cancel an appointment (取消预约).",
        cost=_WRITE,
    )
    pay_charges = mutation(
        payment.pay_charges,
        PayChargesInput,
        _PAY_CHARGES,
        "Tell the hospital that charges were paid (缴费).",
        cost=_PAY,
    )
    wechat_login = WECHAT_LOGIN
    refresh_login = REFRESH_LOGIN
    logout = LOGOUT
    break_glass = BREAK_GLASS
