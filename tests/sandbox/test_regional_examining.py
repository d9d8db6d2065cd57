"""Examinations, laboratory tests and packages of the regional HIS are answered as documented, and change the town."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from documented import example, unlike
from regional_client import TODAY, Caller, calling

from sandbox.regional import examinations, lab_tests, self_service
from sandbox.regional.facts import interfaces
from sandbox.town.examining import ExaminationOrder, LabSession

DOMAINS = (examinations, lab_tests, self_service)
NAMES = {interfaces()[each.name]["id"]: each.name for domain in DOMAINS for each in domain.INTERFACES}
NUMBERS = sorted(NAMES)
# Told only where it applies.
SOMETIMES = {".data.timePoint"}
# The document's own example of this one has an empty list.
EXAMPLES = {"24.1.8": "24.1.8-keys"}
BODY = dict[str, Any]


@pytest.fixture
def caller() -> Iterator[Caller]:
    with calling() as made:
        yield made


def ask(caller: Caller, number: str, **fields: Any) -> BODY:
    body = {name: value for name, value in (requests(caller)[number] | fields).items() if value is not None}
    return caller.post(NAMES[number], body)


def holder(caller: Caller) -> BODY:
    return {
        "hospitalId": "253",
        "medicalCardNumber": caller.card.number,
        "idCard": caller.person.identity_number,
    }


def order(caller: Caller) -> ExaminationOrder:
    return next(o for o in caller.hospital().examining.orders if o.card_number == caller.card.number and not o.booked)


def place(caller: Caller, item: str) -> BODY:
    desk = caller.hospital().examining
    stretch, day = desk.stretches[0], TODAY + dt.timedelta(days=4)
    room = next(room for room in desk.rooms if room.item == item)
    return {
        "roomId": room.id,
        "selectedDate": day.isoformat(),
        "planTimeId": stretch.id,
        "planTimeName": stretch.name,
        "startTime": "08:00",
        "endTime": "09:00",
    }


def session(caller: Caller, *, unlimited: bool = False) -> LabSession:
    sessions = caller.hospital().examining.lab_offers[0].sessions
    return next(each for each in sessions if bool(each.sources) is not unlimited)


def requests(caller: Caller) -> dict[str, BODY]:
    """A good request for each interface, as p01."""
    one, desk, mine = {"hospitalId": "253"}, caller.hospital().examining, holder(caller)
    waiting = next(o for o in desk.orders if o.card_number == caller.card.number)
    booked = next(e for e in caller.hospital().examinations if e.card_number == caller.card.number)
    named = {"orderId": waiting.id, "orderName": waiting.item, "extraParam": waiting.supplement}
    again = {"orderId": booked.order_id, "orderName": booked.item, "regId": booked.id, "appointmentId": "key-of-change"}
    numbered = session(caller)
    person = {
        "hospitalId": "253",
        "medicalCardNumber": caller.card.number,
        "idcardNo": caller.person.identity_number,
        "patName": caller.person.name,
        "sex": "女",
        "telephone": caller.person.phone,
    }
    test = {"projectId": desk.lab_offers[0].id, "schedulingId": numbered.id, "recordId": "key-of-test"}
    test |= {"sourceId": numbered.sources[0].id}
    groups = [{"groupId": group.id, "item": [{"itemId": item.id} for item in group.items]} for group in desk.groups[:1]]
    day = {"appointmentDate": (TODAY + dt.timedelta(days=2)).isoformat()}
    payment = {"outTradeNo": "key-of-packages", "payType": "WeChatPay", "payAmount": "9.50", "balancePayment": "10.00"}
    application = {
        "applyMainId": booked.application_id,
        "orderId": booked.order_id,
        "roomId": booked.room_id,
        "exeDeptId": booked.department_id,
    }
    return {
        "24.1.1": mine,
        "24.1.2": mine | named | {"startDate": TODAY.isoformat(), "days": "3"},
        "24.1.3": one | named | {"roomId": place(caller, waiting.item)["roomId"], "selectedDate": TODAY.isoformat()},
        "24.1.4": mine | named | place(caller, waiting.item) | {"appointmentId": "key-of-booking"},
        "24.1.5": mine | {"startDate": "2020-01-01", "endDate": "2030-01-01"},
        "24.1.6": mine | {"regId": booked.id, "appointmentId": "any", "remarks": "时间不合适"},
        "24.1.7": mine | place(caller, booked.item) | again,
        "24.1.8": mine | {"orderList": [application]},
        "33.1.1": one,
        "33.1.2": one | {"schedulingId": numbered.id},
        "33.1.3": person | test | {"lockTime": "15"},
        "33.1.4": person | test | {"total": "28.00", "payType": "WeChatPay", "outTradeNo": "payment-of-test"},
        "33.1.5": one | {"hosRecordId": "", "outOrderId": "", "outTradeNo": "payment-of-test"},
        "29.1.1": mine,
        "29.1.2": mine | {"group": groups},
        "29.1.3": mine | {"group": groups} | day | payment,
        "29.1.4": mine | {"outOrderId": "", "outTradeNo": "key-of-packages"},
    }


def answer(caller: Caller, number: str) -> BODY:
    """What a good request is answered, after what has to come before it."""
    if number == "33.1.4":
        assert ask(caller, "33.1.3")["success"] is True
    if number == "33.1.5":
        return ask(caller, number, hosRecordId=answer(caller, "33.1.4")["data"]["hosRecordId"], outOrderId=None)
    if number == "29.1.4":
        return ask(caller, number, outOrderId=answer(caller, "29.1.3")["data"]["outOrderId"])
    return ask(caller, number)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_answer_is_like_the_documents_example(caller: Caller, number: str) -> None:
    found = answer(caller, number)

    assert found["success"] is True, found
    assert set(unlike(found, example(EXAMPLES.get(number, number)))) <= SOMETIMES
    assert found.get("data") != [], "an empty list proves nothing"


@pytest.mark.parametrize(
    ("number", "field"),
    [
        (number, field["name"])
        for number in NUMBERS
        for field in interfaces()[NAMES[number]]["request"]
        if field["required"] is True
    ],
)
def test_what_is_required_must_be_there(caller: Caller, number: str, field: str) -> None:
    missing = {field: None} if field != "hosRecordId" else {"hosRecordId": None, "outOrderId": None}

    assert ask(caller, number, **missing)["code"] == "20001"


def test_a_booked_order_is_listed_with_its_time_and_waits_no_more(caller: Caller) -> None:
    waiting, full = order(caller), int(ask(caller, "24.1.2")["data"][0]["rooms"][0]["total"])
    first = ask(caller, "24.1.4")

    assert ask(caller, "24.1.4") == first
    assert waiting.id not in {row["orderId"] for row in ask(caller, "24.1.1")["data"]}
    row = next(row for row in ask(caller, "24.1.5")["data"] if row["regId"] == first["data"]["regId"])
    assert (row["statusDes"], row["planTimeName"], row["extraParam"]) == ("已预约", "08:00-09:00", waiting.supplement)
    day = ask(caller, "24.1.2", startDate=row["selectedDate"], days="1")["data"][0]["rooms"][0]
    assert (day["count"], int(day["total"])) == ("1", full)


def test_a_full_stretch_is_neither_offered_nor_booked(caller: Caller) -> None:
    desk = caller.hospital().examining
    others = [o for o in desk.orders if o.card_number != caller.card.number and o.item == order(caller).item][:3]
    for number, other in enumerate(others):
        person = next(c.person_id for c in caller.hospital().cards if c.number == other.card_number)
        as_other = {"medicalCardNumber": other.card_number, "orderId": other.id, "extraParam": other.supplement}
        as_other |= {"idCard": caller.sandbox.town.people[person].identity_number}
        assert ask(caller, "24.1.4", **as_other, appointmentId=f"other-{number}")["success"] is True

    assert ask(caller, "24.1.4")["code"] == "60205"
    day = requests(caller)["24.1.4"]["selectedDate"]
    assert len(ask(caller, "24.1.3", selectedDate=day)["data"]["items"]) == len(desk.stretches) - 1


def test_the_ends_name_a_stretch_where_its_id_is_missing_and_one_of_both_is_needed(caller: Caller) -> None:
    assert ask(caller, "24.1.4", planTimeId=None, startTime=None)["code"] == "20001"
    assert ask(caller, "24.1.4", planTimeId=None)["success"] is True


def test_the_stretches_of_254_have_no_ids(caller: Caller) -> None:
    room = caller.hospital("254").examining.rooms[0]
    items = ask(caller, "24.1.3", hospitalId="254", orderName=room.item, roomId=room.id)["data"]["items"]

    assert {item["planTimeId"] for item in items} == {""}


def test_what_was_booked_is_cancelled_under_its_own_key_and_waits_again(caller: Caller) -> None:
    waiting = order(caller)
    registration = ask(caller, "24.1.4")["data"]["regId"]

    assert ask(caller, "24.1.6", regId=registration, appointmentId="another-key")["success"] is False
    cancelled = ask(caller, "24.1.6", regId=registration, appointmentId="key-of-booking")
    assert cancelled["success"] is True
    assert ask(caller, "24.1.6", regId=registration, appointmentId="key-of-booking") == cancelled
    assert waiting.id in {row["orderId"] for row in ask(caller, "24.1.1")["data"]}


def test_a_change_gives_another_id_and_the_old_time_is_free(caller: Caller) -> None:
    changed = ask(caller, "24.1.7")["data"]["regId"]
    rows = {row["regId"]: row["statusDes"] for row in ask(caller, "24.1.5")["data"]}

    assert rows[changed] == "已预约"
    assert rows[requests(caller)["24.1.7"]["regId"]] == "取消预约"
    assert ask(caller, "24.1.7")["data"]["regId"] == changed


def test_only_what_is_booked_can_be_checked_in(caller: Caller) -> None:
    (known,) = requests(caller)["24.1.8"]["orderList"]
    answered = ask(caller, "24.1.8", orderList=[known, known | {"orderId": "none"}])

    assert answered["data"]["successDetailIdList"] == [known["orderId"]]
    assert ask(caller, "24.1.5")["data"][0]["statusDes"] == "已登记"


def test_a_held_number_is_nobody_elses_until_the_time_is_over(caller: Caller) -> None:
    def free() -> int:
        return next((row["remainNum"] for row in ask(caller, "33.1.2")["data"]), 0)

    before = free()
    assert ask(caller, "33.1.3")["success"] is True
    assert free() == before - 1
    booking = caller.hospital().examining.lab_bookings[0]
    booking.held_until -= dt.timedelta(minutes=16)
    assert free() == before
    assert ask(caller, "33.1.4")["success"] is False


def test_a_session_without_numbers_is_paid_at_once_and_its_time_told(caller: Caller) -> None:
    unlimited = {"schedulingId": session(caller, unlimited=True).id, "sourceId": None}

    assert ask(caller, "33.1.2", schedulingId=unlimited["schedulingId"])["data"] == []
    assert ask(caller, "33.1.3", **unlimited)["data"] == {"timePoint": "16:00"}
    assert ask(caller, "33.1.4", **unlimited, recordId="another-key")["success"] is True
    assert ask(caller, "33.1.4", recordId="numbered")["success"] is False


def test_a_test_is_paid_in_full_and_once(caller: Caller) -> None:
    assert ask(caller, "33.1.3")["success"] is True
    assert ask(caller, "33.1.4", total="26.00")["code"] == "60103"
    paid = ask(caller, "33.1.4")
    assert ask(caller, "33.1.4") == paid
    assert ask(caller, "33.1.4", outTradeNo="another-payment")["success"] is False
    refund = ask(caller, "33.1.5", hosRecordId=None, outOrderId=paid["data"]["hosRecordId"])
    assert refund["data"]["refundNo"]


def test_packages_are_paid_with_the_card_too_and_given_back(caller: Caller) -> None:
    balance = caller.card.balance
    bought = ask(caller, "29.1.3")

    assert ask(caller, "29.1.3") == bought
    assert caller.card.balance == balance - Decimal("10.00")
    assert ask(caller, "29.1.3", payAmount="9.60", outTradeNo="another")["code"] == "60103"
    assert ask(caller, "29.1.3", payAmount="9.60")["code"] == "20003"
    assert ask(caller, "29.1.4", outOrderId=bought["data"]["outOrderId"])["data"]["refundNo"]
    assert caller.card.balance == balance


def test_what_a_department_requires_must_be_chosen(caller: Caller) -> None:
    required, other = caller.hospital().examining.groups[1:3]
    rows = [{"groupId": g.id, "item": [{"itemId": item.id} for item in g.items]} for g in (required, other)]

    assert ask(caller, "29.1.2", group=rows[1:])["success"] is False
    assert len(ask(caller, "29.1.2", group=rows)["data"]) == 5
