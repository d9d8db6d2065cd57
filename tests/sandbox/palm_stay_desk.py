"""Stays, beds and copies at the palm hospital: the documented answers, and requests that find something."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from palm_desk import Desk

SHAPES: dict[str, dict[str, str]] = {
    "/getInHospitalList": {
        "patient": (
            "id op_flag name sex birthday age# card_no? health_card_id? id_no phone_no visit_no nation_name? "
            "admission_time? leave_hospital_time? dept_id? dept_name? bed_no? hospital_days#? total$ patient_type_id "
            "si_category? balance$ status# status_name recharge_flag# no_recharge_reason?"
        ),
    },
    "/getDailyCharge": {
        "fees[]": (
            "id item_category item_id item_name price$ quantity$ unit total$ bill_doctor_name bill_date bill_time "
            "charge_date charge_time summary$"
        ),
    },
    "/getChargeSummary": {
        "fees[]": "id order_no# item_name total$ summary$",
    },
    # The document shows no fields of these two.
    "/getInHospitalApply": {
        "records[]": "id patient_name dept_name status",
    },
    "/inHospitalReg": {
        "data": "visit_no",
    },
    "/getEmrPageCount": {
        "data": "pageCount#",
    },
    "/specialType/newBill": {
        "order": (
            "visit_id recipe_no order_id item_type item_name price$ quantity# total$ order_time bill_dept_name? "
            "bill_doctor_name? execute_dept_name?"
        ),
    },
    "/case/cancel": {},
    "/getDepartment": {
        "records[]": "dept_id dept_name",
    },
    "/getBedNo": {
        "records[]": "bed_category",
    },
    "/ipAppointmentConfirm": {
        "records[]": "appointment_id",
    },
    "/ipAppointmentQuery": {
        "records[]": (
            "appointment_id dept_name dept_id bed_category name sex birthday id_no phone_no address status# remark"
        ),
    },
    "/ipAppointmentCancel": {},
}


def requests(desk: "Desk") -> dict[str, object]:
    """One request for each that succeeds and finds something."""
    (stay,) = desk.hospital.admissions
    card = next(card for card in desk.hospital.cards if card.number == stay.card_number)
    person = desk.sandbox.town.people[card.person_id]
    of_stay = {"patient_id": card.patient_id, "visit_no": stay.number, "op_flag": 2}
    application = desk.hospital.wards.applications[0]
    applicant = {"param": application.card_number, "machine_no": "M01"}
    bed = booking(desk)
    return {
        "/getInHospitalList": {"id_no": person.identity_number},
        "/getDailyCharge": of_stay | {"query_date": str(stay.admitted_at.date())},
        "/getChargeSummary": of_stay,
        "/getInHospitalApply": applicant | {"param_type": "2"},
        "/inHospitalReg": applicant | {"id": application.id},
        "/getEmrPageCount": {"visit_id": stay.number, "dept_id": stay.department_id, "user_id": "sa", "type": 2},
        "/specialType/newBill": copies(desk),
        "/case/cancel": paid_copies(desk),
        "/getDepartment": {"hospital_id": "501-1"},
        "/getBedNo": {"dept_id": stay.department_id},
        "/ipAppointmentConfirm": bed,
        "/ipAppointmentQuery": {
            "name": bed["name"],
            "id_no": bed["id_no"],
            "appointment_id": desk.ask("/ipAppointmentConfirm", bed)["records"][0]["appointment_id"],
        },
        "/ipAppointmentCancel": {
            "appointment_id": desk.ask("/ipAppointmentConfirm", bed)["records"][0]["appointment_id"],
            "reason": "不再需要",
        },
    }


def reports_of_stay(desk: "Desk") -> dict[str, object]:
    """A request of /getLisPacsList for the stay there."""
    (stay,) = desk.hospital.admissions
    card = next(card for card in desk.hospital.cards if card.number == stay.card_number)
    days = {"start_time": "2000-01-01", "end_time": str(desk.sandbox.town.today)}
    return {"patient_id": card.patient_id, "card_no": card.number, "visit_no": stay.number, "op_flag": 2} | days


def booking(desk: "Desk") -> dict[str, str]:
    """A request of /ipAppointmentConfirm."""
    person = desk.sandbox.town.people["p01"]
    return {
        "dept_id": "501-D01",
        "bed_category": "三人间",
        "name": person.name,
        "sex": {"M": "男", "F": "女"}[person.gender],
        "birthday": str(person.birth_date),
        "id_no": person.identity_number,
        "phone_no": person.phone,
        "address": person.address,
        "remark": "无",
    }


def copies(desk: "Desk") -> dict[str, object]:
    """A request of /specialType/newBill for the stay there."""
    (stay,) = desk.hospital.admissions
    card = next(card for card in desk.hospital.cards if card.number == stay.card_number)
    return {
        "patient_id": card.patient_id,
        "card_no": stay.number,
        "total": 12.5,
        "pay_mode": "wePay",
        "user_dept_id": "hpalm",
        "user_id": "hpalm",
        "data_source": "w1",
        "purpose": "2",
        "remark": "微信公众号",
        "bill_type": 1,
        "quantity": 25,
    }


def paid_copies(desk: "Desk") -> dict[str, object]:
    """A request of /case/cancel for copies that were billed and paid."""
    wanted = copies(desk)
    billed = desk.ask("/specialType/newBill", wanted)["order"]
    shared = {"patient_id": wanted["patient_id"], "total": 12.5, "pay_mode": "wePay"}
    opened = desk.ask(
        "/paymentNew",
        shared
        | {
            "card_no": _card_number(desk),
            "op_flag": 1,
            "user_dept_id": "hpalm",
            "user_id": "hpalm",
            "data_source": "w1",
        }
        | {"purpose": "2", "remark": "微信公众号"},
    )["order"]["order_no"]
    settlement = desk.settlement(
        patient_id=wanted["patient_id"],
        visit_id=billed["visit_id"],
        his_order_no=opened,
        business_no="COPIES-1",
        total=12.5,
        orders=[{"order_id": billed["order_id"]}],
    )
    assert desk.status("/recipeCharge", settlement)[0] == 1
    return shared | {
        "his_order_no": opened,
        "bill_no": "COPIES-1",
        "purpose": "-2",
        "bill_type": 1,
        "user_dept_id": "hpalm",
        "user_id": "hpalm",
        "remark": "微信公众号",
    }


def _card_number(desk: "Desk") -> str:
    (stay,) = desk.hospital.admissions
    return stay.card_number
