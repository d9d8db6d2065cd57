"""Operating rooms: /getOperatRoomByHospitalId, /getOperatRoomPatient. What they call hospital is a campus."""

import datetime as dt

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import listing
from connectors.core.shape import GIVEN, Many, Shape
from connectors.palm_hospital.base import Palm
from connectors.records.base import CardRef
from connectors.records.operating_rooms import OperatingRoom, Operation, OperationStatus

_ROOMS_SECONDS = 300
# Boards are looked at while people wait.
_BOARD_SECONDS = 10
# The board names people, not cards.
_NO_CARD = ""

_STATUSES = {
    "计划中": OperationStatus.PLANNED,
    "手术准备中": OperationStatus.PREPARING,
    "手术进行中": OperationStatus.IN_PROGRESS,
    "麻醉恢复中": OperationStatus.RECOVERING,
    "手术结束": OperationStatus.FINISHED,
}


def _time_of_day(value: object) -> dt.time | None:
    """A time without a day; of one with a day only the time counts."""
    written = convert.text(value)
    return dt.time.fromisoformat(written.rpartition(" ")[2]) if written else None


ROOM = Shape(OperatingRoom, hospital_id=GIVEN, campus_id=GIVEN, id="id", name="name", address="address")
OPERATION = Shape(
    Operation,
    card=GIVEN,
    name="patient",
    department_name="dept_name",
    bed_number="bed_number",
    planned_time=("appointment_time", _time_of_day),
    status=("status", convert.one_of(_STATUSES, OperationStatus.UNKNOWN)),
    room_name="operat_room_name",
)


class OperatingRooms:
    """Implements `connectors.ports.OperatingRooms`."""

    def __init__(self, palm: Palm) -> None:
        """Take the system."""
        self._palm = palm
        self.call = palm.call

    @endpoint("/getOperatRoomByHospitalId")
    async def operating_rooms(self, hospital_id: str, campus_id: str) -> list[OperatingRoom]:
        """Rooms of a campus (/getOperatRoomByHospitalId)."""
        return await self.call(
            "/getOperatRoomByHospitalId",
            hospital_id,
            {"hospital_id": campus_id},
            listing(Many(ROOM, "data"), hospital_id=hospital_id, campus_id=campus_id),
            self._palm.read(f"operating rooms {hospital_id}", _ROOMS_SECONDS),
        )

    @endpoint("/getOperatRoomPatient")
    async def operations(self, hospital_id: str, campus_id: str, room_id: str | None) -> list[Operation]:
        """Operations of a room, of all without one (/getOperatRoomPatient)."""
        return await self.call(
            "/getOperatRoomPatient",
            hospital_id,
            {"hospital_id": campus_id, "operat_room_id": room_id},
            listing(Many(OPERATION, "data"), CardRef(hospital_id, _NO_CARD)),
            self._palm.read(f"operations {hospital_id}", _BOARD_SECONDS),
        )
