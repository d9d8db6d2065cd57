"""Electronic prescriptions."""

from decimal import Decimal

from sandbox.palm.call import Call, Payload
from sandbox.palm.fees import charged_at
from sandbox.palm.lookups import card_of, department_name, doctor_name, moment, money, person_of
from sandbox.town.model import Card, Prescription


def prescriptions(call: Call) -> Payload:
    """A patient's prescriptions, newest first (/getElectronicPrescriptionBasicInfo)."""
    card = card_of(call)
    return {
        "records": [
            {
                "id": row.id,
                "patient_id": card.patient_id,
                "patient_name": person_of(call, card).name,
                "dept_name": department_name(call.hospital, row.department_id),
                "bill_time": moment(row.created_at),
                "total": money(sum((drug.total for drug in row.drugs), Decimal("0.00"))),
            }
            for row in _of(call, card)
        ]
        if card
        else []
    }


def prescription_detail(call: Call) -> Payload:
    """A prescription (/getElectronicPrescriptionDetail); null when the patient has no such one.

    The documented answer is a single object with one item, so only the first drug of a prescription is told.
    """
    card = card_of(call)
    found = next((row for row in _of(call, card) if row.id == call.text("recipe_id")), None) if card else None
    if card is None or found is None or not found.drugs:
        return {"record": None}
    drug = found.drugs[0]
    bills = (row.bill_id for row in call.hospital.charges if row.prescription_id == found.id and row.bill_id)
    charge_date, charge_time = charged_at(call, next(bills, None))
    return {
        "record": {
            "id": found.id,
            "patient_id": card.patient_id,
            "item_name": drug.name,
            "quantity": drug.quantity,
            "unit": drug.unit,
            "item_category": found.kind.removesuffix("处方"),
            "bill_date": moment(found.created_at),
            "total": money(drug.total),
            "price": money(drug.price),
            "doctor_name": doctor_name(call.hospital, found.doctor_id),
            "dept_name": department_name(call.hospital, found.department_id),
            "charge_date": charge_date,
            "charge_time": charge_time,
        }
    }


def _of(call: Call, card: Card) -> list[Prescription]:
    mine = [row for row in call.hospital.prescriptions if row.card_number == card.number]
    return sorted(mine, key=lambda row: row.created_at, reverse=True)
