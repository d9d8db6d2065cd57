"""Holding, paying and giving back numbers for laboratory tests. Each is done at once or refused."""

import datetime as dt
from decimal import Decimal

from sandbox.town.deeds import Refusal, now
from sandbox.town.examining import LabBooking, LabOffer, LabSession, LabSource
from sandbox.town.model import Card, Hospital, Town
from sandbox.town.numbers import next_id


def find_session(hospital: Hospital, session_id: str) -> tuple[LabOffer, LabSession]:
    """The session with this id, and its test."""
    for offer in hospital.examining.lab_offers:
        for session in offer.sessions:
            if session.id == session_id:
                return offer, session
    raise Refusal("slot_unknown")


def free_numbers(town: Town, hospital: Hospital, session: LabSession, source: LabSource) -> int:
    """How many numbers nobody has paid or holds now."""
    moment = now(town)
    return source.capacity - sum(
        booking.source_id == source.id
        and (booking.state == "paid" or (booking.state == "held" and booking.held_until > moment))
        for booking in hospital.examining.lab_bookings
        if booking.session_id == session.id
    )


def hold_number(
    town: Town, hospital: Hospital, card: Card, *, key: str, session_id: str, source_id: str, minutes: int
) -> LabBooking:
    """Keep a number for so long; the same key with the same content gives the first again."""
    for known in hospital.examining.lab_bookings:
        if known.key == key:
            if (known.card_number, known.session_id, known.source_id) != (card.number, session_id, source_id):
                raise Refusal("key_conflict")
            return known
    return _lab_booking(town, hospital, card, key, session_id, source_id, dt.timedelta(minutes=minutes))


def pay_lab_test(
    town: Town,
    hospital: Hospital,
    card: Card,
    *,
    key: str,
    session_id: str,
    source_id: str,
    trade_number: str,
    total: Decimal,
) -> LabBooking:
    """Book what is held, or at once where nothing has to be held; the same key gives the first again."""
    offer, session = find_session(hospital, session_id)
    if total != offer.price + offer.fee:
        raise Refusal("amount_mismatch")
    booking = next((known for known in hospital.examining.lab_bookings if known.key == key), None)
    if booking is None:
        if session.sources:
            raise Refusal("slot_unknown")
        booking = _lab_booking(town, hospital, card, key, session_id, source_id, dt.timedelta())
    elif (booking.card_number, booking.session_id, booking.source_id) != (card.number, session_id, source_id):
        raise Refusal("key_conflict")
    if booking.state == "paid":
        if booking.trade_number != trade_number:
            raise Refusal("key_conflict")
        return booking
    if booking.state == "cancelled" or (session.sources and booking.held_until <= now(town)):
        raise Refusal("slot_unknown")
    booking.state, booking.trade_number, booking.total = "paid", trade_number, total
    return booking


def cancel_lab_test(hospital: Hospital, *, booking_id: str, trade_number: str) -> LabBooking:
    """Give a paid number back; a cancelled one stays as it is."""
    for booking in hospital.examining.lab_bookings:
        if (booking.id, booking.trade_number) == (booking_id, trade_number):
            booking.state = "cancelled"
            return booking
    raise Refusal("appointment_unknown")


def _lab_booking(
    town: Town, hospital: Hospital, card: Card, key: str, session_id: str, source_id: str, held: dt.timedelta
) -> LabBooking:
    offer, session = find_session(hospital, session_id)
    if session.sources:
        source = next((source for source in session.sources if source.id == source_id), None)
        if source is None:
            raise Refusal("slot_unknown")
        if free_numbers(town, hospital, session, source) < 1:
            raise Refusal("slot_full")
    booking = LabBooking(
        id=next_id(hospital.id, "LB", hospital.examining.lab_bookings),
        key=key,
        card_number=card.number,
        offer_id=offer.id,
        session_id=session_id,
        source_id=source_id,
        state="held",
        held_until=now(town) + held,
    )
    hospital.examining.lab_bookings.append(booking)
    return booking
