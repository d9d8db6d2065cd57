"""Triage, check-in, queues and fever clinics (document chapters 15, 20, 26, 42 and 43)."""

from collections.abc import Mapping
from typing import Any

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.local_id import pack, unpack
from connectors.core.readers import DONE, listing, single
from connectors.core.shape import GIVEN, Many, One, Row, Shape, Whole
from connectors.records.arrivals import CheckIn, ConsultingRoom, FeverClinic, QueuePosition
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.same_day_keys import RegistrationKey, Seat, is_registration, seat_of

_ROOMS_SECONDS = 5
_QUEUE_SECONDS = 5
_FEVER_SECONDS = 30
_FIRST = 1


def _place(row: Row) -> int | None:
    return convert.integer(row.get("currentOrderNumber"))


def _ahead_of_place(row: Row) -> int | None:
    place = _place(row)
    return None if place is None else max(place - _FIRST, 0)


def _place_behind(row: Row) -> int | None:
    ahead = _place(row)
    return None if ahead is None else ahead + _FIRST


# `currentOrderNumber` is the person's place, but in 20.1.9 how many wait before them.
QUEUE = Shape(
    QueuePosition,
    card=GIVEN,
    number="queueNumber",
    position="currentOrderNumber",
    ahead=Whole(_ahead_of_place),
    room="roomName",
    department_name="deptName",
    item="projectsShort",
    triaged_at="triageTime",
    appointed_at="appointmentTime",
)
QUEUE_OF_REGISTRATION = Shape(
    QueuePosition,
    card=GIVEN,
    number="queueNumber",
    position=Whole(_place_behind),
    ahead="currentOrderNumber",
    room="roomName",
)
ROOM = Shape(
    ConsultingRoom,
    card=GIVEN,
    # A room without a doctor is one that people are triaged to as such.
    id=Whole(lambda row: pack(convert.text(row["roomId"]), convert.text(row.get("doctorId")))),
    name="roomName",
    waiting_area="wardName",
    department_name="deptName",
    doctor_name="doctorName",
    clinic="className",
    waiting="queueCount",
)
FEVER_CLINIC = Shape(
    FeverClinic,
    name="deptName",
    address="deptAddress",
    campus_name="branchName",
    campus_address="branchAddress",
    phone="phone",
    opening_hours="openTime",
    rooms="consultingRoomCount",
    waiting="waitingListCount",
)


class Arrivals:
    """Implements `connectors.ports.Arrivals` and `connectors.ports.FeverClinics`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    @endpoint("15.1.1")
    async def rooms(self, holder: CardHolder) -> list[ConsultingRoom]:
        """Rooms and doctors that a person may be triaged to today (15.1.1)."""
        return await self.call(
            "hospital.interface.getClinicDoctors",
            holder.card.hospital_id,
            self._caller_fields(holder),
            listing(Many(ROOM, "data"), holder.card),
            self._regional.read(holder.card, _ROOMS_SECONDS),
        )

    async def triage(self, holder: CardHolder, room_id: str) -> CheckIn:
        """Triage to a room, or to the doctor in it."""
        room, doctor = self._room(room_id)
        await self.triage_to(holder, room, doctor)
        return CheckIn(card=holder.card, room_id=room_id)

    @endpoint("15.1.2")
    async def triage_to(self, holder: CardHolder, room: str, doctor: str | None = None) -> None:
        """Triage to a room (15.1.2); it has no number of its own, and twice is refused."""
        return await self.call(
            "hospital.interface.triage",
            holder.card.hospital_id,
            {**self._caller_fields(holder), "roomId": room, "doctorId": doctor},
            DONE,
            self._regional.once(holder.card),
        )

    async def queue_of_room(self, holder: CardHolder, room_id: str) -> QueuePosition | None:
        """Where a person stands who was triaged."""
        room, doctor = self._room(room_id)
        return await self.queue_in_room(holder, room, doctor)

    @endpoint("15.1.3")
    async def queue_in_room(self, holder: CardHolder, room: str, doctor: str | None = None) -> QueuePosition | None:
        """Where a person stands who was triaged (15.1.3).

        The table requires the doctor, whom a room that people are triaged to as such does not have.
        """
        return await self.call(
            "hospital.interface.queryLineInfo",
            holder.card.hospital_id,
            {**self._caller_fields(holder), "roomId": room, "doctorId": doctor},
            single(One(QUEUE, "data"), holder.card),
            self._regional.read(holder.card, _QUEUE_SECONDS),
        )

    async def check_in(self, holder: CardHolder, appointment_id: str) -> CheckIn:
        """Check-in for an appointment; who registered today is in the queue already."""
        problem = ProblemCode.ALREADY_TRIAGED if is_registration(appointment_id) else ProblemCode.NOT_FOUND
        seat = self._regional.key("42.1.2", seat_of, appointment_id, problem)
        await self.triage_appointment(holder, seat)
        return CheckIn(card=holder.card, appointment_id=appointment_id)

    @endpoint("42.1.2")
    async def triage_appointment(self, holder: CardHolder, seat: Seat) -> None:
        """Check-in for an appointment with a doctor (42.1.2); twice is refused."""
        return await self.call(
            "hospital.interface.appointmentTriage",
            holder.card.hospital_id,
            self._seat_fields(holder, seat),
            DONE,
            self._regional.once(holder.card),
        )

    async def queue_of_appointment(self, holder: CardHolder, appointment_id: str) -> QueuePosition | None:
        """Where a person stands who registered today, or checked in for an appointment."""
        key = self._regional.key
        if is_registration(appointment_id):
            registration = key("20.1.9", RegistrationKey.parse, appointment_id, ProblemCode.NOT_FOUND)
            return await self.queue_of_registration(holder, registration)
        return await self.queue_at_doctor(holder, key("42.1.3", seat_of, appointment_id, ProblemCode.NOT_FOUND))

    @endpoint("20.1.9")
    async def queue_of_registration(self, holder: CardHolder, registration: RegistrationKey) -> QueuePosition | None:
        """Where a person stands who registered today (20.1.9)."""
        return await self.call(
            "hospital.interface.todayRegisterQueuingInfo",
            holder.card.hospital_id,
            {
                **self._regional.card_fields(holder),
                "doctorId": registration.doctor_id or None,
                "departmentId": registration.department_id,
                "todayRegisterId": registration.record_id,
            },
            single(One(QUEUE_OF_REGISTRATION, "data"), holder.card),
            self._regional.read(holder.card, _QUEUE_SECONDS),
        )

    @endpoint("42.1.3")
    async def queue_at_doctor(self, holder: CardHolder, seat: Seat) -> QueuePosition | None:
        """Where a person stands who checked in (42.1.3).

        `deptId` is the department as in 42.1.2, though the table here describes it as the room.
        """
        return await self.call(
            "hospital.interface.appointmentQueryLineInfo",
            holder.card.hospital_id,
            self._seat_fields(holder, seat),
            single(One(QUEUE, "data"), holder.card),
            self._regional.read(holder.card, _QUEUE_SECONDS),
        )

    @endpoint("26.1.1")
    async def examination_queues(self, holder: CardHolder) -> list[QueuePosition]:
        """Queues for examinations that a person waits in (26.1.1)."""
        return await self.call(
            "hospital.interface.appointment.getPacsContentList",
            holder.card.hospital_id,
            self._regional.card_fields(holder),
            listing(Many(QUEUE, "data"), holder.card),
            self._regional.read(holder.card, _QUEUE_SECONDS),
        )

    @endpoint("43.1.1")
    async def fever_clinics(self, hospital_id: str) -> list[FeverClinic]:
        """Fever clinics of a hospital and how many wait there (43.1.1)."""
        return await self.call(
            "hospital.interface.getFeverClinicWaitingList",
            hospital_id,
            {"hospitalId": self._regional.upstream_id(hospital_id)},
            listing(Many(FEVER_CLINIC, "data")),
            self._regional.read(f"fever clinics {hospital_id}", _FEVER_SECONDS),
        )

    def _room(self, room_id: str) -> tuple[str, str | None]:
        def parse(key: str) -> tuple[str, str | None]:
            room, doctor = unpack(key, 2)
            if not room:
                raise ValueError("not a key of a room")
            return room, doctor or None

        return self._regional.key("15.1.2", parse, room_id, ProblemCode.NOT_FOUND)

    def _seat_fields(self, holder: CardHolder, seat: Seat) -> Mapping[str, Any]:
        return {**self._caller_fields(holder), "deptId": seat.department_id, "doctorId": seat.doctor_id}

    def _caller_fields(self, holder: CardHolder) -> Mapping[str, Any]:
        return {**self._regional.card_fields(holder), "callerCode": self._regional.options.caller_code}
