"""Arriving at the hospital: triage, check-in, queues, fever clinics."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.ports import Connection
from connectors.records.arrivals import CheckIn, ConsultingRoom, FeverClinic, QueuePosition
from connectors.records.base import CardRef, Doc
from connectors.records.hospitals import Capability
from connectors.records.people import CardHolder
from connectors.records.scheduling import Appointment, AppointmentKind, AppointmentStatus
from resolvers.access_control import access
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.facilities.hospitals import Hospital
from resolvers.merging import Hospitals, Merged, merge, side_by_side
from resolvers.offers import offered
from resolvers.pages import After, First, Position, position
from resolvers.patients.people import CardAtHospital, Patient
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of

_CHECK_IN: TypeAdapter[CheckIn] = TypeAdapter(CheckIn)
_TRIAGE = Write("triage", access.Need(Resource.APPOINTMENT, Action.CREATE), _CHECK_IN)
_ARRIVE = Write("check in", access.Need(Resource.APPOINTMENT, Action.UPDATE), _CHECK_IN)
# Only these wait; all others have come and gone, or never come.
_WAITING = frozenset({AppointmentStatus.BOOKED, AppointmentStatus.COLLECTED, AppointmentStatus.CHECKED_IN})


@dataclass(kw_only=True, slots=True)
class TriageInput:
    """What triage takes (分诊信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    room_id: Annotated[strawberry.ID, Doc("Room to wait for (诊室).")]


@dataclass(kw_only=True, slots=True)
class CheckInInput:
    """What checkIn takes (签到信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    appointment_id: Annotated[strawberry.ID, Doc("Appointment of today (预约).")]


async def triage(info: GraphInfo, given: TriageInput) -> Outcome[CheckIn]:
    """Put a person into a queue; raises Problem UNAUTHENTICATED or FORBIDDEN for a room listed for somebody else."""
    context = info.context
    access.require_known(context.principal)
    key = context.services.ids.read(given.room_id, "ConsultingRoom")
    card = card_of(key, "roomId")
    context.access.require(_TRIAGE.need, card)

    def send(connection: Connection, holder: CardHolder) -> Awaitable[CheckIn]:
        return offered(connection.arrivals).triage(holder, key.local_id)

    return await attempt(lambda: _TRIAGE.do(context, card, given.business_key, key.local_id, send))


async def check_in(info: GraphInfo, given: CheckInInput) -> Outcome[CheckIn]:
    """Say that a person has come; raises Problem UNAUTHENTICATED or FORBIDDEN for an appointment out of reach."""
    context = info.context
    access.require_known(context.principal)
    key = context.services.ids.read(given.appointment_id, "Appointment")
    card = card_of(key, "appointmentId")
    context.access.require(_ARRIVE.need, card)

    def send(connection: Connection, holder: CardHolder) -> Awaitable[CheckIn]:
        return offered(connection.arrivals).check_in(holder, key.local_id)

    return await attempt(lambda: _ARRIVE.do(context, card, given.business_key, key.local_id, send))


async def rooms(root: CardAtHospital, info: GraphInfo) -> list[ConsultingRoom]:
    """List the rooms that the person may be triaged to today."""
    holder = await info.context.loaders.holder(root.card)
    return await info.context.loaders.alone(_rooms, holder)


async def queue_of_room(root: ConsultingRoom, info: GraphInfo) -> QueuePosition | None:
    """Say where the person stands before a room."""
    return await _in_room(info, root.card, root.id)


async def queue_of_check_in(root: CheckIn, info: GraphInfo) -> QueuePosition | None:
    """Say where the person stands who has just arrived."""
    if root.room_id is not None:
        return await _in_room(info, root.card, root.room_id)
    return await _at_appointment(info, root.card, root.appointment_id or "")


async def queue_of_appointment(root: Appointment, info: GraphInfo) -> QueuePosition | None:
    """Say where the person stands; nobody is asked of what is not today or has taken place.

    Hospitals name the queue by department and doctor: that of another day would be taken for today's.
    """
    today = info.context.services.clock().date()
    elsewhen = root.starts_at is not None and root.starts_at.date() != today
    if root.kind is not AppointmentKind.CONSULTATION or root.status not in _WAITING or elsewhen:
        return None
    return await _at_appointment(info, root.card, root.id)


async def examination_queues(
    root: Patient, info: GraphInfo, first: First = 20, after: After = None, hospitals: Hospitals = None
) -> Merged[QueuePosition]:
    """List the queues for examinations that the person waits in, over all hospitals."""
    loaders = info.context.loaders

    async def load(card: CardRef) -> list[QueuePosition]:
        return await loaders.alone(_examination_queues, await loaders.holder(card))

    capability, ask = Capability.EXAMINATION_QUEUES, side_by_side(load)
    return await merge(info, root, capability, ask, _place, first=first, after=after, hospitals=hospitals)


async def fever_clinics(root: Hospital, info: GraphInfo) -> list[FeverClinic]:
    """List the fever clinics of a hospital."""
    return await info.context.loaders.public(_fever_clinics, root.hospital_id)


async def _in_room(info: GraphInfo, card: CardRef, room_id: str) -> QueuePosition | None:
    loaders = info.context.loaders
    return await loaders.alone(_queue_of_room, await loaders.holder(card), room_id)


async def _at_appointment(info: GraphInfo, card: CardRef, appointment_id: str) -> QueuePosition | None:
    loaders = info.context.loaders
    return await loaders.alone(_queue_of_appointment, await loaders.holder(card), appointment_id)


def _place(queue: QueuePosition) -> Position:
    return position(queue.appointed_at, queue.card.hospital_id, queue.number)


@needs(Resource.APPOINTMENT, Action.SEARCH)
async def _rooms(connection: Connection, holder: CardHolder) -> list[ConsultingRoom]:
    return await offered(connection.arrivals).rooms(holder)


@needs(Resource.APPOINTMENT, Action.READ)
async def _queue_of_room(connection: Connection, holder: CardHolder, room_id: str) -> QueuePosition | None:
    return await offered(connection.arrivals).queue_of_room(holder, room_id)


@needs(Resource.APPOINTMENT, Action.READ)
async def _queue_of_appointment(
    connection: Connection, holder: CardHolder, appointment_id: str
) -> QueuePosition | None:
    return await offered(connection.arrivals).queue_of_appointment(holder, appointment_id)


@needs(Resource.APPOINTMENT, Action.SEARCH)
async def _examination_queues(connection: Connection, holder: CardHolder) -> list[QueuePosition]:
    return await offered(connection.arrivals).examination_queues(holder)


async def _fever_clinics(connection: Connection, hospital_id: str) -> list[FeverClinic]:
    return await offered(connection.fever_clinics).fever_clinics(hospital_id)
