"""The front desk at work: numbers for today, fees, check-in, triage."""

import datetime as dt
from decimal import Decimal

from sandbox.town.deeds import Refusal, book, cancel, find_slot, now
from sandbox.town.front_desk import FeePayment, FeverClinic, QueuedExamination, Triage
from sandbox.town.model import Appointment, Card, Hospital, Person, Session, Town
from sandbox.town.stock import EXAMINATIONS

FREE_BELOW_AGE = 14
SURCHARGE = Decimal("5.00")
NONE = Decimal("0.00")

_EXPERT = "专家号"
_ALREADY_WAITING = slice(3, 6)
_QUEUED = 3


def open_desk(hospital: Hospital, today: dt.date) -> None:
    """Some wait already, before the first two doctors and for examinations; every campus has a fever clinic."""
    morning = dt.datetime.combine(today, dt.time(7, 30))
    for place, card in enumerate(hospital.cards[_ALREADY_WAITING]):
        _queue(hospital, card, hospital.doctors[place % 2].id, morning)
    for place, card in enumerate(hospital.cards[:_QUEUED]):
        item, _, room_name, _, _ = EXAMINATIONS[place % len(EXAMINATIONS)]
        hospital.desk.examinations.append(
            QueuedExamination(
                card_number=card.number,
                number=10 + place,
                place=1 + place,
                department_name="影像科",
                room_name=room_name,
                item=item,
                triaged_at=morning,
                appointed_at=morning + dt.timedelta(hours=1),
            )
        )
    for place, (_, name) in enumerate(hospital.campuses):
        hospital.desk.fever_clinics.append(
            FeverClinic(
                name="发热门诊",
                address="门诊楼一层东侧",
                campus_name=name,
                campus_address=f"样例路{100 + place}号",
                phone=f"000-1000{hospital.id}{place}",
                opening_hours="24小时开放",
                rooms=2 + place,
                waiting=14 + place,
            )
        )


def fee_of(person: Person, session: Session, today: dt.date) -> Decimal:
    """What somebody pays for a session: children nothing."""
    return NONE if _age(person, today) < FREE_BELOW_AGE else session.fee


def surcharge_of(session: Session) -> Decimal:
    """What a session costs beside its fee."""
    return SURCHARGE if session.clinic == _EXPERT else NONE


def register(
    town: Town, hospital: Hospital, card: Card, slot_ids: list[str], *, key: str, paid: Decimal, from_balance: Decimal
) -> Appointment:
    """Take and pay the first of these slots that is free; the same key gives the first number again."""
    content = f"{card.number} {','.join(slot_ids)} {paid:.2f} {from_balance:.2f}"
    if known := _paid_before(hospital, key, content):
        return known
    slot_id = next((id_ for id_ in slot_ids if find_slot(hospital, id_)[1].remaining > 0), None)
    if slot_id is None:
        raise Refusal("slot_full")
    session, _ = find_slot(hospital, slot_id)
    if paid + from_balance != fee_of(town.people[card.person_id], session, town.today):
        raise Refusal("fee_mismatch")
    _take_from(card, from_balance)
    appointment = book(town, hospital, card, slot_id, key=key)
    appointment.paid = True
    hospital.desk.payments[key] = FeePayment(content=content, appointment_id=appointment.id, from_balance=from_balance)
    return appointment


def pay_booking(
    hospital: Hospital,
    card: Card,
    *,
    booked_under: str,
    key: str,
    paid: Decimal,
    from_balance: Decimal,
    surcharge: Decimal,
) -> Appointment:
    """Pay what was booked before; the same key gives the same answer again."""
    content = f"{card.number} {booked_under} {paid:.2f} {from_balance:.2f} {surcharge:.2f}"
    if known := _paid_before(hospital, key, content):
        return known
    mine = [a for a in hospital.appointments if (a.key, a.card_number) == (booked_under, card.number)]
    appointment = next((a for a in mine if a.state == "booked" and not a.paid), None)
    if appointment is None:
        raise Refusal("appointment_unknown")
    session, _ = find_slot(hospital, appointment.slot_id)
    if paid + from_balance != session.fee or surcharge != surcharge_of(session):
        raise Refusal("fee_mismatch")
    _take_from(card, from_balance)
    appointment.paid = True
    hospital.desk.payments[key] = FeePayment(content=content, appointment_id=appointment.id, from_balance=from_balance)
    return appointment


def give_back(
    town: Town, hospital: Hospital, card: Card, *, key: str, appointment_id: str | None = None
) -> Appointment:
    """Cancel, and give back what the card's balance paid, once."""
    appointment = cancel(town, hospital, appointment_id=appointment_id, key=key, card=card)
    for payment in hospital.desk.payments.values():
        if payment.appointment_id == appointment.id:
            card.balance += payment.from_balance
            payment.from_balance = NONE
    return appointment


def triage(town: Town, hospital: Hospital, card: Card, doctor_id: str) -> Triage:
    """Put somebody into the queue before a doctor's room, once a day."""
    if waiting(hospital, card, doctor_id):
        raise Refusal("already_triaged")
    return _queue(hospital, card, doctor_id, now(town))


def waiting(hospital: Hospital, card: Card, doctor_id: str) -> Triage | None:
    """Where somebody waits before a doctor's room."""
    mine = (t for t in hospital.desk.triages if (t.card_number, t.doctor_id) == (card.number, doctor_id))
    return next(mine, None)


def place_of(hospital: Hospital, triaged: Triage) -> int:
    """The place in the queue, 1 is next."""
    return sum(t.number <= triaged.number for t in hospital.desk.triages if t.doctor_id == triaged.doctor_id)


def collect_number(town: Town, hospital: Hospital, card: Card, appointment_id: str) -> Appointment:
    """Give out the number of what is booked for today; who has it already is told the same."""
    mine = (a for a in hospital.appointments if (a.id, a.card_number) == (appointment_id, card.number))
    appointment = next(mine, None)
    if appointment is None or appointment.state not in ("booked", "collected"):
        raise Refusal("appointment_unknown")
    session, _ = find_slot(hospital, appointment.slot_id)
    if session.day != town.today:
        raise Refusal("appointment_unknown")
    appointment.state = "collected"
    return appointment


def check_in(town: Town, hospital: Hospital, card: Card, department_id: str, doctor_id: str) -> Appointment:
    """Take note that somebody has come to an appointment of today."""
    appointment = appointment_today(town, hospital, card, department_id, doctor_id)
    if appointment is None:
        raise Refusal("appointment_unknown")
    if appointment.state == "checked_in":
        raise Refusal("already_triaged")
    appointment.state = "checked_in"
    return appointment


def appointment_today(
    town: Town, hospital: Hospital, card: Card, department_id: str, doctor_id: str
) -> Appointment | None:
    """Somebody's appointment of today with a doctor."""
    for appointment in hospital.appointments:
        if appointment.card_number != card.number or appointment.state not in ("booked", "checked_in"):
            continue
        session, _ = find_slot(hospital, appointment.slot_id)
        if (session.day, session.department_id, session.doctor_id) == (town.today, department_id, doctor_id):
            return appointment
    return None


def before(hospital: Hospital, appointment: Appointment) -> int:
    """How many of the same session come before somebody."""
    return sum(
        other.session_id == appointment.session_id
        and other.state in ("booked", "checked_in")
        and (other.queue_number, other.id) < (appointment.queue_number, appointment.id)
        for other in hospital.appointments
    )


def _paid_before(hospital: Hospital, key: str, content: str) -> Appointment | None:
    payment = hospital.desk.payments.get(key)
    if payment is None:
        return None
    if payment.content != content:
        raise Refusal("key_conflict")
    return next(a for a in hospital.appointments if a.id == payment.appointment_id)


def _take_from(card: Card, amount: Decimal) -> None:
    if amount > card.balance:
        raise Refusal("balance_short")
    card.balance -= amount


def _queue(hospital: Hospital, card: Card, doctor_id: str, at: dt.datetime) -> Triage:
    number = 1 + sum(t.doctor_id == doctor_id for t in hospital.desk.triages)
    made = Triage(card_number=card.number, doctor_id=doctor_id, number=number, at=at)
    hospital.desk.triages.append(made)
    return made


def _age(person: Person, today: dt.date) -> int:
    born = person.birth_date
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
