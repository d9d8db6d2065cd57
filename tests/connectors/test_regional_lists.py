"""Lists that the regional connector puts together from two calls."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from connectors.errors import ConnectorError
from connectors.ports import Connection
from connectors.records.base import SHANGHAI, CardRef, Period
from connectors.records.people import CardHolder
from connectors.records.reports import ReportKind
from connectors.records.visits import VisitClass
from tests.connectors.golden import ScriptedTransport, connect

PERIOD = Period(dt.datetime(2024, 1, 1, tzinfo=SHANGHAI), dt.datetime(2024, 12, 31, tzinfo=SHANGHAI))
HOLDERS = [CardHolder(card=CardRef(hospital, "11009009"), name="样例甲") for hospital in ("253", "254")]
RECORDS, STAYS = "electronicMedicalRecord", "queryHospitalizationRecord"
LAB, IMAGING = "laboratoryReport", "pacsReport"


class HospitalsBehindOneAddress(ScriptedTransport):
    """Answers each interface with its rows, of the hospitals asked for; fails where `down` names one of them."""

    def __init__(self, rows: Mapping[str, list[dict[str, Any]]], down: Mapping[str, str] | None = None) -> None:
        super().__init__(b"")
        self.rows = rows
        self.down = down or {}
        self.asked: list[tuple[str, str]] = []

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        await super().post(url, body, headers)
        name = url.rpartition(".")[2]
        hospitals = json.loads(body)["hospitalId"]
        self.asked.append((name, hospitals))
        if self.down.get(name) in hospitals.split(","):
            return json.dumps({"success": False, "code": "10003", "msg": ""}).encode()
        rows = [row for row in self.rows.get(name, []) if row["hospitalId"] in hospitals.split(",")]
        data = {"report": rows} if name in {LAB, IMAGING} else rows
        return json.dumps({"success": True, "code": "10001", "data": data}).encode()


def connected(transport: HospitalsBehindOneAddress, **options: Any) -> Connection:
    return connect("regional_wechat", transport, ["253", "254"], options)


def record(hospital: str, key: str, kind: str) -> dict[str, Any]:
    return {"hospitalId": hospital, "id": key, "patType": kind, "time": "2024-05-01 09:00:00", "complaints": "咳嗽"}


def stay(hospital: str, key: str) -> dict[str, Any]:
    return {"hospitalId": hospital, "id": key, "dateOfAdmission": "2024-05-26", "cost": "10", "diagnosis": "骨折"}


def report(hospital: str, key: str, kind: str) -> dict[str, Any]:
    return {"hospitalId": hospital, "id": key, "type": kind, "item": "样例", "time": "2024-05-01 09:00:00"}


def ids(outcomes: Sequence[list[Any] | ConnectorError]) -> list[list[str] | str]:
    return [
        outcome.code.value if isinstance(outcome, ConnectorError) else [row.id for row in outcome]
        for outcome in outcomes
    ]


ROWS = {
    RECORDS: [record("253", "7", "1"), record("253", "8", "2"), record("254", "9", "1")],
    STAYS: [stay("253", "7")],
}


async def test_visits_come_from_records_and_stays_in_one_joined_call_each() -> None:
    transport = HospitalsBehindOneAddress(ROWS)
    visits = connected(transport).visits
    assert visits is not None
    first, second = await visits.visits(HOLDERS, PERIOD)
    assert not isinstance(first, ConnectorError)
    assert not isinstance(second, ConnectorError)
    assert [(visit.id, visit.visit_class) for visit in first] == [
        ("record:7", VisitClass.OUTPATIENT),
        ("stay:7", VisitClass.INPATIENT),
    ]
    assert [visit.id for visit in second] == ["record:9"]
    assert sorted(transport.asked) == [(RECORDS, "253,254"), (STAYS, "253,254")]


async def test_a_hospital_that_fails_one_of_the_two_calls_gives_no_half_list() -> None:
    visits = connected(HospitalsBehindOneAddress(ROWS, down={STAYS: "253"})).visits
    assert visits is not None
    assert ids(await visits.visits(HOLDERS, PERIOD)) == ["UPSTREAM_UNAVAILABLE", ["record:9"]]


async def test_a_stay_has_no_medical_record_and_makes_no_call() -> None:
    transport = HospitalsBehindOneAddress({})
    visits = connected(transport).visits
    assert visits is not None
    assert await visits.medical_record(HOLDERS[0].card, "stay:7") is None
    assert transport.asked == []


async def test_one_list_may_serve_both_kinds_of_report() -> None:
    transport = HospitalsBehindOneAddress({LAB: [report("253", "1", "0"), report("253", "2", "1")]})
    reports = connected(transport).reports
    assert reports is not None
    first, second = await reports.reports(HOLDERS, PERIOD)
    assert not isinstance(first, ConnectorError)
    assert [row.kind for row in first] == [ReportKind.LAB, ReportKind.IMAGING]
    assert second == []
    assert transport.asked == [(LAB, "253,254")]


async def test_imaging_reports_may_have_a_list_of_their_own() -> None:
    rows = {LAB: [report("253", "1", "0")], IMAGING: [report("253", "1", "1"), report("254", "2", "1")]}
    transport = HospitalsBehindOneAddress(rows, down={IMAGING: "254"})
    reports = connected(transport, separate_imaging_list=True).reports
    assert reports is not None
    assert ids(await reports.reports(HOLDERS, PERIOD)) == [["1", "1"], "UPSTREAM_UNAVAILABLE"]
