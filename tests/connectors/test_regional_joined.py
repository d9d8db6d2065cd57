"""One call for several hospitals of a regional HIS, and what happens when that goes wrong."""

import asyncio
import datetime as dt
import json
from collections.abc import Awaitable, Callable, Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.core.cache import NoCache
from connectors.core.config import HospitalConfig, Machinery, SystemConfig
from connectors.core.kinds import keyed_digest
from connectors.core.transport import TransportError
from connectors.errors import Malformed, Unavailable
from connectors.ports import Connection
from connectors.records.base import SHANGHAI, CardRef, Period
from connectors.records.billing import Bill
from connectors.records.people import CardHolder
from connectors.regional_wechat import Options, base, connect
from tests.connectors.waiting import opened

PERIOD = Period(dt.datetime(2019, 1, 1, tzinfo=SHANGHAI), dt.datetime(2019, 12, 31, tzinfo=SHANGHAI))
NUMBER = "001000056254587"

Answer = Callable[[list[str]], Awaitable[list[Mapping[str, Any]]]]


class Hospitals:
    """A transport that answers each call by the upstream ids it asks for, and remembers them in order."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.asked: list[str] = []

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:  # noqa: ARG002 # the protocol's form
        joined = json.loads(body)["hospitalId"]
        self.asked.append(joined)
        rows = await self.answer(joined.split(","))
        return json.dumps({"success": True, "msg": "", "code": "10001", "data": rows}).encode()

    async def close(self) -> None:
        return None


def row(upstream_id: str | None, invoice: str | None = None) -> dict[str, Any]:
    hospital = {} if upstream_id is None else {"hospitalId": upstream_id}
    return {"invoiceId": invoice or f"bill-{upstream_id}", "total": "10.00", "time": "2019-05-01 10:00:00"} | hospital


async def each_its_own(upstream_ids: list[str]) -> list[Mapping[str, Any]]:
    return [row(upstream_id) for upstream_id in upstream_ids]


def connected(
    transport: Hospitals,
    *,
    addresses: Mapping[str, str] | None = None,
    paths: Mapping[str, str] | None = None,
    **options: Any,
) -> Connection:
    """Connect our hospitals east and west (253 and 254 at the HIS), at one address unless told otherwise."""
    hospitals = {
        key: HospitalConfig(
            id=key,
            name=key,
            upstream_id=upstream_id,
            base_url=(addresses or {}).get(key, "http://his.test"),
            paths=paths if paths and key == "west" else {},
        )
        for key, upstream_id in {"east": "253", "west": "254"}.items()
    }
    return connect(
        SystemConfig(name="joined", vendor="regional_wechat", hospitals=hospitals, options=Options(**options)),
        Machinery(cache=NoCache(), digest=keyed_digest(b"joined"), transport=lambda _: transport),
    )


def holder(hospital_id: str, number: str = NUMBER) -> CardHolder:
    return CardHolder(card=CardRef(hospital_id, number), name="样例甲", identity_number="370102197907025236")


BOTH = [holder("east"), holder("west")]


async def bills(connection: Connection, holders: list[CardHolder] = BOTH) -> list[Any]:
    """The keys of the bills of each holder, or the error's class."""
    assert connection.billing is not None
    outcomes = await connection.billing.bills(holders, PERIOD)
    return [_ids(outcome) if isinstance(outcome, list) else type(outcome) for outcome in outcomes]


def _ids(found: list[Bill]) -> list[str]:
    return [bill.id for bill in found]


async def test_one_call_serves_two_hospitals_and_each_bill_goes_to_its_card() -> None:
    transport = Hospitals(each_its_own)
    connection = connected(transport)
    assert connection.billing is not None
    east, west = await connection.billing.bills(BOTH, PERIOD)
    assert transport.asked == ["253,254"]
    assert isinstance(east, list)
    assert isinstance(west, list)
    assert [(bill.id, bill.card) for bill in east + west] == [
        ("bill-253", CardRef("east", NUMBER)),
        ("bill-254", CardRef("west", NUMBER)),
    ]


async def test_outcomes_stand_in_the_order_of_the_holders() -> None:
    transport = Hospitals(each_its_own)
    assert await bills(connected(transport), BOTH[::-1]) == [["bill-254"], ["bill-253"]]


async def test_a_hospital_without_rows_has_an_empty_list() -> None:
    async def only_west(_: list[str]) -> list[Mapping[str, Any]]:
        return [row("254")]

    assert await bills(connected(Hospitals(only_west))) == [[], ["bill-254"]]


async def test_rows_of_a_hospital_that_was_not_asked_for_are_left_out() -> None:
    async def with_a_stranger(upstream_ids: list[str]) -> list[Mapping[str, Any]]:
        return [*await each_its_own(upstream_ids), row("999")]

    assert await bills(connected(Hospitals(with_a_stranger))) == [["bill-253"], ["bill-254"]]


async def test_cards_with_other_numbers_are_asked_for_by_themselves() -> None:
    transport = Hospitals(each_its_own)
    assert await bills(connected(transport), [holder("east"), holder("west", "002")]) == [["bill-253"], ["bill-254"]]
    assert sorted(transport.asked) == ["253", "254"]


@pytest.mark.parametrize(
    "apart",
    [
        {"addresses": {"west": "http://other.test"}},
        {"paths": {"hospital.interface.queryOutpatientCostDetail": "/costs"}},
        {"join_hospitals": False},
    ],
    ids=["other address", "other path", "switched off"],
)
async def test_hospitals_are_asked_apart_where_no_one_address_serves_both(apart: Mapping[str, Any]) -> None:
    transport = Hospitals(each_its_own)
    assert await bills(connected(transport, **apart)) == [["bill-253"], ["bill-254"]]
    assert sorted(transport.asked) == ["253", "254"]


async def test_a_failed_joined_call_leaves_only_the_faulty_hospital_failed() -> None:
    async def west_is_down(upstream_ids: list[str]) -> list[Mapping[str, Any]]:
        if "254" in upstream_ids:
            raise TransportError("timed out", sent=True, timeout=True)
        return await each_its_own(upstream_ids)

    transport = Hospitals(west_is_down)
    assert await bills(connected(transport)) == [["bill-253"], Unavailable]
    assert transport.asked[0] == "253,254"
    assert sorted(transport.asked[1:]) == ["253", "254"]


async def test_a_slow_joined_call_is_given_up_and_the_quick_hospital_answers() -> None:
    given_up = asyncio.Event()

    async def slow_together(upstream_ids: list[str]) -> list[Mapping[str, Any]]:
        if len(upstream_ids) > 1:
            try:
                await opened(asyncio.Event())
            finally:
                given_up.set()
        return await each_its_own(upstream_ids)

    transport = Hospitals(slow_together)
    assert await bills(connected(transport, join_seconds=0.01)) == [["bill-253"], ["bill-254"]]
    await asyncio.wait_for(given_up.wait(), 1)
    assert len(transport.asked) == 3


async def test_after_a_failure_hospitals_stay_apart_for_a_while_and_then_join_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 1000.0
    monkeypatch.setattr(base, "time", SimpleNamespace(monotonic=lambda: now))
    broken = True

    async def broken_together(upstream_ids: list[str]) -> list[Mapping[str, Any]]:
        if broken and len(upstream_ids) > 1:
            raise TransportError("HTTP 500", sent=True, timeout=True, status=500)
        return await each_its_own(upstream_ids)

    transport = Hospitals(broken_together)
    connection = connected(transport, apart_seconds=30)
    assert await bills(connection) == [["bill-253"], ["bill-254"]]
    broken = False

    transport.asked.clear()
    now = 1029.0
    assert await bills(connection) == [["bill-253"], ["bill-254"]]
    assert sorted(transport.asked) == ["253", "254"]

    transport.asked.clear()
    now = 1031.0
    assert await bills(connection) == [["bill-253"], ["bill-254"]]
    assert transport.asked == ["253,254"]


async def test_rows_that_name_no_hospital_are_never_guessed_between_two() -> None:
    async def nameless(upstream_ids: list[str]) -> list[Mapping[str, Any]]:
        return [row(None, f"bill-{'-'.join(upstream_ids)}")]

    transport = Hospitals(nameless)
    assert await bills(connected(transport)) == [["bill-253"], ["bill-254"]]
    assert transport.asked[0] == "253,254"
    assert len(transport.asked) == 3


async def test_an_unreadable_answer_of_one_hospital_stays_its_own() -> None:
    async def west_sends_no_total(upstream_ids: list[str]) -> list[Mapping[str, Any]]:
        return [row(each) if each == "253" else {"invoiceId": "x", "hospitalId": each} for each in upstream_ids]

    assert await bills(connected(Hospitals(west_sends_no_total))) == [["bill-253"], Malformed]
