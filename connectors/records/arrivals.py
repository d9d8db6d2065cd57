"""Arriving at the hospital: triage, check-in and queues."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc


@dataclass(kw_only=True, slots=True)
class QueuePosition:
    """Where a person stands in a queue (排队)."""

    card: Annotated[CardRef, INTERNAL]
    number: Annotated[str, Doc("Number that is called (排队号).")]
    position: Annotated[int | None, Doc("Place in the queue, 1 is next (当前排队名次).")] = None
    ahead: Annotated[int | None, Doc("How many wait before the person (前面等待人数).")] = None
    room: Annotated[str | None, Doc("Room to go to (诊室).")] = None
    department_name: Annotated[str | None, Doc("Department (科室名称).")] = None
    item: Annotated[str | None, Doc("What is examined (检查项目).")] = None
    triaged_at: Annotated[dt.datetime | None, Doc("When the person was put into the queue (分诊时间).")] = None
    appointed_at: Annotated[dt.datetime | None, Doc("When the appointment is (预约时间).")] = None


@dataclass(kw_only=True, slots=True)
class ConsultingRoom:
    """A room, or a doctor in it, that a person may be triaged to today (诊室)."""

    id: Annotated[str, Doc("Global id; what triage takes (诊室标识).")]
    card: Annotated[CardRef, INTERNAL]
    name: Annotated[str, Doc("Room (诊室名称).")]
    waiting_area: Annotated[str | None, Doc("Waiting area (诊区).")] = None
    department_name: Annotated[str | None, Doc("Department (科室名称).")] = None
    doctor_name: Annotated[str | None, Doc("Doctor; null when people are triaged to the room (医生姓名).")] = None
    clinic: Annotated[str | None, Doc("Kind of clinic, such as expert or ordinary (号源类别).")] = None
    waiting: Annotated[int | None, Doc("How many wait there (当前排队人数).")] = None


@dataclass(kw_only=True, slots=True)
class CheckIn:
    """An arrival that the hospital has taken note of: at a room, or for an appointment (分诊/签到)."""

    card: Annotated[CardRef, INTERNAL]
    room_id: Annotated[str | None, INTERNAL] = None
    appointment_id: Annotated[str | None, INTERNAL] = None


@dataclass(kw_only=True, slots=True)
class FeverClinic:
    """A clinic for people with a fever, and how many wait there (发热门诊)."""

    name: Annotated[str, Doc("Name of the clinic (发热门诊名称).")]
    address: Annotated[str | None, Doc("Where it is on the campus (科室位置).")] = None
    campus_name: Annotated[str | None, Doc("Campus (院区名称).")] = None
    campus_address: Annotated[str | None, Doc("Address of the campus (院区地址).")] = None
    phone: Annotated[str | None, Doc("Phone of the campus (院区电话).")] = None
    opening_hours: Annotated[str | None, Doc("When it is open, in the hospital's words (开放时间).")] = None
    rooms: Annotated[int | None, Doc("How many consulting rooms it has (诊室数量).")] = None
    waiting: Annotated[int | None, Doc("How many wait there now (候诊人数).")] = None
