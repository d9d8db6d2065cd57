"""What the regional HIS's same-day, fee and arrival ports make of their calls, and what they refuse before any."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from connectors.core.config import HospitalConfig, Machinery, SystemConfig
from connectors.core.kinds import keyed_digest
from connectors.errors import Refused, Unavailable
from connectors.ports import AppointmentFees, Arrivals, Connection, SameDay
from connectors.records.base import SHANGHAI, CardRef
from connectors.records.billing import PaymentMethod, PaymentStatus
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.same_day import FeeOrder, SameDayOrder
from connectors.regional_wechat import Options, connect
from tests.connectors.test_regional_scheduling import DUTY_ROW, Desk, Shelf

HOLDER = CardHolder(card=CardRef("253", "001000056254587"), name="样例甲", phone="10000000001")
ROW = DUTY_ROW | {"doctorId": "652652", "doctorName": "华佗", "regClassId": "9", "scheduleType": "2"}
SLOT = {"startTime": "10:00", "endTime": "10:15", "appNum": "1", "sequence": "7", "amPm": "a", "serialNumber": 3}
BOOKING_ID = "booking:R1:0256:256654:20190526:AM:10%3A00:10%3A15"
LISTED_ID = "listed:0256:256654:2019-05-26%2014%3A00"
REGISTRATION_ID = "registration:G1:U1:0235:652652"
RECEIPT = {"data": {"hisRegistrationId": "U1", "invoiceId": "I1"}}


def connected(desk: Desk) -> Connection:
    return connect(
        SystemConfig(
            name="desk",
            vendor="regional_wechat",
            hospitals={"253": HospitalConfig(id="253", name="医院", upstream_id="253", base_url="http://his.test")},
            options=Options(),
        ),
        Machinery(cache=Shelf(), digest=keyed_digest(b"desk"), transport=lambda _: desk),
    )


def same_day(desk: Desk) -> SameDay:
    port = connected(desk).same_day
    assert port is not None
    return port


def fees(desk: Desk) -> AppointmentFees:
    port = connected(desk).appointment_fees
    assert port is not None
    return port


def arrivals(desk: Desk) -> Arrivals:
    port = connected(desk).arrivals
    assert port is not None
    return port


def saying(*, code: str = "10001", message: str = "", **answer: Any) -> Any:
    return lambda _: {"success": code == "10001", "code": code, "msg": message, **answer}


def order(**changes: Any) -> SameDayOrder:
    given = {"key": "G1", "payment_number": "P1", "fee": Decimal("25.00"), "balance_amount": Decimal("1.00")}
    return SameDayOrder(**given | {"method": PaymentMethod.ALIPAY} | changes)


def fee_order(appointment_id: str = BOOKING_ID) -> FeeOrder:
    return FeeOrder(
        number="P1",
        appointment_id=appointment_id,
        fee=Decimal("16.00"),
        surcharge=Decimal("5.00"),
        balance_amount=Decimal("0.00"),
        method=PaymentMethod.WECHAT_PAY,
        paid_at=dt.datetime(2019, 5, 25, 9, tzinfo=SHANGHAI),
    )


async def session_id(desk: Desk) -> str:
    return (await same_day(desk).sessions("253", "0235"))[0].id


async def test_a_listed_slot_can_be_registered_and_given_back() -> None:
    desk = Desk(
        todayRegisterGetDoctors=saying(data=[ROW]),
        todayRegisterGetRemain=saying(data=[SLOT]),
        todayRegisterToRegister=saying(**RECEIPT),
        todayRegisterCancleRegister=saying(data={"refundNo": "F1"}),
    )
    connection = connected(desk)
    assert connection.same_day is not None
    assert connection.scheduling is not None
    session = (await connection.same_day.sessions("253", "0235"))[0]
    slot = (await connection.same_day.slots("253", session.id))[0]

    made = await connection.same_day.register(HOLDER, order(slot_id=slot.id))
    given_back = await connection.scheduling.cancel(HOLDER, made.id)

    assert (made.starts_at, made.doctor_name, made.registration_number) == (slot.starts_at, "华佗", "U1")
    assert (made.cancellable, made.payment_reference, made.fee) == (True, "I1", Decimal("25.00"))
    assert given_back.refund_number == "F1"
    asked = dict(desk.asked)
    assert asked["todayRegisterGetRemain"]["regClassId"] == "9"
    told = asked["todayRegisterToRegister"]
    assert (told["sequence"], told["registerTime"], told["amPm"], told["serialNumber"]) == ("7", "10:00", "A", "3")
    assert (told["registrationFee"], told["balancePayment"], told["regClassName"]) == ("24.00", "1.00", "专家号")
    assert asked["todayRegisterCancleRegister"] == {
        "hospitalId": "253",
        "todayRegisterId": "G1",
        "hisRegistrationId": "U1",
    }


async def test_a_registration_that_the_hospital_gave_no_number_cannot_be_given_back_here() -> None:
    desk = Desk(todayRegisterGetDoctors=saying(data=[ROW]), todayRegisterToRegister=saying(data=None))

    made = await same_day(desk).register(HOLDER, order(session_id=await session_id(desk)))

    assert (made.registration_number, made.cancellable, made.starts_at) == (None, False, None)
    assert "sequence" not in desk.asked[-1][1]


async def test_a_registration_makes_kept_sessions_and_slots_stale() -> None:
    desk = Desk(
        todayRegisterGetDoctors=saying(data=[ROW]),
        todayRegisterGetRemain=saying(data=[SLOT]),
        todayRegisterToRegister=saying(**RECEIPT),
    )
    port = same_day(desk)
    for _ in range(2):
        session = (await port.sessions("253", "0235"))[0]
        await port.slots("253", session.id)
    assert len(desk.asked) == 2

    await port.register(HOLDER, order(session_id=session.id))
    await port.sessions("253", "0235")
    await port.slots("253", session.id)

    assert len(desk.asked) == 2 + 1 + 2


@pytest.mark.parametrize(
    ("limit", "admitted", "refusal"),
    [
        (saying(), True, None),
        (saying(code="", message="男性不能挂妇科"), False, "男性不能挂妇科"),
        (saying(code=""), False, None),
        (saying(code="60208", message="年龄限制"), False, "年龄限制"),
        (saying(code="40003"), True, None),
    ],
)
async def test_the_terms_say_whether_and_why_not(limit: Any, admitted: bool, refusal: str | None) -> None:
    desk = Desk(
        todayRegisterGetDoctors=saying(data=[ROW]),
        todayRegisterGetDeptLimit=limit,
        todayRegisterGetDiscount=saying(data="0"),
    )

    found = await same_day(desk).terms(HOLDER, await session_id(desk))

    assert (found.admitted, found.refusal, found.fee) == (admitted, refusal, Decimal("0.00"))


async def test_without_reductions_the_terms_name_no_fee() -> None:
    desk = Desk(
        todayRegisterGetDoctors=saying(data=[ROW]),
        todayRegisterGetDeptLimit=saying(),
        todayRegisterGetDiscount=saying(code="40003"),
    )

    assert (await same_day(desk).terms(HOLDER, await session_id(desk))).fee is None


@pytest.mark.parametrize(("code", "kind"), [("20003", Refused), ("40004", Refused), ("40001", Unavailable)])
async def test_what_says_nothing_of_the_person_is_no_refusal_of_theirs(code: str, kind: type[Exception]) -> None:
    desk = Desk(
        todayRegisterGetDoctors=saying(data=[ROW]),
        todayRegisterGetDeptLimit=saying(code=code),
        todayRegisterGetDiscount=saying(data="0"),
    )

    with pytest.raises(kind):
        await same_day(desk).terms(HOLDER, await session_id(desk))


async def test_who_is_not_known_to_have_registered_has_not() -> None:
    assert await same_day(Desk(todayRegisterCounts=saying(code="10002"))).count(HOLDER) == 0


@pytest.mark.parametrize(
    ("answer", "status", "number"),
    [
        (RECEIPT, PaymentStatus.CONFIRMED, "U1"),
        ({"success": False, "code": "40004"}, PaymentStatus.PROCESSING, None),
        ({"success": False, "code": "90001"}, PaymentStatus.UNKNOWN, None),
        ({"success": None}, PaymentStatus.UNKNOWN, None),
    ],
)
async def test_no_clear_answer_to_a_payment_is_no_failure(
    answer: Mapping[str, Any], status: PaymentStatus, number: str | None
) -> None:
    paid = await fees(Desk(yyghRegister=lambda _: answer)).pay(HOLDER, fee_order())

    assert (paid.status, paid.registration_number, paid.amount) == (status, number, Decimal("21.00"))


@pytest.mark.parametrize("key", [LISTED_ID, REGISTRATION_ID, "examination:7", ""])
async def test_only_what_was_booked_here_can_be_paid(key: str) -> None:
    desk = Desk()

    with pytest.raises(Refused) as refused:
        await fees(desk).pay(HOLDER, fee_order(key))

    assert refused.value.code is ProblemCode.NOT_PAYABLE
    assert not desk.asked


@pytest.mark.parametrize(("key", "half"), [(BOOKING_ID, "AM"), (LISTED_ID, "PM")])
async def test_the_surcharge_is_asked_for_by_day_and_half_of_it(key: str, half: str) -> None:
    desk = Desk(querySurcharge=saying(data={"surcharge": 5}))

    assert await fees(desk).surcharge(HOLDER, key) == Decimal("5.00")
    asked = desk.asked[0][1]
    assert (asked["scheduleDate"], asked["amPm"], asked["docCode"]) == ("20190526", half, "256654")


async def test_what_is_paid_already_has_no_surcharge() -> None:
    desk = Desk()

    assert await fees(desk).surcharge(HOLDER, REGISTRATION_ID) == 0
    assert not desk.asked


async def test_each_kind_of_appointment_has_its_own_queue() -> None:
    desk = Desk(
        todayRegisterQueuingInfo=saying(data={"queueNumber": "A1", "currentOrderNumber": "4"}),
        appointmentQueryLineInfo=saying(data={"queueNumber": "1", "currentOrderNumber": "4"}),
    )
    port = arrivals(desk)

    registered = await port.queue_of_appointment(HOLDER, REGISTRATION_ID)
    booked = await port.queue_of_appointment(HOLDER, BOOKING_ID)
    listed = await port.queue_of_appointment(HOLDER, LISTED_ID)

    assert registered is not None
    assert booked is not None
    assert (registered.position, registered.ahead) == (5, 4)
    assert (booked.position, booked.ahead) == (4, 3)
    assert listed == booked
    assert [name for name, _ in desk.asked] == ["todayRegisterQueuingInfo", "appointmentQueryLineInfo"]


async def test_who_registered_today_waits_already_and_does_not_check_in() -> None:
    desk = Desk()

    with pytest.raises(Refused) as refused:
        await arrivals(desk).check_in(HOLDER, REGISTRATION_ID)

    assert refused.value.code is ProblemCode.ALREADY_TRIAGED
    assert not desk.asked


async def test_triage_tells_the_room_and_the_doctor_where_there_is_one() -> None:
    desk = Desk(triage=saying())

    await arrivals(desk).triage(HOLDER, "1:2003")
    await arrivals(desk).triage(HOLDER, "1:")

    assert [(body["roomId"], body.get("doctorId")) for _, body in desk.asked] == [("1", "2003"), ("1", None)]


@pytest.mark.parametrize("key", ["", ":2003", "1", "1:2003:4"])
async def test_what_is_no_key_of_a_room_is_refused_before_any_call(key: str) -> None:
    desk = Desk()

    with pytest.raises(Refused) as refused:
        await arrivals(desk).triage(HOLDER, key)

    assert refused.value.code is ProblemCode.NOT_FOUND
    assert not desk.asked


@pytest.mark.parametrize("key", ["", "0235:652652:20190526", "today:::::::2:20190526", "today:1::::::2:20190231"])
async def test_what_is_no_key_of_todays_is_refused_before_any_call(key: str) -> None:
    desk = Desk()

    for asked in (same_day(desk).slots("253", key), same_day(desk).register(HOLDER, order(session_id=key))):
        with pytest.raises(Refused) as refused:
            await asked
        assert refused.value.code is ProblemCode.NOT_FOUND
    assert not desk.asked
