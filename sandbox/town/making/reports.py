"""Writes the reports of a visit, and the special ones that some rule is about."""

from datetime import timedelta
from random import Random

from sandbox.town.clinic import Visit, VisitKind
from sandbox.town.lore.tests import PANELS, STUDIES, Analyte, Marker, Panel
from sandbox.town.making.numbering import Numbering
from sandbox.town.people import Card
from sandbox.town.reports import Flag, ImagingReport, LabReport, Observation, ReportState
from sandbox.town.town import Town, owned

_EXECUTOR, _AUDITOR = "检样医", "审样医"
_REPORT_AFTER = timedelta(hours=3)


def test(
    town: Town,
    draw: Random,
    numbering: Numbering,
    visit: Visit,
    panel: Panel,
    state: ReportState = ReportState.AUDITED,
) -> LabReport:
    """A laboratory report of a visit."""
    report = LabReport(
        id=numbering.next(visit.hospital, "L"),
        hospital=visit.hospital,
        person=visit.person,
        card=visit.card,
        visit=visit.id,
        inpatient=visit.kind is VisitKind.INPATIENT,
        name=panel.name,
        specimen=panel.specimen,
        specimen_number=numbering.next(visit.hospital, "BB"),
        department=visit.department,
        ordered_by=visit.doctor,
        executor=_EXECUTOR,
        auditor=_AUDITOR,
        ordered_at=visit.at + timedelta(minutes=10),
        reported_at=visit.at + _REPORT_AFTER,
        state=state,
        sensitive=panel.sensitive,
        special=panel.special,
        observations=[_observe(draw, part, abnormal=panel.sensitive) for part in panel.parts],
    )
    town.labs[report.id] = report
    return report


def image(
    town: Town,
    draw: Random,
    numbering: Numbering,
    visit: Visit,
    study: str,
    state: ReportState = ReportState.AUDITED,
    *,
    sensitive: bool = False,
) -> ImagingReport:
    """An imaging report of a visit."""
    known = STUDIES[study]
    findings, conclusion = draw.choice((known.clear, known.ill))
    report = ImagingReport(
        id=numbering.next(visit.hospital, "G"),
        hospital=visit.hospital,
        person=visit.person,
        card=visit.card,
        visit=visit.id,
        inpatient=visit.kind is VisitKind.INPATIENT,
        name=known.name,
        modality=known.modality,
        part=known.part,
        findings=findings,
        conclusion=conclusion,
        department=visit.department,
        ordered_by=visit.doctor,
        executor=_EXECUTOR,
        auditor=_AUDITOR,
        ordered_at=visit.at + timedelta(minutes=10),
        reported_at=visit.at + _REPORT_AFTER,
        state=state,
        sensitive=sensitive,
    )
    town.imaging[report.id] = report
    return report


def special_reports(town: Town, draw: Random, numbering: Numbering, card: Card) -> None:
    """Sensitive, unaudited and recalled reports, a nucleic acid test, and an ordinary study to compare."""
    visits = owned(town.visits.values(), card.person, card.hospital)
    first, second, third, *_, last = visits
    test(town, draw, numbering, first, PANELS["感染四项"])
    test(town, draw, numbering, second, PANELS["肝功能"], ReportState.RECALLED)
    test(town, draw, numbering, third, PANELS["新型冠状病毒核酸检测"])
    test(town, draw, numbering, last, PANELS["血常规"], ReportState.SUBMITTED)
    image(town, draw, numbering, first, "胸部CT")
    image(town, draw, numbering, second, "腹部彩超", ReportState.RECALLED)
    image(town, draw, numbering, third, "胸部CT", sensitive=True)
    image(town, draw, numbering, last, "膝关节DR", ReportState.REGISTERED)


def _observe(draw: Random, part: Analyte | Marker, *, abnormal: bool) -> Observation:
    if isinstance(part, Marker):
        value = part.otherwise if abnormal else part.expected
        flag = Flag.ABNORMAL if abnormal else Flag.NORMAL
        return Observation(part.code, part.name, part.short, value, "", "", "", part.expected, flag)
    value, flag = draw.choices(
        ((part.within, Flag.NORMAL), (part.above, Flag.HIGH), (part.below, Flag.LOW)), weights=(5, 2, 1)
    )[0]
    reference = f"{part.low}-{part.high}"
    return Observation(part.code, part.name, part.short, value, part.unit, part.low, part.high, reference, flag)
