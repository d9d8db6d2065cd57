"""Beds that people book themselves."""

import strawberry

from connectors.records import admission_bookings as records
from resolvers.access_control.scopes import Personal, Resource
from resolvers.inpatient import admission_bookings as resolvers
from schema.access_control.guards import owned, part_of
from schema.access_control.personal import personal
from schema.base import graph_input, graph_type, relation
from schema.cost import Cost
from schema.node import of_card
from schema.owner import hospital_of
from schema.payloads import mutation, payload, result

_ONE_CALL = Cost(calls=1, holder=True)


@graph_type(records.AdmissionBooking, owned(Resource.APPOINTMENT))
class AdmissionBooking(records.AdmissionBooking):
    """An admission that a person booked (住院预约, FHIR Appointment)."""

    id = of_card("AdmissionBooking")
    hospital = hospital_of()
    name = personal("patient_name", Personal.NAME, "Name as the hospital has it; masked by role (姓名).")
    identity_number = personal(
        "identity_number", Personal.IDENTITY_NUMBER, "Identity number; masked by role (身份证号)."
    )
    phone = personal("phone", Personal.PHONE, "Phone to be reached at; masked by role (联系电话).")
    address = personal("address", Personal.ADDRESS, "Where the person lives; masked by role (住址).")


@graph_type(records.AdmissionBookingCancellation, part_of(Resource.APPOINTMENT))
class AdmissionBookingCancellation(records.AdmissionBookingCancellation):
    """A booked admission that was cancelled (住院预约取消结果)."""


@strawberry.type
class AdmissionBookingsOfCard:
    """What a card's hospital tells of booked admissions."""

    admission_booking = relation(
        resolvers.admission_booking,
        AdmissionBooking | None,
        "A booked admission by the id that bookAdmission gave; null where the hospital has it no more (住院预约).",
        cost=_ONE_CALL,
    )


@graph_input(resolvers.BookAdmissionInput)
class BookAdmissionInput(resolvers.BookAdmissionInput):
    """What bookAdmission takes (住院预约信息)."""


@graph_input(resolvers.CancelAdmissionBookingInput)
class CancelAdmissionBookingInput(resolvers.CancelAdmissionBookingInput):
    """What cancelAdmissionBooking takes (住院预约取消信息)."""


_BOOK = payload(
    "BookAdmissionPayload",
    "What bookAdmission came to (住院预约结果).",
    booking=result(AdmissionBooking, "The booking; its status is read with admissionBooking of the card (住院预约)."),
)
_CANCEL = payload(
    "CancelAdmissionBookingPayload",
    "What cancelAdmissionBooking came to (住院预约取消结果).",
    cancellation=result(AdmissionBookingCancellation, "What became of it (取消结果)."),
)


@strawberry.type
class AdmissionBookingMutations:
    """Writes about booked admissions."""

    book_admission = mutation(
        resolvers.book_admission,
        BookAdmissionInput,
        _BOOK,
        "Book a bed for an admission (住院预约).",
        cost=_ONE_CALL,
    )
    cancel_admission_booking = mutation(
        resolvers.cancel_admission_booking,
        CancelAdmissionBookingInput,
        _CANCEL,
        "Cancel a booked admission (取消住院预约).",
        cost=_ONE_CALL,
    )
