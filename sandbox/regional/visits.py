"""Stays in hospital and medical records (18.1.2, 32.1.1, 32.1.2)."""

from typing import Any

from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import NOTHING_FOUND, Answer, Refused, success
from sandbox.regional.wording import SEX, age, money, second
from sandbox.town import deeds
from sandbox.town.lookup import department_of, doctor_of, outpatient_visits
from sandbox.town.model import Admission, Hospital, Report, Visit


def hospitalizations(call: Call) -> Answer:
    """Stays that began in a span of time (18.1.2), told by card, admission number, or identity number and name."""
    within, meant = call.span(), call.stays()
    if not meant and not call.cards(or_person=True):
        raise deeds.Refusal("card_unknown")
    return success([_stay(hospital, stay) for hospital, stay in meant if within(stay.admitted_at)], message="")


def _stay(hospital: Hospital, stay: Admission) -> Answer:
    return {
        "hospitalId": hospital.id,
        "id": stay.id,
        # A day only, as in the example; the table speaks of a time.
        "dateOfAdmission": stay.admitted_at.date().isoformat(),
        "dateOfDischarge": second(stay.discharged_at),
        "dept": department_of(hospital, stay.department_id).name,
        "diagnosis": stay.diagnosis,
        "cost": money(stay.cost),
    }


def records(call: Call) -> Answer:
    """Medical records in a span of time (32.1.1): of visits (`patType` 1) and of stays (2)."""
    within, pat_type = call.span(), call.choice("patType", "", "1", "2")
    rows: list[dict[str, Any]] = []
    for hospital, card in call.known_cards():
        if pat_type != "2":
            rows += [
                _record(hospital, visit, "1")
                for visit in outpatient_visits(hospital, card.number)
                if within(visit.started_at)
            ]
        if pat_type != "1":
            rows += [
                _record(hospital, stay, "2")
                for stay in hospital.admissions
                if stay.card_number == card.number and within(stay.admitted_at)
            ]
    rows.sort(key=lambda row: (row["time"], row["id"]), reverse=True)
    return success(rows)


def _record(hospital: Hospital, source: Visit | Admission, pat_type: str) -> Answer:
    return {
        "hospitalId": hospital.id,
        "hospitalName": hospital.name,
        "id": source.id,
        "patType": pat_type,
        "time": second(source.started_at if isinstance(source, Visit) else source.admitted_at),
        "doctor": doctor_of(hospital, source.doctor_id).name,
        "complaints": source.complaint,
        "department": department_of(hospital, source.department_id).name,
    }


def record_detail(call: Call) -> Answer:
    """One medical record (32.1.2); that of a stay is kept like a visit's, under the stay's id."""
    hospital = call.hospital
    visit = next((visit for visit in hospital.visits if visit.id == call.text("id")), None)
    if visit is None:
        raise Refused(NOTHING_FOUND)
    person = call.holder(hospital, visit.card_number)
    return success(
        {
            "hospitalName": hospital.name,
            "patientName": person.name,
            "sex": SEX[person.gender],
            "age": age(person, visit.started_at.date()),
            "registrationId": visit.number,
            "visitTime": second(visit.started_at),
            "department": department_of(hospital, visit.department_id).name,
            "complaints": visit.complaint,
            "presentIllnessHistory": visit.present_illness,
            "anamnesis": visit.past_illness,
            "diagnosis": "；".join(visit.diagnoses),
            "advice": visit.advice,
            "doctorName": doctor_of(hospital, visit.doctor_id).name,
            "signatureDate": second(visit.started_at),
            "healthEducation": visit.education,
            "physicalExamination": {
                "bodyTemperature": f"{visit.temperature}℃",
                "bloodPressure": f"{visit.blood_pressure}mmHg",
                "pulse": f"{visit.pulse}次/分",
                "respiratoryRate": f"{visit.respiration}次/分",
                "otherDescription": "",
            },
            "exam": _exams(hospital, visit.id),
        }
    )


def _exams(hospital: Hospital, visit_id: str) -> list[Answer]:
    """What a visit's reports say in a sentence; neither unfinished nor sensitive ones."""
    return [
        {
            "examId": report.id,
            "examName": report.title,
            "examDepartment": department_of(hospital, report.department_id).name,
            "examSummary": report.conclusion or _abnormal(report),
            "examDoctor": report.performed_by,
            "examTime": report.reported_at.date().isoformat(),
        }
        for report in hospital.reports
        if report.visit_id == visit_id and report.state == "reviewed" and not report.sensitive
    ]


def _abnormal(report: Report) -> str:
    """Laboratory reports have no conclusion: the names of what is not normal stand for it."""
    return "、".join(f"{o.name}异常" for o in report.observations if o.flag) or "正常"


INTERFACES = (
    Interface("hospital.interface.queryHospitalizationRecord", hospitalizations, joined=True),
    Interface("hospital.interface.electronicMedicalRecord", records, joined=True),
    Interface("hospital.interface.electronicMedicalRecordDetail", record_detail),
)
