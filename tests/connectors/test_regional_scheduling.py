"""What the regional HIS's scheduling port makes of several calls, and what it refuses before any call."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from pydantic import TypeAdapter

from connectors.core.cache import Found
from connectors.core.config import HospitalConfig, Machinery, SystemConfig
from connectors.core.kinds import keyed_digest
from connectors.errors import Refused, Unavailable
from connectors.ports import Booking, Scheduling
from connectors.records.base import SHANGHAI, CardRef, Period
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.regional_wechat import Options, connect
from connectors.regional_wechat.session_keys import compact

HOLDER = CardHolder(card=CardRef("253", "001000056254587"), name="样例甲", phone="10000000001")
SLOT_ID = "0256:256654:20190526:AM:10%3A00:10%3A15:16"
BOOKING_ID = "booking:R1:0256:256654:20190526:AM:10%3A00:10%3A15"
TODAY = dt.datetime.now(SHANGHAI).date()
DUTY_ROW = {
    "departmentId": "0235",
    "departmentName": "消化内科",
    "registrationFee": "25",
    "regClassName": "专家号",
    "freePatCount": "20",
}


class Desk:
    """A transport that answers by interface name and body, and remembers both."""

    def __init__(self, **answers: Callable[[Mapping[str, Any]], Any]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, dict[str, Any]]] = []

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:  # noqa: ARG002 # the protocol's form
        name, asked = url.rsplit("/", 1)[-1].rsplit(".", 1)[-1], json.loads(body)
        self.asked.append((name, asked))
        answer = self.answers[name](asked)
        return json.dumps(answer if "success" in answer else {"success": True, "code": "10001", **answer}).encode()

    async def close(self) -> None:
        return None


class Shelf:
    """A cache without a clock: keeps all until it is dropped."""

    def __init__(self) -> None:
        self.generations: dict[str, int] = {}
        self.values: dict[tuple[str, int, str], Any] = {}

    async def get(self, scope: str, key: str, adapter: TypeAdapter[Any]) -> Found:  # noqa: ARG002 # the protocol's form
        generation = self.generations.get(scope, 0)
        place = (scope, generation, key)
        return Found(hit=place in self.values, value=self.values.get(place), generation=generation)

    async def put(
        self,
        scope: str,
        key: str,
        value: Any,
        generation: int,
        seconds: float,  # noqa: ARG002 # the protocol's form
        adapter: TypeAdapter[Any],  # noqa: ARG002 # the protocol's form
    ) -> None:
        self.values[scope, generation, key] = value

    async def drop(self, scope: str) -> None:
        self.generations[scope] = self.generations.get(scope, 0) + 1


def scheduling(desk: Desk) -> Scheduling:
    connection = connect(
        SystemConfig(
            name="desk",
            vendor="regional_wechat",
            hospitals={"253": HospitalConfig(id="253", name="医院", upstream_id="253", base_url="http://his.test")},
            options=Options(),
        ),
        Machinery(cache=Shelf(), digest=keyed_digest(b"desk"), transport=lambda _: desk),
    )
    assert connection.scheduling is not None
    return connection.scheduling


def half_a_day(asked: Mapping[str, Any]) -> Any:
    clock = {"AM": "10:00", "PM": "14:00"}[asked["amPm"]]
    return {"data": [{"startTime": clock, "upLimit": "2", "appNum": "1", "hisTimeId": "1"}]}


def on_duty(_: Mapping[str, Any]) -> Any:
    named = DUTY_ROW | {"doctorId": "652652", "doctorName": "华佗"}
    return {"data": [named, named | {"regClassName": "特需"}, DUTY_ROW | {"freePatCount": "3"}]}


def booked(_: Mapping[str, Any]) -> Any:
    return {"data": {"sn": 1}}


def listed(*times: str) -> Callable[[Mapping[str, Any]], Any]:
    rows = [
        {
            "deptId": "1",
            "deptName": "内科",
            "doctorId": "2",
            "doctorName": "甲",
            "appointmentTime": time,
            "triageState": 0,
        }
        for time in times
    ]
    return lambda _: {"data": rows}


async def test_slots_are_those_of_the_morning_and_the_afternoon() -> None:
    desk = Desk(remainApp=half_a_day)
    found = await scheduling(desk).slots("253", "0256:256654:20190526")
    assert [slot.starts_at.hour for slot in found] == [10, 14]
    assert sorted(asked["amPm"] for _, asked in desk.asked) == ["AM", "PM"]


async def test_half_a_day_is_never_shown_as_the_whole() -> None:
    def no_afternoon(asked: Mapping[str, Any]) -> Any:
        return half_a_day(asked) if asked["amPm"] == "AM" else {"success": False, "code": "90001"}

    with pytest.raises(Unavailable):
        await scheduling(Desk(remainApp=no_afternoon)).slots("253", "0256:256654:20190526")


async def test_what_slots_answers_can_be_booked_and_what_is_booked_can_be_cancelled() -> None:
    desk = Desk(remainApp=half_a_day, appointmentInfo=booked, cancelAppointment=lambda _: {"refundNo": "9"})
    port = scheduling(desk)
    slot = (await port.slots("253", "0256:256654:20190526"))[1]
    appointment = await port.book(HOLDER, Booking(key="R1", slot_id=slot.id, account="synthetic"))
    assert appointment.starts_at == slot.starts_at
    assert (await port.cancel(HOLDER, appointment.id)).refund_number == "9"
    sent = [body for name, body in desk.asked if name != "remainApp"]
    assert [body["recordId"] for body in sent] == ["R1", "R1"]
    assert sent[1] == {name: value for name, value in sent[0].items() if name != "hisTimeId"}


async def test_a_booking_makes_kept_slots_and_appointments_stale() -> None:
    desk = Desk(
        remainApp=half_a_day,
        appointmentInfo=booked,
        todayRegisterGetDoctors=on_duty,
        getAppointmentDoctors=listed("2019-05-26 10:00"),
    )
    port = scheduling(desk)
    for _ in range(2):
        await port.slots("253", "0256:256654:20190526")
        await port.doctors("253", "0235")
        await port.consultations(HOLDER)  # type: ignore[attr-defined]
    assert len(desk.asked) == 4
    await port.book(HOLDER, Booking(key="R1", slot_id=SLOT_ID, account="synthetic"))
    await port.slots("253", "0256:256654:20190526")
    await port.doctors("253", "0235")
    await port.consultations(HOLDER)  # type: ignore[attr-defined]
    assert len(desk.asked) == 4 + 1 + 4


@pytest.mark.parametrize(
    "key",
    [
        "",
        "0256",
        "0256:256654:2019",
        "0256:256654:20190231",
        "0256:256654:2019-05-26",
        ":256654:20190526",
        SLOT_ID,
    ],
)
async def test_what_is_no_key_of_a_session_is_refused_before_any_call(key: str) -> None:
    desk = Desk()
    with pytest.raises(Refused) as refused:
        await scheduling(desk).slots("253", key)
    assert refused.value.code is ProblemCode.NOT_FOUND
    assert not desk.asked


@pytest.mark.parametrize(
    "key",
    [
        "0256:256654:20190526",
        SLOT_ID.replace("AM", "XX"),
        SLOT_ID.replace("10%3A00", ""),
        SLOT_ID.replace("10%3A15", "25%3A00"),
        BOOKING_ID,
    ],
)
async def test_what_is_no_key_of_a_slot_is_refused_before_any_call(key: str) -> None:
    desk = Desk()
    with pytest.raises(Refused) as refused:
        await scheduling(desk).book(HOLDER, Booking(key="R1", slot_id=key, account="synthetic"))
    assert refused.value.code is ProblemCode.NOT_FOUND
    assert not desk.asked


@pytest.mark.parametrize(
    "key",
    [
        *("", "examination:7946", "listed:1:2:2019-05-26%2010%3A00", SLOT_ID, BOOKING_ID.replace("R1", "")),
        *("registration:G1::0235:652652", "registration::U1:0235:652652", "registration:G1"),
    ],
)
async def test_only_a_booking_of_this_server_can_be_cancelled(key: str) -> None:
    desk = Desk()
    with pytest.raises(Refused) as refused:
        await scheduling(desk).cancel(HOLDER, key)
    assert refused.value.code is ProblemCode.NOT_CANCELLABLE
    assert not desk.asked


async def test_doctors_stand_once_and_the_department_itself_is_none() -> None:
    assert [
        doctor.name for doctor in await scheduling(Desk(todayRegisterGetDoctors=on_duty)).doctors("253", "0235")
    ] == ["华佗"]


async def test_todays_sessions_say_how_many_are_free() -> None:
    found = await scheduling(Desk(todayRegisterGetDoctors=on_duty)).schedules("253", "0235", TODAY, None)
    assert [(session.doctor_id, session.remaining, session.day) for session in found] == [
        ("652652", 20, TODAY),
        ("652652", 20, TODAY),
        (None, 3, TODAY),
    ]


async def test_todays_doctors_stand_for_another_day_whose_free_count_is_not_known() -> None:
    day = TODAY + dt.timedelta(days=3)
    desk = Desk(todayRegisterGetDoctors=on_duty)
    port = scheduling(desk)
    await port.schedules("253", "0235", TODAY, None)
    found = await port.schedules("253", "0235", day, "652652")
    assert len(desk.asked) == 1
    assert {(session.id, session.day, session.remaining) for session in found} == {
        (f"0235:652652:{compact(day)}", day, None)
    }


async def test_appointments_with_doctors_are_cut_to_the_period_and_examinations_follow() -> None:
    examination = {"regId": "7", "status": "0", "selectedDate": "2019-05-26", "planTimeName": "上午"}
    desk = Desk(
        getAppointmentDoctors=listed("2019-05-25 23:59", "2019-05-26 10:00", "2019-05-28 00:00"),
        getScheduleInfo=lambda _: {"data": [examination]},
    )
    period = Period(dt.datetime(2019, 5, 25, 16, tzinfo=dt.UTC), dt.datetime(2019, 5, 27, 23, 59, 59, tzinfo=SHANGHAI))
    found = await scheduling(desk).appointments(HOLDER, period)
    assert [appointment.id for appointment in found] == ["listed:1:2:2019-05-26%2010%3A00", "examination:7"]
    (asked,) = [body for name, body in desk.asked if name == "getScheduleInfo"]
    assert (asked["startDate"], asked["endDate"]) == ("2019-05-26", "2019-05-27")
