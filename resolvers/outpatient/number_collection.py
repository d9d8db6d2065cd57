"""Taking the number of today's queue for an appointment that was booked before (预约取号)."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Annotated

import strawberry

from connectors.ports import Connection
from connectors.records.base import Doc
from connectors.records.hospitals import Capability
from connectors.records.people import CardHolder
from connectors.records.scheduling import Appointment
from resolvers.access_control import access
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.offers import offered, require_offered
from resolvers.outpatient.appointments import APPOINTMENT
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of

_COLLECT = Write("collect number", access.Need(Resource.APPOINTMENT, Action.UPDATE), APPOINTMENT)


@dataclass(kw_only=True, slots=True)
class CollectNumberInput:
    """What collectNumber takes (取号信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    appointment_id: Annotated[strawberry.ID, Doc("Appointment that is booked for today (预约).")]


async def collect_number(info: GraphInfo, given: CollectNumberInput) -> Outcome[Appointment]:
    """Take a number; raises Problem UNAUTHENTICATED or FORBIDDEN for an appointment out of reach."""
    context = info.context
    access.require_known(context.principal)
    key = context.services.ids.read(given.appointment_id, "Appointment")
    card = card_of(key, "appointmentId")
    context.access.require(_COLLECT.need, card)

    def send(connection: Connection, holder: CardHolder) -> Awaitable[Appointment]:
        today = context.services.clock().date()
        return offered(connection.number_collection).collect_number(holder, key.local_id, today)

    async def work() -> Appointment:
        require_offered(context.loaders.connection(card.hospital_id), card.hospital_id, Capability.NUMBER_COLLECTION)
        return await _COLLECT.do(context, card, given.business_key, key.local_id, send)

    return await attempt(work)
