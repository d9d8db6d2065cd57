"""The inpatient side of the regional HIS answers as documented, and keeps what it is told."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from documented import example, unlike
from regional_client import BODY, Caller, calling

from sandbox.regional import inpatient, stay_costs
from sandbox.regional.facts import interfaces
from sandbox.town.model import Admission
from sandbox.town.stay_deeds import file_of

NAMES = {
    interfaces()[interface.name]["id"]: interface.name for interface in (*inpatient.INTERFACES, *stay_costs.INTERFACES)
}
# Refusals and acknowledgements have no data.
WITHOUT_DATA = {"27.1.2"}
LASTING = {"10.1.2"}


@pytest.fixture
def caller() -> Iterator[Caller]:
    with calling() as made:
        yield made


def stay_of(caller: Caller, hospital_id: str) -> Admission:
    """p01's stay at 253 has ended, p03's at 254 lasts."""
    return caller.hospital(hospital_id).admissions[0]


def request(caller: Caller, number: str) -> BODY:
    hospital_id = "254" if number in LASTING else "253"
    stay = stay_of(caller, hospital_id)
    holder = next(c for c in caller.hospital(hospital_id).cards if c.number == stay.card_number)
    person = caller.sandbox.town.people[holder.person_id]
    named = {"hospitalId": hospital_id, "medicalCardNumber": stay.card_number, "idCard": person.identity_number}
    fields: dict[str, BODY] = {
        "10.1.2": {"amount": "500.00", "outTradeNo": "ZYYJ-1", "payType": "WeChatPay"},
        "11.1.1": {"prePay": "10000.00", "hospitalId": "253,254"},
        "12.1.1": {"hospitalId": "253,254"},
        "12.1.2": {"date": f"{stay.admitted_at:%Y-%m-%d}"},
        "18.1.3": {"id": stay.id},
        "18.1.4": {"id": stay.id, "idCardNumber": person.identity_number, "date": ""},
        "18.1.5": {"id": stay.id, "time": f"{stay.admitted_at:%Y-%m-%d}"},
        "27.1.2": {
            "admissionNumber": stay.number,
            "tradeNo": "BAYYPS-1",
            "totalAmount": "32.50",
            "payType": "AliPay",
            "mailingFee": "20.00",
            "printFee": "12.50",
            "printNumber": "25",
            "mediaclRecordApplyId": "application-1",
        },
        "35.1.2": {"patientInHospitalId": stay.id},
    }
    if number in {"11.1.1", "12.1.1"}:
        return fields[number]
    return named | {"patientName": person.name, "payTime": "2026-03-18 12:23:32"} | fields.get(number, {})


def ask(caller: Caller, number: str, **changes: Any) -> Any:
    return caller.post(NAMES[number], request(caller, number) | changes)


@pytest.mark.parametrize("number", NAMES)
def test_each_of_the_inpatient_side_answers_in_the_documented_form(caller: Caller, number: str) -> None:
    answer = ask(caller, number)
    assert answer["success"] is True, answer
    assert number in WITHOUT_DATA or answer["data"], "an empty answer proves nothing"
    assert unlike(answer, example(number)) == []


def test_what_was_charged_in_a_stay_adds_up_to_its_cost(caller: Caller) -> None:
    for hospital in caller.sandbox.town.hospitals.values():
        for stay in hospital.admissions:
            assert file_of(hospital, stay).cost == stay.cost
            assert min(item.amount for item in file_of(hospital, stay).items) > 0


def test_a_deposit_may_be_repeated_but_not_changed(caller: Caller) -> None:
    before = file_of(caller.hospital("254"), stay_of(caller, "254")).balance
    first = ask(caller, "10.1.2")
    assert Decimal(first["data"]["amount"]) == before + 500
    assert ask(caller, "10.1.2") == first
    assert ask(caller, "10.1.2", amount="501.00")["code"] == "20003"


@pytest.mark.parametrize(
    ("number", "changes", "code"),
    [
        ("10.1.2", {"medicalCardNumber": "", "admissionNumber": ""}, "20001"),
        ("10.1.2", {"amount": "99.99"}, "60401"),
        ("10.1.2", {"payType": "Barter"}, "20003"),
        ("10.1.1", {"medicalCardNumber": "0", "idCard": "", "patientName": "无此人"}, "10002"),
        ("12.1.2", {"date": "2020-01-01"}, "10002"),
        ("18.1.3", {"id": "none"}, "10002"),
        ("18.1.4", {"idCardNumber": "990000190001010000"}, "20003"),
        ("27.1.1", {"idCard": "", "admissionNumber": ""}, "20001"),
        ("27.1.2", {"totalAmount": "32.51"}, "60103"),
        ("27.1.2", {"admissionNumber": "ZY253000002"}, "20003"),
        ("35.1.2", {"patientInHospitalId": "none"}, "10002"),
    ],
)
def test_what_is_wrong_with_a_stay_is_refused(caller: Caller, number: str, changes: BODY, code: str) -> None:
    answer = ask(caller, number, **changes)
    assert (answer["success"], answer["code"]) == (False, code)


def test_who_was_discharged_deposits_no_more(caller: Caller) -> None:
    ended = stay_of(caller, "253")
    answer = ask(caller, "10.1.2", hospitalId="253", medicalCardNumber=ended.card_number, idCard="")
    assert answer["code"] == "60402"


def test_a_stay_is_found_by_its_number_alone(caller: Caller) -> None:
    nobody = {"medicalCardNumber": "0", "idCard": "", "admissionNumber": stay_of(caller, "253").number}
    assert ask(caller, "10.1.1", **nobody)["data"]["inpatientRecordId"] == stay_of(caller, "253").id
    assert ask(caller, "39.1.1", medicalCardNumber="0", idCard="")["data"] is None


def test_copies_may_be_ordered_again_but_not_otherwise(caller: Caller) -> None:
    assert ask(caller, "27.1.2", mailingFee="", totalAmount="12.50")["success"] is True
    assert ask(caller, "27.1.2", mailingFee="", totalAmount="12.50")["success"] is True
    assert ask(caller, "27.1.2")["code"] == "20003"
    assert len(file_of(caller.hospital("253"), stay_of(caller, "253")).copies) == 1
