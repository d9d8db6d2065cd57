"""Booked examinations (24.1.5)."""

from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import Answer, success
from sandbox.town.model import Examination

STATES = {
    "booked": ("0", "已预约"),
    "cancelled": ("1", "取消预约"),
    "attended": ("3", "已就诊"),
    "missed": ("4", "爽约"),
    "suspended": ("5", "停诊"),
    "substituted": ("6", "替诊"),
    "registered": ("7", "已登记"),
}


def schedule(call: Call) -> Answer:
    """A card's examinations from one day to another (24.1.5)."""
    card, start, end = call.card(), call.day("startDate"), call.day("endDate")
    found = [e for e in call.hospital.examinations if e.card_number == card.number and start <= e.day <= end]
    return success([_examination(e) for e in sorted(found, key=lambda e: (e.day, e.time_name))])


def _examination(examination: Examination) -> Answer:
    status, words = STATES[examination.state]
    return {
        "regId": examination.id,
        "status": status,
        "statusDes": words,
        "orderId": examination.order_id,
        "orderName": examination.item,
        "roomId": examination.room_id,
        "roomName": examination.room_name,
        "selectedDate": examination.day.isoformat(),
        "planTimeId": examination.time_id,
        "planTimeName": examination.time_name,
        "changeFlag": "1" if examination.state == "booked" else "0",
        "attention": examination.notice,
        "onlineRegisterFlag": "0",
        "applyMainId": "",
        "exeDeptId": "",
        "roomAddress": examination.address,
        "extraParam": "",
    }


INTERFACES = (Interface("hospital.interface.appointment.getScheduleInfo", schedule),)
