"""Examinations that were ordered, and the rooms and times at which they can take place."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, NamedTuple

from connectors.records.base import INTERNAL, CardRef, Doc


class Ordered(NamedTuple):
    """An ordered examination as its hospital wants to hear of it again; `supplement` is words of its own."""

    id: str
    item: str
    supplement: str | None = None


@dataclass(kw_only=True, slots=True)
class ExaminationOrder:
    """An examination that a doctor ordered and that is given a time (检查申请, FHIR ServiceRequest)."""

    id: Annotated[str, Doc("Global id (检查申请标识).")]
    card: Annotated[CardRef, INTERNAL]
    item: Annotated[str, Doc("What is examined (检查项目).")]
    supplement: Annotated[str | None, INTERNAL] = None

    @property
    def ordered(self) -> Ordered:
        """What the hospital is told of it."""
        return Ordered(self.id, self.item, self.supplement)


@dataclass(kw_only=True, slots=True)
class ExaminationRoom:
    """A room on a day at which an examination can take place (检查室)."""

    card: Annotated[CardRef, INTERNAL]
    order: Annotated[Ordered, INTERNAL]
    room_id: Annotated[str, INTERNAL]
    day: Annotated[dt.date, Doc("Day (日期).")]
    name: Annotated[str | None, Doc("Name of the room (检查室名称).")] = None
    capacity: Annotated[int | None, Doc("How many can be booked (总共可预约数).")] = None
    booked: Annotated[int | None, Doc("How many are booked (已约数).")] = None
    remaining: Annotated[int | None, Doc("How many are still free (剩余数).")] = None


@dataclass(kw_only=True, slots=True)
class ExaminationSlot:
    """A stretch of a room's day that can be booked for an examination (检查时间段)."""

    id: Annotated[str, Doc("Global id; what bookExamination and changeExamination take (时间段标识).")]
    card: Annotated[CardRef, INTERNAL]
    name: Annotated[str | None, Doc("As the hospital writes it (时间段).")] = None
    starts_at: Annotated[dt.datetime | None, Doc("When it begins; null where only the name tells (开始时间).")] = None
    ends_at: Annotated[dt.datetime | None, Doc("When it ends (结束时间).")] = None
