"""Applications, caregivers, education, lists and figures of the regional HIS are answered as documented."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from documented import example, unlike
from regional_client import TODAY, Caller, calling

from sandbox.regional import admission_applications, caregivers, education, outreach, statistics
from sandbox.regional.facts import interfaces

DOMAINS = (admission_applications, caregivers, education, outreach, statistics)
NAMES = {interfaces()[each.name]["id"]: each.name for domain in DOMAINS for each in domain.INTERFACES}
NUMBERS = sorted(NAMES)
IMAGE = "data:image/png;base64,iVBORw0KGgo="


@pytest.fixture
def caller() -> Iterator[Caller]:
    with calling() as made:
        yield made


def requests(caller: Caller) -> dict[str, dict[str, Any]]:
    """A good request for each interface, as p01, who has applied, was taught, and cares for p03 elsewhere."""
    one = {"hospitalId": "253"}
    holder = one | {"medicalCardNumber": caller.card.number, "idCard": caller.person.identity_number}
    days = {"startTime": f"{TODAY} 00:00:00", "endTime": f"{TODAY + dt.timedelta(days=20)} 23:59:59"}
    past = {"beginTime": f"{TODAY - dt.timedelta(days=90)} 00:00:00", "endTime": f"{TODAY} 23:59:59"}
    year = {"startTime": "2020-01-01 00:00:00", "endTime": "2030-01-01 00:00:00"}
    (known,) = caller.hospital("254").wards.passes
    caregiver = {
        "name": "样例陪护",
        "idCard": caller.person.identity_number,
        "phone": "10000009999",
        "sex": "女",
        "address": "样例路1号",
        "infoSource": "3",
        "termOfValidity": "2026-04-18 14:41:14",
        "relationShip": "母女",
    }
    elsewhere = {"hospitalId": "254"}
    patient = {"patientName": "样例丙", "patientMedicalCardNumber": known.patient_card_number}
    return {
        "36.1.1": holder,
        "36.1.2": holder
        | {"admissionCardId": "253-AP0001", "payAmount": "2000.00", "payType": "AliPay", "tradeNo": "ZY-1"},
        "36.1.3": holder | {"patInHosId": "253-AP0001-IN", "prepayAmount": "2000.00"},
        "37.1.1": elsewhere | {"idCard": known.identity_number, "admissionNumber": known.admission_number},
        "37.1.2": elsewhere | caregiver | {"caregiversId": known.id},
        "37.1.3": elsewhere
        | caregiver
        | patient
        | {"createTime": "2026-03-18 14:41:14", "admissionNumber": known.admission_number},
        "37.1.4": elsewhere | {"caregiversId": known.id},
        "23.1.1": holder,
        "23.1.2": one | {"id": "253-ED0001"},
        "23.1.3": one | {"id": "253-ED0002", "signType": "fm", "degreeOfMastery": "掌握", "signImage": IMAGE},
        "23.1.4": one | {"admissionGuideId": "guide-1"},
        "19.2.1": days,
        "19.2.2": days,
        "22.1.1": past,
        "22.1.2": past,
        "30.1.1": one | year,
        "30.1.2": year,
    }


def ask(caller: Caller, number: str, **changes: Any) -> Any:
    return caller.post(NAMES[number], requests(caller)[number] | changes)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_answer_is_like_the_documented_one(caller: Caller, number: str) -> None:
    if number == "36.1.3":
        ask(caller, "36.1.2")
    answer, documented = ask(caller, number), example(number)
    assert answer["success"] is True, answer
    if number.startswith("19.2"):
        # One object in the document, though all who are due are asked for.
        documented["data"] = [documented["data"]]
    assert unlike(answer, documented) == []
    assert answer.get("data", True), "an empty list proves nothing"


@pytest.mark.parametrize("number", ["36.1.2", "37.1.3", "23.1.3", "19.2.1", "22.1.1", "30.1.2"])
def test_a_request_without_a_required_field_is_refused(caller: Caller, number: str) -> None:
    required = next(field["name"] for field in interfaces()[NAMES[number]]["request"] if field["required"] is True)

    assert ask(caller, number, **{required: ""})["code"] == "20001"


def test_an_admission_exists_after_its_payment_and_not_after_its_cancellation(caller: Caller) -> None:
    before = len(caller.hospital().admissions)
    paid = ask(caller, "36.1.2")

    assert ask(caller, "36.1.2") == paid
    assert len(caller.hospital().admissions) == before + 1
    assert ask(caller, "36.1.1")["data"]["applyStatus"] == "已入院"
    cancelled = ask(caller, "36.1.3")
    assert ask(caller, "36.1.3") == cancelled
    assert len(caller.hospital().admissions) == before
    assert ask(caller, "36.1.1")["data"]["applyStatus"] == "已取消"


@pytest.mark.parametrize(
    ("number", "changes", "code"),
    [
        ("36.1.2", {"payAmount": "1.00"}, "60103"),
        ("36.1.2", {"admissionCardId": "253-AP0009"}, "20003"),
        ("36.1.2", {"payType": "Cash"}, "20003"),
        ("36.1.3", {"prepayAmount": "2000.00"}, "20003"),
        ("37.1.2", {"caregiversId": "254-PZ0009"}, "20003"),
        ("37.1.2", {"sex": "性别"}, "20003"),
        ("37.1.3", {"admissionNumber": "ZY254999999"}, "20003"),
        ("37.1.3", {"patientName": "样例甲"}, "20003"),
        ("23.1.1", {"medicalCardNumber": "", "idCard": ""}, "20001"),
        ("23.1.2", {"id": "253-ED0009"}, "10002"),
        ("23.1.3", {"id": "253-ED0001"}, "20003"),
        ("23.1.3", {"signImage": "iVBORw0KGgo="}, "20003"),
        ("23.1.3", {"degreeOfMastery": "MASTERED"}, "20003"),
        ("23.1.4", {"admissionGuideId": "guide-9"}, "10002"),
        ("22.1.1", {"beginTime": "2026-03-18"}, "20003"),
    ],
)
def test_what_cannot_be_done_is_refused(caller: Caller, number: str, changes: dict[str, str], code: str) -> None:
    answer = ask(caller, number, **changes)

    assert (answer["success"], str(answer["code"])) == (False, code)


def test_a_payment_under_a_known_number_with_another_amount_is_refused(caller: Caller) -> None:
    ask(caller, "36.1.2")

    assert ask(caller, "36.1.2", payAmount="1.00")["code"] == "20003"


def test_a_pass_is_found_by_the_caregiver_alone_and_names_the_card_of_the_admitted(caller: Caller) -> None:
    (known,) = caller.hospital("254").wards.passes

    assert ask(caller, "37.1.1")["data"]["medicalCardNumber"] == known.patient_card_number
    assert ask(caller, "37.1.1", idCard="990000197001019010")["data"] is None
    ask(caller, "37.1.4")
    assert ask(caller, "37.1.1")["data"]["flagInvalid"] == "1"


def test_all_hospitals_behind_the_address_are_in_lists_that_name_none(caller: Caller) -> None:
    for number in ("19.2.1", "22.1.1", "30.1.2"):
        assert {row["hospitalId"] for row in ask(caller, number)["data"]} == {"253", "254"}, number
