"""Reports of check-ups (17.1.1, 17.1.2)."""

import datetime as dt

from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import MISSING_PARAMETER, Answer, Refused, success
from sandbox.regional.files import FILE_PATH
from sandbox.regional.flags import found_by_id, positive
from sandbox.regional.wording import SEX, age, second
from sandbox.town.model import Hospital
from sandbox.town.special_reports import CheckupReport, ExaminedPart


def listed(call: Call) -> Answer:
    """Reports by day."""
    number, identity = call.text("medicalCardNumber"), call.text("idcard")
    if not number and not identity:
        raise Refused(MISSING_PARAMETER, "缺少参数 medicalCardNumber")
    within = call.span()
    cards = {
        card.number: call.person(card)
        for card in call.hospital.cards
        if card.number == number or (not number and call.person(card).identity_number == identity)
    }
    reports = [
        report
        for report in call.hospital.special_reports.checkups
        if report.card_number in cards and within(_midnight(report.day))
    ]
    name = next((person.name for person in cards.values()), "")
    return success({"patientName": name, "report": [_row(call, call.hospital, report) for report in reports]})


def _row(call: Call, hospital: Hospital, report: CheckupReport) -> Answer:
    return {
        "hospitalId": hospital.id,
        "healthExamNo": report.id,
        "startTime": second(_midnight(report.day)),
        "doctor": report.doctor,
        "endTime": second(_midnight(report.day)),
        "summaryTime": second(_midnight(report.summarized_on)),
        "hospitalName": hospital.name,
        "isFinished": "1" if report.finished else "0",
        "isPositive": positive(report.sensitive),
        "qualifiedFlag": "1" if report.qualified else "0",
        "bnsTypeCode": report.purpose,
        "pdfUrl": f"{call.address}{FILE_PATH}/{hospital.id}/{report.id}.pdf",
    }


def detail(call: Call) -> Answer:
    """One report with all that was examined."""
    report = found_by_id(call, call.hospital.special_reports.checkups, "healthExamNo")
    person = call.holder(call.hospital, report.card_number)
    return success(
        {
            "isFinished": "1" if report.finished else "0",
            "isPositive": positive(report.sensitive),
            "patientName": person.name,
            "sex": SEX[person.gender],
            "age": age(person, report.day),
            "healthExamNo": report.id,
            "workUnit": "",
            "department": "体检科",
            "startTime": report.day.isoformat(),
            "endTime": report.day.isoformat(),
            "summaryTime": report.summarized_on.isoformat(),
            "doctor": report.doctor,
            "advice": report.advice,
            "examSummary": report.conclusion,
            "phone": person.phone,
            "maritalStatusName": "未知",
            "occupationName": "",
            "habbit": "",
            "allergyHistory": "",
            "diseaseHistory": "",
            "menstrualHistory": "",
            "birthHistory": "",
            "operationHistory": "",
            "pdfUrl": f"{call.address}{FILE_PATH}/{call.hospital.id}/{report.id}.pdf",
            "attachment": [{"key": "每日运动时长", "value": "30分钟"}],
            "exam": [_part(part, report.day) for part in report.parts],
        }
    )


def _part(part: ExaminedPart, day: dt.date) -> Answer:
    return {
        "examName": part.name,
        "dept": part.department,
        "summary": part.summary,
        "doctor": part.doctor,
        "time": day.isoformat(),
        "detail": [
            {
                "key": finding.name,
                "value": finding.value,
                "referValueLower": finding.low,
                "referValueUpper": finding.high,
                "multiRowValue": finding.reference,
                "unit": finding.unit,
            }
            for finding in part.findings
        ],
    }


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())


INTERFACES = (
    Interface("hospital.interface.physicalExaminationReportList", listed),
    Interface("hospital.interface.physicalExaminationReportDetail", detail),
)
