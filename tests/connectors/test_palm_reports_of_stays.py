"""Reports and visits of the palm hospital: those of stays are asked for beside the others, and told with them."""

import asyncio
import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from connectors.errors import ConnectorError, Refused
from connectors.ports import Connection, Reports, VisitCosts, Visits
from connectors.records.base import SHANGHAI, Period
from connectors.records.problems import ProblemCode
from connectors.records.reports import DiagnosticReport, ReportKind
from connectors.records.visits import Visit, VisitClass
from sandbox.town.model import Admission
from sandbox.town.susceptibility import CULTURE
from tests.connectors.golden import connect
from tests.connectors.palm_town import ALL_TIME, HOSPITAL, Town
from tests.connectors.test_palm_papers import CARD, HOLDER, OK, Answers, admitted, hospital

MAY = Period(dt.datetime(2024, 5, 1, tzinfo=SHANGHAI), dt.datetime(2024, 5, 31, 23, 59, 59, tzinfo=SHANGHAI))
STAY = {"id": "I0001", "visit_no": "ZY1", "name": "样例甲", "sex": "男", "total": 12.5, "balance": 1}
VISIT = {"id": "V1", "visit_no": "MZ1", "visit_date": "2024-05-06 08:00:00", "total": 5}
REFUSED = {"head": {"code": -1, "msg": "业务处理失败"}}


def row(number: str, category: str = "lis") -> dict[str, str]:
    return {"id": number, "category": category, "report_name": "血常规", "audit_time_full": "2024-05-07"}


def listed(*rows: dict[str, str]) -> dict[str, object]:
    return OK | {"records": list(rows)}


def reports_of(connection: Connection) -> Reports:
    assert connection.reports is not None
    return connection.reports


def visits_of(connection: Connection) -> Visits:
    assert connection.visits is not None
    return connection.visits


def costs_of(connection: Connection) -> VisitCosts:
    assert connection.visit_costs is not None
    return connection.visit_costs


async def reports(connection: Connection, holder: Any = HOLDER, period: Period = MAY) -> list[DiagnosticReport]:
    (found,) = await reports_of(connection).reports([holder], period)
    assert isinstance(found, list)
    return found


async def visits(connection: Connection, holder: Any = HOLDER, period: Period = MAY) -> list[Visit]:
    (found,) = await visits_of(connection).visits([holder], period)
    assert isinstance(found, list)
    return found


def the_stay(town: Town) -> Admission:
    (stay,) = town.sandbox.town.hospitals[HOSPITAL].admissions
    return stay


async def test_a_stay_is_asked_for_by_its_own_patient_id_and_number() -> None:
    answers = [listed(row("R1")), listed(row("R2"), row("R3", "pacs"))]
    connection, transport = hospital(getLisPacsList=list[object](answers), getInHospitalList=[OK | {"patient": STAY}])

    found = await reports(connection)

    days = {"start_time": "2024-05-01", "end_time": "2024-05-31"}
    assert transport.asked("getLisPacsList") == [
        {"patient_id": "P0001", "card_no": "000123456", "visit_no": "", "op_flag": 1} | days,
        {"patient_id": "I0001", "card_no": "000123456", "visit_no": "ZY1", "op_flag": 2} | days,
    ]
    assert [(each.id, each.kind) for each in found] == [
        ("1:lis:R1", ReportKind.LAB),
        ("2:lis:R2", ReportKind.LAB),
        ("2:pacs:R3", ReportKind.IMAGING),
    ]
    assert {each.card for each in found} == {CARD}


async def test_a_report_of_several_lists_is_told_once() -> None:
    stays = [STAY, STAY | {"visit_no": "ZY2"}]
    answers = [listed(row("R1")), listed(row("R1"), row("R2")), listed(row("R2"), row("R1", "pacs"))]
    connection, _ = hospital(getLisPacsList=list[object](answers), getInHospitalList=[OK | {"patient": stays}])

    assert [each.id for each in await reports(connection)] == ["1:lis:R1", "2:lis:R2", "2:pacs:R1"]


@pytest.mark.parametrize(
    ("came", "went", "asked"),
    [
        ("", "", True),
        ("2024-04-01", "", True),
        ("2024-04-01", "2024-05-01", True),
        ("2024-05-31", "2024-06-09", True),
        ("", "2024-04-30", False),
        ("2024-04-01", "2024-04-30", False),
        ("2024-06-01", "", False),
    ],
)
async def test_stays_that_overlap_the_period_are_asked_for(came: str, went: str, *, asked: bool) -> None:
    stay = STAY | {"admission_time": came, "leave_hospital_time": went}
    connection, transport = hospital(getLisPacsList=[listed()], getInHospitalList=[OK | {"patient": stay}])

    await reports(connection)

    assert len(transport.asked("getLisPacsList")) == 1 + asked


async def test_a_stay_without_a_number_is_a_visit_and_has_no_reports() -> None:
    stay = STAY | {"visit_no": ""}
    connection, transport = hospital(
        getLisPacsList=[listed()], getInHospitalList=[OK | {"patient": stay}], getVisitInfoNew=[OK | {"records": []}]
    )

    assert await reports(connection) == []
    (visit,) = await visits(connection)

    assert len(transport.asked("getLisPacsList")) == 1
    assert (visit.visit_class, visit.number) == (VisitClass.INPATIENT, None)
    assert await costs_of(connection).day_of_stay(CARD, visit.id, dt.date(2024, 5, 6)) is None


async def test_who_has_no_identity_number_has_what_is_of_visits_alone() -> None:
    connection, transport = hospital(getLisPacsList=[listed(row("R1"))], getVisitInfoNew=[OK | {"records": [VISIT]}])
    nobody = replace(HOLDER, identity_number=None)

    assert [each.id for each in await reports(connection, nobody)] == ["1:lis:R1"]
    assert [each.id for each in await visits(connection, nobody)] == ["visit:V1"]
    assert len(transport.sent) == 2


@pytest.mark.parametrize(
    "answers",
    [
        {"getLisPacsList": [listed(row("R1"))], "getInHospitalList": [REFUSED]},
        {"getLisPacsList": [listed(row("R1")), REFUSED], "getInHospitalList": [OK | {"patient": STAY}]},
        {"getLisPacsList": [REFUSED, listed(row("R2"))], "getInHospitalList": [OK | {"patient": STAY}]},
    ],
)
async def test_half_a_list_of_reports_is_none(answers: dict[str, list[object]]) -> None:
    connection, _ = hospital(**answers)

    (found,) = await reports_of(connection).reports([HOLDER], MAY)

    assert isinstance(found, Refused)


async def test_half_a_list_of_visits_is_none() -> None:
    connection, _ = hospital(getVisitInfoNew=[OK | {"records": [VISIT]}], getInHospitalList=[REFUSED])

    (found,) = await visits_of(connection).visits([HOLDER], MAY)

    assert isinstance(found, Refused)


class Together(Answers):
    """Answers nothing before all interfaces that it knows have been asked."""

    def __init__(self, **answers: list[object]) -> None:
        super().__init__(**answers)
        self.all_asked = asyncio.Event()

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        answer = await super().post(url, body, headers)
        if {url.rpartition("/")[2] for url, _, _ in self.sent} == self.answers.keys():
            self.all_asked.set()
        await self.all_asked.wait()
        return answer


async def test_stays_are_asked_for_beside_the_lists_and_once_for_all_of_them() -> None:
    transport = Together(
        getLisPacsList=[listed(row("R1"))],
        getVisitInfoNew=[OK | {"records": [VISIT]}],
        getReceipt=[OK | {"fees": []}],
        getInHospitalList=[OK | {"patient": None}],
    )
    connection = connect("palm_hospital", transport, ["501"], {})
    assert connection.invoices is not None

    lists = (
        reports_of(connection).reports([HOLDER], MAY),
        visits_of(connection).visits([HOLDER], MAY),
        connection.invoices.invoices([HOLDER], MAY),
    )
    found = await asyncio.wait_for(asyncio.gather(*lists), 5)

    assert not any(isinstance(part, ConnectorError) for (part,) in found)
    assert len(transport.sent) == 4


@pytest.mark.parametrize("key", ["lis:R1", "R1", "1:lis:R1:2"])
async def test_a_key_of_another_make_names_no_report(key: str) -> None:
    connection, transport = hospital()

    for read in (reports_of(connection).lab_report, reports_of(connection).imaging_report):
        with pytest.raises(Refused) as refused:
            await read(HOLDER, key)
        assert refused.value.code is ProblemCode.NOT_FOUND
    assert transport.sent == []


async def test_reports_of_a_stay_there_are_read_with_what_is_in_them(town: Town) -> None:
    stay, person = the_stay(town), admitted(town)
    inside = [each for each in town.sandbox.town.hospitals[HOSPITAL].reports if each.inpatient]
    lab = next(each for each in inside if each.kind == "lab")
    lab.cultures = list(CULTURE)
    holder, port = await town.holder(person), reports_of(town.connection)
    assert town.connection.susceptibilities is not None

    found = [each for each in await reports(town.connection, holder, ALL_TIME) if each.id.startswith("2:")]
    content = await port.lab_report(holder, f"2:lis:{lab.id}")
    image = next(each for each in found if each.kind is ReportKind.IMAGING)

    assert {each.visit_id for each in inside} == {stay.id}
    assert {each.id.rpartition(":")[2] for each in found} == {each.id for each in inside}
    assert content is not None
    assert await port.lab_report(holder, f"1:lis:{lab.id}") is None
    assert await port.imaging_report(holder, image.id) is not None
    tried = await town.connection.susceptibilities.susceptibilities(holder, content.culture_ids[0])
    assert [each.antibiotic_name for each in tried] == [each.antibiotic for each in CULTURE]


async def test_a_stay_is_a_visit_without_a_medical_record(town: Town) -> None:
    stay, holder = the_stay(town), await town.holder(admitted(town))

    found = {each.visit_class: each for each in await visits(town.connection, holder, ALL_TIME)}
    visit = found[VisitClass.INPATIENT]

    assert (visit.number, visit.cost, visit.complaint) == (stay.number, stay.cost, None)
    assert visit.started_at is not None
    assert visit.ended_at is not None
    assert stay.discharged_at is not None
    days = (stay.admitted_at.date(), stay.discharged_at.date())
    assert (visit.started_at.date(), visit.ended_at.date()) == days
    assert await visits_of(town.connection).medical_record(holder.card, visit.id) is None
    assert town.calls("/getVisitInfoNewDetail") == 0
    before = Period(ALL_TIME.since, visit.started_at - dt.timedelta(seconds=1))
    after = Period(visit.started_at + dt.timedelta(seconds=1), ALL_TIME.until)
    for period in (before, after):
        assert visit not in await visits(town.connection, holder, period)


async def test_what_a_visit_of_a_stay_cost_is_told_by_the_day_and_by_the_item(town: Town) -> None:
    stay, holder = the_stay(town), await town.holder(admitted(town))
    port, third = costs_of(town.connection), stay.admitted_at.date() + dt.timedelta(days=2)
    found = {each.visit_class: each for each in await visits(town.connection, holder, ALL_TIME)}
    inside, outside = found[VisitClass.INPATIENT], found[VisitClass.OUTPATIENT]

    day = await port.day_of_stay(holder.card, inside.id, third)
    summed, of_day = [await port.cost_summary(holder, inside.id, each) for each in (None, third)]

    assert day is not None
    assert summed is not None
    assert of_day is not None
    assert summed.total == sum(each.total for each in summed.by_item) == stay.cost
    assert of_day.total == sum((each.total for each in of_day.by_item), Decimal(0)) == day.total
    assert [each.name for each in of_day.by_item] == list(dict.fromkeys(each.name for each in day.items))
    assert await port.stay_bill(holder.card, inside.id) is None
    assert await port.day_of_stay(holder.card, outside.id, third) is None
    assert await port.cost_summary(holder, outside.id, None) is None
    assert await port.cost_summary(holder, inside.id, third - dt.timedelta(days=30)) is None
