"""Operating rooms and their boards; what the requests call hospital is a campus."""

from sandbox.palm.call import Call, Payload
from sandbox.palm.lookups import department_name
from sandbox.town.operating import STATES, Room


def rooms(call: Call) -> Payload:
    """The rooms of a campus (/getOperatRoomByHospitalId)."""
    return {"data": [{"id": room.id, "name": room.name, "address": room.address} for room in _of_campus(call)]}


def board(call: Call) -> Payload:
    """What is operated in a room, in all of them without one; by room and time (/getOperatRoomPatient)."""
    wanted = call.text("operat_room_id")
    return {
        "data": [
            {
                "dept_name": department_name(call.hospital, operation.department_id),
                "bed_number": operation.bed,
                "patient": call.town.people[operation.person_id].name,
                "appointment_time": f"{operation.planned_time:%H:%M:%S}",
                "status": STATES[operation.state],
                "operat_room_id": room.id,
                "operat_room_name": room.name,
            }
            for room in _of_campus(call)
            if wanted in ("", room.id)
            for operation in sorted(room.operations, key=lambda each: each.planned_time)
        ]
    }


def _of_campus(call: Call) -> list[Room]:
    campus = call.text("hospital_id")
    return sorted(
        (room for room in call.hospital.operating_rooms if room.campus_id == campus), key=lambda room: room.id
    )
