"""Operating rooms."""

from typing import Protocol

from connectors.records.operating_rooms import OperatingRoom, Operation


class OperatingRooms(Protocol):
    """The operating rooms of a campus, and the boards that hang there."""

    async def operating_rooms(self, hospital_id: str, campus_id: str) -> list[OperatingRoom]:
        """List the rooms."""
        ...

    async def operations(self, hospital_id: str, campus_id: str, room_id: str | None) -> list[Operation]:
        """List the operations of a room, or of all."""
        ...
