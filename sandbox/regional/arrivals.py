"""Triage, check-in, queues and fever clinics (15.1.1 to 15.1.3, 26.1.1, 42.1.2, 42.1.3, 43.1.1)."""

from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import INVALID_PARAMETER, NOTHING_FOUND, Answer, Refused, done, success
from sandbox.regional.wording import second
from sandbox.town import desk_deeds
from sandbox.town.lookup import department_of
from sandbox.town.model import Doctor, Hospital


def rooms(call: Call) -> Answer:
    """The doctors who see people today, each in a room (15.1.1)."""
    call.card()
    hospital = call.hospital
    clinics = {session.doctor_id: session.clinic for session in hospital.sessions if session.day == call.town.today}
    return success([_room(hospital, who, clinics[who.id]) for who in hospital.doctors if who.id in clinics], message="")


def _room(hospital: Hospital, who: Doctor, clinic: str) -> Answer:
    where = department_of(hospital, who.department_id)
    return {
        "wardName": f"{where.category_name}诊区",
        "deptName": where.name,
        "roomName": _room_name(hospital, who),
        "roomId": _room_id(who),
        "doctorName": who.name,
        "doctorId": who.id,
        "className": clinic,
        "queueCount": str(sum(t.doctor_id == who.id for t in hospital.desk.triages)),
    }


def triage(call: Call) -> Answer:
    """Put somebody into the queue before a room (15.1.2)."""
    desk_deeds.triage(call.town, call.hospital, call.card(), _doctor(call).id)
    return done(message="")


def room_queue(call: Call) -> Answer:
    """Where somebody stands before a room (15.1.3)."""
    card, hospital, who = call.card(), call.hospital, _doctor(call)
    triaged = desk_deeds.waiting(hospital, card, who.id)
    if triaged is None:
        raise Refused(NOTHING_FOUND)
    place = desk_deeds.place_of(hospital, triaged)
    return _position(hospital, str(triaged.number), place, _room_name(hospital, who))


def check_in(call: Call) -> Answer:
    """Somebody has come to an appointment of today (42.1.2)."""
    desk_deeds.check_in(call.town, call.hospital, call.card(), call.text("deptId"), call.text("doctorId"))
    return done(message="")


def appointment_queue(call: Call) -> Answer:
    """Where somebody stands who has checked in (42.1.3)."""
    card, hospital = call.card(), call.hospital
    found = desk_deeds.appointment_today(call.town, hospital, card, call.text("deptId"), call.text("doctorId"))
    if found is None or found.state != "checked_in":
        raise Refused(NOTHING_FOUND)
    room = f"{department_of(hospital, call.text('deptId')).name}一诊室"
    return _position(hospital, str(found.queue_number), 1 + desk_deeds.before(hospital, found), room)


def _position(hospital: Hospital, number: str, place: int, room: str) -> Answer:
    data = {"hospitalId": hospital.id, "queueNumber": number, "currentOrderNumber": str(place), "roomName": room}
    return success(data, message="")


def examination_queues(call: Call) -> Answer:
    """The queues for examinations that somebody waits in (26.1.1)."""
    card = call.card()
    rows = [
        {
            "queueNumber": str(queued.number),
            "currentOrderNumber": str(queued.place),
            "deptName": queued.department_name,
            "roomName": queued.room_name,
            "triageTime": second(queued.triaged_at),
            "appointmentTime": second(queued.appointed_at),
            "projectsShort": f"{queued.item} ",
        }
        for queued in call.hospital.desk.examinations
        if queued.card_number == card.number
    ]
    return success(rows, message="")


def fever_clinics(call: Call) -> Answer:
    """The fever clinics and how many wait there (43.1.1)."""
    rows = [
        {
            "branchName": clinic.campus_name,
            "branchAddress": clinic.campus_address,
            "deptName": clinic.name,
            "deptAddress": clinic.address,
            "consultingRoomCount": str(clinic.rooms),
            "phone": clinic.phone,
            "openTime": clinic.opening_hours,
            "waitingListCount": str(clinic.waiting),
        }
        for clinic in call.hospital.desk.fever_clinics
    ]
    return success(rows, message="")


def _doctor(call: Call) -> Doctor:
    """The doctor in the room that a call names, or of the room where it names none."""
    room, doctor_id = call.text("roomId"), call.text("doctorId")
    for who in call.hospital.doctors:
        if room in ("", _room_id(who)) and doctor_id in ("", who.id):
            return who
    raise Refused(INVALID_PARAMETER, "参数无效 roomId")


def _room_id(who: Doctor) -> str:
    return who.id.replace("DR", "R")


def _room_name(hospital: Hospital, who: Doctor) -> str:
    return f"{department_of(hospital, who.department_id).name}{who.id[-2:]}诊室"


INTERFACES = (
    Interface("hospital.interface.getClinicDoctors", rooms),
    Interface("hospital.interface.triage", triage),
    Interface("hospital.interface.queryLineInfo", room_queue),
    Interface("hospital.interface.appointmentTriage", check_in),
    Interface("hospital.interface.appointmentQueryLineInfo", appointment_queue),
    Interface("hospital.interface.appointment.getPacsContentList", examination_queues),
    Interface("hospital.interface.getFeverClinicWaitingList", fever_clinics),
)
