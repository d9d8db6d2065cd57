"""The documented answers: containers and their fields; `#` integer, `$` number, no mark string, `?` may be missing.

The nameless container holds the fields that stand beside the status.
"""

import palm_nucleic_acid_desk
import palm_paper_desk
import palm_recharge_desk
import palm_registration_desk
import palm_report_desk
import palm_stay_desk

TEXTS = "*"
"""Rows that are no objects but bare texts."""

OTHERS = palm_stay_desk.SHAPES | palm_registration_desk.SHAPES | palm_nucleic_acid_desk.SHAPES | palm_report_desk.SHAPES
OTHERS |= palm_paper_desk.SHAPES
OTHERS |= palm_recharge_desk.SHAPES
SHAPES: dict[str, dict[str, str]] = OTHERS | {
    "/getHospitalList": {
        "data[]": "hospital_id hospital_name",
    },
    "/getPatient": {
        "patient": (
            "id op_flag name sex birthday age# card_no? health_card_id? id_no phone_no visit_no? nation_name? "
            "admission_time? leave_hospital_time? dept_id? dept_name? bed_no? hospital_days#? total$ "
            "patient_type_id si_category? balance$ status# status_name recharge_flag# no_recharge_reason? "
            "create_time"
        ),
    },
    "/getPatientList": {
        "patients[]": (
            "id op_flag# name sex birthday card_no? id_no health_card_id? phone_no visit_no? admission_time? "
            "leave_hospital_time? dept_id? dept_name? bed_no? hospital_days#? total$ patient_type_id balance$ "
            "status# status_name create_time"
        ),
    },
    "/createCard": {
        "card": "id name sex birthday age# card_no id_no phone_no patient_type_id balance$ status# status_name",
    },
    "/getVisitInfoNew": {
        "records[]": "id patient_id patient_name visit_no dept_name doctor_name visit_date total$",
    },
    "/getVisitInfoNewDetail": {
        "record": (
            "id patient_id patient_name patient_sex patient_age# visit_no dept_name doctor_name visit_date total$ "
            "chief_complaint present_illness past_illness physical_examination presumptive_diagnosis icd_name1 "
            "icd_name2? icd_name3?"
        ),
    },
    "/getRegisterList": {
        "records[]": "visit_id dept_id dept_name doctor_id doctor_name visit_time",
    },
    "/getRecipe": {
        "fees[]": (
            "id order_id order_title item_category item_id item_name price$ quantity$ unit total$ "
            "bill_doctor_name bill_date bill_time charge_date charge_time order_summary$ summary$"
        ),
    },
    "/getChargeDetail": {
        "fees[]": (
            "id item_category item_id item_name price$ quantity$ unit total$ bill_doctor_name bill_date bill_time "
            "charge_date charge_time"
        ),
    },
    "/cpayCheck": {},
    "/paymentNew": {
        "order": "order_no",
    },
    "/recipeCharge": {
        "info": "patient_id op_flag# patient_name",
    },
    "/getLisPacsList": {
        "records[]": (
            "id report_name report_no category dept_id dept_name status# report_date patient_name patient_sex "
            "patient_age# sample send_user_name send_time_full audit_time_full exam_user_name audit_user_name "
            "origin_url?"
        ),
    },
    "/getLisReport": {
        "recordInfo": (
            "patient_name report_name patient_age sample report_no send_user_name send_time_full audit_time_full "
            "exam_user_name audit_user_name origin_url id_no"
        ),
        "records[]": "id item_name item_short_name item_value item_unit item_tip item_range item_category#",
    },
    "/getPacsReport": {
        "records[]": (
            "id patient_name patient_age# scan_method scan_time_full dept_name status send_user_name report_image "
            "scan_view diagnosis write_user_name write_time_full"
        ),
    },
    "/getElectronicPrescriptionBasicInfo": {
        "records[]": "id patient_id patient_name dept_name bill_time total$",
    },
    "/getElectronicPrescriptionDetail": {
        "record": (
            "id patient_id item_name quantity# unit item_category bill_date total$ price$ doctor_name dept_name "
            "charge_date charge_time"
        ),
    },
    "/get_dept": {
        "DATA[]": (
            "ORDER_NO#? HOSPITAL_ID ID NAME SHORT_NAME? SPELL_CODE? STROKE_CODE? ADDRESS? PHONE_NO? REMARK "
            "REGISTER_DEPT_CATEGORY_ID REGISTER_DEPT_CATEGORY_NAME"
        ),
    },
    "/get_doctor": {
        "DATA[]": (
            "HOSPITAL_ID? HOSPITAL_NAME? HOSPITAL_SPELL_CODE? HOSPITAL_STROKE_CODE? DEPT_ID? DEPT_NAME? "
            "DEPT_SPELL_CODE? DEPT_STROKE_CODE? DOCTOR_ID DOCTOR_NAME SPELL_CODE? STROKE_CODE? DOCTOR_SEX? "
            "DOCTOR_CONTACT_NO? DOCTOR_PHOTO? DOCTOR_POST? DOCTOR_MEDICAL_TITLE_ID? DOCTOR_MEDICAL_TITLE_NAME? "
            "DOCTOR_TEACH_TITLE_ID? DOCTOR_TEACH_TITLE_NAME? DOCTOR_SKILL? DOCTOR_REMARK?"
        ),
    },
    "/get_schedule": {
        "DATA[]": (
            "SCHEDULE_ID CLINIC_ID CLINIC_NAME DEPT_ID DEPT_NAME REGISTER_TYPE_ID REGISTER_TYPE_NAME "
            "PATIENT_TYPE_ID PATIENT_TYPE_NAME TOTAL$ DT WEEK_DAY DURATION_ID DURATION_NAME APPT_MAX# APPT_COUNT# "
            "REMAIN_COUNT# DOCTOR_ID DOCTOR_NAME SPELL_CODE? STROKE_CODE? DOCTOR_SEX? DOCTOR_CONTACT_NO? "
            "DOCTOR_PHOTO? DOCTOR_POST? DOCTOR_MEDICAL_TITLE_ID? DOCTOR_MEDICAL_TITLE_NAME? "
            "DOCTOR_TEACH_TITLE_ID? DOCTOR_TEACH_TITLE_NAME? DOCTOR_SKILL? DOCTOR_REMARK?"
        ),
    },
    "/get_time": {
        "DATA[]": (
            "CLINIC_ID CLINIC_NAME DEPT_ID TIME_ID TIME_NAME REGISTER_TYPE_NAME# PATIENT_TYPE_ID# PATIENT_TYPE_NAME#"
        ),
    },
    "/new": {
        "": "APPT_ID HIS_ORDER_NO NEED_PREPAY PREPAY_MINUTES PREPAY_TIME_LIMIT",
    },
    "/query": {
        "DATA[]": (
            "APPT_ID ACCOUNT_ID? PATIENT_ID? CARD_NO? NAME? PHONE_NO? ID_NO? HIS_ORDER_NO BUSINESS_NO? "
            "BUSINESS_INFO? SCHEDULE_ID CLINIC_ID CLINIC_NAME REGISTER_TYPE_ID REGISTER_TYPE_NAME HOSPITAL_ID "
            "HOSPITAL_NAME DEPT_ID DEPT_NAME DOCTOR_ID? DOCTOR_NAME? TOTAL$ DT DURATION_ID DURATION_NAME TIME_ID? "
            "TIME_NAME? PREPAY_TIME_LIMIT? BALANCE_PAY# CREATE_DEPT_ID? CREATE_DEPT_NAME? CREATE_USER_ID? "
            "CREATE_USER_NAME? CREATE_TIME? DATA_SOURCE VISIT_ID? STATUS# STATUS_TEXT ALLOW_PREPAY# ALLOW_CANCEL# "
            "PLATFORM_CANCEL_PAY#? CERTIFICATE_CODE? QUEUE_NO?"
        ),
    },
    "/cancel": {},
}


def misfits(path: str, answer: dict[str, object]) -> list[str]:
    """What of an answer is not as documented."""
    found: list[str] = []
    known = {"head", "code", "msg", "ResultCode", "ResultMsg"}
    for container, fields in SHAPES[path].items():
        name = container.removesuffix("[]")
        if not name:
            known |= {field.rstrip("#$@?") for field in fields.split()}
            found += _row_misfits(fields, {key: value for key, value in answer.items() if key in known}, extra=known)
            continue
        known.add(name.split(".")[0])
        value = _at(answer, name)
        rows = value if container.endswith("[]") else [value]
        if not isinstance(rows, list) or not rows:
            found.append(f"{name} is not there")
            continue
        for row in rows:
            if fields == TEXTS:
                found += [] if isinstance(row, str) else ["not a text"]
            else:
                found += _row_misfits(fields, row)
    return found + sorted(set(answer) - known)


def _at(answer: dict[str, object], name: str) -> object:
    """What stands at a dotted path, where a number is a place in a list."""
    found: object = answer
    for part in name.split("."):
        if isinstance(found, list) and part.isdigit():
            found = found[int(part)]
        else:
            found = found.get(part) if isinstance(found, dict) else None
    return found


def _row_misfits(fields: str, row: object, extra: set[str] | None = None) -> list[str]:
    if not isinstance(row, dict):
        return ["not an object"]
    found = []
    names = set(extra or ())
    for field in fields.split():
        name = field.rstrip("#$@?")
        names.add(name)
        if name not in row:
            found += [] if field.endswith("?") else [f"{name} is missing"]
        elif not _fits(field.rstrip("?"), row[name]):
            found.append(f"{name} is {row[name]!r}")
    return found + sorted(set(row) - names)


def _fits(field: str, value: object) -> bool:
    if isinstance(value, bool):
        return False
    if field.endswith("@"):
        return isinstance(value, dict | list)
    if field.endswith("#"):
        return isinstance(value, int)
    return isinstance(value, int | float) if field.endswith("$") else isinstance(value, str)
