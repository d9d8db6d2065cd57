from collections.abc import Iterator
from decimal import Decimal

import pytest
from regional_client import Caller, calling


@pytest.fixture(scope="module")
def served() -> Iterator[Caller]:
    with calling() as caller:
        yield caller


@pytest.fixture
def caller(served: Caller) -> Caller:
    served.reset()
    return served


def test_paying_turns_charges_into_a_bill(caller: Caller) -> None:
    owed = caller.charges()
    assert Decimal(owed["discountAmount"]) > 0
    total = sum(Decimal(item["itemAmount"]) for item in owed["detail"])
    assert total == Decimal(owed["amount"]) + Decimal(owed["discountAmount"])
    assert sum(Decimal(item["preferentialAmount"]) for item in owed["detail"]) == Decimal(owed["discountAmount"])
    paid = caller.call("clinicPayment")
    assert (paid["success"], paid["data"]["amount"]) == (True, "490.00")
    assert caller.call("queryBalance")["data"]["balance"] == "490.00"
    after = caller.charges()
    assert (after["amount"], after["detail"]) == ("0.00", [])
    bill = next(
        b for b in caller.call("queryOutpatientCostDetail")["data"] if b["invoiceId"] == paid["data"]["invoiceId"]
    )
    assert (bill["time"], bill["total"], bill["getAmount"]) == ("2026-03-18 12:23:32", f"{total:.2f}", owed["amount"])
    assert len(bill["details"]) == len(owed["detail"])


def test_charges_are_told_the_same_each_time(caller: Caller) -> None:
    assert caller.charges() == caller.charges()
    prescribed = [item for item in caller.charges()["detail"] if item["presCode"]]
    assert prescribed
    assert {item["presCode"] for item in prescribed} <= {p.id for p in caller.hospital().prescriptions}


def test_a_payment_may_be_repeated_but_not_changed(caller: Caller) -> None:
    request = caller.request("clinicPayment")
    first = caller.call("clinicPayment", **request)
    assert caller.call("clinicPayment", **request) == first
    assert caller.call("queryBalance")["data"]["balance"] == "490.00"
    changed = caller.call("clinicPayment", **request | {"detailId": request["detailId"][:1]})
    assert (changed["success"], changed["code"]) == (False, "20003")
    other_key = caller.call("clinicPayment", **request | {"outTradeNo": "ZJZF-2"})
    assert other_key["code"] == "60102"


def test_a_payment_is_told_in_parts_that_make_up_the_sum(caller: Caller) -> None:
    online = Decimal(caller.request("clinicPayment")["amount"])
    parts = {"amount": f"{online - 5:.2f}", "unifiedPayAmount": "5", "unifiedPayTradeNo": "U1"}
    assert caller.call("clinicPayment", amount=parts["amount"])["code"] == "60103"
    assert caller.call("clinicPayment", **parts)["success"] is True


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"detailId": ["nothing"]}, "60102"),
        ({"amount": "1"}, "60103"),
        ({"amount": "many"}, "20002"),
        ({"amount": "1.234"}, "20003"),
        ({"detailId": "253-CH0001"}, "20002"),
        ({"payType": "Barter"}, "20003"),
        ({"payTime": "2026-3-1 08:00:00"}, "20003"),
        ({"detailWithPresCode": [{"detail": ["1"]}]}, "20001"),
        ({"detailWithPresCode": [{"presCode": "1", "detail": ["1"]}]}, "20003"),
    ],
)
def test_a_wrong_payment_is_refused_and_changes_nothing(caller: Caller, change: dict[str, object], code: str) -> None:
    before = caller.charges()
    answer = caller.call("clinicPayment", **change)
    assert (answer["success"], answer["code"]) == (False, code)
    assert caller.charges() == before


def test_the_card_cannot_pay_more_than_it_has(caller: Caller) -> None:
    total = Decimal(caller.charges()["amount"])
    caller.card.balance = total / 2
    answer = caller.call("clinicPayment", amount="0", balancePayment=f"{total:.2f}")
    assert answer["code"] == "20004"


def test_booking_takes_a_place_and_cancelling_gives_it_back(caller: Caller) -> None:
    assert caller.call("remainApp")["data"][0]["appNum"] == "0"
    coming = len(caller.call("getAppointmentDoctors")["data"])
    booking = caller.request("appointmentInfo")
    booked = caller.post("appointmentInfo", booking)
    assert booked["data"]["sn"] == "001"
    slot = next(s for session in caller.hospital().sessions for s in session.slots if s.id == booking["hisTimeId"])
    assert slot.booked == 1
    assert len(caller.call("getAppointmentDoctors")["data"]) == coming + 1
    cancelled = caller.post("cancelAppointment", booking)
    assert cancelled == {"success": True, "msg": "", "code": "10001"}
    assert slot.booked == 0
    assert len(caller.call("getAppointmentDoctors")["data"]) == coming
    assert caller.post("cancelAppointment", booking) == cancelled
    assert slot.booked == 0


def test_a_booking_may_be_repeated_but_not_changed(caller: Caller) -> None:
    booking = caller.request("appointmentInfo")
    first = caller.post("appointmentInfo", booking)
    assert caller.post("appointmentInfo", booking) == first
    by_time = {key: value for key, value in booking.items() if key != "hisTimeId"}
    assert caller.post("appointmentInfo", by_time) == first
    later = caller.post("appointmentInfo", by_time | {"startTime": "08:15"})
    assert (later["success"], later["code"]) == (False, "20003")


def test_a_full_or_unknown_slot_is_not_booked(caller: Caller) -> None:
    booking = caller.request("appointmentInfo")
    slot = next(s for session in caller.hospital().sessions for s in session.slots if s.id == booking["hisTimeId"])
    slot.booked = slot.capacity
    assert caller.post("appointmentInfo", booking)["code"] == "60205"
    assert caller.post("appointmentInfo", booking | {"hisTimeId": "nothing"})["code"] == "20003"
    assert caller.post("appointmentInfo", booking | {"amPm": "上午"})["code"] == "20003"
    assert caller.post("appointmentInfo", booking | {"date": "2026-03-20"})["code"] == "20003"


def test_only_ones_own_coming_appointment_can_be_cancelled(caller: Caller) -> None:
    assert caller.call("cancelAppointment", recordId="nothing")["code"] == "60204"
    hospital = caller.hospital()
    theirs = next(a for a in hospital.appointments if a.card_number != caller.card.number and a.state == "booked")
    assert caller.call("cancelAppointment", recordId=theirs.key)["code"] == "60204"
    attended = next(a for a in hospital.appointments if a.card_number == caller.card.number and a.state == "attended")
    assert caller.call("cancelAppointment", recordId=attended.key)["code"] == "60203"


def test_cancelling_what_was_paid_tells_the_refund_beside_the_code(caller: Caller) -> None:
    key = caller.request("cancelAppointment")["recordId"]
    next(a for a in caller.hospital().appointments if a.key == key).paid = True
    cancelled = caller.call("cancelAppointment")
    assert cancelled["refundNo"]
    assert "data" not in cancelled
    assert caller.call("cancelAppointment") == cancelled


def test_who_checked_in_is_told_apart(caller: Caller) -> None:
    key = caller.request("cancelAppointment")["recordId"]
    (waiting,) = caller.call("getAppointmentDoctors")["data"]
    assert (waiting["triageState"], waiting["triageTime"]) == ("0", "")
    next(a for a in caller.hospital().appointments if a.key == key).state = "checked_in"
    (ready,) = caller.call("getAppointmentDoctors")["data"]
    assert ready["triageState"] == "1"
    assert ready["triageTime"]


def test_a_card_is_given_out_once(caller: Caller) -> None:
    cards = len(caller.hospital().cards)
    first = caller.call("createCard")
    assert caller.call("createCard") == first == {"success": True, "msg": "成功", "code": "10001"}
    assert len(caller.hospital().cards) == cards + 1
    made = caller.call("queryPatientInfo", medicalCardNumber="699999999999999", idCard="")
    assert (made["data"]["name"], made["data"]["sex"]) == ("样例新", "女")
    assert caller.call("createCard", idcard="990000197907020002")["code"] == "20003"
    assert caller.call("createCard", gender="1")["code"] == "20003"
    assert caller.call("createCard", birthday="19790702")["code"] == "20003"
