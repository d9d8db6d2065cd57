"""Hospitals, and what is public about them."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Annotated

import strawberry

from connectors.core.config import HospitalConfig
from connectors.ports import Connection
from connectors.records.base import INTERNAL, Doc
from connectors.records.hospitals import Campus, Capability
from connectors.records.problems import ProblemCode
from connectors.records.scheduling import DayPart, Department, Doctor, Schedule, Slot
from resolvers.context import Context, GraphInfo
from resolvers.merging import hospital_key
from resolvers.offers import offered
from resolvers.problems import Problem

Day = Annotated[dt.date, strawberry.argument(description="Day (日期).")]


@dataclass(kw_only=True, slots=True)
class Hospital:
    """A hospital (医院)."""

    hospital_id: Annotated[str, INTERNAL]
    code: Annotated[str, Doc("The hospital's own id in this region (医院编码).")]
    name: Annotated[str, Doc("Name (医院名称).")]


def of_config(config: HospitalConfig) -> Hospital:
    """Make the public face of a configured hospital."""
    return Hospital(hospital_id=config.id, code=config.id, name=config.name)


def by_id(context: Context, hospital_id: str) -> Hospital:
    """Return a hospital; raises Problem HOSPITAL_UNKNOWN."""
    known: Hospital | None = context.hospitals.get(hospital_id)
    if known is None:
        config = context.services.registry.hospital(hospital_id)
        if config is None:
            raise Problem(ProblemCode.HOSPITAL_UNKNOWN, "医院信息不存在")
        known = context.hospitals[hospital_id] = of_config(config)
    return known


def find_hospital(info: GraphInfo, given_id: str) -> Hospital:
    """Return the hospital of a global or own id."""
    return by_id(info.context, hospital_key(info.context, given_id))


def hospitals(info: GraphInfo) -> list[Hospital]:
    """List all hospitals."""
    return [of_config(config) for config in info.context.services.registry.hospitals]


def hospital_id(root: Hospital, info: GraphInfo) -> str:
    """Write the global id."""
    return info.context.services.ids.write("Hospital", root.hospital_id, None, "")


def capabilities(root: Hospital, info: GraphInfo) -> list[Capability]:
    """List what the hospital offers."""
    return sorted(
        info.context.loaders.connection(root.hospital_id).offers(root.hospital_id),
        key=lambda capability: capability.value,
    )


async def campuses(root: Hospital, info: GraphInfo) -> list[Campus]:
    """List the hospital's sites."""
    return await info.context.loaders.public(_campuses, root.hospital_id)


async def departments(root: Hospital, info: GraphInfo) -> list[Department]:
    """List the departments that can be booked."""
    return await info.context.loaders.public(_departments, root.hospital_id)


async def department_of(info: GraphInfo, hospital_id: str, department_id: str) -> Department | None:
    """Return a department by the hospital's key; None for one that cannot be booked."""
    listed = await departments(by_id(info.context, hospital_id), info)
    return next((found for found in listed if found.id == department_id), None)


async def doctors(root: Department, info: GraphInfo) -> list[Doctor]:
    """List the doctors of a department."""
    return await doctors_of(info.context, root.hospital_id, root.id)


async def doctors_of(context: Context, hospital_id: str, department_id: str) -> list[Doctor]:
    """List the doctors of a department by its key."""
    return await context.loaders.public(_doctors, hospital_id, department_id)


async def department_schedules(root: Department, info: GraphInfo, day: Day) -> list[Schedule]:
    """List a department's sessions on a day."""
    return await info.context.loaders.public(_schedules, root.hospital_id, root.id, day, None)


async def doctor_schedules(root: Doctor, info: GraphInfo, day: Day) -> list[Schedule]:
    """List a doctor's sessions on a day."""
    return await info.context.loaders.public(_schedules, root.hospital_id, root.department_id or "", day, root.id)


async def slots(root: Schedule, info: GraphInfo) -> list[Slot]:
    """List the slots of a session, in order; one that does not say its part of the day has that of the session."""
    found = await info.context.loaders.public(_slots, root.hospital_id, root.id)
    placed = [replace(slot, day_part=root.day_part) if slot.day_part is DayPart.UNKNOWN else slot for slot in found]
    return sorted(placed, key=lambda slot: slot.starts_at)


async def _campuses(connection: Connection, hospital: str) -> list[Campus]:
    return await offered(connection.campuses).campuses(hospital)


async def _departments(connection: Connection, hospital: str) -> list[Department]:
    return await offered(connection.scheduling).departments(hospital)


async def _doctors(connection: Connection, hospital: str, department_id: str) -> list[Doctor]:
    return await offered(connection.scheduling).doctors(hospital, department_id)


async def _schedules(
    connection: Connection, hospital: str, department_id: str, day: dt.date, doctor_id: str | None
) -> list[Schedule]:
    return await offered(connection.scheduling).schedules(hospital, department_id, day, doctor_id)


async def _slots(connection: Connection, hospital: str, schedule_id: str) -> list[Slot]:
    return await offered(connection.scheduling).slots(hospital, schedule_id)
