"""Check-ups, cultures, prices and operating rooms at the palm hospital: answers, and requests that find something."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from palm_desk import Desk

_RESULT = "id item_name item_short_name item_value item_unit item_tip item_range"

SHAPES: dict[str, dict[str, str]] = {
    "/getPeis": {
        "patient": "id peis_id name sex birthday age# peis_no id_no phone_no status# pdf_url?",
    },
    "/getPeisReport": {
        "records[]": (
            "id peis_item_name peis_item_no category dept_id dept_name peis_no# status_name peis_item_date sample? "
            "send_user_name send_time_full audit_time_full exam_user_name audit_user_name"
        ),
    },
    "/getPeisReport-general": {
        "records[]": _RESULT,
    },
    "/getPeisReport-lis": {
        "records[]": f"{_RESULT} item_flag#",
    },
    "/getPeisReport-pacs": {
        "records": (
            "id patient_name patient_age# scan_method scan_time_full report_name report_no status_name report_image "
            "scan_view diagnosis write_user_name write_time_full epic_url?"
        ),
    },
    "/lis/bacteria/detail": {
        "records[]": "id bacteria_name antibacterials_name result_value result_range_kb result_code order_no#",
    },
    "/getElectronicPrescriptionDetail_1609234017475": {
        "records[]": "id name price$",
    },
    "/getOperatRoomByHospitalId": {
        "data[]": "id name address?",
    },
    "/getOperatRoomPatient": {
        "data[]": "dept_name bed_number patient appointment_time status operat_room_id operat_room_name",
    },
}


def requests(desk: "Desk") -> dict[str, object]:
    """One request for each that finds something."""
    person = desk.sandbox.town.people["p01"]
    number = desk.card().number
    checkup = next(each for each in desk.hospital.special_reports.checkups if each.card_number == number)
    culture = next(report.id for report in desk.hospital.reports if report.cultures)
    campus = desk.hospital.campuses[0][0]
    key = f"P{checkup.id}"
    return {
        "/getPeis": {"peis_no": checkup.id, "name": person.name, "id_no": person.identity_number},
        "/getPeisReport": {"peis_id": key},
        "/getPeisReport-general": {"peis_id": key, "peis_item_id": "1", "category": "general"},
        "/getPeisReport-lis": {"peis_id": key, "peis_item_id": "2", "category": "lis"},
        "/getPeisReport-pacs": {"peis_id": key, "peis_item_id": "3", "category": "pacs"},
        "/lis/bacteria/detail": {"report_id": culture, "report_detail_id": culture, "op_flag": 1},
        "/getElectronicPrescriptionDetail_1609234017475": {"page_rows": "50", "current_page": "1"},
        "/getOperatRoomByHospitalId": {"hospital_id": campus},
        "/getOperatRoomPatient": {"hospital_id": campus},
    }
