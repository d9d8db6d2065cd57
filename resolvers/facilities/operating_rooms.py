"""Operating rooms, public; and their boards, for those who work there."""

from connectors.ports import Connection
from connectors.records.hospitals import Campus
from connectors.records.operating_rooms import OperatingRoom, Operation
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.offers import offered


async def operating_rooms(root: Campus, info: GraphInfo) -> list[OperatingRoom]:
    """List the rooms of a campus."""
    return await info.context.loaders.public(_operating_rooms, root.hospital_id, root.id)


async def operations_of_campus(root: Campus, info: GraphInfo) -> list[Operation]:
    """List what is operated on a campus."""
    return await info.context.loaders.of_hospital(_operations, root.hospital_id, root.id, None)


async def operations_of_room(root: OperatingRoom, info: GraphInfo) -> list[Operation]:
    """List what is operated in a room."""
    return await info.context.loaders.of_hospital(_operations, root.hospital_id, root.campus_id, root.id)


async def _operating_rooms(connection: Connection, hospital_id: str, campus_id: str) -> list[OperatingRoom]:
    return await offered(connection.operating_rooms).operating_rooms(hospital_id, campus_id)


@needs(Resource.PROCEDURE, Action.SEARCH)
async def _operations(connection: Connection, hospital_id: str, campus_id: str, room_id: str | None) -> list[Operation]:
    return await offered(connection.operating_rooms).operations(hospital_id, campus_id, room_id)
