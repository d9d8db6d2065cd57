"""Giving a time to ordered examinations (document chapter 24)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from connectors.core.claims import endpoint
from connectors.core.readers import done, listing
from connectors.core.shape import Many, One
from connectors.records.base import CardRef
from connectors.records.examinations import ExaminationOrder, ExaminationRoom, ExaminationSlot, Ordered
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.scheduling import Appointment, AppointmentKind, AppointmentStatus, Cancellation
from connectors.regional_wechat.appointments import CANCELLATION
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.examination_keys import CHANGE, PlanKey, registration_of
from connectors.regional_wechat.examination_shapes import BOOKED, ORDER, checked_in, rooms, slots

_ORDERS_SECONDS = 10
_ROOMS_SECONDS = 5


class Examinations:
    """Implements `connectors.ports.Examinations`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    @endpoint("24.1.1")
    async def orders(self, holder: CardHolder) -> list[ExaminationOrder]:
        """Ordered examinations that wait for a time (24.1.1)."""
        return await self.call(
            "hospital.interface.appointment.getBookableProject",
            holder.card.hospital_id,
            self._regional.card_fields(holder),
            listing(Many(ORDER, "data"), holder.card),
            self._regional.read(holder.card, _ORDERS_SECONDS),
        )

    @endpoint("24.1.2")
    async def rooms(self, holder: CardHolder, order: Ordered, since: dt.date, days: int) -> list[ExaminationRoom]:
        """Rooms that are open for an order, day by day (24.1.2)."""
        return await self.call(
            "hospital.interface.appointment.getPlanDataOfWeek",
            holder.card.hospital_id,
            {
                **self._regional.card_fields(holder),
                **_order_fields(order),
                "startDate": since.isoformat(),
                "days": str(days),
            },
            rooms(holder.card, order),
            self._regional.read(holder.card, _ROOMS_SECONDS),
        )

    @endpoint("24.1.3")
    async def slots(self, card: CardRef, order: Ordered, room_id: str, day: dt.date) -> list[ExaminationSlot]:
        """Times of a room on a day (24.1.3)."""
        return await self.call(
            "hospital.interface.appointment.getPlanDataOfDay",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                **_order_fields(order),
                "roomId": room_id,
                "selectedDate": day.isoformat(),
            },
            slots(card, order, room_id, day),
            self._regional.read(card, _ROOMS_SECONDS),
        )

    def order_of(self, slot_id: str) -> str:
        """Order that a time is for."""
        return self._regional.key("24.1.4", PlanKey.parse, slot_id, ProblemCode.NOT_FOUND).order_id

    @endpoint("24.1.4")
    async def book(self, holder: CardHolder, order: Ordered, slot_id: str, key: str) -> Appointment:
        """Booking of a time (24.1.4); `appointmentId` is the booking's key."""
        card = holder.card
        plan = self._regional.key("24.1.4", PlanKey.parse, slot_id, ProblemCode.NOT_FOUND)
        return await self.call(
            "hospital.interface.appointment.regSchedule",
            card.hospital_id,
            {**self._regional.card_fields(holder), **_order_fields(order), **plan.fields, "appointmentId": key},
            done(One(BOOKED, "data"), card, **_booked(card, order, plan, key)),
            self._regional.idempotent(key, card),
        )

    @endpoint("24.1.6")
    async def cancel(self, holder: CardHolder, appointment_id: str, key: str, reason: str) -> Cancellation:
        """Cancellation of a booked examination (24.1.6); the HIS knows it by `regId`, whoever booked it."""
        card = holder.card
        registration = self._regional.key("24.1.6", registration_of, appointment_id, ProblemCode.NOT_CANCELLABLE)
        return await self.call(
            "hospital.interface.appointment.cancelSchedule",
            card.hospital_id,
            {**self._regional.card_fields(holder), "regId": registration, "appointmentId": key, "remarks": reason},
            done(One(CANCELLATION, "data")),
            self._regional.idempotent(key, card),
        )

    @endpoint("24.1.7")
    async def change(
        self, holder: CardHolder, order: Ordered, appointment_id: str, slot_id: str, key: str
    ) -> Appointment:
        """Another time for a booked examination (24.1.7); the document gives no name, so the path is configured."""
        card = holder.card
        plan = self._regional.key(CHANGE, PlanKey.parse, slot_id, ProblemCode.NOT_FOUND)
        registration = self._regional.key(CHANGE, registration_of, appointment_id, ProblemCode.APPOINTMENT_UNKNOWN)
        return await self.call(
            CHANGE,
            card.hospital_id,
            {
                **self._regional.card_fields(holder),
                **_order_fields(order),
                **plan.fields,
                "regId": registration,
                "appointmentId": key,
            },
            done(One(BOOKED, "data"), card, **_booked(card, order, plan, key)),
            self._regional.idempotent(key, card),
        )

    @endpoint("24.1.8")
    async def check_in(self, holder: CardHolder, appointments: list[Appointment]) -> list[Appointment]:
        """Check-in for booked examinations (24.1.8); it carries no key of ours, so it is sent once."""
        card = holder.card
        found = await self.call(
            "hospital.interface.appointment.register",
            card.hospital_id,
            {
                **self._regional.card_fields(holder),
                "orderList": [_application(appointment) for appointment in appointments],
            },
            checked_in(appointments),
            self._regional.once(card),
        )
        return found or []


def _order_fields(order: Ordered) -> Mapping[str, Any]:
    return {"orderId": order.id, "orderName": order.item, "extraParam": order.supplement}


def _booked(card: CardRef, order: Ordered, plan: PlanKey, key: str) -> dict[str, Any]:
    """What is known of a booking before the HIS answers."""
    starts_at, ends_at = plan.times
    return {
        "kind": AppointmentKind.EXAMINATION,
        "status": AppointmentStatus.BOOKED,
        "order": ExaminationOrder(id=order.id, card=card, item=order.item, supplement=order.supplement),
        "item": order.item,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "room_id": plan.room_id,
        "booking_key": key,
    }


def _application(appointment: Appointment) -> Mapping[str, Any]:
    return {
        "applyMainId": appointment.application_id,
        "orderId": appointment.order.id if appointment.order else None,
        "roomId": appointment.room_id,
        "exeDeptId": appointment.department_id,
    }
