"""Booking and cancelling check-ups."""

import strawberry

from resolvers.checkups import booking as checkup_booking
from schema.base import graph_input
from schema.cost import Cost
from schema.outpatient.appointment import Appointment, Cancellation
from schema.payloads import mutation, payload, result

_WRITE = Cost(calls=1, holder=True)


@graph_input(checkup_booking.BookCheckupInput)
class BookCheckupInput(checkup_booking.BookCheckupInput):
    """What bookCheckup takes (体检预约信息)."""


@graph_input(checkup_booking.CancelCheckupInput)
class CancelCheckupInput(checkup_booking.CancelCheckupInput):
    """What cancelCheckup takes (取消信息)."""


_BOOK_CHECKUP = payload(
    "BookCheckupPayload",
    "What bookCheckup came to (体检预约结果).",
    appointment=result(Appointment, "The appointment (体检预约)."),
)
_CANCEL_CHECKUP = payload(
    "CancelCheckupPayload",
    "What cancelCheckup came to (取消结果).",
    cancellation=result(Cancellation, "What the hospital says (取消结果)."),
)


@strawberry.type
class CheckupMutations:
    """Writes about check-ups."""

    book_checkup = mutation(
        checkup_booking.book_checkup, BookCheckupInput, _BOOK_CHECKUP, "Book a check-up (体检预约).", cost=_WRITE
    )
    cancel_checkup = mutation(
        checkup_booking.cancel_checkup,
        CancelCheckupInput,
        _CANCEL_CHECKUP,
        "Cancel a check-up (取消体检预约).",
        cost=_WRITE,
    )
