"""Booking ordered examinations, changing and cancelling what is booked, checking in for it."""

import strawberry

from resolvers.diagnostic_tests import examination_booking as resolvers
from schema.base import graph_input
from schema.cost import Cost
from schema.outpatient.appointment import Appointment, Cancellation
from schema.payloads import mutation, payload, result

_LISTED_AND_WRITTEN = Cost(calls=3, holder=True)


@graph_input(resolvers.BookExaminationInput)
class BookExaminationInput(resolvers.BookExaminationInput):
    """What bookExamination takes (检查预约信息)."""


@graph_input(resolvers.ChangeExaminationInput)
class ChangeExaminationInput(resolvers.ChangeExaminationInput):
    """What changeExamination takes (检查改约信息)."""


@graph_input(resolvers.CancelExaminationInput)
class CancelExaminationInput(resolvers.CancelExaminationInput):
    """What cancelExamination takes (检查取消信息)."""


@graph_input(resolvers.CheckInExaminationsInput)
class CheckInExaminationsInput(resolvers.CheckInExaminationsInput):
    """What checkInExaminations takes (检查登记信息)."""


_BOOKED = result(Appointment, "The appointment (预约).")
_BOOK = payload("BookExaminationPayload", "What bookExamination came to (检查预约结果).", appointment=_BOOKED)
_CHANGE = payload(
    "ChangeExaminationPayload",
    "What changeExamination came to (检查改约结果).",
    appointment=result(Appointment, "The appointment that stands now (改约后的预约)."),
)
_CANCEL = payload(
    "CancelExaminationPayload",
    "What cancelExamination came to (检查取消结果).",
    cancellation=result(Cancellation, "What the hospital says (取消结果)."),
)
_CHECK_IN = payload(
    "CheckInExaminationsPayload",
    "What checkInExaminations came to (检查登记结果).",
    checked_in=result(list[Appointment], "Those that the hospital has checked in, maybe none (登记成功的预约)."),
)


@strawberry.type
class ExaminationMutations:
    """Writes about examinations."""

    book_examination = mutation(
        resolvers.book_examination,
        BookExaminationInput,
        _BOOK,
        "Book a time for an ordered examination (检查预约).",
        cost=Cost(calls=2, holder=True),
    )
    change_examination = mutation(
        resolvers.change_examination,
        ChangeExaminationInput,
        _CHANGE,
        "Change the time of a booked examination (检查改约).",
        cost=_LISTED_AND_WRITTEN,
    )
    cancel_examination = mutation(
        resolvers.cancel_examination,
        CancelExaminationInput,
        _CANCEL,
        "Cancel a booked examination (取消检查预约).",
        cost=Cost(calls=1, holder=True),
    )
    check_in_examinations = mutation(
        resolvers.check_in_examinations,
        CheckInExaminationsInput,
        _CHECK_IN,
        "Check in online for booked examinations (检查线上登记).",
        cost=_LISTED_AND_WRITTEN,
    )
