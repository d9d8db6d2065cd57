"""Check-ups: found by their number, one interface for each kind of examination."""

from sandbox.palm.call import Call, Payload
from sandbox.palm.failures import Failure
from sandbox.palm.lookups import SEXES, age, person_of
from sandbox.regional.files import FILE_PATH
from sandbox.town.deeds import find_card
from sandbox.town.model import Person
from sandbox.town.special_reports import CheckupReport, ExaminedPart, Finding

BOOKED = 0
"""The document names this state and the cancelled one; what stands there once the report is out it does not say."""
DONE = 1

CATEGORIES = {"检验科": "lis", "超声科": "pacs"}
"""By department; all others examine generally."""
SEEN = "seen"
"""What the finding is called that holds what an image showed."""
ORDINARY_ITEM = 1


def checkup(call: Call) -> Payload:
    """A check-up by its number (/getPeis); null for who is not the person of it.

    Phone and identity number need not both be there, and neither where the check-up's key is.
    """
    report = next((each for each in _all(call) if each.id == call.text("peis_no")), None)
    if not call.text("peis_id") and not call.text("phone_no") and not call.text("id_no"):
        raise Failure("缺少参数 id_no")
    if report is None or not _is_of(call, report, _person(call, report)):
        return {"patient": None}
    person = _person(call, report)
    return {
        "patient": {
            "id": person.id,
            "peis_id": _key(report),
            "name": person.name,
            "sex": SEXES[person.gender],
            "birthday": f"{person.birth_date:%Y-%m-%d}",
            "age": age(person, report.day),
            "peis_no": report.id,
            "id_no": person.identity_number,
            "phone_no": person.phone,
            "status": DONE if report.finished else BOOKED,
            "pdf_url": f"{call.address}{FILE_PATH}/{call.hospital.id}/{report.id}.pdf" if report.finished else "",
        }
    }


def examinations(call: Call) -> Payload:
    """What was examined (/getPeisReport); peis_no holds the state of an examination, as its description says."""
    report = _report(call)
    if report is None:
        return {"records": []}
    rows = [
        {
            "id": f"{place}",
            "peis_item_name": part.name,
            "peis_item_no": f"XM{place:03}",
            "category": _category(part),
            "dept_id": part.department,
            "dept_name": part.department,
            "peis_no": DONE,
            "status_name": "已完成",
            "peis_item_date": report.day.isoformat(),
            "sample": "静脉血" if _category(part) == "lis" else "",
            "send_user_name": report.doctor,
            "send_time_full": report.day.isoformat(),
            "audit_time_full": report.summarized_on.isoformat(),
            "exam_user_name": part.doctor,
            "audit_user_name": report.doctor,
        }
        for place, part in enumerate(report.parts, 1)
    ]
    return {"records": rows}


def general_results(call: Call) -> Payload:
    """Results of a general examination (/getPeisReport-general)."""
    part = _part(call, "general")
    return {"records": [_result(call, finding) for finding in part.findings] if part else []}


def lab_results(call: Call) -> Payload:
    """Results of a laboratory (/getPeisReport-lis)."""
    part = _part(call, "lis")
    rows = part.findings if part else []
    return {"records": [_result(call, finding) | {"item_flag": ORDINARY_ITEM} for finding in rows]}


def imaging_report(call: Call) -> Payload:
    """What an image showed (/getPeisReport-pacs): one object, null when there is none."""
    report, part = _report(call), _part(call, "pacs")
    if report is None or part is None:
        return {"records": None}
    person = _person(call, report)
    files = f"{call.address}{FILE_PATH}/{call.hospital.id}/{report.id}"
    return {
        "records": {
            "id": call.text("peis_item_id"),
            "patient_name": person.name,
            "patient_age": age(person, report.day),
            "scan_method": part.name,
            "scan_time_full": report.day.isoformat(),
            "report_name": "腹部",
            "report_no": f"CS{report.id}",
            # The doctor who asked for it, as the description says.
            "status_name": report.doctor,
            "report_image": f"{files}-1.png",
            "scan_view": next((finding.value for finding in part.findings if finding.id == SEEN), ""),
            "diagnosis": part.summary,
            "write_user_name": part.doctor,
            "write_time_full": report.summarized_on.isoformat(),
            "epic_url": f"{files}-2.png",
        }
    }


def _all(call: Call) -> list[CheckupReport]:
    return call.hospital.special_reports.checkups


def _key(report: CheckupReport) -> str:
    """The key of a check-up is not its number."""
    return f"P{report.id}"


def _person(call: Call, report: CheckupReport) -> Person:
    card = find_card(call.hospital, number=report.card_number)
    if card is None:
        raise LookupError(f"check-up {report.id} has no card")
    return person_of(call, card)


def _is_of(call: Call, report: CheckupReport, person: Person) -> bool:
    """Whether what was told of the person is so."""
    told = {
        "name": person.name,
        "peis_id": _key(report),
        "phone_no": person.phone,
        "id_no": person.identity_number,
    }
    return all(call.text(name) in ("", value) for name, value in told.items())


def _report(call: Call) -> CheckupReport | None:
    return next((each for each in _all(call) if _key(each) == call.text("peis_id")), None)


def _part(call: Call, category: str) -> ExaminedPart | None:
    call.choice("category", category)
    report = _report(call)
    parts = {f"{place}": part for place, part in enumerate(report.parts, 1)} if report else {}
    part = parts.get(call.text("peis_item_id"))
    return part if part and _category(part) == category else None


def _category(part: ExaminedPart) -> str:
    return CATEGORIES.get(part.department, "general")


def _result(call: Call, finding: Finding) -> dict[str, object]:
    return {
        "id": call.text("peis_item_id"),
        "item_name": finding.name,
        "item_short_name": finding.id.upper(),
        "item_value": finding.value,
        "item_unit": finding.unit,
        # All of the town's check-ups are normal, which has a mark here.
        "item_tip": "-",
        "item_range": f"{finding.low}-{finding.high}" if finding.low else finding.reference,
    }
