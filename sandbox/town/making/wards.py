"""Stays on wards: past ones, and patients who are still in."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from sandbox.town.clinic import Admission, Visit, VisitKind, WardCharge
from sandbox.town.clock import at, days_before
from sandbox.town.lore.stories import STORIES
from sandbox.town.lore.tests import PANELS
from sandbox.town.making.history import suitable, vitals
from sandbox.town.making.numbering import Numbering
from sandbox.town.making.reports import image, test
from sandbox.town.money import money
from sandbox.town.people import Card
from sandbox.town.town import Town

# person, hospital, days since admission, days on the ward (None: still in)
_STAYS: tuple[tuple[str, str, int, int | None], ...] = (
    ("p01", "253", 100, 6),
    ("p01", "254", 190, 9),
    ("p01", "501", 60, 4),
    ("p03", "253", 150, 5),
    ("p03", "254", 5, None),
    ("p07", "501", 3, None),
    ("p08", "253", 8, None),
)
_DAILY = (
    ("床位费", "CW01", "普通病房床位费", "日", "45.00", "1"),
    ("护理费", "HL01", "二级护理", "日", "26.00", "1"),
    ("西药费", "YP11", "0.9%氯化钠注射液", "瓶", "4.35", "2"),
)


def admit(town: Town, draw: Random, numbering: Numbering) -> None:
    """Takes the patients in."""
    for person, hospital, ago, days in _STAYS:
        card = town.card_at(hospital, person)
        if card is not None:
            _stay(town, draw, numbering, card, ago, days)


def _stay(town: Town, draw: Random, numbering: Numbering, card: Card, ago: int, days: int | None) -> None:
    department = suitable(town, town.people[card.person], card.hospital)[0]
    story = next(story for story in STORIES if story.department == department.name)
    doctor = town.doctors_of(department.id)[0]
    admitted_at = at(days_before(town.today, ago), 10, 20, 5)
    visit = Visit(
        id=numbering.next(card.hospital, "V"),
        hospital=card.hospital,
        person=card.person,
        card=card.number,
        kind=VisitKind.INPATIENT,
        number=numbering.next(card.hospital, "ZYH"),
        department=department.id,
        doctor=doctor.id,
        at=admitted_at,
        complaint=f"{story.complaint}，加重1天",
        present_illness=story.present_illness,
        past_history="既往体健，否认药物过敏史。",
        diagnosis=story.diagnosis,
        icd=story.icd,
        advice="住院治疗，完善检查。",
        education=story.education,
        vitals=vitals(draw),
        signed_at=admitted_at + timedelta(hours=2),
    )
    admission = Admission(
        id=numbering.next(card.hospital, "Z"),
        hospital=card.hospital,
        person=card.person,
        card=card.number,
        number=visit.number,
        visit=visit.id,
        department=department.id,
        doctor=doctor.id,
        admitted_at=admitted_at,
        discharged_at=None if days is None else admitted_at + timedelta(days=days, hours=4),
        diagnosis=story.diagnosis,
        ward=f"{department.name}病区",
        bed=f"{draw.randrange(1, 40):02d}",
        deposit=money(3000),
    )
    visit.admission = admission.id
    town.visits[visit.id] = visit
    town.admissions[admission.id] = admission
    admission.charges = _charges(numbering, admission, _last_day(town.today, admission.discharged_at))
    test(town, draw, numbering, visit, PANELS[story.panel])
    if story.study:
        image(town, draw, numbering, visit, story.study)


def _last_day(today: date, discharged_at: datetime | None) -> date:
    return discharged_at.date() if discharged_at else today


def _charges(numbering: Numbering, admission: Admission, last: date) -> list[WardCharge]:
    first = admission.admitted_at.date()
    return [
        WardCharge(
            id=numbering.next(admission.hospital, "ZF"),
            day=first + timedelta(days=number),
            category=category,
            item_code=code,
            name=name,
            unit=unit,
            price=money(price),
            quantity=Decimal(quantity),
            amount=money(money(price) * Decimal(quantity)),
            doctor=admission.doctor,
        )
        for number in range((last - first).days + 1)
        for category, code, name, unit, price, quantity in _DAILY
    ]
