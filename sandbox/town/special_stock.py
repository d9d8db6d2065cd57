"""Draws the special reports: an ordinary one of each per card; the odd ones only for the first person at 253."""

import datetime as dt
from collections.abc import Mapping

from sandbox.town.lookup import outpatient_visits
from sandbox.town.model import Hospital, Person, Visit
from sandbox.town.nucleic_acid import DONE, SLOTS, BookedTest
from sandbox.town.operating import rooms
from sandbox.town.special_reports import (
    CheckupReport,
    EcgReport,
    ExaminedPart,
    Finding,
    NucleicAcidTest,
    PathologyReport,
)

_HOUR = dt.timedelta(hours=1)


def fill(hospital: Hospital, people: Mapping[str, Person]) -> None:
    """Give every card its reports, made from its visits; and the operating rooms something to do."""
    hospital.operating_rooms = rooms(
        [campus for campus, _ in hospital.campuses],
        [card.person_id for card in hospital.cards],
        [department.id for department in hospital.departments],
    )
    for card in hospital.cards:
        visit, earlier, *_ = outpatient_visits(hospital, card.number)
        _ecg(hospital, visit)
        _pathology(hospital, visit)
        _checkup(hospital, earlier)
        _nucleic_acid(hospital, earlier, people[card.person_id])
        if (hospital.id, card.person_id) == ("253", "p01"):
            _ecg(hospital, earlier, audited=False)
            _ecg(hospital, earlier, sensitive=True)
            _pathology(hospital, earlier, audited=False)
            _pathology(hospital, earlier, sensitive=True)
            _checkup(hospital, visit, finished=False)
            _checkup(hospital, earlier, sensitive=True)
        if (hospital.id, card.person_id) == ("501", "p01"):
            _checkup(hospital, visit, finished=False)


def _names(hospital: Hospital) -> list[str]:
    return [doctor.name for doctor in hospital.doctors]


def _ecg(hospital: Hospital, visit: Visit, *, audited: bool = True, sensitive: bool = False) -> None:
    reports = hospital.special_reports.ecg
    reports.append(
        EcgReport(
            id=f"XD{hospital.id}{len(reports) + 1:05}",
            card_number=visit.card_number,
            title="十二导联心电图",
            inpatient=False,
            audited=audited,
            sensitive=sensitive,
            recorded_at=visit.started_at + _HOUR,
            diagnosed_at=visit.started_at + 2 * _HOUR,
            audited_at=visit.started_at + 3 * _HOUR,
            department_id=visit.department_id,
            auditor=_names(hospital)[0],
            conclusion="窦性心律，正常心电图",
            heart_rate=60 + len(reports) % 30,
        )
    )


def _pathology(hospital: Hospital, visit: Visit, *, audited: bool = True, sensitive: bool = False) -> None:
    reports, names = hospital.special_reports.pathology, _names(hospital)
    number = len(reports) + 1
    reports.append(
        PathologyReport(
            id=f"BL{hospital.id}{number:05}",
            number=f"{visit.started_at.year}-{number:05}",
            card_number=visit.card_number,
            title="胃镜活检病理",
            inpatient=False,
            audited=audited,
            sensitive=sensitive,
            registered_at=visit.started_at + _HOUR,
            audited_at=visit.started_at + 4 * _HOUR,
            department_id=visit.department_id,
            requested_by=names[0],
            reported_by=names[1],
            auditor=names[2],
            method="活检",
            body_part="胃窦",
            seen="灰白色组织两块，直径约 0.2 厘米",
            conclusion="慢性浅表性胃炎",
        )
    )


def _checkup(hospital: Hospital, visit: Visit, *, finished: bool = True, sensitive: bool = False) -> None:
    reports, names = hospital.special_reports.checkups, _names(hospital)
    day = visit.started_at.date()
    reports.append(
        CheckupReport(
            id=f"TJ{hospital.id}{len(reports) + 1:05}",
            card_number=visit.card_number,
            purpose="0",
            finished=finished,
            sensitive=sensitive,
            qualified=True,
            day=day,
            summarized_on=day + dt.timedelta(days=1),
            doctor=names[0],
            conclusion="各项指标基本正常",
            advice="清淡饮食，坚持锻炼，一年后复查",
            parts=[
                ExaminedPart(
                    name="一般检查",
                    department="体检科",
                    summary="正常",
                    doctor=names[1],
                    findings=[
                        Finding(id="height", name="身高", value="168cm"),
                        Finding(id="bmi", name="体重指数", value="22.7", low="18.5", high="23.9"),
                    ],
                ),
                ExaminedPart(
                    name="血常规",
                    department="检验科",
                    summary="正常",
                    doctor=names[2],
                    findings=[Finding(id="hgb", name="血红蛋白", value="142", unit="g/L", low="130", high="175")],
                ),
                ExaminedPart(
                    name="腹部彩超",
                    department="超声科",
                    summary="未见明显异常",
                    doctor=names[2],
                    findings=[Finding(id="seen", name="检查所见", value="肝、胆、胰、脾大小形态正常")],
                ),
            ],
        )
    )


def _nucleic_acid(hospital: Hospital, visit: Visit, person: Person) -> None:
    tests, names = hospital.special_reports.nucleic_acid, _names(hospital)
    tests.append(
        NucleicAcidTest(
            identity_number=person.identity_number,
            specimen="咽拭子",
            specimen_number=f"HS{hospital.id}{len(tests) + 1:05}",
            collected_at=visit.started_at + _HOUR,
            reported_at=visit.started_at + 6 * _HOUR,
            examiner=names[0],
            auditor=names[1],
            findings=[Finding(id="xxgzbdhsjc", name="新型冠状病毒核酸检测", value="阴性", reference="阴性")],
        )
    )
    _booked(hospital, tests[-1], person)


def _booked(hospital: Hospital, test: NucleicAcidTest, person: Person) -> None:
    """The booking that the test came of."""
    day, number = test.collected_at.date(), hospital.nucleic_acid.next_number(test.collected_at.date())
    hospital.nucleic_acid.booked.append(
        BookedTest(
            id=f"NAT-{number}",
            number=number,
            site_id=hospital.campuses[0][0],
            day=day,
            slot=SLOTS[0],
            name=person.name,
            gender=person.gender,
            birth_date=person.birth_date,
            identity_number=person.identity_number,
            phone=person.phone,
            status=DONE,
            payment_number=f"P{number}",
            order_number=f"HO{number}",
            receipt_number=f"R{number}",
        )
    )
