"""What is asked about nucleic-acid tests, and what is refused before the hospital is asked."""

import dataclasses
import datetime as dt
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from connectors.errors import Refused
from connectors.ports import NucleicAcidTestBookings
from connectors.records.base import SHANGHAI, CardRef
from connectors.records.billing import PaymentMethod
from connectors.records.nucleic_acid_booking import NucleicAcidTestOrder
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from tests.connectors.golden import ScriptedTransport, connect

HOLDER = CardHolder(
    card=CardRef("501", "000123456", "P0001"),
    name="样例甲",
    identity_number="370102197907025236",
    phone="10000000001",
)
ORDER = NucleicAcidTestOrder(
    slot_id="01:2021-01-22:09%3A00-09%3A30:70.00",
    method=PaymentMethod.WECHAT_PAY,
    ordered_at=dt.datetime(2021, 1, 21, tzinfo=SHANGHAI),
)
NAMELESS = dataclasses.replace(HOLDER, identity_number=None)
OUT_OF_REACH = dataclasses.replace(HOLDER, phone=None)


def bookings(transport: ScriptedTransport) -> NucleicAcidTestBookings:
    port = connect("palm_hospital", transport, ["501"], {}).nucleic_acid_test_bookings
    assert port is not None
    return port


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda port: port.appointments(NAMELESS), ProblemCode.IDENTITY_NUMBER_MISSING),
        (lambda port: port.appointments(OUT_OF_REACH), ProblemCode.BAD_INPUT),
        (lambda port: port.book(NAMELESS, ORDER), ProblemCode.IDENTITY_NUMBER_MISSING),
        (lambda port: port.book(OUT_OF_REACH, ORDER), ProblemCode.BAD_INPUT),
        (lambda port: port.book(HOLDER, dataclasses.replace(ORDER, slot_id="01:2021-01-22")), ProblemCode.NOT_FOUND),
        (
            lambda port: port.book(HOLDER, dataclasses.replace(ORDER, method=PaymentMethod.CARD_BALANCE)),
            ProblemCode.BAD_INPUT,
        ),
    ],
)
async def test_what_the_document_cannot_do_without_is_missed_before_the_call(
    ask: Callable[[NucleicAcidTestBookings], Awaitable[Any]], code: ProblemCode
) -> None:
    transport = ScriptedTransport(b"{}")
    with pytest.raises(Refused) as refused:
        await ask(bookings(transport))
    assert refused.value.code is code
    assert transport.sent == []


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
async def test_the_latest_test_is_the_one_that_was_examined_last(order: tuple[int, int]) -> None:
    rows = [{"report_no": "old", "check_datetime": "2021-01-24 08:00:00"}, {"report_no": "new"}]
    rows[1]["check_datetime"] = "2021-01-25 08:00:00"
    answer = {"head": {"code": 1, "msg": ""}, "data": [rows[place] for place in order]}
    port = connect("palm_hospital", ScriptedTransport(json.dumps(answer).encode()), ["501"], {}).nucleic_acid_tests
    assert port is not None

    latest = await port.latest_nucleic_acid_test(HOLDER)

    assert latest is not None
    assert latest.specimen_number == "new"


async def test_without_any_test_there_is_no_latest() -> None:
    port = connect(
        "palm_hospital", ScriptedTransport(b'{"head": {"code": 1, "msg": ""}, "data": []}'), ["501"], {}
    ).nucleic_acid_tests
    assert port is not None
    assert await port.latest_nucleic_acid_test(HOLDER) is None
