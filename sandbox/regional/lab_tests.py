"""Laboratory tests that people order themselves (chapter 33)."""

from sandbox.regional.billing import PAY_TYPES
from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import INVALID_PARAMETER, Answer, Refused, success
from sandbox.regional.wording import money
from sandbox.town import lab_test_deeds as deeds
from sandbox.town.deeds import Refusal
from sandbox.town.examining import LabOffer, LabSession
from sandbox.town.lookup import doctor_of
from sandbox.town.model import Card, Hospital, Town

CLOCK = "%H:%M"
PARTS = {"AM": "上午", "PM": "下午", "ALL": "全天"}
# Numbers for a stretch of time, and none at all.
BY_STRETCH, UNLIMITED = 2, 4
MANY = 200
SEXES = ("男", "女", "未知")
TIME_OF_DAY = "16:00"


def tests(call: Call) -> Answer:
    """What can be ordered, and when (33.1.1); numbers of numbers are numbers here."""
    hospital = call.hospital
    return success([_offer(call.town, hospital, offer) for offer in hospital.examining.lab_offers], message="")


def _offer(town: Town, hospital: Hospital, offer: LabOffer) -> Answer:
    return {
        "projectId": offer.id,
        "projectName": offer.name,
        "projectPrice": money(offer.price),
        "inspectingPrice": money(offer.fee),
        "diagnoseName": offer.name,
        "billDocSysId": doctor_of(hospital, offer.doctor_id).id,
        "scheduleList": [_session(town, hospital, session) for session in offer.sessions],
    }


def _session(town: Town, hospital: Hospital, session: LabSession) -> Answer:
    capacity = sum(source.capacity for source in session.sources) or MANY
    free = sum(deeds.free_numbers(town, hospital, session, source) for source in session.sources) or MANY
    return {
        "schedulingId": session.id,
        "workDate": session.day.isoformat(),
        "sourceNumber": capacity,
        "currentNumber": min(free, capacity),
        "shiftName": PARTS[session.part],
        "shiftCode": session.part,
        "scheduleType": BY_STRETCH if session.sources else UNLIMITED,
    }


def numbers(call: Call) -> Answer:
    """The free numbers of a session (33.1.2)."""
    _, session = deeds.find_session(call.hospital, call.text("schedulingId"))
    free = [(source, deeds.free_numbers(call.town, call.hospital, session, source)) for source in session.sources]
    rows = [
        {
            "sourceId": source.id,
            "startTime": source.start.strftime(CLOCK),
            "endTime": source.end.strftime(CLOCK),
            "remainNum": count,
        }
        for source, count in free
        if count > 0
    ]
    return success(rows, message="")


def hold(call: Call) -> Answer:
    """Keep a number for some minutes (33.1.3); without a number the time is told."""
    card, minutes = _card(call), call.text("lockTime")
    if not minutes.isdecimal() or int(minutes) < 1:
        raise Refused(INVALID_PARAMETER, "参数无效 lockTime")
    booking = deeds.hold_number(
        call.town,
        call.hospital,
        card,
        key=call.text("recordId"),
        session_id=_session_id(call),
        source_id=call.text("sourceId"),
        minutes=int(minutes),
    )
    return success({} if booking.source_id else {"timePoint": TIME_OF_DAY}, message="")


def pay(call: Call) -> Answer:
    """A test was paid (33.1.4)."""
    card, total = _card(call), call.amount("total")
    if total:
        call.choice("payType", *PAY_TYPES)
    booking = deeds.pay_lab_test(
        call.town,
        call.hospital,
        card,
        key=call.text("recordId"),
        session_id=_session_id(call),
        source_id=call.text("sourceId"),
        trade_number=call.text("outTradeNo"),
        total=total,
    )
    return success({"hosRecordId": booking.id, "tips": "请携带身份证前往检验科"}, message="")


def cancel(call: Call) -> Answer:
    """Give a paid number back (33.1.5)."""
    booking = deeds.cancel_lab_test(
        call.hospital,
        booking_id=call.text("hosRecordId") or call.text("outOrderId"),
        trade_number=call.text("outTradeNo"),
    )
    return success({"refundNo": f"R{booking.id}"} if booking.total else {}, message="")


def _card(call: Call) -> Card:
    call.choice("sex", *SEXES)
    return call.card(identity="idcardNo")


def _session_id(call: Call) -> str:
    """The session, which must be one of the test that is named."""
    offer, session = deeds.find_session(call.hospital, call.text("schedulingId"))
    if offer.id != call.text("projectId"):
        raise Refusal("slot_unknown")
    return session.id


INTERFACES = (
    Interface("hospital.interface.projectAppt.getProjectSchedule", tests),
    Interface("hospital.interface.projectAppt.getNumberSource", numbers),
    Interface("hospital.interface.projectAppt.saveApptInfo", hold),
    Interface("hospital.interface.projectAppt.payToHis", pay),
    Interface("hospital.interface.projectAppt.cancelAppt", cancel),
)
