"""Writes the prescriptions of a visit."""

from datetime import timedelta
from decimal import Decimal

from sandbox.town.clinic import DrugLine, Prescription, Visit
from sandbox.town.lore.drugs import HERBAL, WESTERN, Drug
from sandbox.town.lore.stories import Story
from sandbox.town.making.numbering import Numbering
from sandbox.town.money import money
from sandbox.town.town import Town

_DOSES_OF_HERBS = 7


def prescribe(town: Town, numbering: Numbering, visit: Visit, story: Story) -> list[Prescription]:
    """One prescription for western drugs, one for herbs, as the story has them."""
    recipes = []
    if story.drugs:
        recipes.append(_prescription(numbering, visit, [WESTERN[drug] for drug in story.drugs], tcm=False))
    if story.herbs:
        recipes.append(_prescription(numbering, visit, [HERBAL[herb] for herb in story.herbs], tcm=True))
    for recipe in recipes:
        town.prescriptions[recipe.id] = recipe
    return recipes


def _prescription(numbering: Numbering, visit: Visit, drugs: list[Drug], *, tcm: bool) -> Prescription:
    doses = _DOSES_OF_HERBS if tcm else 1
    return Prescription(
        id=numbering.next(visit.hospital, "X"),
        hospital=visit.hospital,
        person=visit.person,
        card=visit.card,
        visit=visit.id,
        kind="中药处方" if tcm else "西药处方",
        tcm=tcm,
        created_at=visit.at + timedelta(minutes=12),
        diagnosis=visit.diagnosis,
        department=visit.department,
        doctor=visit.doctor,
        lasts="7天" if tcm else "1个月",
        next_visit=visit.at.date() + timedelta(days=14),
        doses=doses,
        drugs=[_line(drug, doses) for drug in drugs],
    )


def _line(drug: Drug, doses: int) -> DrugLine:
    return DrugLine(
        drug=drug.id,
        name=drug.name,
        spec=drug.spec,
        quantity=Decimal(drug.quantity) * doses,
        unit=drug.unit,
        usage=drug.usage,
        dose=drug.dose,
        frequency=drug.frequency,
        frequency_name=drug.frequency_name,
        price=money(drug.price),
        storage=drug.storage,
        notice=drug.notice,
    )
