"""Registration for today, fees, triage and queues of the regional HIS are answered as documented."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from documented import example, unlike
from regional_client import TODAY, Caller, calling

from sandbox.regional import arrivals, same_day
from sandbox.regional.facts import interfaces
from sandbox.town import deeds
from sandbox.town.model import Session

NAMES = {interfaces()[each.name]["id"]: each.name for domain in (same_day, arrivals) for each in domain.INTERFACES}
NUMBERS = sorted(NAMES)
REQUIRED = [
    (number, field["name"])
    for number in NUMBERS
    for field in interfaces()[NAMES[number]]["request"]
    if field["required"] is True
]


@pytest.fixture
def caller() -> Iterator[Caller]:
    with calling() as made:
        yield made


def today(caller: Caller) -> Session:
    """A morning of today, with a free first slot."""
    found = next(s for s in caller.hospital().sessions if (s.day, s.part) == (TODAY, "AM"))
    found.slots[0].booked = 0
    return found


def named(caller: Caller) -> dict[str, Any]:
    return {
        "hospitalId": "253",
        "medicalCardNumber": caller.card.number,
        "idCard": caller.person.identity_number,
    }


def registration(caller: Caller, key: str = "register-1") -> dict[str, Any]:
    session = today(caller)
    slot = session.slots[0]
    return named(caller) | {
        "todayRegisterId": key,
        "patientName": caller.person.name,
        "departmentId": session.department_id,
        "departmentName": "样例科",
        "doctorId": session.doctor_id,
        "registrationFee": f"{session.fee:.2f}",
        "registrationDate": TODAY.isoformat(),
        "payId": f"DRGH-{key}",
        "payState": "1",
        "payType": "WeChatPay",
        "regClassName": session.clinic,
        "regClassId": "1",
        "scheduleType": "2",
        "sequence": slot.id,
        "registerTime": f"{slot.starts_at:%H:%M}",
        "amPm": "A",
    }


def booked_today(caller: Caller, key: str) -> dict[str, Any]:
    """What names a booking of today: department and doctor."""
    session = today(caller)
    deeds.book(caller.sandbox.town, caller.hospital(), caller.card, session.slots[0].id, key=key)
    return {"deptId": session.department_id, "doctorId": session.doctor_id}


def request(caller: Caller, number: str) -> dict[str, Any]:
    """A good request, after what must have been before it."""
    session, one = today(caller), named(caller)
    place = {"departmentId": session.department_id, "doctorId": session.doctor_id}
    who = {"deptCode": session.department_id, "docCode": session.doctor_id, "patientName": caller.person.name}
    room = {"roomId": "253-R03", "doctorId": "253-DR03"}
    if number in {"20.1.8", "20.1.9"}:
        made = caller.post(NAMES["20.1.7"], registration(caller))["data"]["hisRegistrationId"]
        named_by = {"todayRegisterId": "register-1"}
        return one | place | named_by | ({"hisRegistrationId": made} if number == "20.1.8" else {})
    if number == "21.2.4":
        booked_today(caller, "booking-1")
        paid = {"payId": "YYGH-1", "payState": "1", "payType": "WeChatPay", "stateTime": "2026-03-18 10:30:21"}
        when = {"scheduleDate": f"{TODAY:%Y%m%d}", "startTime": "08:00", "amPm": "AM", "surcharge": "5.00"}
        return one | who | paid | when | {"recordId": "booking-1", "arAmt": f"{session.fee:.2f}"}
    if number in {"42.1.2", "42.1.3"}:
        seat = one | booked_today(caller, "booking-1")
        if number == "42.1.3":
            assert caller.post(NAMES["42.1.2"], seat)["success"] is True
        return seat
    if number == "15.1.3":
        assert caller.post(NAMES["15.1.2"], one | room)["success"] is True
    return {
        "20.1.3": one | place | {"regClassId": "1"},
        "20.1.4": one,
        "20.1.5": one | place,
        "20.1.6": one | place | {"opType": "1"},
        "20.1.7": registration(caller),
        "21.2.5": one | who | {"scheduleDate": f"{TODAY:%Y%m%d}", "amPm": "AM"},
        "15.1.1": one | {"callerCode": "bailing"},
        "15.1.2": one | room,
        "15.1.3": one | room,
        "26.1.1": one,
        "43.1.1": one,
    }[number]


@pytest.mark.parametrize("number", NUMBERS)
def test_the_answer_is_like_the_documented_one(caller: Caller, number: str) -> None:
    answer = caller.post(NAMES[number], request(caller, number))

    assert answer["success"] in {True, "true"}, answer
    # The document shows a refusal, which has no code, and no success.
    assert number == "20.1.5" or unlike(answer, example(number)) == []
    assert answer.get("data", True) != [], "an empty list proves nothing"


@pytest.mark.parametrize(("number", "field"), REQUIRED)
def test_what_is_required_is_required_here(caller: Caller, number: str, field: str) -> None:
    body = request(caller, number)
    del body[field]

    assert caller.post(NAMES[number], body)["code"] == "20001"


@pytest.mark.parametrize("number", NUMBERS)
def test_whom_and_what_the_hospital_does_not_know_is_refused(caller: Caller, number: str) -> None:
    body = request(caller, number)

    assert caller.post(NAMES[number], body | {"hospitalId": "999"})["code"] == "60001"
    if "medicalCardNumber" in {field["name"] for field in interfaces()[NAMES[number]]["request"]}:
        assert caller.post(NAMES[number], body | {"medicalCardNumber": "0", "idCard": ""})["code"] == "60506"


def test_a_child_is_refused_with_an_empty_code(caller: Caller) -> None:
    surgery = next(place for place in caller.hospital().departments if place.name == "普通外科")
    child = next(card for card in caller.hospital().cards if card.person_id == "p02")
    body = {"hospitalId": "253", "departmentId": surgery.id, "medicalCardNumber": child.number}

    assert unlike(caller.post(NAMES["20.1.5"], body), example("20.1.5")) == []
    assert caller.post(NAMES["20.1.5"], body | {"medicalCardNumber": caller.card.number})["success"] is True


def test_a_registration_takes_its_slot_once_and_is_paid_from_the_card(caller: Caller) -> None:
    body = registration(caller)
    slot, before = today(caller).slots[0], caller.card.balance
    fee = Decimal(body["registrationFee"])
    parts = {"registrationFee": f"{fee - 1:.2f}", "balancePayment": "1.00"}

    first = caller.post(NAMES["20.1.7"], body | parts)
    assert caller.post(NAMES["20.1.7"], body | parts) == first
    assert (slot.booked, caller.card.balance) == (1, before - 1)
    assert caller.post(NAMES["20.1.7"], body)["code"] == "20003"
    assert caller.post(NAMES["20.1.4"], named(caller))["data"] == 1
    given_back = {"hospitalId": "253", "todayRegisterId": "register-1", **first["data"]}
    cancelled = caller.post(NAMES["20.1.8"], given_back)
    assert caller.post(NAMES["20.1.8"], given_back) == cancelled
    assert (slot.booked, caller.card.balance) == (0, before)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"registrationFee": "0.01"}, "60202"),
        ({"payState": "0"}, "20003"),
        ({"payType": "cash"}, "20003"),
        ({"registrationDate": "2026-03-19"}, "20003"),
        ({"registerTime": "08:00:00"}, "20003"),
        ({"amPm": "X"}, "20003"),
        ({"sequence": "none"}, "20003"),
        ({"registrationFee": "0.00", "balancePayment": "9999.00"}, "60202"),
        ({"unifiedAmount": "0.01"}, "20001"),
        ({"patientName": "无此人"}, "20003"),
    ],
)
def test_a_registration_that_does_not_fit_is_refused(caller: Caller, changes: dict[str, str], code: str) -> None:
    assert caller.post(NAMES["20.1.7"], registration(caller) | changes)["code"] == code
    assert caller.post(NAMES["20.1.4"], named(caller))["data"] == 0


def test_a_full_slot_is_refused(caller: Caller) -> None:
    body = registration(caller)
    slot = today(caller).slots[0]
    slot.booked = slot.capacity

    assert caller.post(NAMES["20.1.7"], body)["code"] == "60205"


def test_a_number_that_is_not_theirs_cannot_be_given_back(caller: Caller) -> None:
    caller.post(NAMES["20.1.7"], registration(caller))
    wrong = {"hospitalId": "253", "todayRegisterId": "register-1", "hisRegistrationId": "none"}

    assert caller.post(NAMES["20.1.8"], wrong)["code"] == "60204"


def test_a_booking_is_paid_with_its_surcharge_and_once(caller: Caller) -> None:
    body = request(caller, "21.2.4")

    assert caller.post(NAMES["21.2.4"], body | {"surcharge": "0"})["code"] == "60202"
    first = caller.post(NAMES["21.2.4"], body)
    assert caller.post(NAMES["21.2.4"], body) == first
    assert caller.post(NAMES["21.2.4"], body | {"payId": "YYGH-2"})["code"] == "60204"


def test_nobody_is_triaged_or_checked_in_twice(caller: Caller) -> None:
    for number in ("15.1.2", "42.1.2"):
        body = request(caller, number)
        assert caller.post(NAMES[number], body)["success"] is True
        assert caller.post(NAMES[number], body)["code"] == "60701"


def test_who_does_not_wait_has_no_place(caller: Caller) -> None:
    room = named(caller) | {"roomId": "253-R03", "doctorId": "253-DR03"}

    assert caller.post(NAMES["15.1.3"], room)["code"] == "10002"
    assert caller.post(NAMES["42.1.3"], named(caller) | booked_today(caller, "booking-1"))["code"] == "10002"
    assert caller.post(NAMES["15.1.2"], room | {"roomId": "none"})["code"] == "20003"
