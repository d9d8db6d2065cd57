"""Registrations and the directory of the palm hospital: the documented answers, and requests that find something."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from palm_desk import Desk

SHAPES: dict[str, dict[str, str]] = {
    "/getDepts": {
        "depts[]": "id name address hospital_id hospital_name dept_category_id dept_category_name",
    },
    "/getSchedules": {
        "schedules[]": (
            "id name code order_no# limit# dept_id dept_name register_type_id register_type_name register_add_flag# "
            "doctor_id doctor_code doctor_name doctor_expert price$ register_count#"
        ),
    },
    "/registerGetPrice": {
        "data": "total",
    },
    "/registerPre": {},
    "/register": {
        "info": (
            "id patient_id patient_name dept_id dept_name dept_address register_type_id register_type_name doctor_id "
            "doctor_name visit_date visit_weekday visit_time queue_no#"
        ),
    },
    "/getVisitInfo": {
        "records[]": (
            "id patient_id patient_name order_no limit dept_id dept_name visit_date visit_time accept# accept_name "
            "queue_no# refund_type#"
        ),
    },
    "/getVisitInfoDetail": {
        "record": (
            "id patient_id unique_id? patient_name patient_sex patient_age# visit_no doctor_id doctor_name visit_date "
            "visit_time accept# accept_name dept_id dept_name register_type_id register_type_name queue_no# fee$"
        ),
    },
    "/get_patient": {
        "DATA[]": (
            "PATIENT_ID CARD_NO NAME SEX BIRTHDAY ID_NO? PHONE_NO? PATIENT_TYPE_ID? PATIENT_TYPE_NAME? BALANCE$ "
            "BALANCE_MIN$ AVAILABLE_BALANCE$ CREATE_TIME?"
        ),
    },
    "/get_dt": {
        "DATA[]": "DT WEEK_DAY",
    },
    "/cpay_new_payment": {
        "": "HIS_ORDER_NO",
    },
    "/prepay": {
        "": "CERTIFICATE_CODE",
    },
    "/cpay_update_payment_status": {},
    "/getHospital": {
        "records[]": "hospital_id hospital_name",
    },
    "/getDeptsByHospitalId": {
        "data[]": "id name address hospital_id hospital_name",
    },
    "/getAllDoctorList": {
        "doctorList[]": (
            "name sex medical_title_name teach_title_name expert dept_id dept_name doctor_id hospital_id hospital_name"
        ),
    },
    "/getDoctorAndNurse": {
        "data[]": (
            "dept_user_id dept_user_name dept_user_photo dept_user_post education_background flag# skilled_field "
            "hospital_name dept_name wxwork_id"
        ),
    },
    "/fulltime/getDeptList": {
        "data[]": "id name",
    },
    "/fulltime/getDeptDoctorList": {
        "data[]": "id name dept_id dept_name",
    },
    # Bare texts, as the description shows them.
    "/fulltime/getApptTimeRangeList": {
        "data[]": "*",
    },
}


def requests(desk: "Desk") -> dict[str, object]:
    """One request for every interface that succeeds and finds something."""
    card = desk.card()
    patient = {"patient_id": card.patient_id}
    today = [row for row in desk.hospital.sessions if row.day == desk.sandbox.town.today]
    session = next(row for row in today if any(slot.remaining for slot in row.slots))
    place = {"dept_id": session.department_id, "doctor_id": session.doctor_id, "scheduling_id": session.id}
    seen = next(
        row.id for row in desk.hospital.appointments if row.card_number == card.number and row.state == "attended"
    )
    campus = {"hospital_id": desk.hospital.campuses[0][0]}
    user = {"USER_ID": "hpalm", "USER_DEPT_ID": "hpalm", "DATA_SOURCE": "w1"}
    booked = desk.ask("/new", desk.booking(skip=2))["APPT_ID"]
    order = {"HIS_ORDER_NO": desk.ask("/cpay_new_payment", opening(desk, booked))["HIS_ORDER_NO"]}
    payment = {"PAY_WAY_ID": "wepay", "BUSINESS_NO": "W102", "BUSINESS_INFO": "{}"}
    to_open = desk.ask("/new", desk.booking(skip=4))["APPT_ID"]
    return {
        "/getDepts": {},
        "/getSchedules": {"dept_id": session.department_id},
        "/registerGetPrice": patient | {"clinic_id": session.id, "data_resource": "w1"},
        "/registerPre": patient | place | {"pay_amount": float(session.fee)},
        "/register": patient | place | {"business_no": "W101", "business_info": '{"status":9}'},
        "/getVisitInfo": patient,
        "/getVisitInfoDetail": patient | {"visit_id": seen},
        "/get_patient": {"QUERY_TYPE": "PATIENT_ID", "FIELD1": card.patient_id},
        "/get_dt": {"DEPT_ID": session.department_id},
        "/cpay_new_payment": opening(desk, to_open),
        "/prepay": user | order | payment | {"APPT_ID": booked, "BALANCE_PAY": 0},
        "/cpay_update_payment_status": order | payment | {"DATA_SOURCE": "w1", "STATUS": 5},
        "/getHospital": {},
        "/getDeptsByHospitalId": campus,
        "/getAllDoctorList": None,
        "/getDoctorAndNurse": campus | {"dept_id": desk.hospital.departments[0].id},
        "/fulltime/getDeptList": campus,
        "/fulltime/getDeptDoctorList": campus,
        "/fulltime/getApptTimeRangeList": {},
    }


def opening(desk: "Desk", appointment_id: str) -> dict[str, object]:
    """A new order for the fee of a booked appointment."""
    booked = next(row for row in desk.hospital.appointments if row.id == appointment_id)
    fee = next(session.fee for session in desk.hospital.sessions if session.id == booked.session_id)
    return {
        "APPT_ID": appointment_id,
        "TOTAL": float(fee),
        "OP_FLAG": 1,
        "PURPOSE": 3,
        "DATA_SOURCE": "w1",
        "PATIENT_ID": desk.card().patient_id,
        "PAY_WAY_ID": "wepay",
        "USER_ID": "hpalm",
        "USER_DEPT_ID": "hpalm",
    }
