"""Ways to what a hospital keeps."""

from sandbox.town.model import Bill, Charge, Department, Doctor, Hospital, Visit


def department_of(hospital: Hospital, department_id: str) -> Department:
    """The department with this id."""
    return next(d for d in hospital.departments if d.id == department_id)


def doctor_of(hospital: Hospital, doctor_id: str) -> Doctor:
    """The doctor with this id."""
    return next(d for d in hospital.doctors if d.id == doctor_id)


def outpatient_visits(hospital: Hospital, card_number: str) -> list[Visit]:
    """The visits of a card, without those that are the record of an admission; the latest first."""
    stays = {admission.id for admission in hospital.admissions}
    found = [v for v in hospital.visits if v.card_number == card_number and v.id not in stays]
    return sorted(found, key=lambda visit: visit.started_at, reverse=True)


def pending_charges(hospital: Hospital, card_number: str) -> list[Charge]:
    """What a card has to pay."""
    return [c for c in hospital.charges if c.card_number == card_number and c.bill_id is None]


def items_of(hospital: Hospital, bill: Bill) -> list[Charge]:
    """What a bill is made of."""
    return [c for c in hospital.charges if c.bill_id == bill.id]
