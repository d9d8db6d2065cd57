"""Messages of hospitals: kept as they come in, read by those who may."""

import datetime as dt
from dataclasses import dataclass

from pydantic import TypeAdapter

from connectors.core import origins
from connectors.core.kinds import KeyedHash
from connectors.records.hospitals import Capability
from connectors.records.messages import Message
from connectors.records.notices import MessageNotice
from resolvers.access_control.access import Need
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo, Services
from resolvers.offers import require_offered
from resolvers.patients.people import CardAtHospital

_READ = Need(Resource.COMMUNICATION, Action.SEARCH)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Kept:
    notice: MessageNotice
    received_at: dt.datetime


_KEPT: TypeAdapter[_Kept] = TypeAdapter(_Kept)


async def keep(context: Context, hospital_id: str, notice: MessageNotice) -> None:
    """Put it where the person finds it. Raises Problem INTERNAL_ERROR where it cannot be kept."""
    services = context.services
    kept = _Kept(notice=notice, received_at=services.clock())
    await services.inbox.put(_box(services, hospital_id, notice.patient_id), _KEPT.dump_json(kept))


async def messages(root: CardAtHospital, info: GraphInfo) -> list[Message]:
    """List what the hospital sent to the card's holder, the newest first."""
    context, card = info.context, root.card
    context.access.require(_READ, card)
    require_offered(context.loaders.connection(card.hospital_id), card.hospital_id, Capability.MESSAGES)
    # Messages name the person by the hospital's own key.
    patient_id = (await context.loaders.holder(card)).card.patient_id
    if patient_id is None:
        return []
    origins.elsewhere()
    found = await context.services.inbox.read(_box(context.services, card.hospital_id, patient_id))
    return [_message(root, _KEPT.validate_json(each)) for each in found]


def appointment_id(root: Message, info: GraphInfo) -> str | None:
    """Write the global id of the appointment that a message is about."""
    if root.about_appointment is None:
        return None
    return info.context.services.ids.write("Appointment", root.card.hospital_id, root.card, root.about_appointment)


def _message(root: CardAtHospital, kept: _Kept) -> Message:
    notice = kept.notice
    return Message(
        card=root.card,
        category=notice.category,
        heading=notice.heading,
        lines=list(notice.lines),
        remark=notice.remark,
        received_at=kept.received_at,
        about_appointment=notice.appointment_id,
    )


def _box(services: Services, hospital_id: str, patient_id: str) -> KeyedHash:
    return services.digest(f"messages\0{hospital_id}\0{patient_id}")
