"""Pathology reports (41.1.1 to 41.1.3)."""

import base64

from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import Answer, Refused, success
from sandbox.regional.flags import found_by_id, meant, positive, report_status
from sandbox.regional.wording import SEX, age, second
from sandbox.town.files import pdf
from sandbox.town.lookup import department_of
from sandbox.town.special_reports import PathologyReport


def listed(call: Call) -> Answer:
    """Reports by when the specimen was registered; `reportStatus` is asked for and changes nothing."""
    within, pat_type = call.span(), call.choice("patType", "", "1", "2", "3", "4", "5")
    call.choice("reportStatus", "1", "2")
    rows = [
        {
            "hospitalId": hospital.id,
            "hospitalName": hospital.name,
            "id": report.id,
            "regTime": second(report.registered_at),
            "auditTime": second(report.audited_at) if report.audited else None,
            "item": report.title,
            "reportStatus": report_status(report.audited),
            "isPositive": positive(report.sensitive),
            "patType": _pat_type(report),
            "pdfUrl": "",
            "auditDoctor": report.auditor,
        }
        for hospital, report in meant(call, lambda hospital: hospital.special_reports.pathology)
        if within(report.registered_at) and pat_type in ("", _pat_type(report))
    ]
    return success(rows)


def _pat_type(report: PathologyReport) -> str:
    return "2" if report.inpatient else "1"


def detail(call: Call) -> Answer:
    """One report."""
    report = _one(call)
    person = call.holder(call.hospital, report.card_number)
    return success(
        {
            "patientName": person.name,
            "sex": SEX[person.gender],
            "age": age(person, report.registered_at.date()),
            "auditTime": second(report.audited_at) if report.audited else "",
            "hospitalId": call.hospital.id,
            "hospitalName": call.hospital.name,
            "reqDepartment": department_of(call.hospital, report.department_id).name,
            "phone": person.phone,
            "address": person.address,
            "reqDoctor": report.requested_by,
            "processNum": report.number,
            "examineMethod": report.method,
            "drawnBodyPart": report.body_part,
            "reportType": "1",
            "reportDoctor": report.reported_by,
            "auditDoctor": report.auditor,
            "conclusion": report.conclusion,
            "id": report.id,
            "regId": f"DJ{report.number}",
            "seenByEyes": report.seen,
            "pdfUrl": "",
            "isPositive": positive(report.sensitive),
            "reportStatus": report_status(report.audited),
        }
    )


def file(call: Call) -> Answer:
    """The report as a PDF."""
    report = _one(call)
    if not report.audited:
        raise Refused("40002")
    return success({"reportUrl": "", "reportFileCode": base64.b64encode(pdf(report.id)).decode(), "fileType": "pdf"})


def _one(call: Call) -> PathologyReport:
    return found_by_id(call, call.hospital.special_reports.pathology)


INTERFACES = (
    Interface("hospital.interface.pathologyReportRecord", listed, joined=True),
    Interface("hospital.interface.pathologyReportDetail", detail),
    Interface("hospital.interface.pathologyReportFile", file),
)
