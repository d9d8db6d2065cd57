"""What a person registered for (挂号记录)."""

from connectors.ports import Connection
from connectors.records.base import CardRef
from connectors.records.people import CardHolder
from connectors.records.registrations import Registration, RegistrationDetail
from connectors.records.scheduling import Department, Doctor
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.facilities.hospitals import department_of, doctors_of
from resolvers.offers import offered
from resolvers.patients.people import CardAtHospital


async def registrations(root: CardAtHospital, info: GraphInfo) -> list[Registration]:
    """List what the person registered for, in the hospital's order."""
    holder = await info.context.loaders.holder(root.card)
    return await info.context.loaders.alone(_registrations, holder)


async def detail(root: Registration, info: GraphInfo) -> RegistrationDetail | None:
    """Read what else the hospital tells of a registration."""
    return await info.context.loaders.alone(_detail, root.card, root.id)


async def department(root: Registration, info: GraphInfo) -> Department | None:
    """Return the department; None for one that cannot be booked."""
    if root.department_id is None:
        return None
    return await department_of(info, root.card.hospital_id, root.department_id)


async def doctor(root: Registration, info: GraphInfo) -> Doctor | None:
    """Return the doctor; None where none is named, or the hospital lists them no more."""
    if root.department_id is None or root.doctor_id is None:
        return None
    listed = await doctors_of(info.context, root.card.hospital_id, root.department_id)
    return next((found for found in listed if found.id == root.doctor_id), None)


@needs(Resource.APPOINTMENT, Action.SEARCH)
async def _registrations(connection: Connection, holder: CardHolder) -> list[Registration]:
    return await offered(connection.registrations).registrations(holder)


@needs(Resource.APPOINTMENT, Action.READ)
async def _detail(connection: Connection, card: CardRef, registration_id: str) -> RegistrationDetail | None:
    return await offered(connection.registrations).detail(card, registration_id)
