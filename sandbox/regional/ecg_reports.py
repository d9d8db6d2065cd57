"""Electrocardiograms (40.1.1 to 40.1.3)."""

import base64

from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import Answer, Refused, success
from sandbox.regional.flags import found_by_id, meant, positive, report_status
from sandbox.regional.wording import SEX, age, second
from sandbox.town.files import JPEG
from sandbox.town.lookup import department_of
from sandbox.town.special_reports import EcgReport


def listed(call: Call) -> Answer:
    """Reports by when they were recorded."""
    within = call.span()
    rows = [
        {
            "hospitalId": hospital.id,
            "hospitalName": hospital.name,
            "id": report.id,
            "acquisitionTime": second(report.recorded_at),
            "diagnoseTime": second(report.diagnosed_at),
            "auditTime": second(report.audited_at) if report.audited else "",
            "item": report.title,
            "reportStatus": report_status(report.audited),
            "isPositive": positive(report.sensitive),
            "pdfUrl": "",
            "patType": "2" if report.inpatient else "1",
        }
        for hospital, report in meant(call, lambda hospital: hospital.special_reports.ecg)
        if within(report.recorded_at)
    ]
    return success(rows)


def detail(call: Call) -> Answer:
    """One report with its measures."""
    report = _one(call)
    person = call.holder(call.hospital, report.card_number)
    return success(
        {
            "id": report.id,
            "name": person.name,
            "sex": SEX[person.gender],
            "age": age(person, report.recorded_at.date()),
            "applyDeptName": department_of(call.hospital, report.department_id).name,
            "diagnoseDeptName": "心电图室",
            "doctor": report.auditor,
            "diagnosis": report.conclusion,
            "acquisitionTime": second(report.recorded_at),
            "diagnoseTime": second(report.diagnosed_at),
            "auditTime": second(report.audited_at) if report.audited else "",
            "rv5": "1.839",
            "sv1": ".653",
            "pr": "160",
            "qrs": "94",
            "qt": "398",
            "qtc": "420",
            "pAxes": "73",
            "qrsAxes": "41",
            "tAxes": "59",
            "heartRate": f"{report.heart_rate}bpm",
            "pdfUrl": "",
            "isPositive": positive(report.sensitive),
            "reportStatus": report_status(report.audited),
        }
    )


def image(call: Call) -> Answer:
    """The tracing."""
    report = _one(call)
    if not report.audited:
        raise Refused("40002")
    return success({"img": f"data:image/jpeg;base64,{base64.b64encode(JPEG).decode()}"})


def _one(call: Call) -> EcgReport:
    return found_by_id(call, call.hospital.special_reports.ecg)


INTERFACES = (
    Interface("hospital.interface.ecgReportRecord", listed, joined=True),
    Interface("hospital.interface.ecgReportDetail", detail),
    Interface("hospital.interface.ecgReportImage", image),
)
