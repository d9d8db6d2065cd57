"""The clinic outside of the usual hours (全时空门诊)."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from connectors.records.base import INTERNAL, Doc


@dataclass(kw_only=True, slots=True)
class AllHoursDepartment:
    """A department of the clinic outside of the usual hours (全时空门诊科室)."""

    id: Annotated[str, Doc("Global id (科室标识).")]
    hospital_id: Annotated[str, INTERNAL]
    campus_id: Annotated[str, INTERNAL]
    name: Annotated[str, Doc("Name (科室名称).")]


@dataclass(kw_only=True, slots=True)
class ClockRange:
    """A stretch of any day that can be booked (预约时段)."""

    starts: Annotated[dt.time, Doc("When it begins, in hospital time (开始时间).")]
    ends: Annotated[dt.time, Doc("When it ends; before the beginning: on the next day (结束时间).")]
