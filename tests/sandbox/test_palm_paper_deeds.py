"""Invoices, corrections and numbers at the palm hospital: what is refused, and what is left behind."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from palm_desk import USER, Desk, palm_desk
from palm_paper_desk import booked, correction, number, of_card, of_stay


@pytest.fixture
def desk() -> Iterator[Desk]:
    with palm_desk() as here:
        yield here


def test_every_bill_and_every_stay_that_is_over_has_an_invoice_with_an_original(desk: Desk) -> None:
    card = desk.card()
    bills = {bill.id: bill for bill in desk.hospital.bills if bill.card_number == card.number}
    (stay,) = desk.hospital.admissions

    rows = desk.ask("/getReceipt", of_card(desk))["fees"]
    (of_the_stay,) = desk.ask("/getReceipt", of_stay(desk))["fees"]

    assert {row["id"] for row in rows} == set(bills)
    assert [row["receipt_date"] for row in rows] == sorted((row["receipt_date"] for row in rows), reverse=True)
    for row in rows:
        bill = bills[row["id"]]
        assert Decimal(str(row["total"])) == bill.total
        assert Decimal(str(row["actual"])) == bill.paid
        assert desk.client.get(row["origin_url"]).content.startswith(b"%PDF")
    assert Decimal(str(of_the_stay["total"])) == stay.cost
    assert desk.client.get(of_the_stay["origin_url"]).content.startswith(b"\x89PNG")


def test_a_stay_that_lasts_has_no_invoice_yet(desk: Desk) -> None:
    (stay,) = desk.hospital.admissions
    stay.discharged_at = None

    assert desk.ask("/getReceipt", of_stay(desk))["fees"] == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"patient_id": "PID999999"}, "未找到患者"),
        ({"visit_no": "x"}, "就诊卡与患者不符"),
        ({"visit_no": "x", "op_flag": 2}, "住院记录不存在"),
        ({"op_flag": 3}, "参数错误 op_flag"),
    ],
)
def test_invoices_are_those_of_the_person(desk: Desk, changes: dict[str, object], reason: str) -> None:
    assert desk.status("/getReceipt", of_card(desk, **changes)) == (-1, reason)


def test_what_is_given_is_corrected_and_the_rest_stays(desk: Desk) -> None:
    person = desk.sandbox.town.people["p01"]
    name, gender, born = person.name, person.gender, person.birth_date

    sent = {"patient_id": desk.card().patient_id, "phone_no": "10000008888", "sex": "未知"}
    assert desk.status("/card/update", sent) == (1, "成功")

    assert (person.name, person.gender, person.birth_date, person.phone) == (name, gender, born, "10000008888")
    assert desk.status("/card/update", correction(desk, birthday="20010203", sex="女"))[0] == 1
    assert (person.birth_date, person.gender) == (dt.date(2001, 2, 3), "F")
    known = desk.ask("/getPatient", {"patient_id": desk.card().patient_id, "op_flag": 1})["patient"]
    assert (known["birthday"], known["sex"], known["phone_no"]) == ("2001-02-03", "女", "10000008888")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"patient_id": "PID999999"}, "未找到患者"),
        ({"birthday": "1990-01-01"}, "日期格式错误 birthday"),
        ({"id_no": "123"}, "身份证号错误"),
        ({"sex": "1"}, "参数错误 sex"),
        ({"nation_name": "01"}, "参数错误 nation_name"),
    ],
)
def test_a_wrong_value_changes_nothing(desk: Desk, changes: dict[str, object], reason: str) -> None:
    phone = desk.sandbox.town.people["p01"].phone

    assert desk.status("/card/update", correction(desk, phone_no="10000008888") | changes) == (0, reason)
    assert desk.sandbox.town.people["p01"].phone == phone


def test_a_number_is_given_once_and_stays_the_same(desk: Desk) -> None:
    wanted = number(desk)

    first = desk.ask("/offerNumber", wanted)

    assert desk.ask("/offerNumber", wanted) == first
    (row,) = desk.ask("/query", USER | {"APPT_ID": wanted["appointment_id"]})["DATA"]
    assert (row["STATUS"], row["STATUS_TEXT"], row["ALLOW_CANCEL"]) == (1, "已取号", 0)
    assert row["QUEUE_NO"] == str(first["queue"]["queue_no"])


def test_there_are_numbers_for_ones_own_appointments_of_today_alone(desk: Desk) -> None:
    made, tomorrow = booked(desk), booked(desk, days=1)
    unknown = (-1, "预约记录不存在")

    assert desk.status("/offerNumber", number(desk, made, patient_id=desk.card().patient_id)) == unknown
    assert desk.status("/offerNumber", number(desk, tomorrow)) == unknown
    assert desk.status("/offerNumber", number(desk, made, patient_id="PID999999")) == (-1, "未找到患者")
    made.state = "cancelled"
    assert desk.status("/offerNumber", number(desk, made)) == unknown
