"""Laboratory and imaging reports."""

import datetime as dt
from dataclasses import replace
from random import Random

from sandbox.town.findings import IMAGES, PANELS, SENSITIVE_TESTS, SENSITIVE_TITLE, Image, Test
from sandbox.town.lookup import doctor_of, outpatient_visits
from sandbox.town.model import Card, Hospital, Observation, Report, Visit
from sandbox.town.numbers import next_id
from sandbox.town.susceptibility import CULTURE


def reports(hospital: Hospital, card: Card, rng: Random) -> None:
    """A laboratory and an imaging report per card, more for some; the odd ones only for the first person."""
    first, second, third, *_ = outpatient_visits(hospital, card.number)
    panels = list(PANELS)
    _lab(hospital, second, rng, panels[0])
    _imaging(hospital, third, rng.choice(IMAGES))
    if card.person_id == "p01" and hospital.id == "253":
        _sensitive(hospital, second)
        _lab(hospital, first, rng, panels[2], state="submitted")
        _imaging(hospital, second, IMAGES[1], state="rescinded")
    elif card.person_id != "p01":
        _lab(hospital, third, rng, rng.choice(panels[1:]))
    if card.person_id == "p01" and hospital.id == "501":
        _culture(hospital, first)
    stay = {admission.id for admission in hospital.admissions}
    for visit in hospital.visits:
        if visit.card_number == card.number and visit.id in stay:
            _of_stay(hospital, visit, rng, panels[1])


def _of_stay(hospital: Hospital, visit: Visit, rng: Random, title: str) -> None:
    """A laboratory report on the day of the admission, an image on the next."""
    _lab(hospital, visit, rng, title, inpatient=True)
    next_day = replace(visit, started_at=visit.started_at + dt.timedelta(days=1))
    _imaging(hospital, next_day, IMAGES[0], inpatient=True)


def _report(hospital: Hospital, visit: Visit, kind: str, title: str, state: str, *, inpatient: bool = False) -> Report:
    number = len(hospital.reports) + 1
    colleagues = [doctor.name for doctor in hospital.doctors]
    report = Report(
        id=next_id(hospital.id, "R", hospital.reports),
        kind=kind,
        number=f"{'JY' if kind == 'lab' else 'JC'}{hospital.id}{number:06}",
        card_number=visit.card_number,
        visit_id=visit.id,
        inpatient=inpatient,
        title=title,
        state=state,
        sensitive=False,
        requested_at=visit.started_at + dt.timedelta(minutes=10),
        reported_at=visit.started_at + dt.timedelta(minutes=150),
        department_id=visit.department_id,
        requested_by=doctor_of(hospital, visit.doctor_id).name,
        performed_by=colleagues[number % len(colleagues)],
        audited_by=colleagues[(number + 1) % len(colleagues)] if state != "submitted" else "",
    )
    hospital.reports.append(report)
    return report


def _lab(
    hospital: Hospital, visit: Visit, rng: Random, title: str, *, state: str = "reviewed", inpatient: bool = False
) -> None:
    """A panel; the first value is always too high, others now and then."""
    specimen, tests = PANELS[title]
    report = _report(hospital, visit, "lab", title, state, inpatient=inpatient)
    report.specimen = specimen
    report.specimen_number = f"BB{hospital.id}{len(hospital.reports):06}"
    report.observations = [_measured(test, rng, odd=place == 0) for place, test in enumerate(tests)]


def _measured(test: Test, rng: Random, *, odd: bool) -> Observation:
    flag = 1 if odd else rng.choice((0, 0, 0, 0, 1, -1))
    if test.low == 0:
        flag = abs(flag)
    inside = test.low + (test.high - test.low) * rng.uniform(0.2, 0.8)
    value = {0: inside, 1: test.high * rng.uniform(1.1, 1.6), -1: test.low * rng.uniform(0.6, 0.9)}[flag]
    return Observation(
        name=test.name,
        short_name=test.short_name,
        value=f"{value:.{test.digits}f}",
        unit=test.unit,
        low=f"{test.low:g}",
        high=f"{test.high:g}",
        reference=f"{test.low:g}-{test.high:g}",
        flag=flag,
    )


def _culture(hospital: Hospital, visit: Visit) -> None:
    """A culture in which something grew."""
    report = _report(hospital, visit, "lab", "尿培养", "reviewed")
    report.specimen = "中段尿"
    report.specimen_number = f"BB{hospital.id}{len(hospital.reports):06}"
    report.observations = [
        Observation(
            name="细菌培养",
            short_name="CUL",
            value="大肠埃希菌",
            unit="",
            low="",
            high="",
            reference="无菌生长",
            flag=2,
        )
    ]
    report.cultures = list(CULTURE)


def _sensitive(hospital: Hospital, visit: Visit) -> None:
    report = _report(hospital, visit, "lab", SENSITIVE_TITLE, "reviewed")
    report.sensitive = True
    report.specimen = "血清"
    report.specimen_number = f"BB{hospital.id}{len(hospital.reports):06}"
    report.special = "结果请至门诊咨询医生"
    report.observations = [
        Observation(
            name=name,
            short_name=short_name,
            value="阳性" if positive else "阴性",
            unit="",
            low="",
            high="",
            reference="阴性",
            flag=2 if positive else 0,
        )
        for name, short_name, positive in SENSITIVE_TESTS
    ]


def _imaging(
    hospital: Hospital, visit: Visit, image: Image, *, state: str = "reviewed", inpatient: bool = False
) -> None:
    report = _report(hospital, visit, "imaging", image.title, state, inpatient=inpatient)
    report.body_part = image.body_part
    report.method = image.method
    report.findings = image.findings
    report.conclusion = image.conclusion
