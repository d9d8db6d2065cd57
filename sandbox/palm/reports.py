"""Laboratory and imaging reports."""

from sandbox.palm.call import Call, Payload
from sandbox.palm.failures import Failure
from sandbox.palm.lookups import INPATIENT, OUTPATIENT, SEXES, age, card_of, day, department_name, doctor_name
from sandbox.palm.lookups import person_of as owner
from sandbox.palm.stays import stay_of
from sandbox.regional.files import FILE_PATH
from sandbox.town.deeds import find_card
from sandbox.town.model import Card, Observation, Person, Report

LAB, IMAGING = "lab", "imaging"
CATEGORIES = {LAB: "lis", IMAGING: "pacs"}

REVIEWED, UNFINISHED = 1, 0
"""The document lists no values of status; the sandbox's own are 1 for a reviewed report and 0 for any other."""

TIPS = {-1: "↓", 0: "", 1: "↑", 2: "↑"}
"""The document knows no mark for a result that is abnormal without being high or low; it is shown as high."""

ORDINARY_ITEM, BACTERIAL_ITEM = 1, 2


def report_list(call: Call) -> Payload:
    """Reports of both kinds that came out between two days, newest first (/getLisPacsList).

    op_flag 2 lists those of the admission in visit_no, 1 those of no admission. Unfinished and rescinded ones are
    listed too, with status 0.
    """
    inpatient = call.choice("op_flag", OUTPATIENT, INPATIENT) == INPATIENT
    card, first, last = card_of(call), call.day("start_time"), call.day("end_time")
    found = [
        report
        for report in (_of_stay(call, card) if inpatient else _of_visits(call, card))
        if first <= report.reported_at.date() <= last
    ]
    found.sort(key=lambda report: (report.reported_at, report.id), reverse=True)
    return {"records": [_row(call, card, report) for report in found if card]}


def lab_report(call: Call) -> Payload:
    """A laboratory report: a head and its results (/getLisReport); null and an empty list when there is none."""
    report = _wanted(call, LAB)
    if report is None:
        return {"recordInfo": None, "records": []}
    person = _patient(call, report)
    return {
        "recordInfo": {
            "patient_name": person.name,
            "report_name": report.title,
            # A string here, an integer in /getPacsReport.
            "patient_age": str(age(person, report.reported_at.date())),
            "sample": report.specimen,
            "report_no": report.specimen_number or report.number,
            "send_user_name": doctor_name(call.hospital, report.requested_by),
            "send_time_full": day(report.requested_at),
            "audit_time_full": day(report.reported_at),
            "exam_user_name": doctor_name(call.hospital, report.performed_by),
            "audit_user_name": _auditor(call, report),
            "origin_url": _printed(call, report),
            "id_no": person.identity_number,
        },
        "records": [_result(report, observation) for observation in report.observations],
    }


def imaging_report(call: Call) -> Payload:
    """An imaging report, as an array of one (/getPacsReport).

    dept_name holds the examined body part and status the report's number, as their descriptions say.
    """
    report = _wanted(call, IMAGING)
    if report is None:
        return {"records": []}
    person = _patient(call, report)
    row = {
        "id": report.id,
        "patient_name": person.name,
        "patient_age": age(person, report.reported_at.date()),
        "scan_method": report.method,
        "scan_time_full": day(report.requested_at),
        "dept_name": report.body_part,
        "status": report.number,
        "send_user_name": doctor_name(call.hospital, report.requested_by),
        "report_image": "",
        "scan_view": report.findings,
        "diagnosis": report.conclusion,
        "write_user_name": doctor_name(call.hospital, report.performed_by),
        "write_time_full": day(report.reported_at),
    }
    return {"records": [row]}


def _of_visits(call: Call, card: Card | None) -> list[Report]:
    return [report for report in _of_card(call, card) if not report.inpatient]


def _of_stay(call: Call, card: Card | None) -> list[Report]:
    number = call.text("visit_no")
    if not number:
        raise Failure("缺少参数 visit_no")
    stay = stay_of(call, card, number) if card else None
    return [report for report in _of_card(call, card) if report.inpatient and stay and report.visit_id == stay.id]


def _of_card(call: Call, card: Card | None) -> list[Report]:
    return [report for report in call.hospital.reports if card and report.card_number == card.number]


def _wanted(call: Call, kind: str) -> Report | None:
    """The report asked for. Both interfaces print the fixed category lis, so both take it; imaging takes pacs too."""
    call.choice("category", "lis", CATEGORIES[kind])
    inpatient = call.choice("op_flag", OUTPATIENT, INPATIENT) == INPATIENT
    for report in call.hospital.reports:
        if (report.id, report.kind, report.inpatient) == (call.text("report_id"), kind, inpatient):
            return report
    return None


def _row(call: Call, card: Card, report: Report) -> dict[str, object]:
    person = owner(call, card)
    return {
        "id": report.id,
        "report_name": report.title,
        "report_no": report.number,
        "category": CATEGORIES[report.kind],
        "dept_id": report.department_id,
        "dept_name": department_name(call.hospital, report.department_id),
        "status": REVIEWED if _reviewed(report) else UNFINISHED,
        "report_date": day(report.reported_at),
        "patient_name": person.name,
        "patient_sex": SEXES[person.gender],
        "patient_age": age(person, report.reported_at.date()),
        "sample": report.specimen,
        "send_user_name": doctor_name(call.hospital, report.requested_by),
        "send_time_full": day(report.requested_at),
        "audit_time_full": day(report.reported_at) if _reviewed(report) else "",
        "exam_user_name": doctor_name(call.hospital, report.performed_by),
        "audit_user_name": _auditor(call, report),
        "origin_url": _printed(call, report),
    }


def _printed(call: Call, report: Report) -> str:
    """Where the report is as a file, once it is reviewed."""
    return f"{call.address}{FILE_PATH}/{call.hospital.id}/{report.id}.pdf" if _reviewed(report) else ""


def _result(report: Report, observation: Observation) -> dict[str, object]:
    return {
        "id": report.id,
        "item_name": observation.name,
        "item_short_name": observation.short_name,
        "item_value": observation.value,
        "item_unit": observation.unit,
        "item_tip": TIPS[observation.flag],
        "item_range": observation.reference,
        "item_category": BACTERIAL_ITEM if report.cultures else ORDINARY_ITEM,
    }


def _reviewed(report: Report) -> bool:
    return report.state == "reviewed"


def _auditor(call: Call, report: Report) -> str:
    return doctor_name(call.hospital, report.audited_by) if _reviewed(report) else ""


def _patient(call: Call, report: Report) -> Person:
    card = find_card(call.hospital, number=report.card_number)
    if card is None:
        raise LookupError(f"report {report.id} has no card")
    return owner(call, card)
