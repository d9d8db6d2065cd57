"""Stays, beds and copies of the palm hospital: what is refused before the hospital is asked, and what is offered."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from connectors.errors import Refused
from connectors.palm_hospital import Options
from connectors.ports import Connection
from connectors.records.admission_bookings import AdmissionBookingOrder
from connectors.records.base import SHANGHAI, CardRef
from connectors.records.billing import PaymentMethod
from connectors.records.deposits import CaseCopyOrder
from connectors.records.hospitals import Capability
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from tests.connectors.golden import ScriptedTransport, connect

HOLDER = CardHolder(
    card=CardRef("501", "000123456", "P0001"),
    name="样例甲",
    birth_date=dt.date(1979, 7, 2),
    identity_number="370102197907025236",
    phone="10000000001",
)
ORDER = AdmissionBookingOrder(department_id="D01", bed_category="三人间", address="样例市样例路1号")
COPIES = CaseCopyOrder(
    number="copies-0001",
    amount=Decimal("12.50"),
    method=PaymentMethod.WECHAT_PAY,
    paid_at=dt.datetime(2024, 5, 10, 10, tzinfo=SHANGHAI),
    application_id="A1",
    admission_number="ZY000001",
    page_count=25,
    print_fee=Decimal("12.50"),
)
SIGNED: dict[str, Any] = {"signer": {"template": "{total}{key}", "key": "k"}}
DESK: dict[str, Any] = {"self_service": {"machine_number": "M01"}}


def hospital(answer: object = None, options: dict[str, Any] | None = None) -> tuple[Connection, ScriptedTransport]:
    body = {"head": {"code": 1, "msg": "成功"}} | (answer if isinstance(answer, dict) else {})
    transport = ScriptedTransport(json.dumps(body).encode())
    return connect("palm_hospital", transport, ["501"], options or {}), transport


def stay(number: str, came: str, went: str) -> dict[str, object]:
    row = {"id": "I1", "name": "样例甲", "sex": "男", "visit_no": number, "total": 1, "balance": 1, "recharge_flag": 1}
    return row | {"admission_time": came, "leave_hospital_time": went}


@pytest.mark.parametrize(
    ("gap", "code"),
    [
        ({"phone": None}, ProblemCode.BAD_INPUT),
        ({"birth_date": None}, ProblemCode.BAD_INPUT),
        ({"identity_number": None}, ProblemCode.IDENTITY_NUMBER_MISSING),
    ],
)
async def test_a_bed_is_not_booked_for_somebody_of_whom_the_hospital_wants_more(
    gap: dict[str, Any], code: ProblemCode
) -> None:
    connection, transport = hospital()
    assert connection.admission_bookings is not None

    with pytest.raises(Refused) as refusal:
        await connection.admission_bookings.book(replace(HOLDER, **gap), ORDER)

    assert refusal.value.code is code
    assert transport.sent == []


async def test_a_stay_is_not_asked_for_without_an_identity_number() -> None:
    connection, transport = hospital()
    assert connection.admissions is not None

    with pytest.raises(Refused) as refusal:
        await connection.admissions.admission(replace(HOLDER, identity_number=None))

    assert refusal.value.code is ProblemCode.IDENTITY_NUMBER_MISSING
    assert transport.sent == []


@pytest.mark.parametrize(
    ("stays", "number"),
    [
        ([("ZY1", "2024-01-01", "2024-01-09"), ("ZY2", "2024-05-01", "")], "ZY2"),
        ([("ZY2", "2024-05-01", ""), ("ZY3", "2024-06-01", "2024-06-02")], "ZY2"),
        ([("ZY1", "2024-01-01", "2024-01-09"), ("ZY3", "2024-06-01", "2024-06-02")], "ZY3"),
    ],
)
async def test_of_several_stays_the_one_that_lasts_is_shown_or_the_latest(
    stays: list[tuple[str, str, str]], number: str
) -> None:
    connection, _ = hospital({"patient": [stay(*each) for each in stays]})
    assert connection.admissions is not None

    found = await connection.admissions.admission(HOLDER)

    assert found is not None
    assert found.number == number


async def test_costs_of_a_stay_that_is_not_the_persons_are_not_asked_for() -> None:
    connection, transport = hospital({"patient": stay("ZY1", "2024-01-01", "")})
    assert connection.stay_costs is not None
    assert connection.case_pages is not None

    assert await connection.stay_costs.daily_bill(HOLDER, dt.date(2024, 1, 2), "ZY9") is None
    assert await connection.stay_costs.summary_of_stay(HOLDER, "ZY9") is None
    assert await connection.case_pages.page_count(HOLDER, "ZY9") is None
    assert {url.rpartition("/")[2] for url, _, _ in transport.sent} == {"getInHospitalList"}


@pytest.mark.parametrize(
    ("bill", "code"),
    [
        ({"visit_id": "V1", "order_id": "O1", "total": 25}, ProblemCode.AMOUNT_MISMATCH),
        ({"visit_id": "V1", "order_id": "O1", "total": 12.5}, ProblemCode.CHARGE_UNKNOWN),
    ],
)
async def test_copies_that_the_hospital_billed_otherwise_are_not_paid(
    bill: dict[str, object], code: ProblemCode
) -> None:
    connection, transport = hospital({"order": bill, "fees": []}, SIGNED)
    assert connection.case_copies is not None

    with pytest.raises(Refused) as refusal:
        await connection.case_copies.order_case_copy(HOLDER, COPIES)

    assert (refusal.value.code, refusal.value.patient_message is None) == (code, False)
    assert not any(url.endswith(("/paymentNew", "/recipeCharge")) for url, _, _ in transport.sent)


async def test_an_order_that_was_not_confirmed_is_not_taken_back() -> None:
    connection, transport = hospital(None, SIGNED)
    assert connection.case_copy_cancellations is not None

    with pytest.raises(Refused):
        await connection.case_copy_cancellations.cancel_case_copy(HOLDER, "copies-0001::12.50:WECHAT_PAY")

    assert transport.sent == []


def test_what_is_offered_depends_on_the_signer_and_the_desk() -> None:
    needed = {Capability.CASE_COPIES, Capability.CASE_COPY_CANCELLATION, Capability.ADMISSION_CERTIFICATES}
    bare, full = hospital()[0], hospital(None, SIGNED | DESK)[0]

    assert not needed & bare.offers("501")
    assert bare.admission_certificates is None
    assert needed <= full.offers("501")


@pytest.mark.parametrize("desk", [{}, {"machine_number": ""}, {"machine_number": "M01", "envelope": "undocumented"}])
def test_a_desk_without_a_number_or_with_an_unknown_envelope_is_no_desk(desk: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Options.model_validate({"self_service": desk})
