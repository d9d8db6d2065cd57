from collections.abc import Iterator
from typing import Any

import pytest
from regional_client import Caller, calling
from regional_shapes import SHAPES as FIRST
from regional_till import SHAPES as OF_TILL

from sandbox.regional.facts import interfaces
from sandbox.regional.registry import REGISTRY

SHAPES = FIRST | OF_TILL
SHORT = sorted(name.removeprefix("hospital.interface.") for name in SHAPES)
LISTS = [
    "laboratoryReport",
    "pacsReport",
    "queryOutpatientCostDetail",
    "queryHospitalizationRecord",
    "electronicMedicalRecord",
    "getPrescriptionRecord",
]
# Optional, told only where it applies or not kept by the town.
OPTIONAL = {"refundNo", "data"}


@pytest.fixture(scope="module")
def served() -> Iterator[Caller]:
    with calling() as caller:
        yield caller


@pytest.fixture
def caller(served: Caller) -> Caller:
    served.reset()
    return served


def rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    assert answer["success"] is True
    data = answer["data"]
    return data["report"] if isinstance(data, dict) else data


def assert_shape(value: object, shape: Any, path: str = "") -> None:
    if isinstance(shape, dict):
        assert isinstance(value, dict), path
        assert set(value) == set(shape) - (OPTIONAL - set(value)), path
        for key, inner in value.items():
            assert_shape(inner, shape[key], f"{path}.{key}")
    elif isinstance(shape, list):
        assert isinstance(value, list), path
        for item in value:
            assert_shape(item, shape[0], f"{path}[]")
    else:
        assert type(value) is shape, f"{path}: {value!r}"


def test_every_registered_interface_is_in_the_contract() -> None:
    assert set(SHAPES) <= set(REGISTRY) <= set(interfaces())


@pytest.mark.parametrize("short", SHORT)
def test_the_answer_has_the_documented_shape(caller: Caller, short: str) -> None:
    answer = caller.call(short)
    assert answer["success"] is True, answer
    assert str(answer["code"]) == "10001"
    assert_shape(answer, SHAPES[f"hospital.interface.{short}"])
    assert answer.get("data", True), "an empty list proves nothing"


@pytest.mark.parametrize("path", ["remainApp", "appointmentInfo", "cancelAppointment"])
def test_chapter_21_answers_under_its_short_path(caller: Caller, path: str) -> None:
    assert caller.post(path, caller.request(path))["success"] is True
    assert caller.sandbox.counters.count(f"hospital.interface.{path}", "253") == 1


def test_an_unknown_name_is_not_found(caller: Caller) -> None:
    assert caller.http.post("hospital.interface.nothing", json={}).status_code == 404


@pytest.mark.parametrize("short", LISTS)
def test_joined_hospitals_are_answered_together(caller: Caller, short: str) -> None:
    joined, every = caller.call(short, hospitalId="253,254"), caller.call(short, hospitalId="")
    assert joined == every
    found = {row["hospitalId"] for row in rows(joined)}
    assert found == ({"253"} if short == "queryHospitalizationRecord" else {"253", "254"})
    assert {row["hospitalId"] for row in rows(caller.call(short, hospitalId="254"))} <= {"254"}
    assert caller.sandbox.counters.count(f"hospital.interface.{short}", "253,254") == 2


def test_without_a_hospital_the_first_is_meant(caller: Caller) -> None:
    body = caller.request("queryBalance")
    del body["hospitalId"]
    assert caller.post("hospital.interface.queryBalance", body)["data"] == {"balance": "500.00"}
    assert caller.sandbox.counters.snapshot() == {"253 hospital.interface.queryBalance": 1}


@pytest.mark.parametrize("short", LISTS)
def test_lists_keep_to_the_span_of_time(caller: Caller, short: str) -> None:
    answer = caller.call(short, startTime="2020-01-01 00:00:00", endTime="2020-01-02 00:00:00")
    assert rows(answer) == []
    assert answer["code"] == "10001"


def test_examinations_keep_to_the_days(caller: Caller) -> None:
    (booked,) = caller.call("appointment.getScheduleInfo")["data"]
    assert (booked["status"], booked["statusDes"]) == ("0", "已预约")
    day = booked["selectedDate"]
    assert len(caller.call("appointment.getScheduleInfo", startDate=day, endDate=day)["data"]) == 1
    assert caller.call("appointment.getScheduleInfo", startDate="2020-01-01", endDate="2020-01-02")["data"] == []


def test_records_and_reports_keep_to_the_patient_type(caller: Caller) -> None:
    every = rows(caller.call("electronicMedicalRecord"))
    assert {row["patType"] for row in every} == {"1", "2"}
    stays = rows(caller.call("electronicMedicalRecord", patType="2"))
    assert [row["patType"] for row in stays] == ["2"]
    visits = rows(caller.call("electronicMedicalRecord", patType="1"))
    assert len(visits) + len(stays) == len(every)
    assert stays[0]["id"] not in {row["id"] for row in visits}
    assert caller.call("electronicMedicalRecordDetail", id=stays[0]["id"])["success"] is True
    inpatient = rows(caller.call("laboratoryReport", patType="2"))
    assert {row["type"] for row in inpatient} == {"0", "1"}
    outpatient = rows(caller.call("laboratoryReport", patType="1"))
    assert len(outpatient) + len(inpatient) == len(rows(caller.call("laboratoryReport")))
    assert not {row["id"] for row in outpatient} & {row["id"] for row in inpatient}


def test_one_interface_lists_both_kinds_of_reports_the_other_images_only(caller: Caller) -> None:
    assert {row["type"] for row in rows(caller.call("laboratoryReport"))} == {"0", "1"}
    assert {row["type"] for row in rows(caller.call("pacsReport"))} == {"1"}


def test_reports_tell_what_must_not_be_shown(caller: Caller) -> None:
    listed = rows(caller.call("laboratoryReport"))
    sensitive = next(row for row in listed if row["isPositive"] == "1")
    assert caller.call("laboratoryReportDetail", id=sensitive["id"])["data"]["isPositive"] == "1"
    unaudited = next(row for row in listed if row["status"] == "submitted")
    assert caller.call("laboratoryReportDetail", id=unaudited["id"])["data"]["reportStatus"] == "1"
    recalled = next(row for row in listed if row["status"] == "rescinded")
    assert caller.call("pacsReportDetail", id=recalled["id"])["data"]["reportStatus"] == "1"
    reviewed = caller.call("laboratoryReportDetail")["data"]
    assert (reviewed["reportStatus"], reviewed["isPositive"]) == ("2", "0")


def test_the_laboratory_detail_also_answers_for_images(caller: Caller) -> None:
    image = caller.request("pacsReportDetail")
    assert caller.call("laboratoryReportDetail", **image) == caller.call("pacsReportDetail")


def test_an_admission_number_alone_brings_its_stay_and_reports(caller: Caller) -> None:
    (stay,) = [a for a in caller.hospital().admissions if a.card_number == caller.card.number]
    only_number = {"admissionNumber": stay.number, "medicalCardNumber": "0", "idCard": ""}
    assert [row["id"] for row in caller.call("queryHospitalizationRecord", **only_number)["data"]] == [stay.id]
    assert {row["type"] for row in rows(caller.call("laboratoryReport", **only_number))} == {"0", "1"}


def test_name_and_identity_number_bring_reports_without_the_card(caller: Caller) -> None:
    assert rows(caller.call("laboratoryReport", medicalCardNumber="0")) == rows(caller.call("laboratoryReport"))


def test_sex_is_a_word_except_where_a_woman_is_nought(caller: Caller) -> None:
    caller.person.gender = "F"
    assert caller.call("queryPatientInfo")["data"]["sex"] == "女"
    assert caller.call("selHisCardListByNameAndIdCard")["data"][0]["gender"] == "0"
    caller.person.gender = "M"
    assert caller.call("queryPatientInfo")["data"]["sex"] == "男"
    assert caller.call("selHisCardListByNameAndIdCard")["data"][0]["gender"] == "1"


def test_the_alias_of_a_field_is_read(caller: Caller) -> None:
    body = caller.request("selHisCardListByNameAndIdCard")
    body["idCard"] = body.pop("idCardNo")
    assert len(caller.post("hospital.interface.selHisCardListByNameAndIdCard", body)["data"]) == 1
    assert caller.call("selHisCardListByNameAndIdCard", name="无此人")["data"] == []


def test_odd_forms_are_kept(caller: Caller) -> None:
    slots = caller.call("remainApp")
    assert slots["code"] == 10001
    assert slots["data"][0]["startTime"] == "08:00"
    assert caller.call("remainApp", docCode="nobody") == {"success": True, "msg": "成功", "code": 10001, "data": []}
    stay = caller.call("queryHospitalizationRecord")["data"][0]
    assert (len(stay["dateOfAdmission"]), len(stay["dateOfDischarge"])) == (10, 19)
    assert len(caller.call("getAppointmentDoctors")["data"][0]["appointmentTime"]) == 16
    assert caller.call("laboratoryReportDetail")["data"]["age"].isdigit()
    assert caller.call("getPrescriptionDetail")["data"]["age"].endswith("岁")
    assert caller.call("getPrescriptionDetail")["data"]["birthday"].endswith(" 00:00:00")


def test_todays_doctors_have_what_their_slots_have_left(caller: Caller) -> None:
    doctors = caller.call("todayRegisterGetDoctors")["data"]
    assert len(doctors) == 2
    for told in doctors:
        mine = [s for s in caller.hospital().sessions if s.doctor_id == told["doctorId"]]
        left = sum(slot.remaining for s in mine if s.day == caller.sandbox.town.today for slot in s.slots)
        assert told["freePatCount"] == str(left)
    assert caller.call("todayRegisterGetDoctors", departmentId="none")["data"] == []
