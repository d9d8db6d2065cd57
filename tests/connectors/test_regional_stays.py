"""Stays at a regional HIS: lists over several hospitals, and what is not even asked."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from connectors.errors import Refused, Unavailable
from connectors.ports import Connection
from connectors.records.base import CardRef
from connectors.records.inpatient import Inpatient
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from tests.connectors.golden import connect

NAMELESS = CardHolder(card=CardRef("253", "1"), name="样例")
BUSY = {"success": False, "msg": "系统繁忙", "code": "40001"}


class Towns:
    """Answers for the hospitals that a call names: rows of those that answer, "busy" where another is among them."""

    def __init__(self, *busy: str) -> None:
        self.busy = set(busy)
        self.asked: list[dict[str, Any]] = []

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:  # noqa: ARG002 # the protocol's form
        asked = json.loads(body)
        self.asked.append(asked)
        hospitals = asked["hospitalId"].split(",")
        rows = [{"hospitalId": each, "userName": f"患者{each}", "balance": "-1"} for each in hospitals]
        answer = BUSY if self.busy & set(hospitals) else {"success": True, "code": "10001", "data": rows}
        return json.dumps(answer).encode()

    async def close(self) -> None:
        return None


def connected(towns: Towns) -> Connection:
    transport: Any = towns
    return connect("regional_wechat", transport, ["253", "254"], {})


def people(outcome: Any) -> list[tuple[str, str]]:
    assert all(isinstance(row, Inpatient) for row in outcome)
    return [(row.card.hospital_id, row.name) for row in outcome]


async def test_inpatients_of_hospitals_at_one_address_are_asked_for_together() -> None:
    towns = Towns()
    admissions = connected(towns).admissions
    assert admissions is not None
    first, second = await admissions.inpatients(["253", "254"])

    assert (people(first), people(second)) == ([("253", "患者253")], [("254", "患者254")])
    assert towns.asked == [{"hospitalId": "253,254"}]


async def test_a_hospital_that_is_busy_spoils_no_other_ones_list() -> None:
    towns = Towns("254")
    admissions = connected(towns).admissions
    assert admissions is not None
    found, failed = await admissions.in_arrears(["253", "254"], Decimal(500))

    assert people(found) == [("253", "患者253")]
    assert isinstance(failed, Unavailable)
    assert {asked["hospitalId"] for asked in towns.asked} == {"253,254", "253", "254"}
    assert {asked["prePay"] for asked in towns.asked} == {"500.00"}


@pytest.mark.parametrize(("port", "method"), [("admissions", "admissions"), ("discharges", "discharges")])
async def test_who_has_no_identity_number_is_not_asked_for_where_nothing_else_finds_them(
    port: str, method: str
) -> None:
    towns = Towns()
    with pytest.raises(Refused) as caught:
        await getattr(getattr(connected(towns), port), method)(NAMELESS)

    assert (caught.value.code, caught.value.patient_message) == (
        ProblemCode.IDENTITY_NUMBER_MISSING,
        "身份证号不能为空",
    )
    assert towns.asked == []


async def test_an_outpatient_visit_has_no_costs_of_a_stay() -> None:
    towns = Towns()
    costs = connected(towns).stay_costs
    assert costs is not None

    assert await costs.stay_bill(NAMELESS.card, "record:1") is None
    assert await costs.cost_summary(NAMELESS, "record:1", None) is None
    assert towns.asked == []
    with pytest.raises(ValueError, match="not a key of this kind"):
        await costs.stay_bill(NAMELESS.card, "1")
