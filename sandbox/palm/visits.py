"""Outpatient visits and their records."""

from sandbox.palm.call import Call, Payload
from sandbox.palm.lookups import SEXES, age, card_of, department_name, doctor_name, moment, money, person_of
from sandbox.town.model import Card, Visit

RECORDED_DIAGNOSES = 3


def visits(call: Call) -> Payload:
    """A patient's visits, newest first (/getVisitInfoNew)."""
    card = card_of(call)
    return {"records": [_row(call, card, visit) for visit in visits_of(call, card)] if card else []}


def visit_detail(call: Call) -> Payload:
    """A visit with its medical record (/getVisitInfoNewDetail); null when the patient has no such visit."""
    card = card_of(call)
    visit = visit_of(call, card, call.text("visit_id")) if card else None
    if card is None or visit is None:
        return {"record": None}
    person = person_of(call, card)
    diagnoses = visit.diagnoses[:RECORDED_DIAGNOSES]
    return {
        "record": _row(call, card, visit)
        | {
            "patient_sex": SEXES[person.gender],
            "patient_age": age(person, visit.started_at.date()),
            "chief_complaint": visit.complaint,
            "present_illness": visit.present_illness,
            "past_illness": visit.past_illness,
            "physical_examination": _vital_signs(visit),
            "presumptive_diagnosis": "；".join(visit.diagnoses),
        }
        | {f"icd_name{place}": name for place, name in enumerate(diagnoses, start=1)}
    }


def visits_of(call: Call, card: Card | None) -> list[Visit]:
    """The outpatient visits with this card, newest first."""
    # The town keeps the record of a stay among the visits, under the stay's id.
    stays = {stay.id for stay in call.hospital.admissions}
    mine = [row for row in call.hospital.visits if card and row.card_number == card.number and row.id not in stays]
    return sorted(mine, key=lambda visit: visit.started_at, reverse=True)


def visit_of(call: Call, card: Card | None, visit_id: str) -> Visit | None:
    """The visit with this id, if it is one with this card."""
    return next((visit for visit in visits_of(call, card) if visit.id == visit_id), None)


def _row(call: Call, card: Card, visit: Visit) -> dict[str, object]:
    return {
        "id": visit.id,
        "patient_id": card.patient_id,
        "patient_name": person_of(call, card).name,
        "visit_no": visit.number,
        "dept_name": department_name(call.hospital, visit.department_id),
        "doctor_name": doctor_name(call.hospital, visit.doctor_id),
        "visit_date": moment(visit.started_at),
        "total": money(visit.cost),
    }


def _vital_signs(visit: Visit) -> str:
    return f"体温 {visit.temperature}，血压 {visit.blood_pressure}，脉搏 {visit.pulse}，呼吸 {visit.respiration}"
