from typing import Any

import pytest

from connectors.records.reports import (
    DiagnosticReport,
    ImagingReportDetail,
    LabReportDetail,
    Observation,
    ReportKind,
    ReportStatus,
)
from resolvers.access_control.withholding import Withheld, withheld
from resolvers.diagnostic_reports.reports import imaging_detail, lab_detail
from resolvers.problems import Problem
from tests.resolvers.fakes import MINE, STAFF, STRANGERS, Region

FULL_LAB: dict[str, Any] = {"observations": [Observation(name="HIV")], "pdf_address": "http://h/1.pdf", "ward": "3"}
FULL_IMAGING: dict[str, Any] = {"findings": "x", "conclusion": "y", "image_address": "http://h/1", "pdf_address": "p"}
KINDS = [(ReportKind.LAB, LabReportDetail, FULL_LAB), (ReportKind.IMAGING, ImagingReportDetail, FULL_IMAGING)]
UNFINISHED = [status for status in ReportStatus if status not in {ReportStatus.FINAL, ReportStatus.UNKNOWN}]


def row(kind: ReportKind, **more: Any) -> DiagnosticReport:
    return DiagnosticReport(**{"id": "r", "card": MINE, "kind": kind, "title": "t", **more})


async def read(info: Any, report: DiagnosticReport) -> Any:
    return await (lab_detail if report.kind is ReportKind.LAB else imaging_detail)(report, info)


@pytest.mark.parametrize(("kind", "detail", "full"), KINDS)
@pytest.mark.parametrize("told", [{"sensitive": True}, *({"status": status} for status in UNFINISHED)])
async def test_where_the_row_says_so_the_hospital_is_not_even_asked(
    region: Region, kind: ReportKind, detail: type, full: dict[str, Any], told: dict[str, Any]
) -> None:
    region.shared.detail = detail(card=MINE, **full)
    info = region.info()
    found = await read(info, row(kind, **told))
    assert found == detail(card=MINE, sensitive="sensitive" in told, audited="status" not in told)
    assert withheld(found, info) is (Withheld.SENSITIVE if "sensitive" in told else Withheld.NOT_AUDITED)
    assert region.shared.asked == []


@pytest.mark.parametrize(("kind", "detail", "full"), KINDS)
@pytest.mark.parametrize(
    ("flags", "why"),
    [
        ({"sensitive": True}, Withheld.SENSITIVE),
        ({"audited": False}, Withheld.NOT_AUDITED),
        ({"audited": False, "sensitive": True}, Withheld.NOT_AUDITED),
    ],
)
async def test_what_only_the_detail_tells_empties_the_detail(
    region: Region, kind: ReportKind, detail: type, full: dict[str, Any], flags: dict[str, bool], why: Withheld
) -> None:
    region.shared.detail = detail(card=MINE, **full, **flags)
    info = region.info()
    for status in (ReportStatus.FINAL, ReportStatus.UNKNOWN):
        found = await read(info, row(kind, status=status))
        assert found == detail(card=MINE, **flags)
        assert withheld(found, info) is why


@pytest.mark.parametrize(("kind", "detail", "full"), KINDS)
async def test_an_ordinary_report_is_shown_whole(
    region: Region, kind: ReportKind, detail: type, full: dict[str, Any]
) -> None:
    region.shared.detail = detail(card=MINE, **full)
    found = await read(region.info(), row(kind))
    assert found == detail(card=MINE, **full)
    assert withheld(found, region.info()) is None


@pytest.mark.parametrize(("kind", "detail", "full"), KINDS)
@pytest.mark.parametrize("told", [{}, {"sensitive": True}, {"status": ReportStatus.RECALLED}])
async def test_staff_see_what_is_withheld_from_patients(
    region: Region, kind: ReportKind, detail: type, full: dict[str, Any], told: dict[str, Any]
) -> None:
    region.shared.detail = detail(card=MINE, audited=False, sensitive=True, **full)
    info = region.info(STAFF)
    found = await read(info, row(kind, **told))
    assert found == region.shared.detail
    assert withheld(found, info) is None


async def test_a_report_that_the_hospital_no_longer_has_is_nothing(region: Region) -> None:
    assert await read(region.info(), row(ReportKind.LAB)) is None


async def test_a_report_of_a_card_out_of_reach_is_refused(region: Region) -> None:
    with pytest.raises(Problem):
        await read(region.info(), row(ReportKind.LAB, card=STRANGERS))
    assert region.shared.asked == []
