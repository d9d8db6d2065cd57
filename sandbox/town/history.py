"""What happened to people: visits, prescriptions, charges, bills, stays."""

import datetime as dt
from decimal import Decimal
from random import Random

from sandbox.town.cases import CASES, PAST_ILLNESSES
from sandbox.town.lookup import department_of, doctor_of
from sandbox.town.model import Admission, Bill, Card, Charge, Drug, Hospital, Prescription, Visit
from sandbox.town.numbers import next_id
from sandbox.town.people import HISTORY_DAYS
from sandbox.town.stock import HERBS, TESTS, VISIT_FEES, WESTERN, Medicine, Service

CENT = Decimal("0.01")

# (hospital, person): days ago of admission and of discharge (None: still there).
STAYS: dict[tuple[str, str], tuple[int, int | None]] = {
    ("253", "p01"): (60, 53),
    ("254", "p03"): (4, None),
    ("253", "p06"): (9, None),
    ("501", "p05"): (120, 111),
}
OWING = frozenset({"p01", "p03"})


def outpatient(hospital: Hospital, card: Card, rng: Random, today: dt.date) -> None:
    """Four to seven visits of a card, some still shown with their bill; who owes has one since yesterday unpaid."""
    owing = card.person_id in OWING
    count = rng.randint(4, 7)
    billed = rng.randint(2, min(5, count - 1))
    for place in range(count):
        days_ago = place * (HISTORY_DAYS - 10) // count + rng.randint(2, 8)
        if place == 0 and owing:
            days_ago = 1
        time = dt.time(8 + rng.randint(0, 7), rng.randint(0, 59))
        visit = _visit(hospital, card, rng, dt.datetime.combine(today - dt.timedelta(days=days_ago), time))
        prescription = _prescription(hospital, visit, rng, traditional=place % 2 == 1)
        if place >= billed + owing:
            # What was paid so long ago is no longer shown item by item.
            visit.cost = sum((drug.total for drug in prescription.drugs), Decimal("8.00"))
            continue
        charges = _charge_tests(hospital, visit, rng) + _charge_drugs(hospital, visit, prescription)
        visit.cost = sum((c.amount - c.discount for c in charges), Decimal("0.00"))
        if place > 0 or not owing:
            _pay(hospital, visit, charges, rng)


def stays(hospital: Hospital, card: Card, rng: Random, today: dt.date) -> None:
    """The admission of a card, with its record, where there was one."""
    if (hospital.id, card.person_id) not in STAYS:
        return
    came, went = STAYS[hospital.id, card.person_id]
    at = dt.datetime.combine(today - dt.timedelta(days=came), dt.time(10, 20))
    record = _visit(hospital, card, rng, at)
    record.cost = Decimal(rng.randrange(200_000, 900_000)) / 100
    hospital.admissions.append(
        Admission(
            id=record.id,
            card_number=card.number,
            number=f"ZY{hospital.id}{len(hospital.admissions) + 1:06}",
            admitted_at=at,
            discharged_at=None
            if went is None
            else dt.datetime.combine(today - dt.timedelta(days=went), dt.time(9, 40)),
            department_id=record.department_id,
            doctor_id=record.doctor_id,
            complaint=record.complaint,
            diagnosis=record.diagnoses[0],
            cost=record.cost,
        )
    )


def _visit(hospital: Hospital, card: Card, rng: Random, at: dt.datetime) -> Visit:
    doctor = rng.choice(hospital.doctors)
    case = CASES[department_of(hospital, doctor.department_id).name]
    visit = Visit(
        id=next_id(hospital.id, "V", hospital.visits),
        number=f"MZ{hospital.id}{len(hospital.visits) + 1:06}",
        card_number=card.number,
        started_at=at,
        department_id=doctor.department_id,
        doctor_id=doctor.id,
        complaint=case.complaint,
        present_illness=case.present_illness,
        past_illness=rng.choice(PAST_ILLNESSES),
        diagnoses=list(case.diagnoses),
        advice=case.advice,
        education=case.education,
        temperature=f"{rng.uniform(36.0, 37.4):.1f}",
        blood_pressure=f"{rng.randint(105, 150)}/{rng.randint(65, 95)}",
        pulse=str(rng.randint(60, 98)),
        respiration=str(rng.randint(14, 20)),
        cost=Decimal("0.00"),
    )
    hospital.visits.append(visit)
    return visit


def _prescription(hospital: Hospital, visit: Visit, rng: Random, *, traditional: bool) -> Prescription:
    medicines = rng.sample(HERBS, rng.randint(5, 7)) if traditional else rng.sample(WESTERN, rng.randint(2, 3))
    id_ = next_id(hospital.id, "P", hospital.prescriptions)
    prescription = Prescription(
        id=id_,
        card_number=visit.card_number,
        visit_id=visit.id,
        kind="中药处方" if traditional else "西药处方",
        created_at=visit.started_at + dt.timedelta(minutes=12),
        department_id=visit.department_id,
        doctor_id=visit.doctor_id,
        diagnosis=visit.diagnoses[0],
        drugs=[
            _drug(f"{id_}-{place}", medicine, 7 * rng.randint(6, 15) if traditional else rng.randint(1, 3))
            for place, medicine in enumerate(medicines, start=1)
        ],
    )
    hospital.prescriptions.append(prescription)
    return prescription


def _drug(id_: str, medicine: Medicine, quantity: int) -> Drug:
    return Drug(
        id=id_,
        name=medicine.name,
        specification=medicine.specification,
        quantity=quantity,
        unit=medicine.unit,
        usage=medicine.usage,
        dose=medicine.dose,
        frequency=medicine.frequency,
        frequency_name=medicine.frequency_name,
        storage=medicine.storage,
        notice=medicine.notice,
        price=Decimal(medicine.price),
    )


def _charge_tests(hospital: Hospital, visit: Visit, rng: Random) -> list[Charge]:
    """The fee of the visit and what was ordered in it; the fee is partly let off."""
    expert = doctor_of(hospital, visit.doctor_id).title == "主任医师"
    services = [VISIT_FEES[expert], *rng.sample(TESTS, rng.randint(1, 2))]
    group = f"{visit.id}-G1"
    return [_charge_service(hospital, visit, service, group, first=service is services[0]) for service in services]


def _charge_service(hospital: Hospital, visit: Visit, service: Service, group: str, *, first: bool) -> Charge:
    charge = Charge(
        id=next_id(hospital.id, "CH", hospital.charges),
        card_number=visit.card_number,
        visit_id=visit.id,
        group_id=group,
        group_title="检查检验",
        category=service.category,
        item_id=f"{hospital.id}-{service.code}",
        item=service.name,
        price=Decimal(service.price),
        quantity=1,
        unit=service.unit,
        discount=Decimal("1.50") if first else Decimal("0.00"),
        doctor_id=visit.doctor_id,
        ordered_at=visit.started_at + dt.timedelta(minutes=8),
        prescription_id="",
        traditional=False,
    )
    hospital.charges.append(charge)
    return charge


def _charge_drugs(hospital: Hospital, visit: Visit, prescription: Prescription) -> list[Charge]:
    """The medicines of a prescription, each an item; nothing is let off."""
    traditional = prescription.kind == "中药处方"
    charges = []
    for drug in prescription.drugs:
        charge = Charge(
            id=next_id(hospital.id, "CH", hospital.charges),
            card_number=visit.card_number,
            visit_id=visit.id,
            group_id=f"{visit.id}-G2",
            group_title=prescription.kind,
            category="中草药费" if traditional else "西药费",
            item_id=drug.id,
            item=drug.name,
            price=drug.price,
            quantity=drug.quantity,
            unit=drug.unit,
            discount=Decimal("0.00"),
            doctor_id=visit.doctor_id,
            ordered_at=prescription.created_at,
            prescription_id=prescription.id,
            traditional=traditional,
        )
        hospital.charges.append(charge)
        charges.append(charge)
    return charges


def _pay(hospital: Hospital, visit: Visit, charges: list[Charge], rng: Random) -> None:
    """Pay charges as they were paid then: every second bill partly by the insurance."""
    total = sum((c.amount for c in charges), Decimal("0.00"))
    discount = sum((c.discount for c in charges), Decimal("0.00"))
    share = rng.choice((Decimal(0), Decimal("0.5")))
    fund = ((total - discount) * share).quantize(CENT)
    account = ((total - discount - fund) * share / 2).quantize(CENT)
    bill = Bill(
        id=next_id(hospital.id, "B", hospital.bills),
        card_number=visit.card_number,
        visit_id=visit.id,
        charged_at=visit.started_at + dt.timedelta(minutes=35),
        total=total,
        discount=discount,
        insurance=fund + account,
        insurance_fund=fund,
        insurance_account=account,
    )
    for charge in charges:
        charge.bill_id = bill.id
    hospital.bills.append(bill)
