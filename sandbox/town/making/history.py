"""Nine months of outpatient visits, and what each of them leaves behind."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from sandbox.town.clinic import Visit, VisitKind, Vitals
from sandbox.town.clock import at, days_before
from sandbox.town.lore.stories import STORIES, Story
from sandbox.town.lore.tests import PANELS
from sandbox.town.making.bills import ask_to_pay, bill_visit
from sandbox.town.making.numbering import Numbering
from sandbox.town.making.prescriptions import prescribe
from sandbox.town.making.reports import image, special_reports, test
from sandbox.town.people import Card, Person
from sandbox.town.places import Department
from sandbox.town.town import Town

_MONTHS_OF_HISTORY = 270
_REGULARS = ("p01", "p03")
_REGULAR_VISITS = 8


def live(town: Town, draw: Random, numbering: Numbering) -> None:
    """Lets everybody with a card see doctors. The latest visit is unpaid, the earlier ones are paid."""
    for card in list(town.cards.values()):
        person = town.people[card.person]
        regular = card.person in _REGULARS
        count = _REGULAR_VISITS if regular else 2 + draw.randrange(3)
        step = _MONTHS_OF_HISTORY // count
        for ago in range(count - 1, -1, -1):
            days = 1 + ago * step + draw.randrange(max(1, step // 3)) * bool(ago)
            visit, story = _visit(town, draw, numbering, person, card, days)
            recipes = prescribe(town, numbering, visit, story)
            if ago == 0:
                ask_to_pay(town, numbering, visit, recipes, PANELS[story.panel])
                continue
            reports = [test(town, draw, numbering, visit, PANELS[story.panel])]
            if story.study and days % 2:
                image(town, draw, numbering, visit, story.study)
            bill_visit(town, draw, numbering, visit, recipes, reports)
        if regular:
            special_reports(town, draw, numbering, card)


def suitable(town: Town, person: Person, hospital: str) -> list[Department]:
    """The departments of a hospital that see this person."""
    age = person.age(town.today)
    return [
        department
        for department in town.departments_of(hospital)
        if department.only_for in (None, person.sex)
        and ((department.max_age is not None) if _sees_a_child(town, age, hospital) else department.max_age is None)
    ]


def _sees_a_child(town: Town, age: int, hospital: str) -> bool:
    """Whether somebody of this age is a child to this hospital (one without paediatrics has no children)."""
    return any(d.max_age is not None and age <= d.max_age for d in town.departments_of(hospital))


def vitals(draw: Random) -> Vitals:
    """An unremarkable physical examination."""
    return Vitals(
        temperature=f"36.{draw.randrange(2, 9)}℃",
        blood_pressure=f"{draw.randrange(108, 148)}/{draw.randrange(64, 92)}mmHg",
        pulse=f"{draw.randrange(62, 96)}次/分",
        respiratory_rate=f"{draw.randrange(14, 20)}次/分",
        other="营养状况良好，发育正常",
    )


def _visit(
    town: Town, draw: Random, numbering: Numbering, person: Person, card: Card, days: int
) -> tuple[Visit, Story]:
    department = draw.choice(suitable(town, person, card.hospital))
    story = next(story for story in STORIES if story.department == department.name)
    moment = at(days_before(town.today, days), draw.choice((8, 9, 10, 14, 15)), draw.randrange(60), draw.randrange(60))
    visit = Visit(
        id=numbering.next(card.hospital, "V"),
        hospital=card.hospital,
        person=card.person,
        card=card.number,
        kind=VisitKind.OUTPATIENT,
        number=numbering.next(card.hospital, "MZ"),
        department=department.id,
        doctor=draw.choice(town.doctors_of(department.id)).id,
        at=moment,
        complaint=story.complaint,
        present_illness=story.present_illness,
        past_history="既往体健，否认药物过敏史。",
        diagnosis=story.diagnosis,
        icd=story.icd,
        advice=story.advice,
        education=story.education,
        vitals=vitals(draw),
        signed_at=moment + timedelta(minutes=18),
    )
    if days % 4 == 0:
        visit = replace(visit, past_history="高血压病史5年，规律服药。")
    town.visits[visit.id] = visit
    return visit, story
