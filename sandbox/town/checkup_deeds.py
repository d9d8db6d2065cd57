"""Booking and cancelling check-ups: what changes a hospital's check-up centre."""

import datetime as dt
from decimal import Decimal

from sandbox.town.checkups import OPENS, Booking, Centre
from sandbox.town.deeds import Refusal
from sandbox.town.model import Card, Hospital, Town


def book(
    town: Town,
    hospital: Hospital,
    card: Card,
    *,
    key: str,
    starts_at: dt.datetime,
    packages: list[str],
    items: list[str],
    amount: Decimal,
) -> Booking:
    """Book a time; the same key with the same content gives the first booking again."""
    centre = centre_of(hospital)
    content = f"{card.number} {starts_at} {sorted(packages)} {sorted(items)} {amount:.2f}"
    for known in centre.bookings:
        if known.key == key:
            if known.content != content:
                raise Refusal("key_conflict")
            return known
    wanted = [package.price for package in centre.packages if package.code in packages]
    extra = [item.price for item in centre.items if item.code in items]
    if (len(wanted), len(extra)) != (len(packages), len(items)):
        raise Refusal("slot_unknown")
    if sum(wanted + extra, Decimal(0)) != amount:
        raise Refusal("amount_mismatch")
    if starts_at not in centre.free_times(town.today, starts_at.date()):
        raise Refusal("slot_full")
    booking = Booking(
        id=f"{hospital.id}-TJ{len(centre.bookings) + 1:04}",
        key=key,
        content=content,
        card_number=card.number,
        starts_at=starts_at,
    )
    centre.bookings.append(booking)
    return booking


def cancel(hospital: Hospital, card: Card, booking_id: str) -> None:
    """Cancel a booking; a cancelled one stays as it is, who has registered cannot."""
    for booking in centre_of(hospital).bookings:
        if (booking.id, booking.card_number) == (booking_id, card.number):
            if booking.state == "registered":
                raise Refusal("appointment_attended")
            booking.state = "cancelled"
            return
    raise Refusal("appointment_unknown")


def register_first(hospital: Hospital, today: dt.date) -> None:
    """Let the hospital's first card have registered this morning."""
    card = hospital.cards[0]
    at = dt.datetime.combine(today, OPENS)
    booking = Booking(
        id=f"{hospital.id}-TJ0001", key="", content="", card_number=card.number, starts_at=at, state="registered"
    )
    centre_of(hospital).bookings.append(booking)


def centre_of(hospital: Hospital) -> Centre:
    """The hospital's check-up centre, which it must have."""
    if hospital.checkups is None:
        raise Refusal("hospital_unknown")
    return hospital.checkups
