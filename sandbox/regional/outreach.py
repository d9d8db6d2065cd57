"""Due follow-ups and visits to ask about (19.2.1, 19.2.2, 22.1.1, 22.1.2): of all hospitals behind the address."""

import datetime as dt
from collections.abc import Callable

from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import Answer, success
from sandbox.regional.wording import second
from sandbox.town.lookup import department_of, doctor_of, outpatient_visits
from sandbox.town.model import Hospital, Visit


def follow_ups(*, after_checkup: bool) -> Callable[[Call], Answer]:
    """Who is due in a span of time: after a treatment (19.2.1) or a check-up (19.2.2)."""

    def answer(call: Call) -> Answer:
        within = call.span()
        return success(
            [
                _person(call, hospital, due.card_number)
                | {
                    "hospitalId": hospital.id,
                    "docCode": due.doctor_id,
                    "backTreatmentTime": second(due.due_at),
                    "docName": doctor_of(hospital, due.doctor_id).name,
                    "deptName": department_of(hospital, doctor_of(hospital, due.doctor_id).department_id).name,
                }
                for hospital in call.hospitals
                for due in hospital.wards.follow_ups
                if due.after_checkup is after_checkup and within(due.due_at)
            ]
        )

    return answer


def _person(call: Call, hospital: Hospital, card_number: str) -> Answer:
    person = call.holder(hospital, card_number)
    return {
        "outCardNo": card_number,
        "patName": person.name,
        "idCard": person.identity_number,
        "phoneNo": person.phone,
    }


def outpatients(call: Call) -> Answer:
    """Who was seen in a span of time (22.1.1)."""
    within = _span(call)
    rows = []
    for hospital in call.hospitals:
        for card in hospital.cards:
            visits = [visit for visit in outpatient_visits(hospital, card.number) if within(visit.started_at)]
            rows += [_visit(call, hospital, visit) for visit in visits]
    return success(rows)


def _visit(call: Call, hospital: Hospital, visit: Visit) -> Answer:
    owed = any(charge.visit_id == visit.id and charge.bill_id is None for charge in hospital.charges)
    person = call.holder(hospital, visit.card_number)
    return _seen_by(hospital, visit.department_id, visit.doctor_id) | {
        "registerId": visit.id,
        "patientName": person.name,
        "medicalCardNumber": visit.card_number,
        "idCard": person.identity_number,
        "registerTime": second(visit.started_at),
        "isPaid": "0" if owed else "1",
    }


def discharged(call: Call) -> Answer:
    """Who was discharged in a span of time (22.1.2); told by identity number, without a card."""
    within = _span(call)
    rows = []
    for hospital in call.hospitals:
        for stay in hospital.admissions:
            if stay.discharged_at is None or not within(stay.discharged_at):
                continue
            person = call.holder(hospital, stay.card_number)
            rows.append(
                _seen_by(hospital, stay.department_id, stay.doctor_id)
                | {
                    "admissionNumber": stay.number,
                    "inHospitalId": stay.id,
                    "patientName": person.name,
                    "inHospitalTime": second(stay.admitted_at),
                    "outHospitalTime": second(stay.discharged_at),
                    "isPaid": "1",
                    "idCard": person.identity_number,
                }
            )
    return success(rows)


def _seen_by(hospital: Hospital, department_id: str, doctor_id: str) -> Answer:
    return {
        "hospitalId": hospital.id,
        "deptName": department_of(hospital, department_id).name,
        "deptCode": department_id,
        "docName": doctor_of(hospital, doctor_id).name,
        "docCode": doctor_id,
    }


def _span(call: Call) -> Callable[[dt.datetime], bool]:
    """The span of time of chapter 22, which names its begin otherwise."""
    begin, end = call.moment("beginTime"), call.moment("endTime")
    return lambda moment: begin <= moment <= end


INTERFACES = (
    Interface("hospital.interface.hisSubsequentVisitPatient", follow_ups(after_checkup=False), joined=True),
    Interface("hospital.interface.physicalSubsequentVisitPatient", follow_ups(after_checkup=True), joined=True),
    Interface("hospital.interface.satisfactionSurveyAfterDiagnosis_outaptient", outpatients, joined=True),
    Interface("hospital.interface.satisfactionSurveyAfterDiagnosis_inpateint", discharged, joined=True),
)
