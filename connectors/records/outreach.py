"""People a hospital wants to hear from or to see again: due follow-ups, visits to ask about."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc, DocumentedEnum
from connectors.records.visits import VisitClass


class FollowUpProgram(DocumentedEnum):
    """What a follow-up comes after (复诊类别)."""

    TREATMENT = "TREATMENT", "A treatment (就诊)."
    CHECKUP = "CHECKUP", "A check-up (体检)."


@dataclass(kw_only=True, slots=True)
class FollowUp:
    """A person who is due to be seen again (复诊提醒)."""

    card: Annotated[CardRef, INTERNAL]
    program: Annotated[FollowUpProgram, Doc("What it comes after (复诊类别).")]
    due_at: Annotated[dt.datetime, Doc("When the person is due (复诊时间).")]
    department_name: Annotated[str | None, Doc("Department (复诊科室).")] = None
    doctor_id: Annotated[str | None, INTERNAL] = None
    doctor_name: Annotated[str | None, Doc("Doctor (复诊医生).")] = None
    name: Annotated[str | None, INTERNAL] = None
    identity_number: Annotated[str | None, INTERNAL] = None
    phone: Annotated[str | None, INTERNAL] = None


@dataclass(kw_only=True, slots=True)
class SurveyCandidate:
    """A visit or stay whose person is to be asked how it was (满意度调查对象).

    The card's number is empty where the hospital names the person by identity number alone.
    """

    card: Annotated[CardRef, INTERNAL]
    visit_class: Annotated[VisitClass, Doc("Outpatient or discharged (就诊类型).")]
    visit_number: Annotated[str, Doc("The hospital's key of the visit or stay (就诊标识).")]
    admission_number: Annotated[str | None, Doc("For a stay, the admission number (住院号).")] = None
    started_at: Annotated[dt.datetime, Doc("When it began; for a stay, the admission (就诊时间).")]
    ended_at: Annotated[dt.datetime | None, Doc("For a stay, the discharge (出院时间).")] = None
    department_id: Annotated[str | None, INTERNAL] = None
    department_name: Annotated[str | None, Doc("Department (科室名称).")] = None
    doctor_id: Annotated[str | None, INTERNAL] = None
    doctor_name: Annotated[str | None, Doc("Doctor; for a stay, the attending one (医生姓名).")] = None
    settled: Annotated[bool | None, Doc("Whether it was paid for (是否已缴费).")] = None
    name: Annotated[str | None, INTERNAL] = None
    identity_number: Annotated[str | None, INTERNAL] = None
