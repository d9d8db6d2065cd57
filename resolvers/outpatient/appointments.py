"""A person's appointments."""

import datetime as dt
from dataclasses import replace

from pydantic import TypeAdapter

from connectors.core import origins
from connectors.core.kinds import KeyedHash
from connectors.ports import Connection
from connectors.records.base import CardRef, Period
from connectors.records.hospitals import Capability
from connectors.records.people import CardHolder
from connectors.records.scheduling import Appointment, AppointmentKind, AppointmentStatus, Department, Doctor
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.facilities.hospitals import department_of, doctors_of
from resolvers.merging import Hospitals, Merged, Since, Until, merge, period, side_by_side
from resolvers.offers import offered
from resolvers.pages import After, First, Position, position
from resolvers.patients.people import Patient
from resolvers.problems import Problem
from resolvers.writes.ledger import KEEP_SECONDS, LedgerEntry

APPOINTMENT: TypeAdapter[Appointment] = TypeAdapter(Appointment)

_AHEAD_DAYS = 90


async def appointments(
    root: Patient,
    info: GraphInfo,
    first: First = 20,
    after: After = None,
    since: Since = None,
    until: Until = None,
    hospitals: Hospitals = None,
) -> Merged[Appointment]:
    """List appointments over all hospitals, the latest first; ninety days ahead when no end is named."""
    when = period(info.context, since, until, ahead_days=_AHEAD_DAYS)

    async def load(card: CardRef) -> list[Appointment]:
        return await load_appointments(info.context, card, when)

    ask = side_by_side(load)
    return await merge(info, root, Capability.APPOINTMENTS, ask, _place, first=first, after=after, hospitals=hospitals)


async def load_appointments(context: Context, card: CardRef, when: Period) -> list[Appointment]:
    """List a card's appointments; those booked here can be cancelled here, also where the hospital forgets the key."""
    holder = await context.loaders.holder(card)
    found = await context.loaders.alone(_appointments, holder, when)
    return [await _with_booking(context, appointment) for appointment in found]


def booking_place(context: Context, appointment: Appointment) -> KeyedHash:
    """Name the ledger place of a booking by what the hospital's list tells of it."""
    card = appointment.card
    starts = appointment.starts_at.isoformat() if appointment.starts_at else ""
    doctor = appointment.doctor_id or ""
    return context.services.digest(f"booking\0{card.hospital_id}\0{card.number}\0{doctor}\0{starts}")


async def department(root: Appointment, info: GraphInfo) -> Department | None:
    """Return the department it is in; None for one that cannot be booked."""
    if root.department_id is None:
        return None
    return await department_of(info, root.card.hospital_id, root.department_id)


async def doctor(root: Appointment, info: GraphInfo) -> Doctor | None:
    """Return the doctor it is with; None where none is named, or the hospital lists them no more."""
    if root.department_id is None or root.doctor_id is None:
        return None
    listed = await doctors_of(info.context, root.card.hospital_id, root.department_id)
    return next((found for found in listed if found.id == root.doctor_id), None)


async def remember(context: Context, appointment: Appointment) -> None:
    """Keep what was booked here: hospitals list it without the key that cancels it."""
    if appointment.starts_at is not None:
        entry = LedgerEntry("", APPOINTMENT.dump_json(appointment))
        await context.services.ledger.settle(booking_place(context, appointment), entry, KEEP_SECONDS)


async def keep_registration(context: Context, appointment: Appointment) -> None:
    """Keep what was registered here for today: no hospital lists it under its id."""
    place = _registration_place(context, appointment.card, appointment.id)
    await context.services.ledger.settle(place, LedgerEntry("", APPOINTMENT.dump_json(appointment)), KEEP_SECONDS)


async def kept_registration(context: Context, card: CardRef, appointment_id: str) -> Appointment | None:
    """Return what was registered here under this id; None for what was not."""
    origins.elsewhere()
    known = await context.services.ledger.peek(_registration_place(context, card, appointment_id))
    return None if known is None or known.result is None else APPOINTMENT.validate_json(known.result)


async def cancel_registration(context: Context, card: CardRef, appointment_id: str) -> None:
    """Take note that what was registered here under this id stands no more."""
    known = await kept_registration(context, card, appointment_id)
    if known is not None:
        await keep_registration(context, replace(known, status=AppointmentStatus.CANCELLED, cancellable=False))


def _registration_place(context: Context, card: CardRef, appointment_id: str) -> KeyedHash:
    return context.services.digest(f"registration\0{card.hospital_id}\0{card.number}\0{appointment_id}")


async def _with_booking(context: Context, appointment: Appointment) -> Appointment:
    if (
        appointment.cancellable
        or appointment.kind is not AppointmentKind.CONSULTATION
        or not _coming(context, appointment)
    ):
        return appointment
    try:
        origins.elsewhere()
        known = await context.services.ledger.peek(booking_place(context, appointment))
    except Problem:
        # What cannot be read back costs the way to cancel here, not the hospital's list.
        return appointment
    if known is None or known.result is None:
        return appointment
    booked = APPOINTMENT.validate_json(known.result)
    # A copy: the hospital's answer may be shared with other requests through the cache.
    return replace(appointment, id=booked.id, booking_key=booked.booking_key, cancellable=booked.cancellable)


def _coming(context: Context, appointment: Appointment) -> bool:
    now: dt.datetime = context.services.clock()
    return appointment.starts_at is not None and appointment.starts_at > now


@needs(Resource.APPOINTMENT, Action.SEARCH)
async def _appointments(connection: Connection, holder: CardHolder, when: Period) -> list[Appointment]:
    return await offered(connection.scheduling).appointments(holder, when)


def _place(appointment: Appointment) -> Position:
    return position(appointment.starts_at, appointment.card.hospital_id, appointment.id)
