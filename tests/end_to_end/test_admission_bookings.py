"""Beds that people book themselves, and admissions by certificate."""

from typing import Any

import pytest

from sandbox.faults import Fault
from sandbox.town.beds import BedBooking
from tests.end_to_end.world import World

PLACES = """query($campus: String!) { hospital(id: "501") { admissionDepartments(campusId: $campus) {
  id name bedCategories { name } } } }"""
BOOK = """mutation($input: BookAdmissionInput!) { bookAdmission(input: $input) {
  booking { id status bedCategory remark hospital { code } } userErrors { code field message } } }"""
CANCEL = """mutation($input: CancelAdmissionBookingInput!) { cancelAdmissionBooking(input: $input) {
  cancellation { status } userErrors { code field message } } }"""
CARD = "{ viewer { patients { cards { id number hospital { code } } } } }"
BOOKING = """query($n: String!, $id: ID!) { patient(by: {card: {hospitalId: "501", number: $n}}) { cards {
  hospital { code } admissionBooking(id: $id) { id status departmentName bedCategory name gender birthDate
  identityNumber phone address remark } } } }"""
CERTIFICATE = """query($n: String!) { patient(by: {card: {hospitalId: "501", number: $n}}) { cards { hospital { code }
  admissionCertificate { found rawFields { path value } } } } }"""
CHECK_IN = """mutation($input: CheckInAdmissionInput!) { checkInAdmission(input: $input) {
  checkIn { applicationNumber rawFields { path value } } userErrors { code field message } } }"""
CHECK_IN_PLAIN = CHECK_IN.replace("rawFields { path value }", "hospital { code }")
CONFIRM, WITHDRAW = "501 /ipAppointmentConfirm", "501 /ipAppointmentCancel"


def card(town: World, hospital: str = "501") -> Any:
    cards = town.ask(CARD).data["viewer"]["patients"][0]["cards"]
    return next(each for each in cards if each["hospital"]["code"] == hospital)


def places(town: World, campus: str = "501-1") -> Any:
    return town.ask(PLACES, {"campus": campus}, None).data["hospital"]["admissionDepartments"]


def booked(town: World, token: str | None = "", **changes: Any) -> Any:
    given = {
        "businessKey": "booking-0001",
        "cardId": card(town)["id"],
        "departmentId": places(town)[0]["id"],
        "bedCategory": "双人间",
        "address": "样例市样例路1号",
    }
    return town.ask(BOOK, {"input": given | changes}, token)


def booking(town: World, id_: str, token: str | None = "") -> Any:
    found = town.ask(BOOKING, {"n": card(town)["number"], "id": id_}, token).body["data"]["patient"]["cards"]
    return next(each["admissionBooking"] for each in found if each["hospital"]["code"] == "501")


def cancelled(town: World, id_: str, token: str | None = "", **changes: Any) -> Any:
    given = {"businessKey": "cancelling-0001", "bookingId": id_, "reason": "不再需要"}
    return town.ask(CANCEL, {"input": given | changes}, token)


def certificate(town: World, token: str | None = "") -> Any:
    answer = town.ask(CERTIFICATE, {"n": card(town)["number"]}, token)
    found = answer.body["data"]["patient"]["cards"]
    return answer, next(each["admissionCertificate"] for each in found if each["hospital"]["code"] == "501")


def checked_in(town: World, token: str | None = "", query: str = CHECK_IN_PLAIN, **changes: Any) -> Any:
    given = {"businessKey": "check-in-0001", "cardId": card(town)["id"], "applicationNumber": "501-AP0001"}
    return town.ask(query, {"input": given | changes}, token)


def kept(town: World) -> list[BedBooking]:
    return town.sandbox.town.hospitals["501"].beds.bookings


def told(answer: Any, field: str) -> list[tuple[str, str | None]]:
    return [(error["code"], error["field"]) for error in answer.data[field]["userErrors"]]


def book_and_cancel_a_bed_and_check_in(town: World) -> None:
    """Reach all interfaces of this file."""
    made = booked(town).data["bookAdmission"]["booking"]
    assert booking(town, made["id"])["status"] == "PENDING"
    assert cancelled(town, made["id"]).data["cancelAdmissionBooking"]["cancellation"] == {"status": "CANCELLED"}
    assert certificate(town)[1]["found"] is True
    assert checked_in(town).data["checkInAdmission"]["checkIn"]


def test_departments_of_a_campus_have_kinds_of_beds_for_anybody(shared: World) -> None:
    departments = places(shared)

    assert [each["name"] for each in departments] == [
        each.name for each in shared.sandbox.town.hospitals["501"].departments
    ]
    assert [each["name"] for each in departments[0]["bedCategories"]] == ["三人间", "双人间", "单人间"]
    assert places(shared, "nowhere") == []


def test_a_booked_bed_is_read_by_its_id_until_it_is_cancelled(fresh: World) -> None:
    made = booked(fresh, remark="下周").data["bookAdmission"]["booking"]
    person = fresh.sandbox.town.people["p01"]

    assert made == {
        "id": made["id"],
        "status": "UNKNOWN",
        "bedCategory": "双人间",
        "remark": "下周",
        "hospital": {"code": "501"},
    }
    found = booking(fresh, made["id"])
    assert found == {
        "id": made["id"],
        "status": "PENDING",
        "departmentName": fresh.sandbox.town.hospitals["501"].departments[0].name,
        "bedCategory": "双人间",
        "name": person.name,
        "gender": "MALE" if person.gender == "M" else "FEMALE",
        "birthDate": person.birth_date.isoformat(),
        "identityNumber": person.identity_number,
        "phone": person.phone,
        "address": "样例市样例路1号",
        "remark": "下周",
    }
    assert cancelled(fresh, made["id"]).data["cancelAdmissionBooking"]["cancellation"] == {"status": "CANCELLED"}
    assert booking(fresh, made["id"])["status"] == "CANCELLED"
    assert [each.reason for each in kept(fresh)] == ["不再需要"]


def test_the_same_booking_again_is_made_once(fresh: World) -> None:
    first = booked(fresh).data

    assert booked(fresh).data == first
    assert len(kept(fresh)) == 1
    assert told(booked(fresh, bedCategory="单人间"), "bookAdmission") == [("IDEMPOTENCY_CONFLICT", "businessKey")]


def test_another_phone_than_the_cards_can_be_named(fresh: World) -> None:
    booked(fresh, phone="10099999999")

    assert [each.phone for each in kept(fresh)] == ["10099999999"]


def test_staff_see_the_person_of_a_booking_masked(fresh: World) -> None:
    made = booked(fresh).data["bookAdmission"]["booking"]

    found = booking(fresh, made["id"], fresh.staff())

    assert all("*" in found[name] for name in ("identityNumber", "phone", "address"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"businessKey": "short"}, "businessKey"),
        ({"bedCategory": " "}, "bedCategory"),
        ({"address": ""}, "address"),
        ({"phone": "12"}, "phone"),
        ({"remark": "长" * 201}, "remark"),
    ],
)
def test_a_booking_that_is_not_right_reaches_no_hospital(fresh: World, changes: dict[str, str], field: str) -> None:
    assert told(booked(fresh, **changes), "bookAdmission") == [("BAD_INPUT", field)]
    assert CONFIRM not in fresh.sandbox.counters.snapshot()


def test_a_card_of_another_hospital_books_no_bed_there(fresh: World) -> None:
    there = card(fresh, "253")["id"]

    assert told(booked(fresh, cardId=there), "bookAdmission") == [("BAD_INPUT", "cardId")]


def test_what_the_hospital_refuses_and_what_it_does_not_answer_are_told_apart(fresh: World) -> None:
    assert told(booked(fresh, bedCategory="总统套房"), "bookAdmission") == [("REFUSED_BY_HOSPITAL", None)]
    fresh.sandbox.faults.inject("501", "/ipAppointmentConfirm", Fault(kind="malformed", times=1))
    assert booked(fresh, businessKey="booking-0002").codes == ["STATE_UNKNOWN"]


def test_a_cancelled_booking_is_not_cancelled_again_and_needs_a_reason(fresh: World) -> None:
    made = booked(fresh).data["bookAdmission"]["booking"]

    assert told(cancelled(fresh, made["id"], reason=" "), "cancelAdmissionBooking") == [("BAD_INPUT", "reason")]
    assert WITHDRAW not in fresh.sandbox.counters.snapshot()
    first = cancelled(fresh, made["id"]).data
    assert cancelled(fresh, made["id"]).data == first
    again = cancelled(fresh, made["id"], businessKey="cancelling-0002")
    assert told(again, "cancelAdmissionBooking") == [("REFUSED_BY_HOSPITAL", None)]


def test_a_booking_is_its_cards_alone(fresh: World) -> None:
    made, other = booked(fresh).data["bookAdmission"]["booking"], fresh.token("account-2")

    assert cancelled(fresh, made["id"], other).codes == ["FORBIDDEN"]
    assert cancelled(fresh, made["id"], None).codes == ["UNAUTHENTICATED"]
    child = fresh.ask(CARD).data["viewer"]["patients"][1]["cards"]
    number = next(each["number"] for each in child if each["hospital"]["code"] == "501")
    answer = fresh.ask(BOOKING, {"n": number, "id": made["id"]}, fresh.staff())
    assert set(answer.codes) == {"BAD_INPUT"}


def test_a_patient_learns_of_a_certificate_but_not_what_nobody_described(shared: World) -> None:
    answer, found = certificate(shared)

    assert found == {"found": True, "rawFields": None}
    assert set(answer.codes) - {"UNSUPPORTED_BY_HOSPITAL"} == {"FORBIDDEN"}


def test_staff_see_its_fields_whole_only_if_they_see_persons_whole(shared: World) -> None:
    _, masked = certificate(shared, shared.staff())

    assert [field["path"] for field in masked["rawFields"]] == [
        f"records[0].{name}" for name in ("id", "patient_name", "dept_name", "status")
    ]
    assert {field["value"] for field in masked["rawFields"]} == {"***"}


def test_a_certificate_admits_once(fresh: World) -> None:
    first = checked_in(fresh).data["checkInAdmission"]

    assert first == {"checkIn": {"applicationNumber": "501-AP0001", "hospital": {"code": "501"}}, "userErrors": []}
    assert checked_in(fresh).data["checkInAdmission"] == first
    assert fresh.sandbox.counters.snapshot()["501 /inHospitalReg"] == 1
    (row,) = fresh.sandbox.town.hospitals["501"].wards.applications
    assert row.state == "admitted"


def test_a_certificate_of_nobody_admits_nobody(fresh: World) -> None:
    refused = checked_in(fresh, applicationNumber="501-AP9999")

    assert told(refused, "checkInAdmission") == [("REFUSED_BY_HOSPITAL", None)]
    assert told(checked_in(fresh, applicationNumber=" "), "checkInAdmission") == [("BAD_INPUT", "applicationNumber")]
    assert checked_in(fresh, fresh.token("account-2")).codes == ["FORBIDDEN"]


def test_hospitals_without_these_services_are_not_asked(fresh: World) -> None:
    there = card(fresh, "253")["id"]
    before = fresh.sandbox.counters.total()

    told_so = told(checked_in(fresh, cardId=there), "checkInAdmission")

    assert told_so == [("UNSUPPORTED_BY_HOSPITAL", None)]
    answer = fresh.ask('{ hospital(id: "253") { capabilities admissionDepartments(campusId: "1") { id } } }')
    assert answer.codes == ["UNSUPPORTED_BY_HOSPITAL"]
    assert not {"ADMISSION_BOOKING", "ADMISSION_CERTIFICATES", "CASE_PAGES", "CASE_COPY_CANCELLATION"} & set(
        answer.body["data"]["hospital"]["capabilities"]
    )
    assert fresh.sandbox.counters.total() - before <= 1
