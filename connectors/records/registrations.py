"""What a person registered for (挂号记录)."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc
from connectors.records.people import Gender
from connectors.records.scheduling import DayPart


@dataclass(kw_only=True, slots=True)
class Registration:
    """A registration with a clinic, before or after the doctor saw the person (挂号记录)."""

    id: Annotated[str, Doc("Global id (挂号记录标识).")]
    card: Annotated[CardRef, INTERNAL]
    department_id: Annotated[str | None, INTERNAL] = None
    department_name: Annotated[str | None, Doc("Department (科室名称).")] = None
    doctor_id: Annotated[str | None, INTERNAL] = None
    doctor_name: Annotated[str | None, Doc("Doctor (医生姓名).")] = None
    visited_at: Annotated[dt.datetime | None, Doc("When the person is seen (接诊时间).")] = None
    day_part: Annotated[DayPart, Doc("Part of the day (午别).")] = DayPart.UNKNOWN
    seen: Annotated[bool, Doc("Whether the doctor has seen the person (已接诊).")] = False
    status: Annotated[str | None, Doc("What became of it, in the hospital's words (接诊状态).")] = None
    queue_number: Annotated[str | None, Doc("Number in the queue (排队序号).")] = None
    refundable: Annotated[
        bool | None, Doc("Whether the hospital would give the fee back; null where it does not say (可退).")
    ] = None


@dataclass(kw_only=True, slots=True)
class RegistrationDetail:
    """What else the hospital tells of a registration (挂号记录详情)."""

    card: Annotated[CardRef, INTERNAL]
    number: Annotated[str | None, Doc("Number of the visit at the hospital (就诊号).")] = None
    clinic: Annotated[str | None, Doc("Kind of clinic, such as expert or ordinary (号类).")] = None
    fee: Annotated[Decimal | None, Doc("Registration fee in yuan (挂号费).")] = None
    gender: Annotated[Gender, Doc("The person's gender (性别).")] = Gender.UNKNOWN
    age: Annotated[str | None, Doc("The person's age at the time (年龄).")] = None
