"""Laboratory tests that people order themselves (document chapter 33)."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import done
from connectors.core.shape import One
from connectors.records.lab_tests import LabPayment, LabReservation, LabSlot, LabTest
from connectors.records.people import CardHolder, Gender
from connectors.records.problems import ProblemCode
from connectors.records.scheduling import Appointment, Cancellation
from connectors.regional_wechat.appointments import CANCELLATION
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.lab_test_keys import LabBookingKey, LabReservationKey, LabSessionKey, LabSlotKey
from connectors.regional_wechat.lab_test_shapes import booked, reserved, slots, tests
from connectors.regional_wechat.words import WORDS_OF_GENDER, WORDS_OF_PAYMENT_METHOD

_TESTS_SECONDS = 30
_SLOTS_SECONDS = 5


class LabTests:
    """Implements `connectors.ports.LabTests`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    @endpoint("33.1.1")
    async def tests(self, hospital_id: str) -> list[LabTest]:
        """Tests that can be ordered, with their sessions (33.1.1)."""
        return await self.call(
            "hospital.interface.projectAppt.getProjectSchedule",
            hospital_id,
            {"hospitalId": self._regional.upstream_id(hospital_id)},
            tests(hospital_id),
            self._regional.read(f"lab tests {hospital_id}", _TESTS_SECONDS),
        )

    async def slots(self, hospital_id: str, session_id: str) -> list[LabSlot]:
        """Numbers of a session; one without numbers is not asked for, as the document has it."""
        session = self._regional.key("33.1.2", LabSessionKey.parse, session_id, ProblemCode.NOT_FOUND)
        return [] if session.unlimited else await self.numbers(hospital_id, session_id)

    @endpoint("33.1.2")
    async def numbers(self, hospital_id: str, session_id: str) -> list[LabSlot]:
        """Numbers of a session that are free (33.1.2)."""
        session = self._regional.key("33.1.2", LabSessionKey.parse, session_id, ProblemCode.NOT_FOUND)
        return await self.call(
            "hospital.interface.projectAppt.getNumberSource",
            hospital_id,
            {"hospitalId": self._regional.upstream_id(hospital_id), "schedulingId": session.session_id},
            slots(hospital_id, session),
            self._regional.read(f"lab tests {hospital_id}", _SLOTS_SECONDS),
        )

    def test_of(self, place_id: str) -> str:
        """Test that a session, a number or a reservation is of."""
        return self._place(place_id, "33.1.3")[1].session.test_id

    def quoted(self, place_id: str) -> Decimal | None:
        """Fee that a reservation was made for."""
        reservation, _ = self._place(place_id, "33.1.4")
        return reservation.fee if reservation else None

    @endpoint("33.1.3")
    async def reserve(self, holder: CardHolder, reservation: LabReservation) -> Appointment:
        """Locking of a number (33.1.3); `recordId` is the reservation's key."""
        slot = self._regional.key("33.1.3", LabSlotKey.parse, reservation.place_id, ProblemCode.NOT_FOUND)
        return await self.call(
            "hospital.interface.projectAppt.saveApptInfo",
            holder.card.hospital_id,
            {
                **self._fields(holder, slot, reservation.key),
                "lockTime": str(reservation.minutes),
            },
            reserved(
                holder.card,
                slot,
                record_id=reservation.key,
                fee=reservation.fee,
                item=reservation.item,
                pay_before=reservation.asked_at + dt.timedelta(minutes=reservation.minutes),
            ),
            self._regional.idempotent(reservation.key, holder.card, f"lab tests {holder.card.hospital_id}"),
        )

    @endpoint("33.1.4")
    async def pay(self, holder: CardHolder, payment: LabPayment) -> Appointment:
        """Payment of a test (33.1.4), under the key of its reservation; without one its own number is the key."""
        reservation, slot = self._place(payment.place_id, "33.1.4")
        return await self.call(
            "hospital.interface.projectAppt.payToHis",
            holder.card.hospital_id,
            {
                **self._fields(holder, slot, reservation.record_id if reservation else payment.number),
                "payType": WORDS_OF_PAYMENT_METHOD[payment.method] if payment.method else None,
                "total": convert.in_yuan(payment.amount),
                "outTradeNo": payment.number,
            },
            booked(
                holder.card,
                payment.number,
                starts_at=slot.starts_at,
                ends_at=slot.ends_at,
                item=payment.item,
                fee=payment.amount,
                booking_key=payment.number,
            ),
            self._regional.idempotent(payment.number, holder.card, f"lab tests {holder.card.hospital_id}"),
        )

    @endpoint("33.1.5")
    async def cancel(self, holder: CardHolder, appointment_id: str) -> Cancellation:
        """Cancellation of a paid test (33.1.5). The table calls `outOrderId` what the example calls `hosRecordId`.

        Both are sent: a HIS reads the one that it was built by.
        """
        key = self._regional.key("33.1.5", LabBookingKey.parse, appointment_id, ProblemCode.NOT_CANCELLABLE)
        return await self.call(
            "hospital.interface.projectAppt.cancelAppt",
            holder.card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(holder.card.hospital_id),
                "hosRecordId": key.record_id,
                "outOrderId": key.record_id,
                "outTradeNo": key.payment_number,
            },
            done(One(CANCELLATION, "data")),
            self._regional.idempotent(key.payment_number, holder.card, f"lab tests {holder.card.hospital_id}"),
        )

    def _place(self, place_id: str, interface: str) -> tuple[LabReservationKey | None, LabSlotKey]:
        """Read what a reservation, a number or a session is for."""
        try:
            reservation = LabReservationKey.parse(place_id)
        except ValueError:
            return None, self._regional.key(interface, LabSlotKey.parse, place_id, ProblemCode.NOT_FOUND)
        return reservation, reservation.slot

    def _fields(self, holder: CardHolder, slot: LabSlotKey, record_id: str) -> Mapping[str, Any]:
        return {
            "hospitalId": self._regional.upstream_id(holder.card.hospital_id),
            "medicalCardNumber": holder.card.number,
            "idcardNo": holder.identity_number,
            "patName": holder.name,
            # The document admits no other word here.
            "sex": WORDS_OF_GENDER[Gender.UNKNOWN if holder.gender is Gender.OTHER else holder.gender],
            "telephone": holder.phone,
            "sourceId": slot.source_id or None,
            "schedulingId": slot.session.session_id,
            "projectId": slot.session.test_id,
            "recordId": record_id,
        }
