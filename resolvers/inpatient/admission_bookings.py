"""Beds that people book themselves: where there are any, booking one, cancelling it (住院预约)."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.ports import Connection
from connectors.records.admission_bookings import (
    AdmissionBooking,
    AdmissionBookingCancellation,
    AdmissionBookingOrder,
    AdmissionDepartment,
    BedCategory,
)
from connectors.records.base import Doc
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from resolvers.access_control import access
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.facilities.hospitals import Hospital
from resolvers.offers import offered
from resolvers.patients.people import CardAtHospital
from resolvers.problems import Problem
from resolvers.writes import checks
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of

_BOOK = Write("book an admission", access.Need(Resource.APPOINTMENT, Action.CREATE), TypeAdapter(AdmissionBooking))
_CANCEL = Write(
    "cancel a booked admission",
    access.Need(Resource.APPOINTMENT, Action.UPDATE),
    TypeAdapter(AdmissionBookingCancellation),
)

BookingId = Annotated[strawberry.ID, strawberry.argument(description="Booked admission (住院预约).")]
CampusId = Annotated[str, strawberry.argument(description="The hospital's own key of the campus (院区编码).")]


@dataclass(kw_only=True, slots=True)
class BookAdmissionInput:
    """What bookAdmission takes (住院预约信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same booking (业务单号).")]
    card_id: Annotated[strawberry.ID, Doc("Card at the department's hospital (就诊卡).")]
    department_id: Annotated[strawberry.ID, Doc("Department whose beds can be booked (科室).")]
    bed_category: Annotated[str, Doc("Name of one of its kinds of beds (床位类别名称).")]
    address: Annotated[str, Doc("Where the person lives (住址).")]
    phone: Annotated[str | None, Doc("Phone to be reached at; the card's when left out (联系电话).")] = None
    remark: Annotated[str | None, Doc("What else the hospital should know (备注).")] = None


@dataclass(kw_only=True, slots=True)
class CancelAdmissionBookingInput:
    """What cancelAdmissionBooking takes (住院预约取消信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    booking_id: Annotated[strawberry.ID, Doc("Booked admission (住院预约).")]
    reason: Annotated[str, Doc("Why it is cancelled (取消原因).")]


async def admission_departments(root: Hospital, info: GraphInfo, campus_id: CampusId) -> list[AdmissionDepartment]:
    """List the departments of a campus whose beds can be booked."""
    checked = checks.number(campus_id, "campusId")
    return await info.context.loaders.public(_departments, root.hospital_id, checked)


async def bed_categories(root: AdmissionDepartment, info: GraphInfo) -> list[BedCategory]:
    """List the kinds of beds of a department."""
    return await info.context.loaders.public(_bed_categories, root.hospital_id, root.id)


async def admission_booking(root: CardAtHospital, info: GraphInfo, id: BookingId) -> AdmissionBooking | None:  # noqa: A002 # the argument's name in the graph
    """Read a booking of the card; hospitals list none."""
    context = info.context
    key = context.services.ids.read(id, "AdmissionBooking")
    if key.card != root.card:
        raise Problem(ProblemCode.BAD_INPUT, "该住院预约不属于此就诊卡", field="id")
    return await context.loaders.alone(_booking, await context.loaders.holder(root.card), key.local_id)


async def book_admission(info: GraphInfo, given: BookAdmissionInput) -> Outcome[AdmissionBooking]:
    """Book an admission; raises Problem UNAUTHENTICATED or FORBIDDEN for a card out of reach."""
    context = info.context
    access.require_known(context.principal)
    card = card_of(context.services.ids.read(given.card_id, "Card"))
    context.access.require(_BOOK.need, card)

    async def work() -> AdmissionBooking:
        department = context.services.ids.read(given.department_id, "AdmissionDepartment")
        if department.hospital_id != card.hospital_id:
            raise Problem(ProblemCode.BAD_INPUT, "就诊卡与科室不属于同一医院", field="cardId")
        order = AdmissionBookingOrder(
            department_id=department.local_id,
            bed_category=checks.text(given.bed_category, "bedCategory"),
            address=checks.text(given.address, "address"),
            phone=None if given.phone is None else checks.phone(given.phone),
            remark=checks.text(given.remark, "remark") if given.remark else "",
        )

        def send(connection: Connection, holder: CardHolder) -> Awaitable[AdmissionBooking]:
            return offered(connection.admission_bookings).book(holder, order)

        return await _BOOK.do(context, card, given.business_key, order, send)

    return await attempt(work)


async def cancel_admission_booking(
    info: GraphInfo, given: CancelAdmissionBookingInput
) -> Outcome[AdmissionBookingCancellation]:
    """Cancel a booking; raises Problem UNAUTHENTICATED or FORBIDDEN for one out of reach."""
    context = info.context
    access.require_known(context.principal)
    key = context.services.ids.read(given.booking_id, "AdmissionBooking")
    card = card_of(key)
    context.access.require(_CANCEL.need, card)

    async def work() -> AdmissionBookingCancellation:
        reason = checks.text(given.reason, "reason")

        def send(connection: Connection, holder: CardHolder) -> Awaitable[AdmissionBookingCancellation]:
            return offered(connection.admission_bookings).cancel(holder, key.local_id, reason)

        return await _CANCEL.do(context, card, given.business_key, (key.local_id, reason), send)

    return await attempt(work)


async def _departments(connection: Connection, hospital: str, campus_id: str) -> list[AdmissionDepartment]:
    return await offered(connection.admission_bookings).departments(hospital, campus_id)


async def _bed_categories(connection: Connection, hospital: str, department_id: str) -> list[BedCategory]:
    return await offered(connection.admission_bookings).bed_categories(hospital, department_id)


@needs(Resource.APPOINTMENT, Action.READ)
async def _booking(connection: Connection, holder: CardHolder, booking_id: str) -> AdmissionBooking | None:
    return await offered(connection.admission_bookings).booking(holder, booking_id)
