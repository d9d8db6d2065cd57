"""Booking and cancelling appointments (挂号)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.ports import Booking
from connectors.records.base import CardRef, Doc
from connectors.records.problems import ProblemCode
from connectors.records.scheduling import Appointment, Cancellation
from resolvers import access, checks
from resolvers.appointments import APPOINTMENT, booking_place
from resolvers.context import GraphInfo
from resolvers.global_id import NodeKey
from resolvers.ledger import KEEP_SECONDS, LedgerEntry, once
from resolvers.mutations import Outcome, attempt, sent
from resolvers.offers import offered
from resolvers.problems import Problem

_CANCELLATION: TypeAdapter[Cancellation] = TypeAdapter(Cancellation)


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
    card = _card(context.services.ids.read(given.card_id, "Card"))
    access.require_card(context.principal, card)

    async def work() -> Appointment:
        slot = context.services.ids.read(given.slot_id, "Slot")
        if slot.hospital_id != card.hospital_id:
            raise Problem(ProblemCode.BAD_INPUT, "就诊卡与号源不属于同一医院", field="cardId")
        booking = Booking(
            key=checks.business_key(given.business_key),
            slot_id=slot.local_id,
            account=context.principal.subject,
            fee=None if given.fee is None else checks.amount(given.fee, "fee"),
        )
        holder = await context.loaders.holder(card)
        scheduling = offered(context.loaders.connection(card.hospital_id).scheduling)
        appointment = await once(
            context.services.ledger,
            context.services.digest(f"book\0{card.hospital_id}\0{booking.key}"),
            repr((card.number, booking)),
            lambda: sent(scheduling.book(holder, booking), card.hospital_id),
            APPOINTMENT,
        )
        remembered = LedgerEntry("", APPOINTMENT.dump_json(appointment))
        await context.services.ledger.settle(booking_place(context, appointment), remembered, KEEP_SECONDS)
        return appointment

    return await attempt(work)


async def cancel_appointment(info: GraphInfo, given: CancelAppointmentInput) -> Outcome[Cancellation]:
    """Cancel an appointment; raises Problem UNAUTHENTICATED or FORBIDDEN for one that the principal does not reach."""
    context = info.context
    access.require_known(context.principal)
    key = context.services.ids.read(given.appointment_id, "Appointment")
    card = _card(key)
    access.require_card(context.principal, card)

    async def work() -> Cancellation:
        business_key = checks.business_key(given.business_key)
        holder = await context.loaders.holder(card)
        scheduling = offered(context.loaders.connection(card.hospital_id).scheduling)
        return await once(
            context.services.ledger,
            context.services.digest(f"cancel\0{card.hospital_id}\0{business_key}"),
            repr((card.number, key.local_id)),
            lambda: sent(scheduling.cancel(holder, key.local_id), card.hospital_id),
            _CANCELLATION,
        )

    return await attempt(work)


def _card(key: NodeKey) -> CardRef:
    if key.card is None:
        raise Problem(ProblemCode.BAD_INPUT, "标识类型不符", field="id")
    return key.card
