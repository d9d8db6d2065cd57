"""What changes around the wards: admissions after their deposit, passes, signatures."""

from decimal import Decimal

from sandbox.town.deeds import Refusal, now
from sandbox.town.model import Admission, Card, Hospital, Town
from sandbox.town.wards import AdmissionApplication


def admit(
    town: Town, hospital: Hospital, card: Card, application_id: str, *, amount: Decimal, key: str
) -> AdmissionApplication:
    """Admit whom a doctor wants admitted; the same payment again gives the same admission."""
    application = _application(hospital, card, application_id)
    if application.key == key:
        if amount != application.deposit:
            raise Refusal("key_conflict")
        return application
    if application.state != "applied":
        raise Refusal("application_unknown")
    if amount != application.deposit:
        raise Refusal("amount_mismatch")
    application.state, application.key = "admitted", key
    application.stay_id = f"{application.id}-IN"
    hospital.admissions.append(
        Admission(
            id=application.stay_id,
            card_number=card.number,
            number=application.admission_number,
            admitted_at=now(town),
            discharged_at=None,
            department_id=application.department_id,
            doctor_id=application.doctor_id,
            complaint=application.complaint,
            diagnosis=application.diagnosis,
            cost=Decimal("0.00"),
        )
    )
    return application


def withdraw(hospital: Hospital, card: Card, stay_id: str, *, refund: Decimal) -> AdmissionApplication:
    """Undo an admission and give its deposit back; one that is undone stays so."""
    application = next(
        (a for a in hospital.wards.applications if a.stay_id == stay_id and a.card_number == card.number), None
    )
    if application is None:
        raise Refusal("application_unknown")
    if refund != application.deposit:
        raise Refusal("amount_mismatch")
    if application.state == "admitted":
        application.state, application.refund_number = "cancelled", f"TK{application.id}"
        hospital.admissions[:] = [stay for stay in hospital.admissions if stay.id != stay_id]
    return application


def _application(hospital: Hospital, card: Card, application_id: str) -> AdmissionApplication:
    for application in hospital.wards.applications:
        if application.id == application_id and application.card_number == card.number:
            return application
    raise Refusal("application_unknown")
