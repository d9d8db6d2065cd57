"""The guide of an outpatient visit (document chapter 4)."""

import datetime as dt

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import listing
from connectors.core.shape import GIVEN, Many, Shape
from connectors.records.people import CardHolder
from connectors.records.visit_guides import (
    GuideAppointmentStatus,
    GuideItem,
    GuideItemStatus,
    GuideRoom,
    GuideRoomKind,
)
from connectors.regional_wechat.base import Regional

_ROOMS = {
    "drug": GuideRoomKind.PHARMACY,
    # As the document's table spells it; its list of states and its example write drug.
    "durg": GuideRoomKind.PHARMACY,
    "wm": GuideRoomKind.WESTERN_PHARMACY,
    "tcm": GuideRoomKind.CHINESE_PHARMACY,
    "material": GuideRoomKind.MATERIALS,
    "lis": GuideRoomKind.LABORATORY,
    "pacs": GuideRoomKind.IMAGING,
    "ecg": GuideRoomKind.ECG,
    "pis": GuideRoomKind.PATHOLOGY,
    "other": GuideRoomKind.OTHER,
}
# Each kind of room counts in a thousand of its own, so that a code means one thing wherever it stands.
_STATUSES = {
    "1001": GuideItemStatus.ORDERED,
    "1002": GuideItemStatus.PAID,
    "1003": GuideItemStatus.DISPENSED,
    "1004": GuideItemStatus.COMPLETED,
    "2001": GuideItemStatus.ORDERED,
    "2002": GuideItemStatus.PAID,
    "2003": GuideItemStatus.REGISTERED,
    "2004": GuideItemStatus.SAMPLED,
    "2005": GuideItemStatus.REPORTED,
    "2006": GuideItemStatus.REFUNDED,
    "3001": GuideItemStatus.ORDERED,
    "3002": GuideItemStatus.PAID,
    "3003": GuideItemStatus.REGISTERED,
    "3004": GuideItemStatus.EXAMINED,
    "3005": GuideItemStatus.REPORTED,
    "3006": GuideItemStatus.REFUNDED,
    "4001": GuideItemStatus.ORDERED,
    "4002": GuideItemStatus.PAID,
    "4003": GuideItemStatus.PERFORMED,
    "5001": GuideItemStatus.ORDERED,
    "5002": GuideItemStatus.PAID,
    "5003": GuideItemStatus.REGISTERED,
    "5004": GuideItemStatus.REPORTED,
    "6001": GuideItemStatus.ORDERED,
    "6002": GuideItemStatus.PAID,
    "6003": GuideItemStatus.REGISTERED,
    "6004": GuideItemStatus.REPORTED,
}
_APPOINTMENTS = {
    "0": GuideAppointmentStatus.NOT_NEEDED,
    "1": GuideAppointmentStatus.WAITING,
    "2": GuideAppointmentStatus.BOOKED,
}
ITEM = Shape(
    GuideItem,
    name="itemName",
    status=("state", convert.one_of(_STATUSES, GuideItemStatus.UNKNOWN)),
    appointment=("appointmentStatus", convert.one_of(_APPOINTMENTS, GuideAppointmentStatus.UNKNOWN)),
    notice="warnNotice",
    note="remark",
    quantity=("itemCount", convert.decimal),
    unit_price=("itemPrice", convert.decimal),
    paid_at="completeTime",
)
ROOM = Shape(
    GuideRoom,
    card=GIVEN,
    kind=("roomType", convert.one_of(_ROOMS, GuideRoomKind.UNKNOWN)),
    name="roomName",
    address="roomAddress",
    # 1.6.59's change log has the other name.
    updated_at=("latelyUpdateTime", "latestUpdateTime"),
    items=Many(ITEM, "itemList"),
)


class VisitGuides:
    """Implements `connectors.ports.VisitGuides`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    @endpoint("4.1.1")
    async def visit_guide(self, holder: CardHolder, day: dt.date) -> list[GuideRoom]:
        """Rooms to go to on a day (4.1.1, without a documented name)."""
        card = holder.card
        return await self.call(
            "4.1.1",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "medicalCardNumber": card.number,
                "idCard": holder.identity_number,
                "queryDate": day.isoformat(),
                "patientName": holder.name,
            },
            listing(Many(ROOM, "data"), card),
            self._regional.read(card),
        )
