"""Nucleic-acid tests at the palm hospital: the documented answers, and requests that find something."""

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from palm_desk import Desk

_SLOT = "time_slot_id time_slot_name"
_RESULT = "item_name item_short_name item_value item_range"

SHAPES: dict[str, dict[str, str]] = {
    "/hospital/area/list": {"data[]": "hospital_id hospital_name"},
    "/date/list": {"data[]": "appt_date weekday"},
    "/type/list": {
        "data[]": "remain_count# total_fee$ time_slot@?",
        "data.0.time_slot[]": f"{_SLOT} remain_count#",
    },
    "/appointment/language/get": {"data[]": "id name"},
    "/appointment/info/get2": {
        "data": "patient@ appt@",
        # The age is typed a number, and written with its unit.
        "data.patient": "id name id_no phone_no sex age birthday",
        "data.appt[]": f"appt_id appt_no appt_date {_SLOT} total status status_desc report_time",
    },
    "/appointment/info/get": {
        "data": f"appt_id appt_date {_SLOT} status# status_desc business_no receipt_id his_order_no appt_no patient@",
        "data.patient": "id visit_id name sex? age#? birthday? id_no phone_no",
    },
    "/appointment/result/get": {"data[]": f"{_RESULT} item_unit? item_tip?"},
    "/appointment/pre": {"data": "appt_id"},
    "/cpay/newPayment": {"data": "appt_id his_order_no"},
    "/payment/get": {"data": "patient_id visit_id appt_id his_order_no pay_way total status"},
    "/appointment/confirm": {},
    "/appointment/cancel": {},
    "/appointmentNAT/getNATResultList": {
        "data[]": (
            f"{_RESULT} patient_name patient_age id_no phone_no sample report_no sample_datetime check_datetime "
            "sample_user_name check_user_name doctor_code origin_url"
        ),
    },
}


def requests(desk: "Desk") -> dict[str, object]:
    """One request for each that succeeds and finds something; what is confirmed and cancelled was booked for it."""
    person = desk.sandbox.town.people["p01"]
    booked = desk.hospital.nucleic_acid.booked
    done = next(row.id for row in booked if row.identity_number == person.identity_number)
    to_confirm, to_cancel = (desk.ask("/appointment/pre", booking(desk, slot))["data"]["appt_id"] for slot in (1, 2))
    order = opened(desk, to_confirm)
    return {
        "/hospital/area/list": {},
        "/date/list": {"hospital_id": "501-1"},
        "/type/list": {"hospital_id": "501-1", "appt_date": tomorrow(desk)},
        "/appointment/language/get": {},
        "/appointment/info/get2": {"user_id_no": person.identity_number, "user_phone_no": person.phone},
        "/appointment/info/get": {"appt_id": done},
        "/appointment/result/get": {"appt_id": done},
        "/appointment/pre": booking(desk),
        "/cpay/newPayment": opening(desk, to_cancel),
        "/payment/get": {"his_order_no": order},
        "/appointment/confirm": confirmation(to_confirm, order),
        "/appointment/cancel": {"appt_id": to_cancel, "receipt_id": "", "his_order_no": "", "data_source": "w1"},
        "/appointmentNAT/getNATResultList": {"id_no": person.identity_number},
    }


def tomorrow(desk: "Desk") -> str:
    """The first day that takes bookings."""
    return (desk.sandbox.town.today + dt.timedelta(days=1)).isoformat()


def booking(desk: "Desk", slot: int = 0, person_id: str = "p01") -> dict[str, object]:
    """A slot of tomorrow for a person."""
    person = desk.sandbox.town.people[person_id]
    return {
        "user_name": person.name,
        "user_id_no": person.identity_number,
        "user_phone_no": person.phone,
        "hospital_id": "501-1",
        "appt_date": tomorrow(desk),
        "time_slot": ("08:00-09:00", "09:00-10:00", "14:00-15:00")[slot],
        "pay_way": "wepay",
        "pay_status": 0,
        "create_time": f"{desk.sandbox.town.today} 08:00:00",
        "data_source": "w1",
    }


def opening(desk: "Desk", booked: str) -> dict[str, object]:
    """A new order for a booked test."""
    patient = desk.ask("/appointment/info/get", {"appt_id": booked})["data"]["patient"]
    return {
        "patient_id": patient["id"],
        "visit_id": patient["visit_id"],
        "appt_id": booked,
        "op_flag": 1,
        "pay_way": "wepay",
        "data_source": "w1",
        "total": 16.0,
    }


def opened(desk: "Desk", booked: str) -> str:
    """The number of a new order."""
    made: str = desk.ask("/cpay/newPayment", opening(desk, booked))["data"]["his_order_no"]
    return made


def confirmation(booked: str, order: str) -> dict[str, object]:
    """The payment of a booked test under an order."""
    return {
        "appt_id": booked,
        "business_no": "B0001",
        "his_order_no": order,
        "pay_way": "wepay",
        "pay_total": 16.0,
        "pay_time": "2021-01-21 11:01:00",
        "data_source": "w1",
    }
