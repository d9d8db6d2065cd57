"""Invoices, corrections and queue numbers of the palm hospital: what is asked, what is not, what is found again."""

import base64
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from connectors.errors import ConnectorError, Malformed, Refused, Unavailable
from connectors.palm_hospital import receipts
from connectors.ports import Connection, HolderChanges, Invoices, NumberCollection
from connectors.records.base import CardRef, Period
from connectors.records.card_changes import HolderChange
from connectors.records.demographics import Address, MaritalStatus
from connectors.records.invoices import ElectronicInvoice, InvoiceFormat, InvoiceKind
from connectors.records.people import CardHolder, Gender
from connectors.records.problems import ProblemCode
from connectors.records.scheduling import AppointmentStatus
from sandbox.town.deeds import book
from sandbox.town.model import Appointment
from tests.connectors.golden import ScriptedTransport, connect
from tests.connectors.palm_town import ALL_TIME, HOSPITAL, Town

CARD = CardRef("501", "000123456", "P0001")
HOLDER = CardHolder(card=CARD, name="样例甲", identity_number="370102197907025236")
OK = {"head": {"code": 1, "msg": "成功"}, "ResultCode": 0}
ROW = {"id": "R1", "receipt_no": "FP1", "total": 5, "receipt_date": "2024-05-02", "origin_url": ""}
BOOKED = {"APPT_ID": "A1", "PATIENT_ID": "P0001", "STATUS": 9, "DT": "2024-05-06", "TIME_NAME": "08:00-08:30"}
DAY = dt.date(2024, 5, 6)


class Answers(ScriptedTransport):
    """Answers each interface with what is next for it; the last again and again."""

    def __init__(self, **answers: list[object]) -> None:
        super().__init__(b"")
        self.answers = answers

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        await super().post(url, body, headers)
        mine = self.answers[url.rpartition("/")[2]]
        return json.dumps(mine.pop(0) if len(mine) > 1 else mine[0]).encode()

    def asked(self, name: str) -> list[Any]:
        return [json.loads(body) for url, body, _ in self.sent if url.endswith(f"/{name}")]


def hospital(**answers: list[object]) -> tuple[Connection, Answers]:
    transport = Answers(**answers)
    return connect("palm_hospital", transport, ["501"], {}), transport


def invoices_of(connection: Connection) -> Invoices:
    assert connection.invoices is not None
    return connection.invoices


def numbers_of(connection: Connection) -> NumberCollection:
    assert connection.number_collection is not None
    return connection.number_collection


def changes_of(connection: Connection) -> HolderChanges:
    assert connection.holder_changes is not None
    return connection.holder_changes


async def listed(town: Town, period: Period = ALL_TIME, person: str = "p01") -> list[ElectronicInvoice]:
    (found,) = await invoices_of(town.connection).invoices([await town.holder(person)], period)
    assert isinstance(found, list)
    return found


def admitted(town: Town) -> str:
    (stay,) = town.sandbox.town.hospitals[HOSPITAL].admissions
    return next(
        card.person_id for card in town.sandbox.town.hospitals[HOSPITAL].cards if card.number == stay.card_number
    )


async def test_a_stay_is_asked_for_by_its_own_patient_id() -> None:
    stay = {"id": "I0001", "visit_no": "ZY1", "name": "样例甲", "sex": "男", "total": 1, "balance": 1}
    connection, transport = hospital(getReceipt=[OK | {"fees": [ROW]}], getInHospitalList=[OK | {"patient": stay}])

    (found,) = await invoices_of(connection).invoices([HOLDER], ALL_TIME)

    assert transport.asked("getReceipt") == [
        {"patient_id": "P0001", "visit_no": "000123456", "op_flag": 1},
        {"patient_id": "I0001", "visit_no": "ZY1", "op_flag": 2},
    ]
    assert isinstance(found, list)
    assert [(each.kind, each.card) for each in found] == [(InvoiceKind.OUTPATIENT, CARD), (InvoiceKind.INPATIENT, CARD)]
    assert len({each.id for each in found}) == 2


async def test_who_has_no_identity_number_has_invoices_of_visits_alone() -> None:
    connection, transport = hospital(getReceipt=[OK | {"fees": [ROW]}])

    (found,) = await invoices_of(connection).invoices([replace(HOLDER, identity_number=None)], ALL_TIME)

    assert isinstance(found, list)
    assert len(found) == len(transport.sent) == 1


async def test_half_a_list_is_none(town: Town) -> None:
    town.fault("/getInHospitalList", "malformed")

    (found,) = await invoices_of(town.connection).invoices([await town.holder()], ALL_TIME)

    assert isinstance(found, ConnectorError)


async def test_invoices_are_those_of_the_period(town: Town) -> None:
    everything = await listed(town)
    days = sorted({each.issued_at for each in everything if each.issued_at})
    first = Period(days[0], days[0] + dt.timedelta(hours=23))

    assert len(days) > 1
    assert {each.issued_at for each in await listed(town, first)} == {days[0]}


async def test_the_original_of_a_visit_and_of_a_stay_is_the_file_itself(town: Town) -> None:
    found = await listed(town, person=admitted(town))
    formats = {}
    for invoice in found:
        document = await invoices_of(town.connection).invoice_document(invoice.card, invoice.id)
        assert document is not None
        assert document.page_url is None
        assert document.content is not None
        formats[invoice.kind] = document.format
        assert base64.b64decode(document.content)

    assert formats[InvoiceKind.INPATIENT] is InvoiceFormat.PNG
    assert formats.get(InvoiceKind.OUTPATIENT, InvoiceFormat.PDF) is InvoiceFormat.PDF


async def test_an_original_that_is_gone_or_of_an_unknown_invoice_is_none(town: Town) -> None:
    port, invoice = invoices_of(town.connection), (await listed(town))[0]
    key = invoice.id.rpartition(":")[0]
    assert await port.invoice_document(invoice.card, f"{key}:none") is None

    bills = town.sandbox.town.hospitals[HOSPITAL].bills
    name = invoice.id.rpartition(":")[2]
    bill = next(bill for bill in bills if bill.id == name)
    # Its address ends with something that there is no file of.
    bill.id = f"{name}?"

    assert await port.invoice_document(invoice.card, f"{key}:{name}%3F") is None


@pytest.mark.parametrize("address", ["", "http://other.test/x.pdf", "ftp://hospital.test/x.pdf", "\\\\share\\x.pdf"])
async def test_an_address_of_elsewhere_is_neither_fetched_nor_told(address: str) -> None:
    connection, _ = hospital(getReceipt=[OK | {"fees": [ROW | {"origin_url": address}]}])

    assert await invoices_of(connection).invoice_document(CARD, "1:P0001:000123456:R1") is None


async def test_a_huge_original_is_not_made_part_of_an_answer(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    invoice = (await listed(town))[0]
    monkeypatch.setattr(receipts, "_LARGEST", 3)

    with pytest.raises(Malformed):
        await invoices_of(town.connection).invoice_document(invoice.card, invoice.id)


async def test_a_key_of_another_make_names_no_invoice() -> None:
    connection, transport = hospital()

    with pytest.raises(Refused) as refused:
        await invoices_of(connection).invoice_document(CARD, "R1")

    assert refused.value.code is ProblemCode.NOT_FOUND
    assert transport.sent == []


@pytest.mark.parametrize(
    "change",
    [
        HolderChange(phone="10000000002", name="样例别人"),
        HolderChange(phone="10000000002", address=Address(city="样例市")),
        HolderChange(phone="10000000002", marital_status=MaritalStatus.MARRIED),
        HolderChange(phone="10000000002", gender=Gender.OTHER),
    ],
)
async def test_what_would_be_changed_in_part_is_not_changed(change: HolderChange) -> None:
    connection, transport = hospital()

    with pytest.raises(Refused) as refused:
        await changes_of(connection).change_holder(CARD, change)

    assert refused.value.code is ProblemCode.BAD_INPUT
    assert refused.value.patient_message
    assert transport.sent == []


def booked(town: Town, days: int = 0) -> Appointment:
    there, today = town.sandbox.town.hospitals[HOSPITAL], town.sandbox.town.today
    coming = (session for session in there.sessions if (session.day - today).days == days)
    slot = next(slot for session in coming for slot in session.slots if slot.remaining)
    return book(town.sandbox.town, there, town.card(), slot.id, key=f"B-{days}")


async def collected(town: Town, appointment_id: str, person: str = "p01") -> Any:
    holder = await town.holder(person)
    return await numbers_of(town.connection).collect_number(holder, appointment_id, town.sandbox.town.today)


async def test_a_number_is_taken_once_and_then_told_again(town: Town) -> None:
    made = booked(town)

    first = await collected(town, made.id)
    again = await collected(town, made.id)

    assert (first.id, first.status, first.queue_number) == (
        made.id,
        AppointmentStatus.COLLECTED,
        str(made.queue_number),
    )
    assert not first.cancellable
    assert first.starts_at is not None
    assert replace(first, pay_before=None) == replace(again, pay_before=None)
    assert town.calls("/offerNumber") == 1


@pytest.mark.parametrize("kind", ["malformed", "timeout"])
async def test_a_number_whose_answer_was_lost_is_not_taken_again(town: Town, kind: Any) -> None:
    made = booked(town)
    town.fault("/offerNumber", kind)

    with pytest.raises((Malformed, Unavailable)):
        await collected(town, made.id)
    found = await collected(town, made.id)

    assert (found.status, found.queue_number) == (AppointmentStatus.COLLECTED, str(made.queue_number))
    assert town.calls("/offerNumber") == 1


async def test_a_call_that_was_not_heard_is_made_again(town: Town) -> None:
    made = booked(town)
    town.fault("/offerNumber", "error")

    with pytest.raises(Unavailable):
        await collected(town, made.id)

    assert (await collected(town, made.id)).status is AppointmentStatus.COLLECTED
    assert town.calls("/offerNumber") == 2


async def test_a_refusal_after_the_number_was_taken_is_none() -> None:
    taken = BOOKED | {"STATUS": 1, "QUEUE_NO": "7"}
    refusal = {"head": {"code": -1, "msg": "已取号"}}
    connection, _ = hospital(query=[OK | {"DATA": [BOOKED]}, OK | {"DATA": [taken]}], offerNumber=[refusal])

    found = await numbers_of(connection).collect_number(HOLDER, "A1", DAY)

    assert (found.status, found.queue_number) == (AppointmentStatus.COLLECTED, "7")


async def test_a_refusal_is_told_where_the_appointment_is_as_it_was() -> None:
    refusal = {"head": {"code": -1, "msg": "未缴费"}}
    connection, transport = hospital(query=[OK | {"DATA": [BOOKED]}], offerNumber=[refusal])

    with pytest.raises(Refused) as refused:
        await numbers_of(connection).collect_number(HOLDER, "A1", DAY)

    assert refused.value.code is ProblemCode.REFUSED_BY_HOSPITAL
    assert len(transport.asked("offerNumber")) == 1


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ({"STATUS": -1}, "A1"),
        ({"STATUS": 0}, "A1"),
        ({"STATUS": -3}, "A1"),
        ({"DT": "2024-05-07"}, "A1"),
        ({"PATIENT_ID": "P0002"}, "A1"),
        ({}, "registered:A1"),
    ],
)
async def test_there_is_no_number_for_what_is_not_booked_for_today(row: dict[str, object], key: str) -> None:
    connection, transport = hospital(query=[OK | {"DATA": [BOOKED | row]}])

    with pytest.raises(Refused) as refused:
        await numbers_of(connection).collect_number(HOLDER, key, DAY)

    assert refused.value.code is ProblemCode.APPOINTMENT_UNKNOWN
    assert transport.asked("offerNumber") == []
