"""What changes the town: cards, payments, appointments. Each is done at once or refused."""

import datetime as dt
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from sandbox.town.model import Appointment, Bill, Card, Charge, Hospital, Person, Session, Slot, Town
from sandbox.town.numbers import PALM_HOSPITALS, card_numbers, next_id

Reason = Literal[
    "card_unknown",
    "charge_unknown",
    "amount_mismatch",
    "slot_full",
    "slot_unknown",
    "appointment_unknown",
    "appointment_attended",
    "key_conflict",
    "identity_mismatch",
    "hospital_unknown",
    "balance_short",
    "fee_mismatch",
    "already_triaged",
    "deposit_not_admitted",
    "already_discharged",
    "application_unknown",
    "recharge_unknown",
]


class Refusal(Exception):
    """Why something was not done; each vendor has its own code for a reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def now(town: Town) -> dt.datetime:
    """Hospital time of the town's day: its day stands still, the clock runs."""
    clock = dt.datetime.now(ZoneInfo("Asia/Shanghai"))
    return dt.datetime.combine(town.today, clock.time().replace(microsecond=0))


def find_hospital(town: Town, hospital_id: str) -> Hospital:
    """The hospital with this id."""
    if hospital_id not in town.hospitals:
        raise Refusal("hospital_unknown")
    return town.hospitals[hospital_id]


def find_card(hospital: Hospital, *, number: str | None = None, patient_id: str | None = None) -> Card | None:
    """The card with this number or this key; with both given, both must fit."""
    if number is None and patient_id is None:
        return None
    number = hospital.relations.links.get(number or "", number)
    for card in hospital.cards:
        if number in (None, card.number) and patient_id in (None, card.patient_id):
            return card
    return None


def find_slot(hospital: Hospital, slot_id: str) -> tuple[Session, Slot]:
    """The slot with this id, and its session."""
    for session in hospital.sessions:
        for slot in session.slots:
            if slot.id == slot_id:
                return session, slot
    raise Refusal("slot_unknown")


def create_card(
    town: Town,
    hospital: Hospital,
    *,
    number: str | None,
    name: str,
    gender: str,
    birth_date: dt.date,
    identity_number: str,
    phone: str,
    address: str,
) -> Card:
    """Give out a card; who already has one here (by its number or the identity number) keeps it."""
    person = _known_person(town, number, identity_number)
    if person and (person.name != name or (identity_number and person.identity_number != identity_number)):
        raise Refusal("identity_mismatch")
    if person:
        for card in hospital.cards:
            if card.person_id == person.id:
                return card
    else:
        person = Person(
            id=f"p{len(town.people) + 1:02}",
            name=name,
            gender=gender,
            birth_date=birth_date,
            identity_number=identity_number,
            phone=phone,
            address=address,
        )
        town.people[person.id] = person
    printed, key = _free_numbers(town, hospital, person, number)
    card = Card(
        hospital_id=hospital.id,
        number=printed,
        patient_id=key,
        person_id=person.id,
        balance=Decimal("0.00"),
        created_at=now(town),
    )
    hospital.cards.append(card)
    return card


def pay(
    town: Town,
    hospital: Hospital,
    card: Card,
    charge_ids: list[str],
    *,
    total: Decimal,
    from_balance: Decimal,
    key: str,
    when: dt.datetime,
) -> Bill:
    """Pay pending charges of a card at once; the same key with the same content gives the first bill again.

    `total` is what remains after discounts, `from_balance` the part of it that the card pays.
    """
    wanted = sorted(set(charge_ids))
    content = f"{card.number} {','.join(wanted)} {total:.2f} {from_balance:.2f}"
    if (hospital.id, key) in town.payments:
        first, bill_id = town.payments[hospital.id, key]
        if first != content:
            raise Refusal("key_conflict")
        return next(bill for bill in hospital.bills if bill.id == bill_id)
    charges = [c for c in hospital.charges if c.id in wanted and c.card_number == card.number and c.bill_id is None]
    if not wanted or len(charges) != len(wanted):
        raise Refusal("charge_unknown")
    if sum(c.amount - c.discount for c in charges) != total or not 0 <= from_balance <= total:
        raise Refusal("amount_mismatch")
    if from_balance > card.balance:
        raise Refusal("balance_short")
    bill = _bill(hospital, card, charges, when)
    card.balance -= from_balance
    for charge in charges:
        charge.bill_id = bill.id
    hospital.bills.append(bill)
    town.payments[hospital.id, key] = (content, bill.id)
    return bill


def book(town: Town, hospital: Hospital, card: Card, slot_id: str, *, key: str) -> Appointment:
    """Book a slot; the same key with the same content gives the first appointment again, whatever became of it."""
    for known in hospital.appointments:
        if known.key == key:
            if (known.card_number, known.slot_id) != (card.number, slot_id):
                raise Refusal("key_conflict")
            return known
    session, slot = find_slot(hospital, slot_id)
    if slot.remaining < 1:
        raise Refusal("slot_full")
    slot.booked += 1
    appointment = Appointment(
        id=next_id(hospital.id, "A", hospital.appointments),
        key=key,
        card_number=card.number,
        session_id=session.id,
        slot_id=slot.id,
        created_at=now(town),
        state="booked",
        queue_number=slot.number,
    )
    hospital.appointments.append(appointment)
    return appointment


def cancel(
    town: Town,  # noqa: ARG001 - every deed has the same first two
    hospital: Hospital,
    *,
    appointment_id: str | None = None,
    key: str | None = None,
    card: Card | None = None,
) -> Appointment:
    """Cancel an appointment, told by its id or its key, and free its slot; a cancelled one stays as it is."""
    if appointment_id is None and key is None:
        raise Refusal("appointment_unknown")
    for appointment in hospital.appointments:
        if appointment_id not in (None, appointment.id) or key not in (None, appointment.key):
            continue
        if card is not None and card.number != appointment.card_number:
            continue
        if appointment.state == "cancelled":
            return appointment
        if appointment.state != "booked":
            raise Refusal("appointment_attended")
        _, slot = find_slot(hospital, appointment.slot_id)
        slot.booked -= 1
        appointment.state = "cancelled"
        return appointment
    raise Refusal("appointment_unknown")


def _known_person(town: Town, number: str | None, identity_number: str) -> Person | None:
    """Who has this card number anywhere in town, or else this identity number."""
    if number is not None:
        for hospital in town.hospitals.values():
            if card := find_card(hospital, number=number):
                return town.people[card.person_id]
    return next((p for p in town.people.values() if identity_number and p.identity_number == identity_number), None)


def _free_numbers(town: Town, hospital: Hospital, person: Person, number: str | None) -> tuple[str, str]:
    """Number and key of a new card: as asked for, else the person's in this numbering, else the next free ones."""
    palm = hospital.id in PALM_HOSPITALS
    kin = [h for h in town.hospitals.values() if (h.id in PALM_HOSPITALS) == palm]
    if not palm and number is None:
        number = next((c.number for h in kin for c in h.cards if c.person_id == person.id), None)
    taken = {c.patient_id for h in kin for c in h.cards}
    count = 1
    while card_numbers(hospital.id, count)[1] in taken:
        count += 1
    printed, key = card_numbers(hospital.id, count)
    if number is None:
        return printed, key
    return number, key if palm else number


def _bill(hospital: Hospital, card: Card, charges: list[Charge], when: dt.datetime) -> Bill:
    """The bill of charges that are paid together."""
    none = Decimal("0.00")
    return Bill(
        id=next_id(hospital.id, "B", hospital.bills),
        card_number=card.number,
        visit_id=charges[0].visit_id,
        charged_at=when,
        total=sum((c.amount for c in charges), none),
        discount=sum((c.discount for c in charges), none),
        insurance=none,
        insurance_fund=none,
        insurance_account=none,
    )
