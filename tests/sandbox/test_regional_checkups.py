"""The check-up centres of the regional HIS answer as documented."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from documented import example, unlike
from regional_client import TODAY, Caller, calling

from sandbox.regional.checkups import INTERFACES
from sandbox.regional.facts import interfaces

NUMBERS = [f"28.1.{number}" for number in range(1, 14)]
NAMES = {interfaces()[interface.name]["id"]: interface.name for interface in INTERFACES}
DAY = (TODAY + dt.timedelta(days=1)).isoformat()


@pytest.fixture
def caller() -> Iterator[Caller]:
    with calling() as made:
        yield made


def ask(caller: Caller, number: str, **changes: Any) -> Any:
    body = {
        "hospitalId": "253",
        "idCard": caller.person.identity_number,
        "medicalCardNumber": caller.card.number,
        "packageId": "25301",
        "startDate": DAY,
        "endDate": DAY,
        "date": DAY,
        "orgId": "25372",
        "groupId": "25345",
        "currentPage": "1",
        "pageSize": "15",
        "id": "253-TJ0002",
    }
    return caller.post(NAMES[number], body | changes)


def book(caller: Caller, **changes: Any) -> Any:
    order = {
        "tradeNo": "order-1",
        "name": caller.person.name,
        "sex": "男" if caller.person.gender == "M" else "女",
        "packageIds": [{"id": "25301"}],
        "date": f"{DAY} 08:00",
        "cflag": "1",
        "payType": "AliPay",
        "acPrice": "128.00",
    }
    return ask(caller, "28.1.6", **(order | changes))


@pytest.mark.parametrize("number", NUMBERS)
def test_each_answers_in_the_documented_form(caller: Caller, number: str) -> None:
    booked = book(caller)
    answer = booked if number == "28.1.6" else ask(caller, number)
    assert answer["success"] is True, answer
    assert answer["data"], "an empty answer proves nothing"
    assert unlike(answer, example(number)) == []


def test_a_time_is_given_once(caller: Caller) -> None:
    assert book(caller)["success"] is True
    assert book(caller, tradeNo="order-2")["code"] == "60205"
    assert book(caller)["data"] == {"id": "253-TJ0002"}
    assert "08:00" not in ask(caller, "28.1.4")["data"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"acPrice": "1.00"}, "60103"),
        ({"packageIds": [{"id": "none"}]}, "20003"),
        ({"date": f"{DAY} 12:00"}, "60205"),
        ({"date": DAY}, "20003"),
        ({"name": "别人"}, "20003"),
        ({"payType": "Cash"}, "20003"),
        ({"packageIds": []}, "20001"),
        ({"packageIds": ["25301"]}, "20002"),
    ],
)
def test_what_does_not_fit_is_refused(caller: Caller, changes: dict[str, Any], code: str) -> None:
    assert book(caller, **changes)["code"] == code


def test_only_the_own_booking_is_cancelled(caller: Caller) -> None:
    assert ask(caller, "28.1.7")["code"] == "60204"
    book(caller)
    assert ask(caller, "28.1.5")["data"] == "1"
    assert ask(caller, "28.1.7")["success"] is True
    assert ask(caller, "28.1.5")["data"] == "0"


def test_who_came_today_is_registered_and_cannot_cancel(caller: Caller) -> None:
    assert ask(caller, "28.1.8", date=TODAY.isoformat())["data"] == "1"
    assert ask(caller, "28.1.7", id="253-TJ0001")["code"] == "60203"
