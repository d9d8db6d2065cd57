"""Laboratory and imaging reports (16.1.1, 16.1.2, each under two names)."""

from collections.abc import Callable

from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import NOTHING_FOUND, Answer, Refused, success
from sandbox.regional.files import FILE_PATH
from sandbox.regional.wording import SEX, age, second
from sandbox.town import deeds
from sandbox.town.lookup import department_of
from sandbox.town.model import Card, Hospital, Observation, Report

TYPES = {"lab": "0", "imaging": "1"}
PAT_TYPES = {False: "1", True: "2"}


def report_list(*kinds: str) -> Callable[[Call], Answer]:
    """Reports of some kinds in a span of time (16.1.1)."""

    def answer(call: Call) -> Answer:
        within, pat_type = call.span(), call.choice("patType", "", "1", "2")
        found = [
            (hospital, report)
            for hospital, report in _meant(call)
            if report.kind in kinds and within(report.reported_at) and pat_type in ("", PAT_TYPES[report.inpatient])
        ]
        found.sort(key=lambda row: (row[1].reported_at, row[1].id), reverse=True)
        rows = [_row(call, hospital, report) for hospital, report in found]
        return success({"patientName": call.text("patientName"), "report": rows})

    return answer


def _meant(call: Call) -> list[tuple[Hospital, Report]]:
    """Reports of the card, of the admission number, or of the identity number and name: each is enough."""
    cards = call.cards(or_person=True)
    stays = {
        (hospital.id, stay.id)
        for hospital in call.hospitals
        for stay in hospital.admissions
        if stay.number == (call.text("admissionNumber") or None)
    }
    if not cards and not stays:
        raise deeds.Refusal("card_unknown")
    holders = {(hospital.id, card.number) for hospital, card in cards}
    return [
        (hospital, report)
        for hospital in call.hospitals
        for report in hospital.reports
        if (hospital.id, report.card_number) in holders
        or (report.inpatient and (hospital.id, report.visit_id) in stays)
    ]


def _row(call: Call, hospital: Hospital, report: Report) -> Answer:
    return {
        "hospitalId": hospital.id,
        "id": report.id,
        "type": TYPES[report.kind],
        "time": second(report.reported_at),
        "doctor": report.audited_by,
        "item": report.title,
        # One of four documented codes, none of which the town's reports are.
        "specialTypes": "",
        "status": report.state,
        "isPositive": _positive(report),
        "pdfUrl": _pdf(call, hospital, report),
    }


def lab_detail(call: Call) -> Answer:
    """A report with its results (16.1.2, laboratory); where one interface serves both, `type` 1 asks for imaging."""
    return _lab(call) if call.choice("type", "0", "1") == "0" else pacs_detail(call)


def _lab(call: Call) -> Answer:
    card, report = _one(call, "lab")
    hospital = call.hospital
    return success(
        {
            "reportStatus": _status(report),
            "isPositive": _positive(report),
            **_patient(call, card, report),
            "wardNumber": "",
            "bedNumber": "",
            "specimenCategory": report.specimen,
            "specimenNumber": report.specimen_number,
            "doctor": report.requested_by,
            **_performed(call, hospital, report),
            "details": [_result(observation) for observation in report.observations],
        }
    )


def _result(observation: Observation) -> Answer:
    """One result; a flag obliges to tell the reference as text too."""
    span = f"{observation.low}-{observation.high}" if observation.low or observation.high else ""
    return {
        "item": observation.name,
        "result": observation.value,
        "referValueLower": observation.low,
        "referValueUpper": observation.high,
        "multiRowValue": observation.reference or span,
        "unit": observation.unit,
        "normal": observation.flag,
    }


def pacs_detail(call: Call) -> Answer:
    """A report with its findings (16.1.2, imaging)."""
    call.choice("type", "0", "1")
    card, report = _one(call, "imaging")
    return success(
        {
            **_patient(call, card, report),
            "parts": report.body_part,
            "result": report.findings,
            "conclusion": report.conclusion,
            **_performed(call, call.hospital, report),
            "reportStatus": _status(report),
            "isPositive": _positive(report),
        }
    )


def _one(call: Call, kind: str) -> tuple[Card, Report]:
    card = call.card()
    pat_type = call.choice("patType", "", "1", "2")
    for report in call.hospital.reports:
        same = (report.id, report.card_number, report.kind) == (call.text("id"), card.number, kind)
        if same and TYPES[kind] == call.text("type") and pat_type in ("", PAT_TYPES[report.inpatient]):
            return card, report
    raise Refused(NOTHING_FOUND)


def _patient(call: Call, card: Card, report: Report) -> Answer:
    person = call.person(card)
    return {
        "patientName": person.name,
        "sex": SEX[person.gender],
        # Years stand without their unit here, as in the example.
        "age": age(person, report.requested_at.date()).removesuffix("岁"),
        "dept": department_of(call.hospital, report.department_id).name,
    }


def _performed(call: Call, hospital: Hospital, report: Report) -> Answer:
    return {
        "time": second(report.reported_at),
        "executor": report.performed_by,
        "auditor": report.audited_by,
        "pdfUrl": _pdf(call, hospital, report),
    }


def _status(report: Report) -> str:
    return "2" if report.state == "reviewed" else "1"


def _positive(report: Report) -> str:
    return "1" if report.sensitive else "0"


def _pdf(call: Call, hospital: Hospital, report: Report) -> str:
    """The printed form; a laboratory report's has to be asked for (16.1.5)."""
    return f"{call.address}{FILE_PATH}/{hospital.id}/{report.id}.pdf" if report.kind == "imaging" else ""


INTERFACES = (
    Interface("hospital.interface.laboratoryReport", report_list("lab", "imaging"), joined=True),
    Interface("hospital.interface.pacsReport", report_list("imaging"), joined=True),
    Interface("hospital.interface.laboratoryReportDetail", lab_detail),
    Interface("hospital.interface.pacsReportDetail", pacs_detail),
)
