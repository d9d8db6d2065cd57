"""Prescriptions (38.1.1, 38.1.2)."""

import datetime as dt

from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import NOTHING_FOUND, Answer, Refused, success
from sandbox.regional.wording import SEX, age, second
from sandbox.town.lookup import department_of, doctor_of
from sandbox.town.model import Drug


def prescription_list(call: Call) -> Answer:
    """Prescriptions in a span of time (38.1.1)."""
    within = call.span()
    found = [
        (hospital, prescription)
        for hospital, card in call.known_cards()
        for prescription in hospital.prescriptions
        if prescription.card_number == card.number and within(prescription.created_at)
    ]
    found.sort(key=lambda row: (row[1].created_at, row[1].id), reverse=True)
    return success(
        [
            {
                "hospitalId": hospital.id,
                "hospitalName": hospital.name,
                "prescriptionType": prescription.kind,
                "createTime": second(prescription.created_at),
                "prescriptionId": prescription.id,
                "diagnose": prescription.diagnosis,
            }
            for hospital, prescription in found
        ]
    )


def prescription_detail(call: Call) -> Answer:
    """One prescription with its medicines (38.1.2)."""
    hospital = call.hospital
    prescription = next((p for p in hospital.prescriptions if p.id == call.text("prescriptionId")), None)
    if prescription is None:
        raise Refused(NOTHING_FOUND)
    person = call.holder(hospital, prescription.card_number)
    return success(
        {
            "patientName": person.name,
            "sex": SEX[person.gender],
            "createTime": second(prescription.created_at),
            "age": age(person, prescription.created_at.date()),
            "birthday": second(dt.datetime.combine(person.birth_date, dt.time())),
            "department": department_of(hospital, prescription.department_id).name,
            "diagnose": prescription.diagnosis,
            "doctorName": doctor_of(hospital, prescription.doctor_id).name,
            "limitingTime": "",
            "nextVisitTime": "",
            "drugList": [_drug(drug) for drug in prescription.drugs],
        }
    )


def _drug(drug: Drug) -> Answer:
    return {
        "drugName": drug.name,
        "spec": drug.specification,
        "quantity": f"{drug.quantity}{drug.unit}",
        "usage": drug.usage,
        "useAmount": drug.dose,
        "frequency": drug.frequency.lower(),
        "frequencyName": drug.frequency_name,
        "drugId": drug.id,
        "storage": drug.storage,
        "notice": drug.notice,
    }


INTERFACES = (
    Interface("hospital.interface.getPrescriptionRecord", prescription_list, joined=True),
    Interface("hospital.interface.getPrescriptionDetail", prescription_detail),
)
