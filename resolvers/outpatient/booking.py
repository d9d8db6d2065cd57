"""Booking and cancelling appointments (挂号)."""

from collections.abc import Awaitable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.ports import Booking, Connection
from connectors.records.base import Doc
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.scheduling import Appointment, Cancellation
from resolvers.access_control import access
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.offers import offered
from resolvers.outpatient.appointments import APPOINTMENT, cancel_registration, remember
from resolvers.problems import Problem
from resolvers.writes import checks
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of

_BOOK = Write("book", access.Need(Resource.APPOINTMENT, Action.CREATE), APPOINTMENT)
_CANCEL = Write("cancel", access.Need(Resource.APPOINTMENT, Action.UPDATE), TypeAdapter(Cancellation))


@dataclass(kw_only=True, slots=True)
class BookAppointmentInput:
    """What bookAppointment takes (预约信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same appointment (业务单号).")]
    card_id: Annotated[strawberry.ID, Doc("Card at the slot's hospital (就诊卡).")]
    slot_id: Annotated[strawberry.ID, Doc("Slot (号源).")]
    fee: Annotated[Decimal | None, Doc("Fee in yuan that the person was shown (挂号费).")] = None


@dataclass(kw_only=True, slots=True)
class CancelAppointmentInput:
    """What cancelAppointment takes (取消信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    appointment_id: Annotated[strawberry.ID, Doc("Appointment (预约).")]


async def book_appointment(info: GraphInfo, given: BookAppointmentInput) -> Outcome[Appointment]:
    """Book a slot; raises Problem UNAUTHENTICATED or FORBIDDEN for a card that the principal does not reach."""
    context = info.context
    access.require_known(context.principal)
    card = card_of(context.services.ids.read(given.card_id, "Card"))
    context.access.require(_BOOK.need, card)

    async def work() -> Appointment:
        slot = context.services.ids.read(given.slot_id, "Slot")
        if slot.hospital_id != card.hospital_id:
            raise Problem(ProblemCode.BAD_INPUT, "就诊卡与号源不属于同一医院", field="cardId")
        booking = Booking(
            key=given.business_key,
            slot_id=slot.local_id,
            account=context.principal.subject,
            fee=None if given.fee is None else checks.amount(given.fee, "fee"),
        )

        again = await _BOOK.tried(context, card, given.business_key)

        def send(connection: Connection, holder: CardHolder) -> Awaitable[Appointment]:
            return offered(connection.scheduling).book(holder, replace(booking, repeated=again))

        appointment = await _BOOK.do(context, card, given.business_key, booking, send)
        await remember(context, appointment)
        return appointment

    return await attempt(work)


async def cancel_appointment(info: GraphInfo, given: CancelAppointmentInput) -> Outcome[Cancellation]:
    """Cancel an appointment; raises Problem UNAUTHENTICATED or FORBIDDEN for one that the principal does not reach."""
    context = info.context
    access.require_known(context.principal)
    key = context.services.ids.read(given.appointment_id, "Appointment")
    card = card_of(key)
    context.access.require(_CANCEL.need, card)

    def send(connection: Connection, holder: CardHolder) -> Awaitable[Cancellation]:
        return offered(connection.scheduling).cancel(holder, key.local_id)

    async def work() -> Cancellation:
        cancellation = await _CANCEL.do(context, card, given.business_key, key.local_id, send)
        await cancel_registration(context, card, key.local_id)
        return cancellation

    return await attempt(work)
